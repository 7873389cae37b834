// The scenes of the customer's display.
import type { DisplaySale } from "../src/bindings/DisplaySale";
import type { DisplayState } from "../src/bindings/DisplayState";
import type { DisplayTip } from "../src/bindings/DisplayTip";
import type { Theme } from "../src/bindings/Theme";
import { LANGUAGES } from "../src/messages";
import { drawQr } from "./draw-qr";
import { eur } from "./samples";

export interface DisplayScene {
  readonly display: (language: string, theme: Theme) => DisplayState;
  /** What happens once it is shown. */
  readonly then?: () => void;
}

const of =
  (sale: Partial<DisplaySale> | null, more: Partial<DisplayState> = {}) =>
  (language: string, theme: Theme): DisplayState => ({
    mode: "live",
    gateway: "api.cru.cash",
    theme,
    shop: "Café Morgenrot",
    language,
    languages: [],
    system_language: "en",
    tip: null,
    sale:
      sale === null
        ? null
        : {
            face: "awaiting",
            amount: eur(1250),
            outstanding: null,
            change: null,
            test: false,
            expires_at: Math.floor(Date.now() / 1000) + 14 * 60 + 32,
            clock_offset_ms: 0,
            crypto: null,
            network: null,
            crypto_amount: null,
            qr: drawQr(),
            receipt_qr: null,
            ...sale,
          },
    ...more,
  });

const TIP: DisplayTip = {
  ask: 1,
  question: {
    amount: eur(123_450),
    offers: [
      { kind: { is: "share", rate: 500 }, tip: eur(6173), total: eur(129_623) },
      { kind: { is: "share", rate: 1000 }, tip: eur(12_345), total: eur(135_795) },
      { kind: { is: "share", rate: 1500 }, tip: eur(18_518), total: eur(141_968) },
      { kind: { is: "round_up" }, tip: eur(50), total: eur(123_500) },
      { kind: { is: "none" }, tip: eur(0), total: eur(123_450) },
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
  "display-change": {
    display: of({ face: "paid", qr: null, amount: eur(1340), change: eur(660) }),
  },
  "display-part-paid": {
    display: of({ face: "part_paid", qr: null, expires_at: null, outstanding: eur(750) }),
  },
  "display-part-code": { display: of({ outstanding: eur(750) }) },
  "display-paid": { display: of({ face: "paid" }) },
  "display-paid-receipt-code": { display: of({ face: "paid", receipt_qr: drawQr() }) },
  "display-change-receipt-code": {
    display: of({
      face: "paid",
      qr: null,
      receipt_qr: drawQr(),
      amount: eur(1340),
      change: eur(660),
    }),
  },
  "display-languages": { display: of(null, { languages: LANGUAGES }) },
  "display-languages-few": { display: of(null, { languages: ["de", "en", "pl"] }) },
  "display-languages-corner": { display: of({}, { languages: LANGUAGES }) },
  "display-languages-chosen": {
    display: of(
      { face: "chosen", crypto: "USDT", network: "TRC20", crypto_amount: "13.421875" },
      { languages: LANGUAGES },
    ),
  },
  "display-languages-change": {
    display: of(
      { face: "paid", qr: null, amount: eur(1340), change: eur(660) },
      { languages: LANGUAGES },
    ),
  },
  "display-languages-open": {
    display: of({}, { languages: LANGUAGES }),
    then: () => document.querySelector<HTMLElement>("[data-testid=language-corner]")?.click(),
  },
  "display-languages-tip": { display: of(null, { tip: TIP, languages: LANGUAGES }) },
  "display-ended": { display: of({ face: "ended", qr: null }) },
  "display-practice": { display: of({}, { mode: "practice" }) },
  "display-test-largest": {
    display: of({ test: true, amount: { minor: 1_000_000_000, currency: "RUB" } }),
  },
};
