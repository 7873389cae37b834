// Whose money it is. Only cru.cash takes real money; whoever tries the till against another gateway sees its name.
import type { Mode } from "./bindings/Mode";

/** The gateway of real shops, as Rust names it. */
const CRU_CASH = "api.cru.cash";
/** The practice gateway in the journal. */
const PRACTICE = "practice";

/** The gateway's name when it is neither cru.cash nor practice, which has a badge of its own; else null. */
export function otherGateway(mode: Mode, gateway: string | null): string | null {
  const named = gateway !== null && gateway !== "" && gateway !== PRACTICE;
  return mode === "live" && named && gateway !== CRU_CASH ? gateway : null;
}
