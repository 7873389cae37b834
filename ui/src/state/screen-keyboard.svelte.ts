// When the on-screen keyboard is there, and for which field. A kiosk's desktop has none of its own (docs/kiosk.md); on a desk
// it would cover the screen of a cashier who has a real one, so a real key puts it away.
import type { ScreenKeyboardUse } from "../bindings/ScreenKeyboardUse";
import { isSentByScreen, typedField, type TypedField } from "../screen-keyboard/typing";

/** What was used last: a finger, a mouse, a key. */
type Used = "finger" | "mouse" | "key";

/** Whether a field that takes the focus shows the keyboard. A kiosk's screen may say of a finger that it is a mouse. */
export function isWanted(use: ScreenKeyboardUse, kiosk: boolean, used: Used): boolean {
  switch (use) {
    case "never":
      return false;
    case "kiosk":
      return kiosk && used !== "key";
    case "touch":
      return used === "finger" || (kiosk && used === "mouse");
  }
}

export class ScreenKeyboard {
  /** The field that is typed into; null while there is no keyboard. */
  field = $state.raw<TypedField | null>(null);

  #used: Used = "mouse";
  #use: () => ScreenKeyboardUse;
  #kiosk: () => boolean;

  constructor(use: () => ScreenKeyboardUse, kiosk: () => boolean) {
    this.#use = use;
    this.#kiosk = kiosk;
  }

  /** Puts the keyboard away; the field keeps the focus. */
  hide(): void {
    this.field = null;
  }

  /** Puts the keyboard away when its field is no longer on the screen: not every engine tells that it lost the focus. */
  screenChanged(): void {
    if (this.field?.isConnected === false) this.hide();
  }

  /** Watches the fields of a window; returns how to stop. */
  attach(target: Window): () => void {
    const pointer = (event: PointerEvent) => {
      this.#used = event.pointerType === "mouse" ? "mouse" : "finger";
      // A field that has the focus already asks for the keyboard by a touch.
      const field = typedField(event.target);
      if (field !== null && field === document.activeElement) this.#show(field);
    };
    const key = (event: KeyboardEvent) => {
      if (isSentByScreen(event)) return;
      this.#used = "key";
      this.hide();
    };
    const focus = (event: FocusEvent) => this.#show(typedField(event.target));
    const blur = () => this.hide();
    target.addEventListener("pointerdown", pointer, { capture: true });
    target.addEventListener("keydown", key, { capture: true });
    target.addEventListener("focusin", focus);
    target.addEventListener("focusout", blur);
    return () => {
      target.removeEventListener("pointerdown", pointer, { capture: true });
      target.removeEventListener("keydown", key, { capture: true });
      target.removeEventListener("focusin", focus);
      target.removeEventListener("focusout", blur);
    };
  }

  #show(field: TypedField | null): void {
    this.field = isWanted(this.#use(), this.#kiosk(), this.#used) ? field : null;
  }
}
