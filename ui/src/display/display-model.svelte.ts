// The state of the customer's display, as Rust reports it.
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

  /** Follows Rust's reports. If there are none the idle screen stays, which promises nothing. */
  async follow(subscribe: (changed: (state: DisplayState) => void) => Promise<DisplayState>) {
    setLanguage(null, "");
    let changes = 0;
    try {
      const first = await subscribe((state) => {
        changes += 1;
        this.apply(state);
      });
      // A change that arrived before the answer is newer.
      if (changes === 0) this.apply(first);
    } catch {
      this.state = null;
    }
  }
}
