// What may lie over the screen and ask for an answer: one at a time.
import type { CloseView } from "../bindings/CloseView";
import type { Item } from "../bindings/Item";
import type { RefundView } from "../bindings/RefundView";
import type { SaleView } from "../bindings/SaleView";

export type Dialog =
  | { readonly kind: "note"; readonly sale: SaleView }
  | { readonly kind: "refund"; readonly sale: SaleView }
  | { readonly kind: "void-refund"; readonly sale: SaleView; readonly refund: RefundView }
  | { readonly kind: "review"; readonly sale: SaleView }
  | { readonly kind: "receipt"; readonly sale: SaleView }
  | { readonly kind: "cashiers" }
  | { readonly kind: "close-day" }
  | { readonly kind: "close"; readonly close: CloseView }
  | { readonly kind: "export" }
  | { readonly kind: "tip" }
  | { readonly kind: "discount" }
  /** None: a new one. */
  | { readonly kind: "item"; readonly item: Item | null };
