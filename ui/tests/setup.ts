// What jsdom lacks of a webview.
import { cleanup, configure } from "@testing-library/svelte";
import { afterEach } from "vitest";

class NoResize implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
globalThis.ResizeObserver = NoResize;

// A desktop without a wish.
globalThis.matchMedia = (media) =>
  Object.assign(new EventTarget(), {
    media,
    matches: false,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  });

// A machine without sound.
HTMLMediaElement.prototype.play = () => Promise.reject(new Error("no sound"));

// A missing element is named; the whole page around it is only noise.
configure({
  getElementError: (message) => new Error(message?.split("\n")[0] ?? "no such element"),
});

afterEach(() => {
  cleanup();
  sessionStorage.clear();
});
