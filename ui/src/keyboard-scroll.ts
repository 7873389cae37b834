// Makes a scrolling region a stop of the Tab key while it overflows and holds nothing else that takes the focus, so
// that it can be read with the arrow keys alone.
import type { Attachment } from "svelte/attachments";

const FOCUSABLE = "button, a[href], input, select, textarea, summary";

export const keyboardScroll: Attachment<HTMLElement> = (region) => {
  const update = () => {
    const overflows =
      region.scrollHeight > region.clientHeight + 1 || region.scrollWidth > region.clientWidth + 1;
    if (overflows && region.querySelector(FOCUSABLE) === null) region.tabIndex = 0;
    else region.removeAttribute("tabindex");
  };
  const sizes = new ResizeObserver(update);
  sizes.observe(region);
  // A child may grow by itself, for example a picture that has just been loaded.
  const observeChildren = () => {
    for (const child of region.children) sizes.observe(child);
    update();
  };
  const content = new MutationObserver(observeChildren);
  content.observe(region, { childList: true, subtree: true, characterData: true });
  observeChildren();
  return () => {
    sizes.disconnect();
    content.disconnect();
  };
};
