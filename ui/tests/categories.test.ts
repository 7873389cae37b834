import { describe, expect, it } from "vitest";
import { sampleItem } from "../dev/samples";
import { categoriesOf, categoryAfter, matching, withCategoryBefore } from "../src/categories";

const of = (name: string, category: string | null) => sampleItem(name, { category });
const names = (items: readonly { name: string }[]) => items.map(({ name }) => name).join(" ");
const LIST = [of("tea", "Drinks"), of("cake", "Food"), of("rum", "Drinks"), of("pen", null)];

/** Numbers that look random and are the same each time. */
function* numbers(): Generator<number, never> {
  for (let state = 7; ; state = (state * 48_271) % 2_147_483_647) yield state;
}

describe("categories", () => {
  it("are tabs in the order of their first items", () => {
    expect(categoriesOf(LIST)).toEqual(["Drinks", "Food"]);
    expect(categoriesOf([of("pen", null)])).toEqual([]);
  });

  it("move whole, before another or to the end, and nothing else changes its order", () => {
    expect(names(withCategoryBefore(LIST, "Food", "Drinks"))).toBe("cake tea rum pen");
    expect(names(withCategoryBefore(LIST, "Drinks", null))).toBe("cake pen tea rum");
    expect(withCategoryBefore(LIST, "Drinks", "Drinks")).toBe(LIST);
  });

  it("come to any place from any place, and no item is lost", () => {
    const draw = numbers();
    for (let round = 0; round < 300; round++) {
      const list = Array.from({ length: 12 }, (_, place) => {
        const category = draw.next().value % 6;
        return of(`item ${place}`, category === 5 ? null : `tab ${category}`);
      });
      const tabs = categoriesOf(list);
      const moved = tabs[draw.next().value % tabs.length];
      const place = draw.next().value % tabs.length;
      if (moved === undefined) continue;
      const next = withCategoryBefore(list, moved, categoryAfter(tabs, moved, place));
      const expected = tabs.filter((tab) => tab !== moved);
      expected.splice(place, 0, moved);
      expect(categoriesOf(next)).toEqual(expected);
      expect([...next].sort((a, b) => a.name.localeCompare(b.name))).toEqual(
        [...list].sort((a, b) => a.name.localeCompare(b.name)),
      );
      for (const tab of tabs) {
        const within = (items: readonly { category: string | null; name: string }[]) =>
          names(items.filter(({ category }) => category === tab));
        expect(within(next)).toBe(within(list));
      }
    }
  });
});

describe("the search", () => {
  const list = [
    sampleItem("Hot chocolate"),
    sampleItem("Crème brûlée", { barcode: "4006381333931" }),
    sampleItem("Cheesecake"),
    sampleItem("Чай с лимоном"),
  ];
  const found = (text: string) => names(matching(list, text));

  it("finds parts of words in any order, without regard to case and accents", () => {
    expect(found("creme")).toBe("Crème brûlée");
    expect(found("chocolate hot")).toBe("Hot chocolate");
    expect(found("ЛИМОН")).toBe("Чай с лимоном");
    expect(found("xyz")).toBe("");
  });

  it("puts what begins so first, and reads barcodes", () => {
    expect(found("ch")).toBe("Cheesecake Hot chocolate");
    expect(found("40063")).toBe("Crème brûlée");
  });
});
