// Stand-ins for what jsdom lacks.
import { cleanup, configure } from "@testing-library/svelte";
import { afterEach } from "vitest";
import { LANGUAGES, loadMessages } from "../src/messages";

class NoResize implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
globalThis.ResizeObserver = NoResize;

// Nothing has a place on a page that is not laid out.
Element.prototype.scrollIntoView = () => undefined;

// A desktop without preferences.
globalThis.matchMedia = (media) =>
  Object.assign(new EventTarget(), {
    media,
    matches: false,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  });

// A computer without sound.
HTMLMediaElement.prototype.play = () => Promise.reject(new Error("no sound"));

// The error names the missing element and leaves out the page.
configure({
  getElementError: (message) => new Error(message?.split("\n")[0] ?? "no such element"),
});

// All texts are there, so that a test may take any language at once.
await Promise.all(LANGUAGES.map((language) => loadMessages(language, ["customer", "cashier"])));

afterEach(() => {
  cleanup();
  sessionStorage.clear();
});

// A window that can be seen: jsdom's is hidden, where the clock stands still.
Object.defineProperty(document, "hidden", { configurable: true, get: () => false });
