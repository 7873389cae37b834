// What an eye would find wrong with a screen, found by measuring it: what leaves the window, text that
// is cut, things that lie over each other, targets too small for a finger. `make gallery` asks it of
// every picture that it takes.

/** 44 px is the least for a finger. */
const FINGER_PX = 44;
const SLACK_PX = 1;

const REACHED =
  "button, a[href], input, select, textarea, summary, [tabindex]:not([tabindex='-1']), [role=button], [role=tab]";

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const boxOf = ({ left, top, right, bottom }: Box): Box => ({ left, top, right, bottom });

const meet = (a: Box, b: Box): Box => ({
  left: Math.max(a.left, b.left),
  top: Math.max(a.top, b.top),
  right: Math.min(a.right, b.right),
  bottom: Math.min(a.bottom, b.bottom),
});

const width = (box: Box) => box.right - box.left;
const height = (box: Box) => box.bottom - box.top;
const empty = (box: Box) => width(box) <= SLACK_PX || height(box) <= SLACK_PX;

/** What a person would call it. */
function nameOf(element: Element): string {
  const id = element.closest("[data-testid]")?.getAttribute("data-testid");
  const own = element.getAttribute("data-testid");
  const said = (element.getAttribute("aria-label") ?? element.textContent).trim().slice(0, 40);
  const tag = element.tagName.toLowerCase();
  return `${own ?? `${id ?? "page"} › ${tag}`}${said === "" ? "" : ` “${said}”`}`;
}

/** Only for ears, or not there at all. */
function unseen(element: Element): boolean {
  return (
    element.closest(".visually-hidden, [inert], [aria-hidden=true][data-offscreen]") !== null ||
    !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
  );
}

/** The part of a box that its ancestors let through; `cut` by one that does not scroll. */
function through(
  element: Element,
  box: Box,
  from: Element | null = element.parentElement,
): { seen: Box; cutBy: Element | null } {
  let seen = box;
  let cutBy: Element | null = null;
  for (let up: Element | null = from; up !== null; up = up.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(up);
    if (overflowX === "visible" && overflowY === "visible") continue;
    if (up === document.body || up === document.documentElement) break;
    const frame = up.getBoundingClientRect();
    const inner = {
      left: frame.left + up.clientLeft,
      top: frame.top + up.clientTop,
      right: frame.left + up.clientLeft + up.clientWidth,
      bottom: frame.top + up.clientTop + up.clientHeight,
    };
    const beyondX = seen.left < inner.left - SLACK_PX || seen.right > inner.right + SLACK_PX;
    const beyondY = seen.top < inner.top - SLACK_PX || seen.bottom > inner.bottom + SLACK_PX;
    const scrollsX = overflowX === "auto" || overflowX === "scroll";
    const scrollsY = overflowY === "auto" || overflowY === "scroll";
    if (cutBy === null && ((beyondX && !scrollsX) || (beyondY && !scrollsY))) cutBy = up;
    // Beyond what scrolls, nothing is cut any more: it can be brought in.
    seen = meet(seen, inner);
    if (empty(seen)) break;
  }
  return { seen, cutBy };
}

interface Words {
  readonly element: Element;
  readonly box: Box;
}

/** Every line of text that is drawn. */
function words(): Words[] {
  const found: Words[] = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
    const element = node.parentElement;
    if (element === null || (node.nodeValue ?? "").trim() === "" || unseen(element)) continue;
    if (element.closest("svg, option, script, style") !== null) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      if (rect.width > 0 && rect.height > 0) found.push({ element, box: boxOf(rect) });
    }
  }
  return found;
}

function isShortenedOnPurpose(element: Element): boolean {
  for (let up: Element | null = element; up !== null; up = up.parentElement) {
    const style = getComputedStyle(up);
    if (style.textOverflow === "ellipsis" && style.overflowX !== "visible") return true;
    if (style.getPropertyValue("-webkit-line-clamp") !== "none") return true;
  }
  return false;
}

