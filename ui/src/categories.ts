// The tabs over the items, and the search among them. The tabs are in the order of their first items, so the list itself
// says it and nothing else has to be kept. Pure.
import type { Item } from "./bindings/Item";

/** The categories of items, each once, in the order of the tabs. */
export function categoriesOf(items: readonly Item[]): readonly string[] {
  const named = items.map(({ category }) => category).filter((category) => category !== null);
  return [...new Set(named)];
}

/** The items with a category's tab put before another's, or last. Within a category the order stays. */
export function withCategoryBefore(
  items: readonly Item[],
  category: string,
  before: string | null,
): readonly Item[] {
  if (category === before) return items;
  const moved = items.filter((item) => item.category === category);
  const others = items.filter((item) => item.category !== category);
  const place = others.findIndex((item) => before !== null && item.category === before);
  return place < 0
    ? [...others, ...moved]
    : [...others.slice(0, place), ...moved, ...others.slice(place)];
}

/** The tab that comes after the moved one when it is put at a place among all; null: none, it is the last. */
export function categoryAfter(
  tabs: readonly string[],
  category: string,
  place: number,
): string | null {
  return tabs.filter((tab) => tab !== category)[place] ?? null;
}

/** One form for letters with and without case and accents, so that "creme" finds "Crème". */
function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLocaleLowerCase();
}

/** The items whose name has every word of the search, or whose barcode begins with it; those whose name begins with it
 * come first. */
export function matching(items: readonly Item[], search: string): readonly Item[] {
  const wanted = plain(search.trim());
  const words = wanted.split(/\s+/);
  const found = items.filter(({ name, barcode }) => {
    const own = plain(name);
    return words.every((word) => own.includes(word)) || (barcode ?? "").startsWith(search.trim());
  });
  const begins = ({ name }: Item) => plain(name).startsWith(wanted);
  return [...found.filter(begins), ...found.filter((item) => !begins(item))];
}
