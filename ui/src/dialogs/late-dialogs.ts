// The dialogs by their kinds. Each is read when it is first opened.
import type { Component } from "svelte";
import { LateComponent } from "../late-component.svelte";
import type { DialogProps } from "../state/dialogs.svelte";

/** A dialog is given what it was opened with, and its kind; or nothing, when that is all it needs. */
type DialogComponents = {
  readonly [Kind in keyof DialogProps]: LateComponent<
    Component<DialogProps[Kind] & { kind: Kind }> | Component<Record<string, never>>
  >;
};

const reason = () => import("./ReasonDialog.svelte");

export const DIALOGS: DialogComponents = {
  note: new LateComponent(() => import("./NoteDialog.svelte")),
  refund: new LateComponent(() => import("./RefundDialog.svelte")),
  review: new LateComponent(reason),
  "write-off": new LateComponent(reason),
  receipt: new LateComponent(() => import("./ReceiptDialog.svelte")),
  "void-refund": new LateComponent(reason),
  "void-tender": new LateComponent(reason),
  tender: new LateComponent(() => import("./TenderDialog.svelte")),
  "choose-tender": new LateComponent(() => import("./ChooseTenderDialog.svelte")),
  offer: new LateComponent(() => import("./OfferDialog.svelte")),
  "close-report": new LateComponent(() => import("./CloseReportDialog.svelte")),
  "confirm-amount": new LateComponent(() => import("./ConfirmAmountDialog.svelte")),
  "key-in-use": new LateComponent(() => import("./KeyInUseDialog.svelte")),
  "pair-office": new LateComponent(() => import("./PairOfficeDialog.svelte")),
  "leave-office": new LateComponent(() => import("./LeaveOfficeDialog.svelte")),
  item: new LateComponent(() => import("./ItemDialog.svelte")),
  "sell-item": new LateComponent(() => import("./SellItemDialog.svelte")),
  cashier: new LateComponent(() => import("./CashierDialog.svelte")),
  labels: new LateComponent(() => import("./LabelsDialog.svelte")),
  import: new LateComponent(() => import("./ImportDialog.svelte")),
  "move-cash": new LateComponent(() => import("./MoveCashDialog.svelte")),
  count: new LateComponent(() => import("./CountDialog.svelte")),
  cashiers: new LateComponent(() => import("./CashiersDialog.svelte")),
  "open-drawer": new LateComponent(reason),
  "close-day": new LateComponent(() => import("./CloseDayDialog.svelte")),
  export: new LateComponent(() => import("./ExportDialog.svelte")),
  tip: new LateComponent(() => import("./TipDialog.svelte")),
  discount: new LateComponent(() => import("./DiscountDialog.svelte")),
  hold: new LateComponent(() => import("./HoldDialog.svelte")),
  "drop-cart": new LateComponent(reason),
};
