// The shop's settings as they are saved, and what follows from them at once: language, time zone and theme.
import type { FieldError } from "../bindings/FieldError";
import type { Settings } from "../bindings/Settings";
import type { SettingsDraft } from "../bindings/SettingsDraft";
import type { SettingsRules } from "../bindings/SettingsRules";
import type { Start } from "../bindings/Start";
import { asFault, type Ipc } from "../ipc";
import { setLanguage, setShopZone } from "../language.svelte";
import { applyAppearance } from "../theme/apply-theme";
import type { Errors } from "./errors.svelte";

export class SettingsStore {
  /** The fields that Rust refused when the settings were saved last; before, those that it could not read. */
  wrong = $state.raw<readonly FieldError[]>([]);
  /** The settings that Rust could not read and that were not saved since. */
  unread = $state.raw<readonly FieldError[]>([]);

  #current = $state.raw<Settings | null>(null);
  #rules: SettingsRules | null = null;
  #systemLanguage = "";
  #ipc: Ipc;
  #errors: Errors;
  #onSave: () => void;

  constructor(ipc: Ipc, errors: Errors, onSave: () => void) {
    this.#ipc = ipc;
    this.#errors = errors;
    this.#onSave = onSave;
    setLanguage(null, "");
  }

  /** Rust has sent the settings; before that no screen may ask for them. */
  get known(): boolean {
    return this.#current !== null;
  }

  get current(): Settings {
    if (this.#current === null) throw new Error("the settings are not known yet");
    return this.#current;
  }

  /** What a form of the settings proposes, and how many rows its lists may have. */
  get rules(): SettingsRules {
    if (this.#rules === null) throw new Error("the rules of the settings are not known yet");
    return this.#rules;
  }

  begin({ settings, settings_rules, unread_settings, system_language }: Start): void {
    this.#systemLanguage = system_language;
    this.#rules = settings_rules;
    this.wrong = unread_settings;
    this.unread = unread_settings;
    this.#apply(settings);
  }

  /** Rust has taken these over from the shop's office. */
  takenOver(settings: Settings): void {
    this.#apply(settings);
    this.#onSave();
  }

  /** True when Rust saved them. Wrong fields are in `wrong`; any other failure is shown over the screen. */
  async save(draft: SettingsDraft): Promise<boolean> {
    try {
      this.#apply(await this.#ipc.saveSettings(draft));
      this.wrong = [];
      this.unread = [];
      this.#onSave();
      return true;
    } catch (reason) {
      const fault = asFault(reason);
      this.wrong = fault.fields ?? [];
      if (this.wrong.length === 0) this.#errors.fail(fault);
      return false;
    }
  }

  #apply(settings: Settings): void {
    this.#current = settings;
    setLanguage(settings.language, this.#systemLanguage);
    setShopZone(settings.zone);
    applyAppearance(settings.looks);
  }
}
