// Shows any screen in a browser, without Rust: `npm run dev`, then /dev/gallery.html, in any language, theme and scale:
// ?scene=paid&language=de&theme=high-contrast&scale=120. It is not shipped. `make gallery` takes a picture of every scene
// and asks `window.gallery` what is wrong with it.
import { mount } from "svelte";
import App from "../src/App.svelte";
import type { Theme } from "../src/bindings/Theme";
import { runClock } from "../src/clock.svelte";
import Display from "../src/display/Display.svelte";
import { DisplayModel } from "../src/display/display-model.svelte";
import { ipc } from "../src/ipc";
import {
  loadLanguage,
  setCustomersLanguage,
  setLanguage,
  showCustomersPartAlone,
} from "../src/language.svelte";
import { LANGUAGES, loadMessages, SCREEN_LANGUAGES, type Language } from "../src/messages";
import { SessionStore } from "../src/state/session-store";
import "../src/theme/fonts.css";
import "../src/theme/tokens.css";
import "../src/theme/base.css";
import { followSystemTheme, applyAppearance, applyTheme } from "../src/theme/apply-theme";
import { createStores } from "../src/state/stores";
import { breaches } from "./axe";
import { DISPLAY_SCENES, type DisplayScene } from "./display-scenes";
import { fakeTill } from "./fake-till";
import { inspect } from "./inspect";
import { SCENES, type Scene } from "./scenes";

const query = new URLSearchParams(location.search);
const language = query.get("language") ?? "en";
const customersAlone = !SCREEN_LANGUAGES.some((one) => one === language);
const name = query.get("scene") ?? "";
const scene: Scene | DisplayScene | undefined = SCENES[name] ?? DISPLAY_SCENES[name];
const place = document.getElementById("app");
// A till that cannot start only knows the system's language.
Object.defineProperty(navigator, "languages", { value: [language] });
const looks = {
  theme: (query.get("theme") ?? "system") as Theme,
  scale_percent: Number(query.get("scale") ?? 100),
};

async function showTill(target: HTMLElement, { start, fails, book, then }: Scene): Promise<void> {
  const shown = { ...start.settings.looks, ...looks };
  // Where the screens are not written in it, it is what customers have chosen.
  const customer_language = customersAlone ? (language as Language) : null;
  const settings = { ...start.settings, language, customer_language, looks: shown };
  fakeTill({ ...start, settings }, fails, book);
  const noStorage = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
  const stores = createStores(ipc, new SessionStore(noStorage));
  mount(App, { target, props: { stores } });
  await stores.startup.open();
  await then?.(stores);
  if (customersAlone) {
    await loadMessages(language as Language, ["customer"]);
    setCustomersLanguage(language as Language);
  }
}

function showDisplay(target: HTMLElement, { display, then }: DisplayScene): void {
  const model = new DisplayModel();
  model.apply(display(language, looks.theme));
  const nothing = () => undefined;
  mount(Display, { target, props: { model, onchoose: nothing, onlanguage: nothing } });
  setTimeout(() => then?.());
}

function list(target: HTMLElement): void {
  document.body.style.overflow = "auto";
  for (const name of [...Object.keys(SCENES), ...Object.keys(DISPLAY_SCENES)]) {
    const line = document.createElement("p");
    line.append(`${name}: `);
    for (const language of LANGUAGES) {
      const link = document.createElement("a");
      link.href = `?scene=${name}&language=${language}`;
      link.textContent = language;
      line.append(link, " ");
    }
    target.append(line);
  }
}

/** Resolves when fonts and images are loaded and every animation has ended. */
async function settled(): Promise<void> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  await new Promise((resolve) => setTimeout(resolve, 60));
  await document.fonts.ready;
  await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
  const moving = document
    .getAnimations()
    .filter((animation) => animation.effect?.getTiming().iterations !== Infinity);
  await Promise.allSettled(moving.map((animation) => animation.finished));
  await frame();
  await frame();
}

declare global {
  interface Window {
    gallery: {
      readonly scenes: readonly string[];
      readonly settled: () => Promise<void>;
      readonly applyTheme: (theme: Theme) => Promise<void>;
      readonly inspect: () => string[];
      readonly breaches: () => Promise<string[]>;
    };
  }
}

if (place !== null && scene !== undefined) {
  runClock();
  followSystemTheme();
  applyAppearance(looks);
  if ("display" in scene) showCustomersPartAlone();
  await loadLanguage(language, "en");
  setLanguage(language, "en");
  if ("display" in scene) showDisplay(place, scene);
  else await showTill(place, scene);
} else if (place !== null) {
  list(place);
}

window.gallery = {
  scenes: [...Object.keys(SCENES), ...Object.keys(DISPLAY_SCENES)],
  settled,
  applyTheme: (theme) => {
    applyTheme(theme);
    return settled();
  },
  inspect,
  breaches,
};
