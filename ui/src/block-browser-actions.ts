// Switches off what a webview does with a right click, a dropped file, a zoom or a reload: a till is not a browser.

export function blockBrowserActions(target: Window): void {
  const block = (event: Event) => event.preventDefault();
  const blockIf =
    <E extends Event>(unwanted: (event: E) => boolean) =>
    (event: E) => {
      if (unwanted(event)) event.preventDefault();
    };
  const blocked = [
    ...["contextmenu", "dragstart", "dragenter", "dragover", "drop"],
    "gesturestart",
  ];
  for (const kind of blocked) target.addEventListener(kind, block);
  // The middle button pastes, scrolls or opens windows.
  const isMiddleButton = blockIf<MouseEvent>((event) => event.button === 1);
  target.addEventListener("mousedown", isMiddleButton, { capture: true });
  target.addEventListener("auxclick", isMiddleButton, { capture: true });
  target.addEventListener(
    "wheel",
    blockIf((event) => event.ctrlKey),
    { passive: false },
  );
  // Two fingers zoom the page even where its viewport forbids it, unless their touches are blocked.
  const isPinch = blockIf<TouchEvent>((event) => event.touches.length > 1);
  target.addEventListener("touchstart", isPinch, { capture: true, passive: false });
  target.addEventListener("touchmove", isPinch, { capture: true, passive: false });
  target.addEventListener("keydown", blockIf<KeyboardEvent>(isBrowserKey), { capture: true });
}

const ALONE = "f3 f5 f7 f11 f12 browserback browserforward browserrefresh browserhome".split(" ");
const WITH_ALT = "arrowleft arrowright home f4".split(" ");
const WITH_CONTROL = [..."rpfgsuowqtnijlh+-=0"];

/** Reload, zoom, print, find, history: keys that a till has no use for. */
export function isBrowserKey({
  key,
  ctrlKey,
  metaKey,
  altKey,
}: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">): boolean {
  const name = key.toLowerCase();
  if (ALONE.includes(name) || (altKey && WITH_ALT.includes(name))) return true;
  return (ctrlKey || metaKey) && WITH_CONTROL.includes(name);
}
