// Hands the till to every part of the screen without passing it through all of them.
import { createContext } from "svelte";
import type { Till } from "./till/till.svelte";

export const [getTill, setTill] = createContext<Till>();
