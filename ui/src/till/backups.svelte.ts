// The copies of the journal as the screen shows them: where they go, when the last good one was made.
import type { BackupState } from "../bindings/BackupState";
import type { Fail } from "./errors.svelte";
import { asFault, type Ipc } from "../ipc";

export class Backups {
  state = $state.raw<BackupState | null>(null);
  busy = $state(false);

  #ipc: Ipc;
  #fail: Fail;

  constructor(ipc: Ipc, fail: Fail) {
    this.#ipc = ipc;
    this.#fail = fail;
  }

  update(state: BackupState): void {
    this.state = state;
  }

  load(): Promise<void> {
    return this.#do(() => this.#ipc.backupState());
  }

  now(): Promise<void> {
    return this.#do(() => this.#ipc.backUpNow());
  }

  chooseFolder(): Promise<void> {
    return this.#do(() => this.#ipc.chooseBackupFolder());
  }

  /** No more copies; those that are there stay. */
  clearFolder(): Promise<void> {
    return this.#do(() => this.#ipc.clearBackupFolder());
  }

  async #do(work: () => Promise<BackupState>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      this.state = await work();
    } catch (reason) {
      this.#fail(asFault(reason));
    } finally {
      this.busy = false;
    }
  }
}
