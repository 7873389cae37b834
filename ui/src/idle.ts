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

/** Calls `onIdle` when nothing was touched for `after_ms()`; returns how to stop. */
export function watchIdle(
  target: Window,
  after_ms: () => number | null,
  onIdle: () => void,
): () => void {
  let touched_at_ms = Date.now();
  const touch = () => {
    touched_at_ms = Date.now();
  };
  const kinds = ["pointerdown", "pointermove", "keydown", "wheel"];
  for (const kind of kinds) target.addEventListener(kind, touch, { capture: true, passive: true });
  const timer = setInterval(() => {
    const wait_ms = after_ms();
    // The wait begins when the payment ends, so that a slow customer sees the result as long as a quick one.
    if (wait_ms === null) touch();
    else if (Date.now() - touched_at_ms >= wait_ms) {
      touch();
      onIdle();
    }
  }, 500);
  return () => {
    clearInterval(timer);
    for (const kind of kinds) target.removeEventListener(kind, touch, { capture: true });
  };
}
