// What the customer's display shows, as the till tells it.
import type { DisplayState } from "../bindings/DisplayState";
import { speak } from "../language.svelte";
import { wear } from "../theme/wear";

export class Shown {
  state = $state.raw<DisplayState | null>(null);

  take(state: DisplayState): void {
    this.state = state;
    speak(state.language, state.system_language);
    wear(state.theme);
  }

  /** From now on; a till that cannot be heard leaves the idle face, which promises nothing. */
  async hear(door: (changed: (state: DisplayState) => void) => Promise<DisplayState>) {
    speak(null, "");
    let changes = 0;
    try {
      const first = await door((state) => {
        changes += 1;
        this.take(state);
      });
      // A change that came while the answer was under way is newer.
      if (changes === 0) this.take(first);
    } catch {
      this.state = null;
    }
  }
}
