// A till is not a browser: what a webview would do with a right click, a dropped file, a zoom or a
// reload must not happen at the counter.

export function blockBrowserActions(target: Window): void {
  const refuse = (event: Event) => event.preventDefault();
  target.addEventListener("contextmenu", refuse);
  // The middle button pastes, scrolls or opens windows; none of that is a till's.
  for (const kind of ["mousedown", "auxclick"]) {
    target.addEventListener(
      kind,
      (event) => {
        if (event instanceof MouseEvent && event.button === 1) event.preventDefault();
      },
      { capture: true },
    );
  }
  for (const kind of ["dragstart", "dragenter", "dragover", "drop"]) {
    target.addEventListener(kind, refuse);
  }
  target.addEventListener(
    "wheel",
    (event) => {
      if (event.ctrlKey) event.preventDefault();
    },
    { passive: false },
  );
  target.addEventListener("gesturestart", refuse);
  // Two fingers zoom the page, whatever it says of itself, unless it takes their touch.
  for (const kind of ["touchstart", "touchmove"]) {
    target.addEventListener(
      kind,
      (event) => {
        if ("touches" in event && (event.touches as TouchList).length > 1) event.preventDefault();
      },
      { capture: true, passive: false },
    );
  }
  target.addEventListener(
    "keydown",
    (event) => {
      if (isBrowserKey(event)) event.preventDefault();
    },
    { capture: true },
  );
}

/** Reload, zoom, print, find, history: keys that mean nothing on a till. */
export function isBrowserKey(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">,
): boolean {
  const key = event.key.toLowerCase();
  if (
    [
      "f3",
      "f5",
      "f7",
      "f11",
      "f12",
      "browserback",
      "browserforward",
      "browserrefresh",
      "browserhome",
    ].includes(key)
  )
    return true;
  if (event.altKey && ["arrowleft", "arrowright", "home", "f4"].includes(key)) return true;
  return (
    (event.ctrlKey || event.metaKey) &&
    [
      "r",
      "p",
      "f",
      "g",
      "s",
      "u",
      "o",
      "w",
      "q",
      "t",
      "n",
      "i",
      "j",
      "l",
      "h",
      "+",
      "-",
      "=",
      "0",
    ].includes(key)
  );
}
