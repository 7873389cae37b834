// How the screens start: with the till's state from Rust, after a start, a restored backup, a change of mode
// or a reset of practice.
import type { Fault } from "../bindings/Fault";
import type { Mode } from "../bindings/Mode";
import type { RestoreOffer } from "../bindings/RestoreOffer";
import type { Start } from "../bindings/Start";
import { asFault, dispatch, type Ipc, type TillEvents } from "../ipc";
import { loadLanguage } from "../language.svelte";
import { LANGUAGE_NAMES, languageFor, SCREEN_LANGUAGES } from "../messages";
import { fontsReady, PRICE_CHARACTERS } from "../theme/font-loading";
import type { Errors } from "./errors.svelte";
import type { Navigation } from "./navigation.svelte";

/** A start is usually faster when the program's files are in memory. */
const SLOW_AFTER_MS = 200;

export class Startup {
  /** The start takes so long that the screen says so. Drawing that sooner would delay a pad that is almost there. */
  slow = $state(false);
  /** Why the till could not be opened. */
  fault = $state.raw<Fault | null>(null);

  #ipc: Ipc;
  #errors: Errors;
  #navigation: Navigation;
  #events: TillEvents;
  #begin: (start: Start, reset?: boolean) => Promise<void>;

  /** `begin` fills the stores from a start; `reset` says that the journal is empty now. */
  constructor(
    ipc: Ipc,
    errors: Errors,
    navigation: Navigation,
    events: TillEvents,
    begin: (start: Start, reset?: boolean) => Promise<void>,
  ) {
    this.#ipc = ipc;
    this.#errors = errors;
    this.#navigation = navigation;
    this.#events = events;
    this.#begin = async (start, reset) => {
      this.fault = null;
      await begin(start, reset);
    };
  }

  /** Asks Rust for everything. Also called to try again after a failed start. */
  async open(): Promise<void> {
    this.#navigation.screen = "starting";
    this.fault = null;
    const timer = setTimeout(() => (this.slow = true), SLOW_AFTER_MS);
    try {
      const [start] = await Promise.all([
        this.#ipc.start((event) => dispatch(this.#events, event)),
        fontsReady(PRICE_CHARACTERS),
      ]);
      const language = languageFor(
        start.settings.language,
        [start.system_language],
        SCREEN_LANGUAGES,
      );
      await Promise.all([
        fontsReady(LANGUAGE_NAMES[language]),
        loadLanguage(start.settings.language, start.system_language),
      ]);
      await this.#begin(start);
    } catch (reason) {
      this.fault = asFault(reason);
      this.#navigation.screen = "fault";
    } finally {
      clearTimeout(timer);
      this.slow = false;
    }
  }

  /** The newest backup that could replace a broken journal. */
  restoreOffer(): Promise<RestoreOffer | null> {
    return this.#ipc.restoreOffer();
  }

  chooseRestoreFile(): Promise<RestoreOffer | null> {
    return this.#ipc.chooseRestoreFile();
  }

  /** Replaces the journal with the backup that was shown, and opens the till with it. */
  async restore(head: string): Promise<void> {
    await this.#begin(await this.#ipc.restoreFromOffer(head, null));
  }

  switchMode(mode: Mode): Promise<boolean> {
    return this.#errors.attempt(async () => this.#begin(await this.#ipc.switchMode(mode)));
  }

  /** Deletes every practice sale and starts the lesson again. */
  resetPractice(): Promise<boolean> {
    return this.#errors.attempt(async () => this.#begin(await this.#ipc.resetPractice(), true));
  }
}
