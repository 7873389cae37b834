// The one way to open a dialog. Only one dialog is open at a time; it lies over the current screen.
import type { CashWay } from "../bindings/CashWay";
import type { CloseView } from "../bindings/CloseView";
import type { CountPurpose } from "../bindings/CountPurpose";
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

export type Dialog =
  | {
      readonly kind: "note" | "refund" | "review" | "write-off" | "receipt";
      readonly sale: SaleView;
    }
  | { readonly kind: "void-refund"; readonly sale: SaleView; readonly refund: RefundView }
  | { readonly kind: "void-tender"; readonly sale: SaleView; readonly tender: TenderView }
  | { readonly kind: "tender"; readonly question: TenderQuestion }
  | {
      readonly kind: "choose-tender";
      readonly tenders: readonly HandTender[];
      /** The code of this sale stands: it stays watched. */
      readonly codeStands: boolean;
      readonly chosen: (tender: HandTender) => void;
    }
  | { readonly kind: "close-report"; readonly close: CloseView }
  | { readonly kind: "confirm-amount"; readonly question: AmountQuestion }
  | { readonly kind: "key-in-use"; readonly question: KeyQuestion }
  /** Without an item, the dialog creates one. */
  | { readonly kind: "item"; readonly item: Item | null }
  /** Asks what has to be known before an item can be sold. */
  | { readonly kind: "sell-item"; readonly item: Item }
  | { readonly kind: "cashier"; readonly person: PersonView }
  | { readonly kind: "import"; readonly preview: ImportPreview }
  | { readonly kind: "move-cash"; readonly way: CashWay }
  | { readonly kind: "count"; readonly purpose: CountPurpose }
  | {
      readonly kind:
        | "cashiers"
        | "open-drawer"
        | "close-day"
        | "export"
        | "tip"
        | "discount"
        | "hold"
        | "drop-cart";
    };

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
