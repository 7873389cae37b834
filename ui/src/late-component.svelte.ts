// Screens and dialogs that are read when they are first shown: a till that has just been started paints its pad sooner, and
// one whose settings nobody opens does not hold them in memory.
import type { Component } from "svelte";

export class LateComponent<Shown extends Component<never>> {
  #component = $state.raw<Shown | null>(null);
  #read: () => Promise<{ default: Shown }>;
  #reading: Promise<void> | null = null;

  constructor(read: () => Promise<{ default: Shown }>) {
    this.#read = read;
  }

  /** The component; null until it has been read. Whoever asks first begins to read it. */
  get component(): Shown | null {
    if (this.#component === null) void this.load();
    return this.#component;
  }

  /** Reads the component once; after a failure once more. */
  load(): Promise<void> {
    this.#reading ??= this.#read().then(
      ({ default: component }) => {
        this.#component = component;
      },
      (cause: unknown) => {
        this.#reading = null;
        throw cause;
      },
    );
    return this.#reading;
  }
}
