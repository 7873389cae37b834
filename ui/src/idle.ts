// When the till returns to its pad by itself. It does so where customers stand alone at it, but never during a
// payment: a customer who looks for a phone touches nothing.
import type { SaleState } from "./bindings/SaleState";

/** Long enough for a customer to see that the payment arrived. */
export const AFTER_PAYMENT_MS = 15_000;

const IN_PROGRESS: readonly SaleState[] = ["requesting", "awaiting", "chosen"];

/** Milliseconds without a touch before the pad returns; null when it must not return. */
export function idleAfterMs(
  kiosk: boolean,
  settings: { self_service: boolean; return_after_s: number },
  sale: SaleState | null,
): number | null {
  if (!kiosk && !settings.self_service) return null;
  if (sale !== null && IN_PROGRESS.includes(sale)) return null;
  const return_after_ms = settings.return_after_s * 1000;
  return settings.self_service && sale !== null
    ? Math.min(return_after_ms, AFTER_PAYMENT_MS)
    : return_after_ms;
}

const TOUCHES = ["pointerdown", "pointermove", "keydown", "wheel"];
/** A touch is told no more often; the shortest time after which a till locks is 10 s. */
const TOUCH_INTERVAL_MS = 2_000;

/** Calls `onTouch` when something is touched, now and then; returns how to stop. */
export function watchTouch(target: Window, onTouch: () => void): () => void {
  let told_at_ms = 0;
  const touch = () => {
    if (Date.now() - told_at_ms < TOUCH_INTERVAL_MS) return;
    told_at_ms = Date.now();
    onTouch();
  };
  for (const kind of TOUCHES)
    target.addEventListener(kind, touch, { capture: true, passive: true });
  return () => {
    for (const kind of TOUCHES) target.removeEventListener(kind, touch, { capture: true });
  };
}

/** Calls `onIdle` whenever nothing was touched for `after_ms`; returns how to stop. Its wait begins now: when the payment
 * has ended, so that a slow customer sees the result as long as a quick one. */
export function watchIdle(target: Window, after_ms: number, onIdle: () => void): () => void {
  let touched_at_ms = Date.now();
  const touch = () => {
    touched_at_ms = Date.now();
  };
  for (const kind of TOUCHES)
    target.addEventListener(kind, touch, { capture: true, passive: true });
  // A touch only notes its time; the timer looks again when the wait that it knew of is over.
  const look = () => {
    if (Date.now() - touched_at_ms >= after_ms) {
      touch();
      onIdle();
    }
    timer = setTimeout(look, touched_at_ms + after_ms - Date.now());
  };
  let timer = setTimeout(look, after_ms);
  return () => {
    clearTimeout(timer);
    for (const kind of TOUCHES) target.removeEventListener(kind, touch, { capture: true });
  };
}
