// What is fixed about items: the palette, in its order, and what its colours are called.
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
