// Shows any screen in a browser, without Rust: `npm run dev`, then /dev/gallery.html; in any language,
// theme and scale: ?scene=paid&language=de&theme=high-contrast&scale=120. Not part of what is shipped.
import { mount } from "svelte";
import App from "../src/App.svelte";
import type { Theme } from "../src/bindings/Theme";
import { runClock } from "../src/clock.svelte";
import { ipc } from "../src/ipc";
import { Remembered } from "../src/remembered";
import "../src/theme/fonts.css";
import "../src/theme/tokens.css";
import "../src/theme/base.css";
import { followDesktop } from "../src/theme/wear";
import { Till } from "../src/till.svelte";
import { fakeTill } from "./fake-till";
import { SCENES } from "./scenes";

const wishes = new URLSearchParams(location.search);
const scene = SCENES[wishes.get("scene") ?? ""];
const place = document.getElementById("app");

if (place !== null && scene !== undefined) {
  const language = wishes.get("language") ?? "en";
  const { start } = scene;
  const looks = {
    ...start.settings.looks,
    theme: (wishes.get("theme") ?? "system") as Theme,
    scale_percent: Number(wishes.get("scale") ?? 100),
  };
  fakeTill({ ...start, settings: { ...start.settings, language, looks } }, scene.fails, scene.book);
  runClock();
  followDesktop();
  const nothing = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
  const till = new Till(ipc, new Remembered(nothing));
  mount(App, { target: place, props: { till } });
  await till.open();
  await scene.then?.(till);
} else if (place !== null) {
  document.body.style.overflow = "auto";
  for (const name of Object.keys(SCENES)) {
    const line = document.createElement("p");
    line.append(`${name}: `);
    for (const language of ["en", "ru", "de"]) {
      const link = document.createElement("a");
      link.href = `?scene=${name}&language=${language}`;
      link.textContent = language;
      line.append(link, " ");
    }
    place.append(line);
  }
}
