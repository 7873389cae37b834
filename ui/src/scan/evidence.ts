// Tells a barcode scanner from a person by what each leaves behind: how fast the keys follow each other and how evenly,
// compared with the cashier's own typing and with what the till has learnt of its scanner; how many keys there are, what
// ends them, and whether they could be an amount at all. No single number decides: some scanners type as slowly as a
// cashier, but none types as unevenly. Pure.
import type { LearntScanner } from "../bindings/LearntScanner";
import { isDigit, isOfAmount, type Character } from "./characters";
import { isArticleNumber } from "./codes";

/** No hand keeps this pace for four keys; most scanners do. */
export const FAST_GAP_MS = 35;
/** This many gaps that fast are a scan, the one before Enter included. */
const FAST_GAPS = 3;
/** The same in a text, where two keys that are pressed together are nothing rare. */
const FAST_GAPS_IN_TEXT = 6;
/** No hand keeps this mean pace for six keys. */
const FAST_MEAN_MS = 55;
/** A hand that keeps this mean pace up to Enter is so rare that the amount is to be confirmed. */
const BURST_MEAN_MS = 70;
/** A longer pause ends a run of keys: a scanner does not wait so long between two characters. */
export const RUN_GAP_MS = 180;
/** The same for characters that are typed as Alt and up to five digits each. */
const NUMBER_GAP_MS = 1500;
/** An even run of this many characters is a scan: the shortest article number, EAN-8, has eight digits. */
const EVEN_CHARACTERS = 8;
/** From a scanner that the till has learnt, this many are enough. */
const LEARNT_CHARACTERS = 5;
/** The shortest code that an item may have (`src-tauri/core/src/items/mod.rs`). */
export const SHORTEST_CODE = 4;
/** No amount has more characters: ten digits are more than the gateway accepts. */
const LONGEST_AMOUNT = 10;
/** A short run up to Enter that is no more uneven than this is a scanner's far more often than a hand's. */
const EVEN_SHARE = 0.1;
/** The same for four characters, whose few gaps are even by chance more often. */
const EVEN_SHARE_OF_FOUR = 0.08;
/** A cashier who suddenly types at this share of the usual pauses is probably a scanner. */
const SUDDENLY_FAST = 0.4;
/** Another cashier may simply type faster: a slower mean pace than this is no sudden one. */
const SUDDEN_MEAN_MS = 100;
/** A scan that has no ending is over after so long without a key, at least. */
export const TAIL_MS = 250;
/** Some scanners pause before their Enter: after a scan it is ignored for so long at least. */
const ENDING_MS = 600;
/** How many presses of a run are kept; a longer code needs no more evidence. */
const MOST_KEPT = 256;

/** What is known of who types at this till. */
export interface Habits {
  readonly scanner: LearntScanner | null;
  /** The cashier's own usual pause between two keys, milliseconds; null until enough was typed. */
  readonly cashier_gap_ms: number | null;
}

/** Where keys go: to the keys of a screen, or into a text. People type words evenly and fast, so in a text only a pace
 * that no hand keeps is a scan. */
export type Place = "keys" | "text";

export const NO_HABITS: Habits = { scanner: null, cashier_gap_ms: null };

interface Press<T> {
  readonly at_ms: number;
  readonly character: Character;
  /** What was there before the press took effect. */
  readonly before: T;
}

/** Keys that followed each other without a pause. */
export interface Run<T> {
  readonly presses: readonly Press<T>[];
  /** When the last key was pressed, Enter and Tab included. */
  readonly last_ms: number;
  /** Its Enter or Tab has come. */
  readonly ended: boolean;
  /** The run is a scan, which began at the press of this index. */
  readonly scan_from: number | null;
}

export type Verdict<T> =
  /** An ordinary key. */
  | { readonly kind: "key" }
  /** The run has just become a scan: restore `before` and ignore this key. */
  | { readonly kind: "scan"; readonly before: T }
  /** Another key of a scan: ignore it. */
  | { readonly kind: "tail" }
  /** An Enter or Tab that may be a scanner's: it must not charge. What was typed stays. */
  | { readonly kind: "doubt" };

export interface Judged<T> {
  readonly run: Run<T>;
  readonly verdict: Verdict<T>;
}

/** Adds a character at `at_ms`. `present` is what is there before it takes effect. */
export function addCharacter<T>(
  run: Run<T> | null,
  at_ms: number,
  character: Character,
  present: T,
  habits: Habits = NO_HABITS,
  place: Place = "keys",
): Judged<T> {
  const most_ms = character.by_number === true ? NUMBER_GAP_MS : silenceMs(run, habits);
  const goesOn = run !== null && !run.ended && at_ms - run.last_ms < most_ms;
  const press = { at_ms, character, before: present };
  const presses = goesOn ? [...run.presses, press].slice(-MOST_KEPT) : [press];
  if (goesOn && run.scan_from !== null) {
    return { run: { ...run, presses, last_ms: at_ms }, verdict: { kind: "tail" } };
  }
  const scan_from = scanStart(presses, null, habits, place);
  const next = { presses, last_ms: at_ms, ended: false, scan_from };
  if (scan_from === null) return { run: next, verdict: { kind: "key" } };
  return { run: next, verdict: { kind: "scan", before: presses[scan_from]?.before ?? present } };
}

