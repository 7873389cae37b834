// Written by the tests of src-tauri/api from the commands that are declared there. Do not edit.
import type { AtTheTill } from "./AtTheTill";
import type { BackupState } from "./BackupState";
import type { CartId } from "./CartId";
import type { CartView } from "./CartView";
import type { Charge } from "./Charge";
import type { CloseView } from "./CloseView";
import type { CountResult } from "./CountResult";
import type { CountStart } from "./CountStart";
import type { Currency } from "./Currency";
import type { CustomerAct } from "./CustomerAct";
import type { Day } from "./Day";
import type { DayReport } from "./DayReport";
import type { DisplayState } from "./DisplayState";
import type { DrawerView } from "./DrawerView";
import type { Export } from "./Export";
import type { Hold } from "./Hold";
import type { ImportPreview } from "./ImportPreview";
import type { Item } from "./Item";
import type { ItemId } from "./ItemId";
import type { JournalState } from "./JournalState";
import type { KeyStatus } from "./KeyStatus";
import type { Language } from "./Language";
import type { LockView } from "./LockView";
import type { Mode } from "./Mode";
import type { Money } from "./Money";
import type { NearbyPrinter } from "./NearbyPrinter";
import type { NewCashCount } from "./NewCashCount";
import type { NewCashMove } from "./NewCashMove";
import type { NewRefund } from "./NewRefund";
import type { NewTender } from "./NewTender";
import type { OfficeStatus } from "./OfficeStatus";
import type { PrintOutcome } from "./PrintOutcome";
import type { PrintedReceipt } from "./PrintedReceipt";
import type { QrImage } from "./QrImage";
import type { ReceiptFormat } from "./ReceiptFormat";
import type { ReceiptView } from "./ReceiptView";
import type { RefundPreview } from "./RefundPreview";
import type { RestoreOffer } from "./RestoreOffer";
import type { ReturnedLine } from "./ReturnedLine";
import type { Role } from "./Role";
import type { SaleDetail } from "./SaleDetail";
import type { SaleView } from "./SaleView";
import type { SalesPage } from "./SalesPage";
import type { SalesQuery } from "./SalesQuery";
import type { ScreenEvent } from "./ScreenEvent";
import type { Settings } from "./Settings";
import type { SettingsDraft } from "./SettingsDraft";
import type { StaffView } from "./StaffView";
import type { Start } from "./Start";
import type { Stock } from "./Stock";
import type { TakenOver } from "./TakenOver";
import type { TakenUpCart } from "./TakenUpCart";
import type { TenderOptions } from "./TenderOptions";
import type { TipQuestion } from "./TipQuestion";
import type { UpdateState } from "./UpdateState";

/** Sends a command to the program and resolves with its answer. It rejects with a `Fault`. */
export type Call = <T>(command: string, args: Record<string, unknown>) => Promise<T>;

