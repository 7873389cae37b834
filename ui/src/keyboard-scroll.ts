// A region that scrolls is one stop of the keyboard while it holds more than it shows and nothing in it
// can be walked to: whoever has no pointer reads on with the arrow keys.
import type { Attachment } from "svelte/attachments";

const WALKED_TO = "button, a[href], input, select, textarea, summary";

export const keyboardScroll: Attachment<HTMLElement> = (region) => {
  const update = () => {
    const more =
      region.scrollHeight > region.clientHeight + 1 || region.scrollWidth > region.clientWidth + 1;
    if (more && region.querySelector(WALKED_TO) === null) region.tabIndex = 0;
    else region.removeAttribute("tabindex");
  };
  const sizes = new ResizeObserver(update);
  sizes.observe(region);
  // What is in it may grow without a word: a picture that has come.
  const heed = () => {
    for (const part of region.children) sizes.observe(part);
    update();
  };
  const words = new MutationObserver(heed);
  words.observe(region, { childList: true, subtree: true, characterData: true });
  heed();
  return () => {
    sizes.disconnect();
    words.disconnect();
  };
};
