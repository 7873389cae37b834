// Finds by measuring what an eye would find wrong with a screen: parts outside the window, cut text, overlapping parts,
// targets too small for a finger. `make gallery` checks every picture that it takes.

/** The smallest size that a finger can hit. */
const FINGER_PX = 44;
const SLACK_PX = 1;

const FOCUSABLE =
  "button, a[href], input, select, textarea, summary, [tabindex]:not([tabindex='-1']), [role=button], [role=tab]";

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const boxOf = ({ left, top, right, bottom }: Box): Box => ({ left, top, right, bottom });

const intersect = (a: Box, b: Box): Box => ({
  left: Math.max(a.left, b.left),
  top: Math.max(a.top, b.top),
  right: Math.min(a.right, b.right),
  bottom: Math.min(a.bottom, b.bottom),
});

const width = (box: Box) => box.right - box.left;
const height = (box: Box) => box.bottom - box.top;
const empty = (box: Box) => width(box) <= SLACK_PX || height(box) <= SLACK_PX;

/** Describes an element for the report. */
function nameOf(element: Element): string {
  const id = element.closest("[data-testid]")?.getAttribute("data-testid");
  const own = element.getAttribute("data-testid");
  const said = (element.getAttribute("aria-label") ?? element.textContent).trim().slice(0, 40);
  const tag = element.tagName.toLowerCase();
  return `${own ?? `${id ?? "page"} › ${tag}`}${said === "" ? "" : ` “${said}”`}`;
}

/** Not drawn, or only there for screen readers. */
function hidden(element: Element): boolean {
  return (
    element.closest(".visually-hidden, [inert], [aria-hidden=true][data-offscreen]") !== null ||
    !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
  );
}

/** The part of a box that is visible inside its ancestors; `cutBy` is an ancestor that cuts it and does not scroll. */
function visiblePart(
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
    // Inside a scrolling ancestor nothing is cut, because it can be scrolled into view.
    seen = intersect(seen, inner);
    if (empty(seen)) break;
  }
  return { seen, cutBy };
}

interface TextLine {
  readonly element: Element;
  readonly box: Box;
}

/** Every visible line of text. */
function textLines(): TextLine[] {
  const found: TextLine[] = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
    const element = node.parentElement;
    if (element === null || (node.nodeValue ?? "").trim() === "" || hidden(element)) continue;
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

/** Texts that the shop wrote may be shortened; the till's own texts may not. */
const WRITTEN = "[data-shortens], [data-shortens] *";

function cutTexts(all: readonly TextLine[]): string[] {
  const faults: string[] = [];
  for (const { element, box } of all) {
    const { cutBy } = visiblePart(element, box, element);
    const own = getComputedStyle(element).overflowX !== "visible";
    const ownCut = own && element.scrollWidth > element.clientWidth + SLACK_PX;
    if (cutBy === null && !ownCut) continue;
    if (isShortenedOnPurpose(element) && element.matches(WRITTEN)) continue;
    faults.push(`cut: ${nameOf(element)}`);
  }
  for (const field of document.querySelectorAll<HTMLInputElement>("input, select, textarea")) {
    if (hidden(field) || field.type === "radio" || field.type === "checkbox") continue;
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
  // `style.font` is empty when `font-variant-numeric` is set.
  ruler.style.fontFamily = style.fontFamily;
  ruler.style.fontSize = style.fontSize;
  ruler.style.fontWeight = style.fontWeight;
  document.body.append(ruler);
  const wide = ruler.getBoundingClientRect().width;
  ruler.remove();
  return wide;
}

/** Lines of different elements that overlap by more than their line spacing. */
function overlappingTexts(all: readonly TextLine[]): string[] {
  const faults: string[] = [];
  const drawn = all
    .map((one) => ({ ...one, seen: visiblePart(one.element, one.box, one.element).seen }))
    .filter((one) => !empty(one.seen));
  for (const [index, a] of drawn.entries()) {
    for (const b of drawn.slice(index + 1)) {
      if (a.element === b.element || !sameLayer(a.element, b.element)) continue;
      const both = intersect(a.seen, b.seen);
      if (empty(both)) continue;
      const least = Math.min(height(a.seen), height(b.seen));
      if (width(both) > 2 && height(both) > least * 0.35)
        faults.push(`over each other: ${nameOf(a.element)} and ${nameOf(b.element)}`);
    }
  }
  return faults;
}

/** A dialog overlaps its screen on purpose, so only elements of the same layer are compared. */
const layerOf = (element: Element) =>
  element.closest("[role=dialog], [data-layer], .lock, .errors, .scrim");
const sameLayer = (a: Element, b: Element) => layerOf(a) === layerOf(b);

function focusableElements(): HTMLElement[] {
  const all = [...document.querySelectorAll<HTMLElement>(FOCUSABLE)].map((element) =>
    element instanceof HTMLInputElement && ["radio", "checkbox"].includes(element.type)
      ? (element.closest("label") ?? element)
      : element,
  );
  return [...new Set(all)].filter((element) => !hidden(element));
}

function targets(): string[] {
  const faults: string[] = [];
  const all = focusableElements().map((element) => {
    const box = boxOf(element.getBoundingClientRect());
    return { element, box, seen: visiblePart(element, box).seen };
  });
  for (const { element, box } of all) {
    const disabled = element.matches(":disabled");
    if (disabled || element.matches("a, [role=tabpanel], main, section, ul, ol")) continue;
    // A field inside a larger label is as large as the label.
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
      const both = intersect(a.seen, b.seen);
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
    if (hidden(element) || element.closest("svg") !== null) continue;
    const { seen } = visiblePart(element, boxOf(element.getBoundingClientRect()));
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

/** Elements that cut off their overflow or scroll sideways. */
function cutFrames(): string[] {
  const faults: string[] = [];
  for (const element of document.body.querySelectorAll<HTMLElement>("*")) {
    if (hidden(element) || element.matches(WRITTEN) || element.closest("svg") !== null) continue;
    if (element.matches("input, select, textarea")) continue;
    const { overflowX, overflowY } = getComputedStyle(element);
    const cutsX = overflowX === "hidden" || overflowX === "clip";
    const cutsY = overflowY === "hidden" || overflowY === "clip";
    const over =
      (cutsX && element.scrollWidth > element.clientWidth + SLACK_PX) ||
      (cutsY && element.scrollHeight > element.clientHeight + SLACK_PX);
    if (over && element.clientWidth > 1) faults.push(`cut: all of ${nameOf(element)}`);
    // Users hardly ever find out that something scrolls sideways.
    if (overflowX === "auto" && element.scrollWidth > element.clientWidth + SLACK_PX)
      faults.push(`sideways: ${nameOf(element)}`);
  }
  return faults;
}

/** Every fault once, in words. */
export function inspect(): string[] {
  const all = textLines();
  return [
    ...new Set([
      ...beyondTheWindow(),
      ...cutTexts(all),
      ...cutFrames(),
      ...overlappingTexts(all),
      ...targets(),
    ]),
  ];
}
