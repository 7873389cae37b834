// What a line of a sale or of the cart is called: with its weight and its options, or as the deposit that it is.
import type { Line } from "./bindings/Line";
import { kilograms, t } from "./language.svelte";

export type NamedLine = Pick<Line, "name" | "weight" | "deposit"> & {
  readonly options?: readonly string[] | undefined;
};

export function lineName({ name, weight, options, deposit }: NamedLine): string {
  if (name == null) return t("pad-sum");
  if (deposit === true) return t("line-deposit", { name });
  const weighed =
    weight == null ? name : t("item-weighed", { name, kilograms: kilograms(weight.grams) });
  return options === undefined || options.length === 0
    ? weighed
    : `${weighed}, ${options.join(", ")}`;
}
