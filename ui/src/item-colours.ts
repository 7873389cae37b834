// The colours that an item's button may have, in the order of the palette, each with the message of its name.
import type { Colour } from "./bindings/Colour";

export const COLOURS: readonly (readonly [Colour, string])[] = [
  ["sand", "colour-sand"],
  ["rose", "colour-rose"],
  ["coral", "colour-coral"],
  ["amber", "colour-amber"],
  ["lemon", "colour-lemon"],
  ["sky", "colour-sky"],
  ["lilac", "colour-lilac"],
  ["stone", "colour-stone"],
];
