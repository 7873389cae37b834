// The scenes of the customer's display.
import type { DisplaySale } from "../src/bindings/DisplaySale";
import type { DisplayState } from "../src/bindings/DisplayState";
import type { DisplayTip } from "../src/bindings/DisplayTip";
import type { Theme } from "../src/bindings/Theme";
import { drawQr } from "./draw-qr";

export interface DisplayScene {
  readonly display: (language: string, theme: Theme) => DisplayState;
}

const of =
  (sale: Partial<DisplaySale> | null, more: Partial<DisplayState> = {}) =>
  (language: string, theme: Theme): DisplayState => ({
    mode: "live",
    gateway: "api.cru.cash",
    theme,
    shop: "Café Morgenrot",
    language,
    system_language: "en",
    tip: null,
    sale:
      sale === null
        ? null
        : {
            face: "awaiting",
            amount: "12.50",
            currency: "EUR",
            test: false,
            expires_at: Math.floor(Date.now() / 1000) + 14 * 60 + 32,
            clock_offset_ms: 0,
            crypto: null,
            network: null,
            crypto_amount: null,
            qr: drawQr(),
            ...sale,
          },
    ...more,
  });

const TIP: DisplayTip = {
  ask: 1,
  question: {
    amount: "1234.50",
    currency: "EUR",
    offers: [
      { kind: { is: "share", rate: 500 }, tip: "61.73", total: "1296.23" },
      { kind: { is: "share", rate: 1000 }, tip: "123.45", total: "1357.95" },
      { kind: { is: "share", rate: 1500 }, tip: "185.18", total: "1419.68" },
      { kind: { is: "round_up" }, tip: "0.50", total: "1235.00" },
      { kind: { is: "none" }, tip: "0.00", total: "1234.50" },
    ],
  },
  chosen: null,
};

export const DISPLAY_SCENES: Record<string, DisplayScene> = {
  "display-idle": { display: of(null) },
  "display-idle-nameless": { display: of(null, { shop: null }) },
  "display-idle-long": {
    display: of(null, { shop: "Buchhandlung Lindqvist-Hohenstein & Töchter am alten Markt" }),
  },
  "display-tip": { display: of(null, { tip: TIP }) },
  "display-tipped": { display: of(null, { tip: { ...TIP, chosen: 1 } }) },
  "display-requesting": { display: of({ face: "requesting", qr: null, expires_at: null }) },
  "display-awaiting": { display: of({}) },
  "display-chosen": {
    display: of({ face: "chosen", crypto: "USDT", network: "TRC20", crypto_amount: "13.421875" }),
  },
  "display-paid": { display: of({ face: "paid" }) },
  "display-ended": { display: of({ face: "ended", qr: null }) },
  "display-practice": { display: of({}, { mode: "practice" }) },
  "display-test-largest": { display: of({ test: true, amount: "10000000.00", currency: "RUB" }) },
};
