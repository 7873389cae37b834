// What the customer's display shows, as the till tells it.
import type { DisplayState } from "../bindings/DisplayState";
import { setLanguage } from "../language.svelte";
import { applyTheme } from "../theme/apply-theme";

export class DisplayModel {
  state = $state.raw<DisplayState | null>(null);

  apply(state: DisplayState): void {
    this.state = state;
    setLanguage(state.language, state.system_language);
    applyTheme(state.theme);
  }

  /** From now on; a till that cannot be heard leaves the idle face, which promises nothing. */
  async follow(subscribe: (changed: (state: DisplayState) => void) => Promise<DisplayState>) {
    setLanguage(null, "");
    let changes = 0;
    try {
      const first = await subscribe((state) => {
        changes += 1;
        this.apply(state);
      });
      // A change that came while the answer was under way is newer.
      if (changes === 0) this.apply(first);
    } catch {
      this.state = null;
    }
  }
}