/** What the cashier's window may ask the program. */
export const cashierCommands = (call: Call) => ({
  /** The till as it is now; everything that happens from now on is sent to `events`. */
  start: (events: (message: ScreenEvent) => void): Promise<Start> => call("start", { events }),
  /**
   * Opens a sale and requests its invoice, or takes its first tender. The same tap again is the same sale. In
   * self-service a customer can only be charged an amount that is offered.
   */
  charge: (charge: Charge): Promise<SaleView> => call("charge", { charge }),
  /** Takes a tender besides crypto for a sale: in cash with what was handed over. The answer has the change. */
  takeTender: (number: number, tender: NewTender): Promise<SaleView> => call("take_tender", { number, tender }),
  /** Takes a tender back that was entered by mistake, until the day is closed. */
  takeBackTender: (number: number, tender: number, reason: string): Promise<SaleView> => call("take_back_tender", { number, tender, reason }),
  /**
   * What may be taken for an amount that is outstanding, what is due in cash, and which sums a customer is likely to
   * hand over. With a part that is about to be paid, also what is left then, and whether that can be paid in crypto.
   */
  tenderOptions: (outstanding: Money, part: Money | null): Promise<TenderOptions> => call("tender_options", { outstanding, part }),
  /**
   * Requests another invoice for what is outstanding of a sale whose last one ended, was refused or is uncertain, or
   * that was paid in part by other tenders.
   */
  tryAgain: (number: number): Promise<SaleView> => call("try_again", { number }),
  /** Stops waiting for the payment. The invoice is still polled. */
  stopWaiting: (number: number): Promise<SaleView> => call("stop_waiting", { number }),
  /** Polls the sale's invoice now. */
  checkNow: (number: number): Promise<SaleView> => call("check_now", { number }),
  /**
   * Says which sale is on screen, `null` for none: it is polled fastest, and shown to the customer. The display
   * keeps a sale while the cashier looks at something else.
   */
  lookAt: (number: number | null): Promise<null> => call("look_at", { number }),
  /** One sale as it is now. */
  sale: (number: number): Promise<SaleView> => call("sale", { number }),
  /** The QR code of a sale's invoice. */
  qr: (number: number): Promise<QrImage> => call("qr", { number }),
  /** Holds a cart, and returns all that are held then. The same tap again holds it once. */
  holdCart: (hold: Hold): Promise<Array<CartView>> => call("hold_cart", { hold }),
  /** What a held cart holds. It stays held until its lines are charged or held again. */
  takeUpCart: (cart: CartId): Promise<TakenUpCart> => call("take_up_cart", { cart }),
  /**
   * Gives up a held cart without a sale, and returns those that are still held. Among cashiers with PINs it needs the
   * right: what was handed over may have been paid for.
   */
  dropCart: (cart: CartId, reason: string): Promise<Array<CartView>> => call("drop_cart", { cart, reason }),
  /** One page of the sales book, newest first. */
  sales: (query: SalesQuery): Promise<SalesPage> => call("sales", { query }),
  /** Everything about one sale. */
  saleDetail: (number: number): Promise<SaleDetail> => call("sale_detail", { number }),
  /** Acknowledges a payment, which then no longer rings. */
  paymentSeen: (number: number): Promise<SaleView> => call("payment_seen", { number }),
  /**
   * Acknowledges a payment that was shown to the customer on time. One that came late or twice keeps ringing where
   * customers serve themselves, until staff has seen it.
   */
  paymentShown: (number: number): Promise<SaleView> => call("payment_shown", { number }),
  /** Sets the note of a sale; `null` removes it. */
  setNote: (number: number, note: string | null): Promise<SaleView> => call("set_note", { number, note }),
  /** Writes down money that was given back to the customer outside the gateway. */
  refund: (number: number, refund: NewRefund): Promise<SaleView> => call("refund", { number, refund }),
  /** What a refund would take back: of the typed amount, or of the lines when there are any. */
  refundPreview: (number: number, amount: Money, lines: Array<ReturnedLine>): Promise<RefundPreview> => call("refund_preview", { number, amount, lines }),
  /** Voids a refund that was entered by mistake. `refund`: its place in the sale, from 1. */
  takeBackRefund: (number: number, refund: number, reason: string): Promise<SaleView> => call("take_back_refund", { number, refund, reason }),
  /** Gives up for good a sale whose invoice is dead to the gateway. */
  writeOff: (number: number, reason: string): Promise<SaleView> => call("write_off", { number, reason }),
  /** Closes the review of a sale whose payment does not match it. */
  closeReview: (number: number, reason: string): Promise<SaleView> => call("close_review", { number, reason }),
  /** The drawer since the last close, by currency; empty while the shop has none. */
  drawer: (): Promise<{ [key in Currency]?: DrawerView }> => call("drawer", {}),
  /** What a count of this currency begins with. */
  countStart: (currency: Currency): Promise<CountStart> => call("count_start", { currency }),
  /**
   * Writes a count, and says what should have been there to those who may see it. Who takes some out needs the right to
   * move cash.
   */
  countCash: (count: NewCashCount): Promise<CountResult> => call("count_cash", { count }),
  /** Writes down cash that goes into the drawer or out of it without a sale, and opens the drawer. */
  moveCash: (moved: NewCashMove): Promise<null> => call("move_cash", { moved }),
  /** Opens the drawer without a sale. */
  openDrawer: (reason: string): Promise<null> => call("open_drawer", { reason }),
  /** The X report of a day; `null` is today by the shop's clock. */
  report: (day: Day | null): Promise<DayReport> => call("report", { day }),
  /** The Z report: closes the day. With open sales it does so only if they are to be carried over. */
  closeDay: (carry: boolean): Promise<CloseView> => call("close_day", { carry }),
  /** The closes before an entry of the journal, or the last ones, newest first. */
  closes: (beforeSeq: number | null): Promise<Array<CloseView>> => call("closes", { beforeSeq }),
  /** Prints a close on the receipt printer. */
  printClose: (seq: number): Promise<PrintOutcome> => call("print_close", { seq }),
  /**
   * Writes the sales book into a file that the cashier picks. Returns its path; `null` when no file was picked
   * or the export was cancelled.
   */
  export: (query: Export): Promise<string | null> => call("export", { query }),
  /** Cancels the export that is running, if there is one. */
  cancelExport: (): Promise<null> => call("cancel_export", {}),
  /** The receipt of a paid sale, as it would be printed. */
  receipt: (number: number): Promise<ReceiptView> => call("receipt", { number }),
  /** The code of where the customer finds the receipt of a paid sale; `null`: it is nowhere that a phone can reach. */
  receiptQr: (number: number): Promise<QrImage | null> => call("receipt_qr", { number }),
  /** Prints the receipt on the receipt printer. */
  printReceipt: (number: number): Promise<PrintedReceipt> => call("print_receipt", { number }),
  /**
   * Saves the receipt into a file that the cashier picks; `null` when no file was picked. In kiosk mode it needs
   * the PIN: a file dialog shows more of the machine than the till.
   */
  saveReceipt: (number: number, format: ReceiptFormat): Promise<SaleView | null> => call("save_receipt", { number, format }),
  /** Writes down that the receipt was opened in the system's print dialog. */
  receiptOpenedInDialog: (number: number): Promise<SaleView> => call("receipt_opened_in_dialog", { number }),
  /** Prints a test page, and asks the printer anew what it can say. Where that opens the drawer, it needs the right. */
  printerTest: (): Promise<PrintOutcome> => call("printer_test", {}),
  /**
   * Printers that may be chosen in the settings: on USB, in the network, queues, serial ports. It takes some three seconds;
   * nothing is printed.
   */
  nearbyPrinters: (): Promise<Array<NearbyPrinter>> => call("nearby_printers", {}),
  /** Replaces all items. */
  saveItems: (items: Array<Item>): Promise<Array<Item>> => call("save_items", { items }),
  /**
   * Reads the items of a CSV file that somebody picks, and says line by line what they would change; `null` when no
   * file was picked. Nothing is written: the page saves the preview's items once somebody has agreed.
   */
  importItems: (): Promise<ImportPreview | null> => call("import_items", {}),
  /** Writes the items into a CSV file that somebody picks; `false` when no file was picked. */
  exportItems: (): Promise<boolean> => call("export_items", {}),
  /** What is left of each item whose stock is counted. */
  stock: (): Promise<Array<Stock>> => call("stock", {}),
  /** Writes down how many of an item there are now. */
  setStock: (item: ItemId, count: number): Promise<Array<Stock>> => call("set_stock", { item, count }),
  /** Prints labels of these items for the shelf, on the receipt printer. */
  printLabels: (items: Array<ItemId>): Promise<null> => call("print_labels", { items }),
  /** Saves all settings, and applies them. Wrong ones are refused, each by its field. */
  saveSettings: (settings: SettingsDraft): Promise<Settings> => call("save_settings", { settings }),
  /** Stores the API key in the system's keychain. With `lose_open` also when open invoices are lost from sight by it. */
  setKey: (key: string, loseOpen: boolean | null, typedPin: string | null): Promise<KeyStatus> => call("set_key", { key, loseOpen, typedPin }),
  /** Removes the API key from the system's keychain. With `lose_open` also when open invoices are lost from sight by it. */
  clearKey: (loseOpen: boolean | null, typedPin: string | null): Promise<KeyStatus> => call("clear_key", { loseOpen, typedPin }),
  /** What is known of a newer version of the till. */
  updateState: (): Promise<UpdateState> => call("update_state", {}),
  /** Whether there is an API key. */
  keyStatus: (): Promise<KeyStatus> => call("key_status", {}),
  /** Whether there is a PIN, and whether it is needed now. */
  lockState: (): Promise<LockView> => call("lock_state", {}),
  /** Tries the shop's PIN. */
  unlock: (pin: string): Promise<LockView> => call("unlock", { pin }),
  /** Locks at once, and signs off a cashier with a PIN. */
  lockNow: (): Promise<LockView> => call("lock_now", {}),
  /** Says that the screen was touched: in kiosk mode the till locks when it is not. */
  touched: (): Promise<null> => call("touched", {}),
  /** Sets the PIN. */
  setPin: (pin: string, typedPin: string | null): Promise<LockView> => call("set_pin", { pin, typedPin }),
  /** Removes the PIN; not in self-service, which needs one. */
  clearPin: (typedPin: string | null): Promise<LockView> => call("clear_pin", { typedPin }),
  /** The shop's cashiers, and whether they have PINs of their own. */
  staff: (): Promise<StaffView> => call("staff", {}),
  /** Who is at the till. */
  atTheTill: (): Promise<AtTheTill> => call("at_the_till", {}),
  /** Signs a cashier on: by the name alone, or with the PIN of theirs. A name of `null` signs off. */
  signOn: (name: string | null, pin: string | null): Promise<AtTheTill> => call("sign_on", { name, pin }),
  /** Signs on the cashier whose fob has this code; `null` when it is nobody's. */
  signOnByFob: (code: string): Promise<AtTheTill | null> => call("sign_on_by_fob", { code }),
  /** Lends the act that was refused last to whoever is at the till; without a name by the shop's PIN. */
  approve: (name: string | null, pin: string): Promise<null> => call("approve", { name, pin }),
  /** The same by a fob; whether it is anybody's. */
  approveByFob: (code: string): Promise<boolean> => call("approve_by_fob", { code }),
  /** Lets a screen open that shows what only this right changes. */
  openSettings: (): Promise<null> => call("open_settings", {}),
  /**
   * Changes a cashier, or takes in a new one: the role, and a new PIN or fob; `null` keeps what is there, an empty text
   * takes it away.
   */
  changeCashier: (name: string, role: Role, pin: string | null, fob: string | null, typedPin: string | null): Promise<StaffView> => call("change_cashier", { name, role, pin, fob, typedPin }),
  /** Takes a cashier's role, PIN and fob away. */
  removeCashier: (name: string, typedPin: string | null): Promise<StaffView> => call("remove_cashier", { name, typedPin }),
  /** Turns kiosk mode on. */
  enterKiosk: (): Promise<null> => call("enter_kiosk", {}),
  /** Turns kiosk mode off. */
  leaveKiosk: (typedPin: string | null): Promise<null> => call("leave_kiosk", { typedPin }),
  /** Ends the program in kiosk mode, where its window cannot be closed. */
  quit: (typedPin: string | null): Promise<null> => call("quit", { typedPin }),
  /** Where the backups go, and how the last one went. */
  backupState: (): Promise<BackupState> => call("backup_state", {}),
  /** Makes a backup now. Without a folder for backups it asks for one first, which needs the PIN. */
  backUpNow: (): Promise<BackupState> => call("back_up_now", {}),
  /** Has the cashier pick the folder for backups; nothing changes when none is picked. */
  chooseBackupFolder: (): Promise<BackupState> => call("choose_backup_folder", {}),
  /** Makes no more backups. */
  clearBackupFolder: (): Promise<BackupState> => call("clear_backup_folder", {}),
  /** Tries a journal that failed once more, without waiting for the till to do it. Selling goes on when it works. */
  retryJournal: (): Promise<JournalState> => call("retry_journal", {}),
  /** The newest usable backup of a journal that cannot be opened. */
  restoreOffer: (): Promise<RestoreOffer | null> => call("restore_offer", {}),
  /** The backup in a file that somebody picks; `null` when no file was picked. */
  chooseRestoreFile: (): Promise<RestoreOffer | null> => call("choose_restore_file", {}),
  /** Restores the backup that was offered, by the hash of its last entry, and opens the till. */
  restoreFromOffer: (head: string, typedPin: string | null): Promise<Start> => call("restore_from_offer", { head, typedPin }),
  /** What is known of the back office; `null`: the till is not paired with one. */
  officeStatus: (): Promise<OfficeStatus | null> => call("office_status", {}),
  /** Pairs the till with the office that shows this code. It holds a secret, which works once. */
  pairWithOffice: (code: string): Promise<OfficeStatus> => call("pair_with_office", { code }),
  /** The same with the code in a file that somebody picks; `null` when no file was picked. */
  pairWithOfficeByFile: (): Promise<OfficeStatus | null> => call("pair_with_office_by_file", {}),
  /** What the till has now of all that its office may have changed. */
  takenOver: (): Promise<TakenOver> => call("taken_over", {}),
  /** Offers this till's items, taxes, cashiers and texts to the office, whose owner may make them the shop's. */
  offerSettings: (): Promise<null> => call("offer_settings", {}),
  /** Leaves the office: nothing more is sent there. */
  leaveOffice: (): Promise<null> => call("leave_office", {}),
  /** Switches between the shop's till and the practice till. */
  switchMode: (mode: Mode): Promise<Start> => call("switch_mode", { mode }),
  /** Deletes all practice sales. The shop's own journal is another file and is not touched. */
  resetPractice: (): Promise<Start> => call("reset_practice", {}),
  /** Acts as the customer of a practice sale. */
  practiceAct: (number: number, act: CustomerAct): Promise<null> => call("practice_act", { number, act }),
  /** Asks the customer for a tip, and returns the question's number; `null` withdraws the question. */
  askTip: (question: TipQuestion | null): Promise<number | null> => call("ask_tip", { question }),
  /** Notes which language the customer of a sale chose: its display and its receipts are in it from now on. */
  setCustomersLanguage: (number: number, language: Language): Promise<SaleView> => call("set_customers_language", { number, language }),
  /** Clears the display for the next customer. */
  nextCustomer: (): Promise<null> => call("next_customer", {}),
});
export interface CashierCommands extends ReturnType<typeof cashierCommands> {}

/** What the customer's display may ask the program. */
export const displayCommands = (call: Call) => ({
  /** What the display shows now; every change is sent to `changes`. */
  displayState: (changes: (message: DisplayState) => void): Promise<DisplayState> => call("display_state", { changes }),
  /**
   * The customer chooses a tip: `offer`, counted from 0, of question number `ask`. The cashier's window is told,
   * and decides what is charged.
   */
  chooseTip: (ask: number, offer: number): Promise<null> => call("choose_tip", { ask, offer }),
  /**
   * The customer chooses a language, one of those that the shop offers: for the sale in front, else for the one that
   * comes next.
   */
  chooseLanguage: (language: Language): Promise<null> => call("choose_language", { language }),
});
export interface DisplayCommands extends ReturnType<typeof displayCommands> {}