/** Adds an Enter or Tab at `at_ms`, with which scanners end. */
export function addEnding<T>(
  run: Run<T> | null,
  at_ms: number,
  present: T,
  habits: Habits = NO_HABITS,
  place: Place = "keys",
): Judged<T> {
  const none = { presses: [], last_ms: at_ms, ended: true, scan_from: null };
  if (run === null) return { run: none, verdict: { kind: "key" } };
  const gap_ms = at_ms - run.last_ms;
  if (run.scan_from !== null) {
    const most_ms = Math.max(ENDING_MS, silenceMs(run, habits));
    if (gap_ms >= most_ms) return { run: none, verdict: { kind: "key" } };
    return { run: { ...run, last_ms: at_ms, ended: true }, verdict: { kind: "tail" } };
  }
  if (run.ended || gap_ms >= silenceMs(run, habits)) return { run: none, verdict: { kind: "key" } };
  const scan_from = scanStart(run.presses, gap_ms, habits, place);
  if (scan_from !== null) {
    const before = run.presses[scan_from]?.before ?? present;
    const next = { ...run, last_ms: at_ms, ended: true, scan_from };
    return { run: next, verdict: { kind: "scan", before } };
  }
  // The run stays as it is, so that its text can still be looked up.
  const next = { ...run, last_ms: at_ms, ended: true };
  const doubtful = place === "keys" && cameInBurst(run, gap_ms, habits);
  return { run: next, verdict: { kind: doubtful ? "doubt" : "key" } };
}

/** A run is over after so long without a key. */
export function silenceMs<T>(run: Run<T> | null, { scanner }: Habits = NO_HABITS): number {
  const learnt_ms = 2 * (scanner?.gap_ms ?? 0);
  if (run === null) return Math.max(RUN_GAP_MS, learnt_ms);
  if (run.presses.at(-1)?.character.by_number === true) return NUMBER_GAP_MS;
  if (run.scan_from !== null) {
    return Math.max(TAIL_MS, learnt_ms, 3 * mean(gapsOf(run.presses.slice(run.scan_from))));
  }
  return Math.max(RUN_GAP_MS, learnt_ms, 2 * median(gapsOf(run.presses.slice(-EVEN_CHARACTERS))));
}

/** What a run says: its text, and the press with which that text begins. */
export interface Reading {
  readonly text: string;
  readonly from: number;
}

/** The texts that a run may stand for: as judged and as a whole, each by the layout and by the physical keys. */
export function readings<T>(run: Run<T>): readonly Reading[] {
  const found: Reading[] = [];
  for (const from of new Set([run.scan_from ?? 0, 0])) {
    const characters = run.presses.slice(from).map(({ character }) => character);
    for (const read of [byLayout, byPosition]) {
      const text = textOf(characters, read);
      if (text !== null && text !== "" && !found.some((other) => other.text === text)) {
        found.push({ text, from });
      }
    }
  }
  return found;
}

const byLayout = ({ by_layout }: Character) => by_layout;
const byPosition = ({ by_position }: Character) => by_position;

/** Null when one of them is no character that way. */
function textOf(
  characters: readonly Character[],
  read: (character: Character) => string | null,
): string | null {
  const texts = characters.map(read);
  return texts.includes(null) ? null : texts.join("");
}

/** What the till learns of its scanner from a run; null when the run is too short or too slow to tell. */
export function learn<T>(run: Run<T>, ending: LearntScanner["ending"]): LearntScanner | null {
  const gap_ms = Math.max(1, Math.round(mean(gapsOf(run.presses))));
  if (run.presses.length < LEARNT_CHARACTERS + 1 || gap_ms > RUN_GAP_MS) return null;
  return { gap_ms, ending };
}

/** The press with which a scan began; null when a person may have pressed these keys. `ending_gap_ms`: how long after
 * the last of them the ending came. */
function scanStart<T>(
  presses: readonly Press<T>[],
  ending_gap_ms: number | null,
  habits: Habits,
  place: Place,
): number | null {
  const gaps = gapsOf(presses);
  const from = rhythmStart(gaps);
  const characters = presses.slice(from).map(({ character }) => character);
  const rhythm = gaps.slice(from);
  const scan =
    place === "text"
      ? isScanInText(characters, rhythm)
      : isScan(characters, rhythm, ending_gap_ms, habits);
  return scan ? from : null;
}

/** The press with which the present rhythm began: a pause that is far longer than the others is before it. */
function rhythmStart(gaps: readonly number[]): number {
  const usual = median(gaps.slice(-EVEN_CHARACTERS));
  const longest = Math.max(2.5 * usual, usual + 60);
  return gaps.findLastIndex((gap) => gap > longest) + 1;
}

function isScanInText(characters: readonly Character[], gaps: readonly number[]): boolean {
  if (characters.some(({ by_number }) => by_number === true)) return true;
  const last = gaps.slice(-FAST_GAPS_IN_TEXT);
  return last.length === FAST_GAPS_IN_TEXT && last.every((gap) => gap < FAST_GAP_MS);
}

