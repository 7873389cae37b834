// A till that strangers stand at comes back to its pad by itself. Money in the making is left alone: a
// customer who looks for their phone touches nothing.
import type { SaleState } from "./bindings/SaleState";

/** A customer who has paid has seen it by then, milliseconds. */
export const SERVED_MS = 15_000;

const UNDER_WAY: readonly SaleState[] = ["requesting", "awaiting", "chosen"];

/** After how long without a touch the pad comes back, milliseconds; null: not from here. */
export function restAfterMs(
  kiosk: boolean,
  settings: { self_service: boolean; return_after_s: number },
  sale: SaleState | null,
): number | null {
  if (!kiosk && !settings.self_service) return null;
  if (sale !== null && UNDER_WAY.includes(sale)) return null;
  const rest_ms = settings.return_after_s * 1000;
  return settings.self_service && sale !== null ? Math.min(rest_ms, SERVED_MS) : rest_ms;
}

/** Calls `rest` once nobody has touched anything for as long as `after_ms` says; returns how to stop it. */
export function watchHands(
  target: Window,
  after_ms: () => number | null,
  rest: () => void,
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
      rest();
    }
  }, 500);
  return () => {
    clearInterval(timer);
    for (const kind of kinds) target.removeEventListener(kind, touch, { capture: true });
  };
}
