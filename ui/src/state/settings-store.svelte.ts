// The shop's settings as they are saved, and what follows from them at once: language, time zone and theme.
import type { Settings } from "../bindings/Settings";
import type { Start } from "../bindings/Start";
import type { Ipc } from "../ipc";
import { setLanguage, setShopZone } from "../language.svelte";
import { applyAppearance } from "../theme/apply-theme";
import type { Errors } from "./errors.svelte";
import { placeholderSettings } from "./placeholder-settings";

export class SettingsStore {
  current = $state.raw<Settings>(placeholderSettings());

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

  begin({ settings, system_language }: Start): void {
    this.#systemLanguage = system_language;
    this.#apply(settings);
  }

  save(settings: Settings): Promise<boolean> {
    return this.#errors.attempt(async () => {
      this.#apply(await this.#ipc.saveSettings(settings));
      this.#onSave();
    });
  }

  #apply(settings: Settings): void {
    this.current = settings;
    setLanguage(settings.language, this.#systemLanguage);
    setShopZone(settings.zone);
    applyAppearance(settings.looks);
  }
}
