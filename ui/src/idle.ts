// A till that strangers stand at comes back to its pad by itself. Money in the making is left alone: a
// customer who looks for their phone touches nothing.
import type { SaleState } from "./bindings/SaleState";

/** A customer who has paid has seen it by then, milliseconds. */
export const AFTER_PAYMENT_MS = 15_000;

const IN_PROGRESS: readonly SaleState[] = ["requesting", "awaiting", "chosen"];

/** After how long without a touch the pad comes back, milliseconds; null: not from here. */
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

/** Calls `onIdle` once nobody has touched anything for as long as `after_ms` says; returns how to stop it. */
export function watchIdle(
  target: Window,
  after_ms: () => number | null,
  onIdle: () => void,
): () => void {
  let touched = Date.now();
  const touch = () => {
    touched = Date.now();
  };
  const kinds = ["pointerdown", "pointermove", "keydown", "wheel"];
  for (const kind of kinds) target.addEventListener(kind, touch, { capture: true, passive: true });
  const timer = setInterval(() => {
    const wait_ms = after_ms();
    // A customer who took minutes to pay sees that it is paid as long as any other.
    if (wait_ms === null) touch();
    else if (Date.now() - touched >= wait_ms) {
      touch();
      onIdle();
    }
  }, 500);
  return () => {
    clearInterval(timer);
    for (const kind of kinds) target.removeEventListener(kind, touch, { capture: true });
  };
}
