// The automatic backups of the journal: their folder, and when the last good one was made.
import type { BackupState } from "../bindings/BackupState";
import type { Ipc } from "../ipc";
import type { Fail } from "./errors.svelte";
import { OneAtATime } from "./one-at-a-time.svelte";

export class Backups extends OneAtATime {
  state = $state.raw<BackupState | null>(null);

  #ipc: Ipc;

  constructor(ipc: Ipc, fail: Fail) {
    super(fail);
    this.#ipc = ipc;
  }

  update(state: BackupState): void {
    this.state = state;
  }

  load(): Promise<boolean> {
    return this.#run(() => this.#ipc.backupState());
  }

  backUpNow(): Promise<boolean> {
    return this.#run(() => this.#ipc.backUpNow());
  }

  chooseFolder(): Promise<boolean> {
    return this.#run(() => this.#ipc.chooseBackupFolder());
  }

  /** Stops making backups. The existing ones stay. */
  clearFolder(): Promise<boolean> {
    return this.#run(() => this.#ipc.clearBackupFolder());
  }

  #run(work: () => Promise<BackupState>): Promise<boolean> {
    return this.run(async () => this.update(await work()));
  }
}
