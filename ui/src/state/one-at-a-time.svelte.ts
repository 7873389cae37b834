// Runs one request at a time and shows why it failed. A second tap on "Refund" must not pay out twice.
import { asFault } from "../ipc";
import type { Fail } from "./errors.svelte";

export class OneAtATime {
  busy = $state(false);
  protected readonly fail: Fail;

  constructor(fail: Fail) {
    this.fail = fail;
  }

  /** True when the work is done; false when it failed, or was not started because other work is running. */
  protected async run(work: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    try {
      await work();
      return true;
    } catch (reason) {
      this.fail(asFault(reason));
      return false;
    } finally {
      this.busy = false;
    }
  }
}