function isScan(
  characters: readonly Character[],
  gaps: readonly number[],
  ending_gap_ms: number | null,
  { scanner, cashier_gap_ms }: Habits,
): boolean {
  if (characters.some(({ by_number }) => by_number === true)) return true;
  const all = ending_gap_ms === null ? gaps : [...gaps, ending_gap_ms];
  const last = all.slice(-FAST_GAPS);
  if (last.length === FAST_GAPS && last.every((gap) => gap < FAST_GAP_MS)) return true;
  const count = characters.length;
  if (count < SHORTEST_CODE) return false;
  const pace_ms = mean(gaps);
  if (count >= 6 && pace_ms < FAST_MEAN_MS) return true;
  const even = isEven(gaps);
  if (!characters.every(isOfAmount) && (even || ending_gap_ms !== null)) return true;
  if (scanner !== null && isOfScanner(count, gaps, ending_gap_ms, scanner)) return true;
  if (count < EVEN_CHARACTERS) return false;
  if (even || (cashier_gap_ms !== null && pace_ms < SUDDENLY_FAST * cashier_gap_ms)) return true;
  const text = textOf(characters, byLayout) ?? textOf(characters, byPosition) ?? "";
  return isArticleNumber(text) || (count > LONGEST_AMOUNT && !text.includes("+"));
}

/** Whether a run is like those of the scanner that the till has learnt. */
function isOfScanner(
  count: number,
  gaps: readonly number[],
  ending_gap_ms: number | null,
  { gap_ms, ending }: LearntScanner,
): boolean {
  if (!isNear(mean(gaps), gap_ms)) return false;
  const ended = ending_gap_ms !== null && ending !== "none";
  if (gap_ms < BURST_MEAN_MS) {
    return (count >= LEARNT_CHARACTERS || ended) && unevenness(gaps) < 0.25;
  }
  // People type at this pace too, but not so evenly up to Enter.
  if (ended) return unevenness([...gaps, ending_gap_ms]) < EVEN_SHARE;
  return ending === "none" && count > LEARNT_CHARACTERS && unevenness(gaps) < EVEN_SHARE;
}

/** Whether keys that may be an amount came so fast or so evenly that it must be confirmed. `ending_gap_ms`: how long after
 * the last of them Enter came; null when none did. */
export function cameInBurst<T>(
  { presses }: Run<T>,
  ending_gap_ms: number | null,
  { cashier_gap_ms }: Habits,
): boolean {
  const gaps = gapsOf(presses);
  const all = ending_gap_ms === null ? gaps : [...gaps, ending_gap_ms];
  const pace_ms = mean(all);
  if (presses.length < SHORTEST_CODE) return false;
  if (presses.length >= EVEN_CHARACTERS || pace_ms < BURST_MEAN_MS) return true;
  const sudden_ms = Math.min(SUDDENLY_FAST * (cashier_gap_ms ?? 0), SUDDEN_MEAN_MS);
  if (pace_ms < sudden_ms) return true;
  if (presses.length >= 6) return isEven(gaps);
  // Few gaps are even by chance now and then, but seldom the one before Enter with them. A point or a plus is a
  // person's: short codes are digits.
  const onlyDigits = presses.every(({ character }) => isDigit(character));
  const most = presses.length >= LEARNT_CHARACTERS ? EVEN_SHARE : EVEN_SHARE_OF_FOUR;
  return onlyDigits && ending_gap_ms !== null && unevenness(all) < most;
}

/** Whether gaps are as even as a scanner's. USB asks a scanner every 8 ms, and of many gaps one may be longer. */
function isEven(gaps: readonly number[]): boolean {
  if (gaps.length < SHORTEST_CODE - 1) return false;
  const kept = gaps.length < 6 ? gaps : [...gaps].sort((a, b) => a - b).slice(0, -1);
  return spread(kept) <= Math.max(17, mean(kept) / 4);
}

/** How far the gaps are from their mean on average, as a share of it. A hand's are from 0.2 to 0.4. */
function unevenness(gaps: readonly number[]): number {
  const pace_ms = mean(gaps);
  return pace_ms === 0 ? 0 : mean(gaps.map((gap) => Math.abs(gap - pace_ms))) / pace_ms;
}

function isNear(pace_ms: number, learnt_ms: number): boolean {
  return Math.abs(pace_ms - learnt_ms) <= Math.max(8, learnt_ms / 5);
}

function gapsOf(presses: readonly { readonly at_ms: number }[]): number[] {
  return presses.slice(1).map(({ at_ms }, index) => at_ms - (presses[index]?.at_ms ?? at_ms));
}

function spread(gaps: readonly number[]): number {
  return Math.max(...gaps) - Math.min(...gaps);
}

function mean(gaps: readonly number[]): number {
  return gaps.length === 0 ? 0 : gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
}

export function median(gaps: readonly number[]): number {
  return [...gaps].sort((a, b) => a - b)[Math.floor((gaps.length - 1) / 2)] ?? 0;
}
