// The one way to open a dialog. Only one dialog is open at a time; it lies over the current screen.
import type { CashWay } from "../bindings/CashWay";
import type { CloseView } from "../bindings/CloseView";
import type { CountPurpose } from "../bindings/CountPurpose";
import type { FixedOffer } from "../bindings/FixedOffer";
import type { ImportPreview } from "../bindings/ImportPreview";
import type { Item } from "../bindings/Item";
import type { PersonView } from "../bindings/PersonView";
import type { RefundView } from "../bindings/RefundView";
import type { SaleView } from "../bindings/SaleView";
import type { TenderView } from "../bindings/TenderView";
import type { HandTender } from "../tenders";
import type { KeyQuestion } from "./api-key.svelte";
import type { AmountQuestion } from "./charging.svelte";
import type { TenderQuestion } from "./tenders.svelte";

interface OfSale {
  readonly sale: SaleView;
}
type Nothing = Record<never, never>;

/** What each kind of dialog is opened with. */
export interface DialogProps {
  note: OfSale;
  refund: OfSale;
  review: OfSale;
  "write-off": OfSale;
  receipt: OfSale;
  "void-refund": OfSale & { readonly refund: RefundView };
  "void-tender": OfSale & { readonly tender: TenderView };
  tender: { readonly question: TenderQuestion };
  "choose-tender": {
    readonly tenders: readonly HandTender[];
    /** The code of this sale stands: it stays watched. */
    readonly codeStands: boolean;
    readonly chosen: (tender: HandTender) => void;
  };
  /** How a customer who serves themselves pays this. */
  offer: { readonly offer: FixedOffer };
  "close-report": { readonly close: CloseView };
  "confirm-amount": { readonly question: AmountQuestion };
  "pair-office": Nothing;
  "leave-office": Nothing;
  "key-in-use": { readonly question: KeyQuestion };
  /** Without an item, the dialog creates one. */
  item: { readonly item: Item | null };
  /** Asks what has to be known before an item can be sold. */
  "sell-item": { readonly item: Item };
  cashier: { readonly person: PersonView };
  import: { readonly preview: ImportPreview };
  /** Which items need a label for the shelf. */
  labels: Nothing;
  "move-cash": { readonly way: CashWay };
  count: { readonly purpose: CountPurpose };
  cashiers: Nothing;
  "open-drawer": Nothing;
  "close-day": Nothing;
  export: Nothing;
  tip: Nothing;
  discount: Nothing;
  hold: Nothing;
  "drop-cart": Nothing;
}

/** An open dialog; of these kinds if they are named. */
export type Dialog<Kind extends keyof DialogProps = keyof DialogProps> = {
  [One in Kind]: { readonly kind: One } & DialogProps[One];
}[Kind];

export class Dialogs {
  #current = $state.raw<Dialog | null>(null);

  get current(): Dialog | null {
    return this.#current;
  }

  open(dialog: Dialog): void {
    this.#current = dialog;
  }

  close(): void {
    this.#current = null;
  }
}