/** What shop people write themselves may be shortened; what the till says may not. */
const WRITTEN = "[data-shortens], [data-shortens] *";

function wordsCut(all: readonly Words[]): string[] {
  const faults: string[] = [];
  for (const { element, box } of all) {
    const { cutBy } = through(element, box, element);
    const own = getComputedStyle(element).overflowX !== "visible";
    const ownCut = own && element.scrollWidth > element.clientWidth + SLACK_PX;
    if (cutBy === null && !ownCut) continue;
    if (isShortenedOnPurpose(element) && element.matches(WRITTEN)) continue;
    faults.push(`cut: ${nameOf(element)}`);
  }
  for (const field of document.querySelectorAll<HTMLInputElement>("input, select, textarea")) {
    if (unseen(field) || field.type === "radio" || field.type === "checkbox") continue;
    if (field.matches(WRITTEN)) continue;
    const text = field instanceof HTMLSelectElement ? chosen(field) : field.placeholder;
    if (text === "") continue;
    const style = getComputedStyle(field);
    if (style.color === "transparent" || placeholderHidden(field)) continue;
    const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    if (measured(text, style) > room + SLACK_PX) faults.push(`cut: ${nameOf(field)}: ${text}`);
  }
  return faults;
}

const chosen = (field: HTMLSelectElement) => field.selectedOptions[0]?.textContent.trim() ?? "";

function placeholderHidden(field: HTMLInputElement): boolean {
  if (field instanceof HTMLSelectElement) return false;
  const { color } = getComputedStyle(field, "::placeholder");
  return /, 0\)$|\/ 0\)$|^transparent$/.test(color) || field.value !== "";
}

function measured(text: string, style: CSSStyleDeclaration): number {
  const ruler = document.createElement("span");
  ruler.textContent = text;
  ruler.style.cssText = "position:absolute;visibility:hidden;white-space:pre";
  // The shorthand says nothing where figures are of one width.
  ruler.style.fontFamily = style.fontFamily;
  ruler.style.fontSize = style.fontSize;
  ruler.style.fontWeight = style.fontWeight;
  document.body.append(ruler);
  const wide = ruler.getBoundingClientRect().width;
  ruler.remove();
  return wide;
}

/** Lines of different elements that lie over each other by more than their leading. */
function wordsOverWords(all: readonly Words[]): string[] {
  const faults: string[] = [];
  const drawn = all
    .map((one) => ({ ...one, seen: through(one.element, one.box, one.element).seen }))
    .filter((one) => !empty(one.seen));
  for (const [index, a] of drawn.entries()) {
    for (const b of drawn.slice(index + 1)) {
      if (a.element === b.element || !sameLayer(a.element, b.element)) continue;
      const both = meet(a.seen, b.seen);
      if (empty(both)) continue;
      const least = Math.min(height(a.seen), height(b.seen));
      if (width(both) > 2 && height(both) > least * 0.35)
        faults.push(`over each other: ${nameOf(a.element)} and ${nameOf(b.element)}`);
    }
  }
  return faults;
}

/** A dialog lies over its screen on purpose. */
const layerOf = (element: Element) =>
  element.closest("[role=dialog], [data-layer], .lock, .errors, .scrim");
const sameLayer = (a: Element, b: Element) => layerOf(a) === layerOf(b);

function reached(): HTMLElement[] {
  const all = [...document.querySelectorAll<HTMLElement>(REACHED)].map((element) =>
    element instanceof HTMLInputElement && ["radio", "checkbox"].includes(element.type)
      ? (element.closest("label") ?? element)
      : element,
  );
  return [...new Set(all)].filter((element) => !unseen(element));
}

