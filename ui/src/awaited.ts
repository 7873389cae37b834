// Shapes that the till answers in, until their bindings are generated.
import type { Fault } from "./bindings/Fault";

export interface ExportProgress {
  done: number;
  total: number;
}

export interface BackupState {
  folder: string | null;
  /** The folder is not there: a stick that was pulled, a share that is off. */
  missing: boolean;
  /** When the last copy was written and verified. */
  last_good_at_unix_ms: number | null;
  busy: boolean;
  fault: Fault | null;
}