function targets(): string[] {
  const faults: string[] = [];
  const all = reached().map((element) => {
    const box = boxOf(element.getBoundingClientRect());
    return { element, box, seen: through(element, box).seen };
  });
  for (const { element, box } of all) {
    const disabled = element.matches(":disabled");
    if (disabled || element.matches("a, [role=tabpanel], main, section, ul, ol")) continue;
    // A field that stands in a larger label or frame is as large as that.
    const frame = element.closest<HTMLElement>("[data-target]");
    const large = frame === null ? box : boxOf(frame.getBoundingClientRect());
    if (width(large) < FINGER_PX - 0.5 || height(large) < FINGER_PX - 0.5) {
      const size = `${Math.round(width(large))}×${Math.round(height(large))}`;
      faults.push(`small: ${nameOf(element)} ${size}`);
    }
  }
  for (const [index, a] of all.entries()) {
    for (const b of all.slice(index + 1)) {
      if (a.element.contains(b.element) || b.element.contains(a.element)) continue;
      if (!sameLayer(a.element, b.element)) continue;
      const both = meet(a.seen, b.seen);
      if (!empty(both) && width(both) > 2 && height(both) > 2)
        faults.push(`over each other: ${nameOf(a.element)} and ${nameOf(b.element)}`);
    }
    const middle = [(a.seen.left + a.seen.right) / 2, (a.seen.top + a.seen.bottom) / 2] as const;
    if (empty(a.seen) || a.element.matches(":disabled")) continue;
    const hit = document.elementFromPoint(...middle);
    const itself = hit !== null && (a.element.contains(hit) || hit.contains(a.element));
    if (!itself && (hit === null || sameLayer(hit, a.element)))
      faults.push(`covered: ${nameOf(a.element)} by ${hit === null ? "nothing" : nameOf(hit)}`);
  }
  return faults;
}

function beyondTheWindow(): string[] {
  const faults: string[] = [];
  const root = document.documentElement;
  if (root.scrollWidth > innerWidth + SLACK_PX || root.scrollHeight > innerHeight + SLACK_PX)
    faults.push("beyond: the page scrolls");
  for (const element of document.body.querySelectorAll("*")) {
    if (unseen(element) || element.closest("svg") !== null) continue;
    const { seen } = through(element, boxOf(element.getBoundingClientRect()));
    if (empty(seen)) continue;
    const out =
      seen.left < -SLACK_PX ||
      seen.top < -SLACK_PX ||
      seen.right > innerWidth + SLACK_PX ||
      seen.bottom > innerHeight + SLACK_PX;
    if (out) faults.push(`beyond: ${nameOf(element)}`);
  }
  return faults;
}

/** Frames that let nothing out and hold more than they show. */
function cutFrames(): string[] {
  const faults: string[] = [];
  for (const element of document.body.querySelectorAll<HTMLElement>("*")) {
    if (unseen(element) || element.matches(WRITTEN) || element.closest("svg") !== null) continue;
    if (element.matches("input, select, textarea")) continue;
    const { overflowX, overflowY } = getComputedStyle(element);
    const cutsX = overflowX === "hidden" || overflowX === "clip";
    const cutsY = overflowY === "hidden" || overflowY === "clip";
    const over =
      (cutsX && element.scrollWidth > element.clientWidth + SLACK_PX) ||
      (cutsY && element.scrollHeight > element.clientHeight + SLACK_PX);
    if (over && element.clientWidth > 1) faults.push(`cut: all of ${nameOf(element)}`);
    // What scrolls sideways is hardly ever found.
    if (overflowX === "auto" && element.scrollWidth > element.clientWidth + SLACK_PX)
      faults.push(`sideways: ${nameOf(element)}`);
  }
  return faults;
}

/** Every fault once, in words. */
export function inspect(): string[] {
  const all = words();
  return [
    ...new Set([
      ...beyondTheWindow(),
      ...wordsCut(all),
      ...cutFrames(),
      ...wordsOverWords(all),
      ...targets(),
    ]),
  ];
}
