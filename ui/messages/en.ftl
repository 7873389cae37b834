# Ringup's words. Short, plain, and never a guess about money.

starting = Opening the till…
broken = The till cannot be opened. Nothing can be sold until this is mended.

## Shell

nav-sales = Sales
nav-day = Day
nav-settings = Settings

journal-failing = Selling has stopped.
journal-failing-body = The till cannot write to its disk. It goes on by itself as soon as it can.
journal-replaced-body = Another file lies in the journal's place, or none. What the till had written is kept. Call whoever looks after it.
journal-retry = Try again

open-sales = Still open
held-carts = Held
open-and-held = Open and held

state-requesting = asking
state-awaiting = waiting
state-chosen = coin chosen
state-paid = paid
state-ended = ended unpaid
state-stopped = stopped
state-refused = refused
state-uncertain = uncertain
state-review = look at this
state-part-paid = partly paid
spoken-sale = Sale { $number }: { $state }.

## Alarms

alarm-paid = Sale { $number } is paid
alarm-late = Sale { $number } was paid late
alarm-twice = Sale { $number } was paid twice: one payment has to go back
alarm-review = Sale { $number }: the money is in question, look at it
alarm-more =
    { $count ->
        [one] { $count } more
       *[other] { $count } more
    }
alarm-show = Show
alarm-dismiss = Got it

## First run

setup-welcome = Take a payment in crypto in three taps.
setup-practice-title = Try it first
setup-practice-body = A whole sale with a made-up customer. No key, no network, no real money.
setup-practice = Practise now
setup-key-title = Start selling
setup-key-body = Paste the API key from your cru.cash account. It is kept in this computer's keychain and never shown again.
setup-key-save = Save the key
setup-tenders = Cash or cards alone? Choose the ways to pay

## Pad

pad-tape = Amount
pad-amount = Amount to charge
pad-keys = Keys
pad-note = Add a note
pad-note-clear = Clear the note
pad-backspace = Delete the last digit
pad-clear = Clear
pad-plus = Add another sum
pad-point = Decimal point
pad-charge = Charge
pad-items = Items
pad-sum = Typed sum
cart-less = One { $name } less
cart-more = One { $name } more
cart-remove = Take out
cart-discount = Discount
cart-discount-percent = Discount { $percent }%
cart-hold = Hold
cart-of = From { $labels }. What you take out stays held.
cart-put-back = Put back
hold-title = Hold this cart
hold-say = Nothing is charged. It waits beside the open sales, also after a restart.
hold-label = Name or table
hold-label-wanted = Say whose it is: a name or a table.
hold-drop = Drop without a sale
hold-drop-title = Drop { $labels } without a sale?
hold-drop-say = The journal and the Z report tell of it. No money moves.
reason-left = The customers left
reason-typed-twice = Entered by mistake
scan-unknown = No item has the code { $code }
scan-sold-out = { $name } is marked as sold out. It was added all the same.
cart-deposit = Deposit
line-deposit = Deposit: { $name }
items-search = Search items
items-search-clear = Clear the search
items-none-found = No item has “{ $search }” in its name.
items-all = All
items-categories = Categories
category-moved = { $name } is now tab { $place }
item-open-price = open
item-per-kilogram = { $price }/kg
item-sold-out-mark = Sold out
item-left = { $count } left
sell-sold-out = It is marked as sold out. Is it there after all?
sell-missed = { $code } was scanned and not added. Add this item first, then scan it again.
sell-weight = Type the weight in grams
sell-price = Type the price
sell-kilograms = { $kilograms } kg
sell-per-kilogram = { $price } a kilogram
sell-deposit = plus a deposit of { $price }
sell-add = Add { $price }
item-weighed = { $name } { $kilograms } kg
confirm-amount-title = Is this amount right?
confirm-amount-burst = It was typed as fast or as evenly as a barcode scanner types. A code must not become an amount.
confirm-amount-unusual = That is far more than usual. This shop usually takes about { $usual }.
confirm-amount-unusual-first = That is a large amount, and this till does not know yet what is usual.
confirm-amount-back = Back
confirm-amount-charge = Yes, charge { $amount }
tip-chosen = The customer would like to tip { $tip }.
tip-chosen-none = The customer would like to leave no tip.
discount-share = Percent
discount-take = Take off { $amount }
discount-remove = No discount

## Ways to pay

tenders = Ways to pay
tenders-more = More
tenders-choose = How is it paid?
tenders-code-stands = The code of this sale stays watched. If it is paid as well, the till rings and money has to go back.
tender-cash = Cash
tender-crypto-minimum = from { $minimum }
tender-crypto-no-key = key missing
tender-crypto-key = key refused
tender-crypto-waits = no network
tender-due = Due
tender-rounded = { $amount }, rounded by { $rounding }
tender-exact = Exact
tender-given = Given
tender-amount = Amount
tender-rest = Still due
tender-rest-ways = To be paid by: { $ways }
tender-rest-crypto = Too little for crypto, which starts at { $minimum }.
tender-too-little = { $due } is due: cash is rounded.
tender-too-much = At most { $due } is due.
tender-take = { $tender }: { $amount }
tender-take-card = Paid by card: { $amount }
tender-take-change = Give { $change } back
tender-take-part = Take { $amount } as a part
tender-back-title = Take back { $amount } ({ $tender })
tender-back-say = Do this when it was entered by mistake. It stays in the book and counts no more; give the money back, if you have it.
reason-other-way = Paid another way
pad-crypto-waits = No network: crypto waits. The other ways to pay go on.
pad-update = Version { $version } of Ringup is there. Tell whoever looks after the till.

## Payment

payment-awaiting-body = They scan the code and pay. Not paid yet.
payment-gateway-says = The gateway says “{ $status }”.
payment-part-sent = The gateway said “{ $status }”: part of the money may have been sent. Look into your cru.cash account.
payment-poll-refused = The gateway does not answer about this sale with this key. It may belong to another account.
payment-ended-body = The gateway has closed this code. If money still arrives, Ringup will tell you.
payment-part-paid = Partly paid
payment-stopped = You stopped waiting
payment-stopped-body = The customer may still pay this code until it ends. Ringup keeps watching and will tell you.
payment-review = Hand nothing over yet
payment-review-body = The gateway reports a payment that does not match this sale. Look into your cru.cash account.
payment-refused = The gateway said no
payment-uncertain = No clear answer
payment-unknown-body = Ringup does not know more about it yet.

payment-network-key-refused = The gateway refuses the key, so Ringup cannot see whether this is paid. Check the key in the settings.

payment-check = Check now
payment-stop = Stop waiting
payment-give-up = Give up this sale
payment-leave = Leave open, next sale
payment-next = Next sale
payment-retry = Try again
payment-back = Back to the amount
payment-parts = Paid so far
payment-part-paid-body = How is the rest paid?
payment-otherwise = Pay otherwise

review-amount = The amount paid is a different one.
review-currency = The currency is a different one.
review-test = Test money and real money are mixed up.
review-id = The answer is about another invoice.
review-payload = The payment was made for another sale.
review-taken-back = The gateway no longer says that it is paid.
review-other = Something does not match: { $reason }.

practice-customer = You play the customer
practice-choose = Pick a coin
practice-pay = Pay
practice-end = Let it end
lesson-step = Step { $step } of { $steps }
lesson-amount = Type what the customer owes, for example { $amount }.
lesson-charge = Tap the wide button: it makes the code that the customer scans.
lesson-coin = The customer scans the code and picks a coin. Play the customer: tap “Pick a coin”.
lesson-pay = The till sees which coin it will be. Now pay, as the customer would.
lesson-done = Paid, and written down for good. Put this screen away for the next customer.
lesson-learned = That was a whole sale. It stands under Sales, and in the day’s sums.
lesson-over = This one was not paid. Go on to the next sale and try once more.
lesson-skip = Skip
lesson-close = Got it

## Paid

## The sales book

sales-search = Number, note, amount or invoice
sales-none = No sales yet
sales-none-found = No sale matches this
sales-show-all = Show all sales
sales-more = Show older ones
filter-days = Days
filter-any-day = Any day
filter-today = Today
filter-yesterday = Yesterday
filter-week = This week
filter-day = One day
filter-states = State
filter-any-state = Any state
filter-open = still open
filter-any-currency = Any currency
filter-money = Real or test money
filter-any-money = All money
filter-real = Real money
filter-test = Test money
day-today = Today, { $day }
day-yesterday = Yesterday, { $day }
mark-late = late
mark-twice = paid twice
mark-refunded = refund

## A sale's page

sale-back = All sales
sale-facts = The sale
sale-opened = Charged
sale-paid = Paid
sale-coin = Coin
sale-coins = Sent
sale-settlement = Credit
sale-settled = Credited to your account
sale-not-settled = Not credited yet
sale-tip = Tip
sale-gateway-status = Gateway
sale-written-off = Written off
sale-note = Note
sale-no-note = None
sale-receipts = Receipts
sale-receipts-count =
    { $count ->
        [0] None yet
        [one] { $count } made
       *[other] { $count } made
    }
sale-lines = What was sold
sale-line = { $quantity } × { $name }
sale-refunds = Refunds
sale-refund-taken-back = Taken back:
sale-attempts =
    { $count ->
        [one] Payment code
       *[other] Payment codes
    }
sale-no-invoice = No invoice
sale-history = What happened
sale-show = Show the code
sale-refund = Refund
sale-add-note = Add a note
sale-edit-note = Change the note
sale-tenders = Paid by
sale-tender-change = Given { $given }, change { $change }
sale-tender-rounding = Rounded by { $rounding }
sale-outstanding = Still due
sale-overpaid = Paid too much
sale-show-rest = Take the rest

## The entries of a sale

entry-sale-opened = Charged { $amount }
entry-invoice-requested = Asked the gateway for code no. { $attempt }
entry-invoice-opened = Code no. { $attempt } shown
entry-invoice-refused = The gateway said no ({ $code })
entry-invoice-uncertain = No clear answer ({ $code })
entry-invoice-reported =
    { $status ->
        [processing] Paid, the credit is on its way
       *[other] The gateway reports: { $status }
    }
entry-invoice-chosen =
    { $coins ->
        [none] The customer picked { $coin }
       *[other] The customer picked { $coin }: { $coins }
    }
entry-invoice-settled = Credited to your account
entry-invoice-paid =
    { $coins ->
        [none] Paid
       *[other] Paid: { $coins }
    }
entry-invoice-ended = Code no. { $attempt } ended unpaid
entry-invoice-questioned = The gateway reports a payment that does not match
entry-sale-stopped = The cashier stopped waiting
entry-payment-seen = The payment was seen at the till
entry-sale-noted = Note
entry-language-chosen = The customer’s language: { $language }
entry-tender-taken =
    { $way ->
        [cash] Paid { $amount } in cash
        [card] Paid { $amount } by card
       *[other] Paid { $amount }: { $way }
    }
entry-tender-taken-back = Payment no. { $tender } was taken back
entry-sale-refunded =
    { $way ->
        [cash] Refunded { $amount } in cash
        [by_hand] Refunded { $amount } by hand
        [card] Refunded { $amount } by card
       *[other] Refunded { $amount }: { $way }
    }
entry-refund-taken-back = A refund was taken back
entry-review-closed = The contradiction was settled
entry-invoice-watch-ended = Attempt { $attempt } is polled no more
entry-payment-doubted = The gateway no longer says paid
entry-sale-written-off = Written off
entry-receipt-made =
    { $medium ->
        [printer]
            { $outcome ->
                [unconfirmed] Receipt sent to the printer, which did not confirm it
                [failed] Printing the receipt failed
               *[other] Receipt printed
            }
        [file] Receipt saved
       *[other] Receipt sent to the print dialog
    }
entry-other = Entry of the kind { $kind }

## Corrections

reason = Why
reason-wanted = A few words are needed
reason-goods-back = Goods returned
reason-wrong-amount = Wrong amount
reason-paid-twice = Paid twice
reason-mistake = Entered by mistake
reason-not-paid-out = Not paid out
reason-sent-back = Sent back to the customer
reason-gateway-forgot = The gateway does not know the invoice
reason-settled = Settled with the customer
note-title = Note on sale { $number }
note-hint = The words before stay in the book.
note-save = Keep the note
refund-title = Refund on sale { $number }
refund-say = The gateway sends no money back. Pay the customer in cash or by hand; Ringup writes it down.
refund-goods = What comes back
refund-amount = Amount ({ $sign })
refund-most = { $most } at most
refund-no-amount = This is not an amount
refund-way = How it goes back
refund-cash = In cash
refund-by-hand = By hand, a transfer
refund-say-tenders = Ringup sends no money back. Give it back as chosen below; Ringup writes it down.
refund-card = By card
refund-tax = Tax { $rate } of { $gross } goes back: { $tax }
refund-tip = Tip in it: { $tip }
refund-rounded = In cash: { $amount }, rounded by { $rounding }
refund-save = Write down the refund
refund-save-amount = Refund { $amount }
take-back = Take back
take-back-title = Take back the refund of { $amount }
take-back-say = Do this when no money went back. The refund stays in the book and counts no more.
review-title = Settle sale { $number }
review-say = Look into your cru.cash account first. Write down what came of it. Money that was not counted so far stays out of every total.
write-off = Write off
write-off-title = Write off sale { $number }
write-off-say = Nobody waits for this sale any more, and the day closes without it. Should money still come, it counts, and the till rings.
review-close = It is settled

## Receipts

receipt-title = Receipt of sale { $number }
receipt-is-first = The first receipt of this sale.
receipt-is-copy = There was one before: this one is marked as a copy.
receipt-print = Print
receipt-saved = Saved
receipt-dialog = Print with this computer
receipt-pdf = Save as PDF
receipt-png = Save as a picture
receipt-no-printer = You can set up a receipt printer in the settings.

## The day

day-earlier = The day before
day-later = The day after
day-export = Save the book
day-none = Nothing was paid on this day
day-practice = Practice money: this report counts for nothing
report-gateway = Gateway: { $gateway }
totals-paid =
    { $count ->
        [one] { $count } payment
       *[other] { $count } payments
    }
totals-average = On average
totals-tips = Tips in it
totals-late = Paid late ({ $count })
totals-twice = Paid twice ({ $count })
totals-refunds = Refunds ({ $count })
totals-net = Left
totals-settled = Credited
totals-unsettled = Not credited yet
totals-coin = { $coin } ({ $count })
totals-cashiers = By cashier
totals-cashier = { $name } ({ $count })
totals-categories = By category
totals-category-none = No category
totals-category-refunded = Refunds in it
totals-tax = Tax { $rate } of { $gross }
totals-tax-refunded = Refunds in it { $gross }
totals-tender =
    { $tender ->
        [crypto] Crypto ({ $count })
        [cash] Cash ({ $count })
        [card] Card ({ $count })
       *[other] { $tender } ({ $count })
    }
totals-tender-refunds =
    { $tender ->
        [crypto] Crypto: refunds
        [cash] Cash: refunds
        [card] Card: refunds
       *[other] { $tender }: refunds
    }
totals-tender-tips =
    { $tender ->
        [crypto] Crypto: tips in it
        [cash] Cash: tips in it
        [card] Card: tips in it
       *[other] { $tender }: tips in it
    }
totals-rounding = Rounding of cash
totals-taken-back =
    { $count ->
        [one] Taken back: { $count } tender
       *[other] Taken back: { $count } tenders
    }
totals-refund-way =
    { $way ->
        [cash] Of them in cash ({ $count })
        [by_hand] Of them by hand ({ $count })
        [card] Of them by card ({ $count })
       *[other] Of them { $way } ({ $count })
    }
hours-title = Payments by the hour
hours-hour =
    { $count ->
        [one] From { $from } to { $to } o'clock: { $count } payment, { $amount }
       *[other] From { $from } to { $to } o'clock: { $count } payments, { $amount }
    }
close-next = Since the last close
close-never = No day has been closed yet.
close-last = Z { $z }, { $at }
close-open =
    { $count ->
        [one] { $count } sale is still open
       *[other] { $count } sales are still open
    }
day-open-sum = If they are paid
close-open-say = They may still be paid. Their money then counts in the next close.
close-day = Close the day
close-ask = Close the day?
close-say = The Z report is written into the journal and never changes. Selling goes on after it.
close-carry =
    { $count ->
        [one] Close, carry { $count } over
       *[other] Close, carry { $count } over
    }
close-z = Z { $z }
close-at = Closed { $at } ({ $zone })
close-nothing = Nothing was paid since the close before
close-written-off = Written off: { $numbers }
close-reviews-closed = Contradictions settled by hand: { $numbers }
close-carts-held =
    { $count ->
        [one] { $count } held cart
       *[other] { $count } held carts
    }
close-carts-dropped =
    { $count ->
        [one] { $count } cart dropped without a sale
       *[other] { $count } carts dropped without a sale
    }
close-carried =
    { $count ->
        [one] { $count } open sale was carried over
       *[other] { $count } open sales were carried over
    }
close-program = Program { $version }
close-key = Fingerprint of the key: { $key }
close-events = Technical events
close-event =
    { $kind ->
        [drawer_opened] Drawer opened
        [gateway_bound] Gateway noted
        [journal_restored] Journal restored
        [key_changed] API key changed
        [pin_changed] PIN set or removed
        [pin_refused] Wrong PINs
        [practice_reset] Practice sales deleted
        [program_started] Program started
        [settings_changed] Settings changed
        [stock_set] Stock counted
        [signed_on] Signed on or off
        [staff_changed] Cashiers changed
       *[other] { $kind }
    }
close-head = Journal head
close-signed = The back office has signed it, with entry { $entry }
close-signed-before = The back office has signed up to entry { $entry }, before this report
close-print = Print
close-done = Done
closes = Closes
closes-more = Older ones
grand = Grand totals
export-title = Save the sales book
export-period = Which days
export-day = This day
export-month = This month
export-all = Everything
export-range = From … to
export-from = First day
export-to = Last day
export-wrong = The first day comes before the last
export-format = As
export-xlsx = Excel (XLSX)
export-excel = CSV for Excel
export-csv = Table (CSV)
export-json = For programs (JSON)
export-rows = One row for
export-rows-sales = Each sale
export-rows-tenders = Each tender
export-rows-lines = Each line
export-rows-cash = Each movement of cash
export-rows-bookings = Each booking
export-datev = DATEV cash book
export-start = Save as…
export-choosing = Pick a file…
export-progress = { $done } of { $total }
export-done = Saved: { $file }

## Receipts, on screen, paper and PDF

slip-till = Till { $till }
slip-test-page = The printer works. What is readable below, it can print.
slip-test-code-page = Code page { $page }:
slip-test-picture = Letters as a picture:

## Who may: the PIN, and who is at the till

lock-title = PIN
lock-pin = PIN
lock-open = Unlock
lock-back = Back
lock-now = Lock
lock-wrong = That is not the PIN
lock-wait = Too many wrong tries. Next try in { $time }
sign-on-title = Who's here?
sign-on-hint = Touch your name and type your PIN, or scan your fob. What is under way stays.
sign-on-choose = Touch a name
sign-on-shop = The shop's PIN
sign-off = Sign off
approve-title = Somebody has to lend this
approve-hint =
    { $right ->
        [discount] This discount is above the limit. Whoever may give it lends it once; you stay signed on.
        [refund] Refunds need the right. Whoever has it lends it once; you stay signed on.
        [take_back] Taking back needs the right. Whoever has it lends it once; you stay signed on.
        [open_drawer] Opening the drawer needs the right. Whoever has it lends it once; you stay signed on.
        [drop_cart] Dropping a held cart needs the right. Whoever has it lends it once; you stay signed on.
        [expected_cash] What should be in the drawer is not for everybody. Whoever has the right lends it once; you stay signed on.
        [close] Closing the day and the export need the right. Whoever has it lends it once; you stay signed on.
        [settings] The settings need the right. Whoever has it lends it once; you stay signed on.
        [key] The key needs the right. Whoever has it lends it once; you stay signed on.
       *[other] This needs a right. Whoever has it lends it once; you stay signed on.
    }
role =
    { $role ->
        [supervisor] Supervisor
        [owner] Owner
       *[cashier] Cashier
    }
role-hint =
    { $role ->
        [supervisor] Corrects, closes the day and lends cashiers what they may not do, as set below the names.
        [owner] May do everything, always.
       *[cashier] Sells. Everything else is lent by a supervisor or the owner, or set below the names.
    }
right =
    { $right ->
        [discount] Discounts above the limit
        [refund] Refunds
        [take_back] Taking back, reviews, writing off
        [open_drawer] Opening the drawer
        [drop_cart] Dropping held carts
        [expected_cash] Seeing what should be in the drawer
        [close] Closing the day, export
        [settings] Settings, items, staff
        [key] The API key
       *[other] { $right }
    }
rights-title = What they may do
rights-hint = The owner may do everything. What is not ticked can be lent, one act at a time.
rights-free-discount = Discount that anybody may give, in percent
access-title = PINs, fobs and roles
access-hint = With a PIN or a fob, a name stands in the book only for whoever it belongs to. Give the owner one first. Saved at once.
access-pin = PIN
access-fob = Fob
access-change = Change
access-role = Role
access-first-pin = PIN
access-new-pin = New PIN
access-pin-hint = 4 to 12 digits.
access-fob-none = No fob
access-fob-set = A fob is set.
access-fob-waiting = Scan the fob now …
access-fob-scanned = The fob was scanned; it counts once this is saved.
access-fob-scan = Scan a fob
access-fob-clear = Take the fob away
access-pin-clear = Take the PIN away
access-remove = Take everything away
access-save = Save
pin-title = PIN
pin-set = A PIN is set. It stands before settings, refunds, the day's close and leaving kiosk mode.
pin-none = No PIN is set: whoever stands here may do everything.
pin-new = New PIN
pin-hint = 4 to 12 digits. If it is forgotten, the command “ringup pin clear” takes it away.
pin-save = Set PIN
pin-clear = Take the PIN away
cashiers-title = Cashiers
cashiers-hint = Their names stand in the book beside what was done while they were at the till. Leave the list empty to go without.
cashiers-name = Cashier's name
cashiers-add = Add a cashier
cashiers-remove = Remove cashier
cashiers-who = Who's here?
cashiers-nobody = Nobody
entry-by = { $name }
entry-approved-by = Lent by { $name }

## The customer's display

settings-counter = Counter
display-title = Customer's display
display-where = Where it is
display-hint = It shows the shop's name, the amount, the code and the tick; nothing of the cashier's.
display-off = None
display-second-monitor = On the second monitor, when there is one
display-window = In a window that can be moved
customers-language = The customer's language
customers-languages-title = Languages of customers
customers-languages-first = At first
customers-languages-screens = As the till’s screens
customers-languages-hint = What the display, self-service and receipts are in until somebody chooses.
customers-languages-more = Customers may choose too

## Kiosk

kiosk-title = Kiosk
kiosk-hint = Full screen, and closed by the PIN alone.
kiosk-enter = Enter kiosk mode now
kiosk-leave = Leave kiosk mode
kiosk-quit = Close Ringup
kiosk-no-pin = No PIN is set: anybody who opens the settings can leave kiosk mode.
kiosk-at-start = Always start in kiosk mode
kiosk-autostart = Start Ringup when this computer's user logs in
kiosk-return = Back to the pad after … seconds
kiosk-return-hint = From 10 to 3600, in kiosk mode, when nobody touches anything.
kiosk-self-service = Customers serve themselves
kiosk-self-service-hint = Only the amounts below can be paid. Books and settings need the PIN. Set a PIN first.
kiosk-self-service-card = Customers may say that they pay by card: staff take it and confirm with their PIN
offer-name = What for
offer-amount = Amount
offer-add = Add an amount
offer-remove = Remove amount

## Settings: ways to pay

settings-tenders = Ways to pay
settings-tenders-hint = The buttons of the pad stand in this order; Enter takes the first. With crypto alone the pad has one button.
settings-tender-own = Name, such as voucher
settings-tender-add = Another way to pay
settings-tender-remove = Remove { $name }
settings-tender-up = Earlier
settings-tender-down = Later
settings-accounts = Accounts
settings-accounts-hint = For the export of bookings: as the bookkeeper's program knows them. Without one, that export says which is missing.
settings-problem-accounts = No account may be longer than 60 characters.
account-sales-at = Sales at { $rate } %
account-tax-at = Tax at { $rate } %
account-sales = Sales without tax
account-tips = Tips
account-rounding = Rounding of cash
account-overpaid = Paid too much
account-float = First float
account-in = Pay-ins
account-out = Pay-outs
account-drop = Bank drops
account-difference = Differences at counts
settings-rounding = Rounding of cash
settings-rounding-hint = Where the smallest coins are not in use. Other ways to pay are not rounded.
settings-rounding-of = Rounding of cash in { $currency }
settings-rounding-none = None
settings-rounding-five = To 0.05
settings-rounding-whole = Down to whole

## Settings

settings-selling = Selling
settings-till-code = Code of this till
settings-till-code-hint = It stands before each sale’s number: A-000042. Each till of the shop needs its own.
settings-currency = Currency
settings-lifetime = Time to pay, in minutes
settings-lifetime-hint = From 3 to 1440
settings-entry = Typing an amount
settings-entry-auto = By the currency
settings-entry-cents = Cents first (1250)
settings-entry-decimal = With a point (12.50)
settings-language = Language
settings-language-system = As the system
settings-advanced = More for the gateway
settings-description = What the customer reads
settings-description-hint = Letters, digits, spaces and #
settings-redirect = Where the customer goes after paying
settings-redirect-hint = A web address, http or https
settings-webhook = Where the gateway reports payments
settings-webhook-hint = A web address of your back office, https
settings-calls = Questions to the gateway, at most a minute
settings-calls-hint = From 6 to 240. More may get the shop blocked by the gateway.
settings-save = Save
settings-saved = Saved
settings-key-title = API key
settings-key = Key from cru.cash
settings-key-hint = It goes into this computer's keychain and is never shown again.
settings-key-save = Save the key
settings-key-stored = A key is stored
settings-key-none = No key stored
settings-key-unknown = The keychain does not answer
settings-key-practice = Practice needs no key. Leave practice to see the shop's.
settings-key-clear = Remove the key
settings-key-clear-ask = Without the key nothing can be sold, and open sales are no longer watched.
key-in-use-title = Codes are still waiting
key-in-use-say =
    { $count ->
        [one] One code can still be paid under the present key.
       *[other] { $count } codes can still be paid under the present key.
    } The gateway does not confirm that they belong to the new key. With another account’s key, or without one, the till no longer sees whether they are paid.
key-in-use-keep = Keep the key
key-in-use-change = Change it all the same
settings-practice-title = Practice
settings-practice-off = Sell to a made-up customer. Your real sales stay as they are.
settings-practice-on = You are practising. Practice sales never mix with real ones.
settings-practice-enter = Practise
settings-practice-leave = Leave practice
practice-reset = Start practice over
practice-reset-ask = Forgets every practice sale. Your real sales are elsewhere and stay as they are.
settings-about = Ringup { $version } · { $gateway }
settings-updates = Newer versions
settings-updates-say = Once a day, and never during a sale, the till looks whether there is a newer version. It tells you and installs nothing.
settings-updates-address = Where to look
settings-updates-address-hint = The web address of a signed notice, https. Empty: the till never looks.
settings-updates-key = Public key of that notice
settings-updates-key-hint = One line of minisign; it begins with RW.
update-off = The till looks nowhere.
update-waiting = It has not looked yet.
update-current = This is the newest version. Looked on { $at }.
update-newer = Version { $version } of { $day } is there. This is { $own }.
update-refused = Looked on { $at }: nothing is known of a newer version.
update-unreachable = The address cannot be reached.
update-slow = The answer takes too long.
update-redirected = The server sends the till to another address, where it does not go.
update-no-file = The server does not give the file.
update-too-large = The answer is longer than any notice.
update-not-signed = The file is not signed by this key.
update-unreadable = The file is signed, and this version does not understand it.
update-other-product = The file is signed and of another program.
update-older = The file names an older version than this.
settings-shop = Shop
settings-shop-name = Name
settings-shop-address = Address
settings-shop-tax-id = Tax number
settings-shop-footer = Under every receipt
settings-shop-footer-hint = A thank-you, opening hours, how to return goods
settings-taxes = Taxes
settings-taxes-hint = Prices include tax. Receipts and the day show how much of it there is at each rate.
settings-tax-name = Its name
settings-tax-percent = Percent
settings-tax-remove = Remove this rate
settings-tax-add = Add a rate
settings-tax-option = { $name } { $percent } %
settings-default-tax = Rate of what the pad charges
settings-default-tax-none = No tax

settings-items = Items
items-none = No items yet. Each becomes a button beside the keys.
items-import = Import
items-export = Save as CSV
items-labels = Labels
labels-title = Labels for the shelf
labels-hint = They are printed on the paper of the receipts: name, price and, where it is an EAN, the barcode.
labels-all = All items
labels-print =
    { $count ->
        [one] Print a label
       *[other] Print { $count } labels
    }
items-import-hint = A CSV file with the columns name and price; currency, tax, barcode, colour and what else an item has if you like.
items-imported = Imported: { $added } new, { $changed } changed.
import-title = Import items
import-sums = { $added } new, { $changed } changed, { $refused } left out. Nothing is written yet.
import-line = Line { $line }
import-new = new
import-changed = changes
import-unchanged = as it is
import-refused = left out
import-change = { $field }: { $from } → { $to }
import-field-name = Name
import-field-price = Price
import-field-tax = Tax
import-field-barcode = Barcode
import-field-colour = Colour
import-none = none
import-why =
    { $problem ->
        [name] A name of 1 to 60 characters is needed
        [price] “{ $cell }” is not a price. It has two decimals at most and no mark between thousands: 1.000 could be one or a thousand
        [currency] “{ $cell }” is not EUR, USD or RUB
        [tax] “{ $cell }” is not a percentage from 0 to 100
        [colour] There is no colour “{ $cell }”
        [barcode] “{ $cell }” is no barcode: it has 4 to 64 characters
        [barcode_uncertain] “{ $cell }” is a number from a spreadsheet, and its digits do not prove a barcode. Format the column as text and enter the code again
        [barcode_twice] A line before has the barcode { $cell }
        [name_ambiguous] Several items are called { $cell }, and no barcode says which is meant
        [too_many_cells] “{ $cell }” has no column. A comma within a price needs quotes
        [category] “{ $cell }” cannot be a category
        [sold] “{ $cell }” is none of each, open and weight
        [options] “{ $cell }” cannot be read as options, or one would make the item free. Write: one Size: small +0.00 | large +0.50
        [deposit] “{ $cell }” is no deposit or tax
        [sold_out] “{ $cell }” is neither yes nor no
        [warn_at] “{ $cell }” is no whole number up to 9999
        [too_many] More than 500 items
       *[other] It cannot be kept
    }
import-repeats-name = Has the same name as line { $line }. It becomes an item of its own.
import-code-mended = The barcode was read from “{ $from }”; its check digit is right.
import-zero-missing = A zero may be missing: with it, { $code } would be a product's barcode.
import-confirm =
    { $count ->
        [one] Import 1 item
       *[other] Import { $count } items
    }
import-nothing = Nothing to import
item-add = Add an item
item-new = New item
item-title = Change { $name }
item-name = Name
item-no-name = An item needs a name.
item-price = Price, tax included
item-no-price = A price like 3.50.
item-tax = Tax in the price
item-tax-in = { $percent }% tax
item-barcode = Barcode
item-barcode-hint = Scan it into this field, or leave it empty.
item-barcode-short = 4 characters at least.
item-colour = Colour
item-save = Save
item-remove = Delete
item-up = { $name } up
item-down = { $name } down
item-category = Category
item-category-hint = A tab over the items. Leave it empty for none.
item-sold = Sold
item-sold-each = at its price
item-sold-open = at a price typed each time
item-sold-weight = by weight: the price is for a kilogram
item-options = Options
item-options-wrong = Each group and each option needs a name, and a difference is an amount like 0.50 or -0.50.
item-group-add = Add options
item-group-name = What is chosen, like Size
item-group-choose = How many
item-group-one = one of
item-group-any = any of
item-group-remove = Remove the options { $name }
item-option-name = Option, like large
item-option-difference = Price ±
item-option-add = One more
item-option-remove = Remove the option { $name }
item-deposit = Deposit
item-deposit-hint = On a line of its own. Leave it empty for none.
item-deposit-tax = Tax in the deposit
item-deposit-tax-item = as the item
item-sold-out = Sold out
item-count-stock = Count the stock
item-stock = In stock now
item-stock-hint = What is sold from now on is taken off.
item-warn-at = Warn when so many are left
item-no-count = A whole number up to 9999.
yes = yes
no = no
colour-sand = Sand
colour-rose = Rose
colour-coral = Coral
colour-amber = Amber
colour-lemon = Lemon
colour-sky = Sky
colour-lilac = Lilac
colour-stone = Stone
settings-tips = Tips
settings-tips-ask = Ask for a tip before the QR
settings-tips-round = Offer to round up
settings-percents = Percentages offered
settings-discounts = Discounts
settings-discounts-offer = A button for discounts on the pad
settings-hold = Held carts
settings-hold-offer = A button on the pad to hold an unpaid cart under a name or a table
settings-scanner = Barcode scanner
settings-scanner-none = Not learnt. Most scanners are recognised all the same; a slow one with short codes is only once it is learnt.
settings-scanner-waiting = Scan any barcode now.
settings-scanner-short = “{ $code }” is too short or came too slowly. Scan a barcode with six or more characters.
settings-scanner-learnt =
    Learnt: { $gap } ms from key to key, { $ending ->
        [enter] then Enter
        [tab] then Tab
       *[none] then nothing
    }.
settings-scanner-learn = Learn from one scan
settings-scanner-forget = Forget
settings-scale-codes = Codes of the scales
settings-scale-codes-hint = An EAN-13 that begins with 20 to 29 holds a weight or a price. The item’s barcode is the prefix and the article’s digits; its price is that of a kilogram.
settings-scale-prefix = Prefix
settings-scale-holds = The code holds
settings-scale-weight = weight (g)
settings-scale-price = price
settings-scale-article = Digits of the article
settings-scale-article-digits = article: { $digits } digits
settings-scale-value = Digits of the value
settings-scale-value-digits = value: { $digits } digits
settings-scale-remove = Remove { $prefix }
settings-scale-add = Add a prefix
settings-scale-wrong = Each prefix once, from 20 to 29. Article and value together have ten digits at most.
settings-large-times = Ask again above how many times the usual amount
settings-large-times-hint = The usual amount is the median of the last 200 paid sales in the currency.
settings-large-times-wrong = A whole number from 2 to 10,000.
settings-large-at-least = Never below, { $currency }
settings-large-at-least-wrong = An amount that can be charged.

settings-days = Days
settings-zone = Time zone
settings-zone-hint = A day of the shop begins and ends by it
settings-printer = Receipt printer
settings-printer-none = None
settings-printer-network = Network
settings-printer-usb = USB
settings-printer-serial = Serial
settings-printer-device = Device file
settings-printer-queue = CUPS queue
settings-printer-look = Look for printers
settings-printer-looking = Looking, some three seconds …
settings-printer-nearby = Printers and ports
settings-printer-nearby-none = No printer was found. Is it on and connected? Its address can be typed.
settings-printer-device-hint = Such as /dev/usb/lp0 or /dev/lp0
settings-printer-queue-name = Name of the queue
settings-printer-queue-hint = As lpstat -e shows it. Receipts go through it unchanged.
settings-letters = Letters
settings-letters-printer = The printer's
settings-letters-picture = As a picture
settings-letters-hint = A picture shows Greek, Polish, Ukrainian or Kazakh on any printer. The test page shows both.
settings-printer-host = Address
settings-printer-port = Port
settings-printer-vendor = Maker's number
settings-printer-product = Model's number
settings-printer-usb-hint = Four hexadecimal digits, such as 04b8
settings-printer-path = Port
settings-printer-path-hint = /dev/ttyUSB0 or COM3
settings-printer-baud = Bits a second
settings-paper = Paper
settings-paper-58 = 58 mm
settings-paper-80 = 80 mm
settings-auto-print = Print as soon as a sale is paid
settings-drawer = Open the cash drawer with the first receipt
settings-printer-test = Print a test page
settings-printer-tested = Printed. Choose the letters that are readable on it.
settings-printer-test-sent = Sent. This printer does not say whether it has printed: look at the paper.
settings-printer-save-first = Save first, then test.
settings-unsaved = Not saved yet
settings-unread = Some settings could not be read. They have their usual values until you save them again.
settings-unread-all = The settings could not be read. Everything has its usual value until you save the settings again.
settings-problem-lifetime = From 3 to 1440 minutes
settings-problem-description = At least three Latin or Russian letters or digits
settings-problem-webhook = A web address that begins with https://
settings-problem-redirect = A web address that begins with https:// or http://
settings-problem-updates-address = A web address that begins with https://, without a user name
settings-problem-updates-key = A public key of minisign; the address needs one
settings-problem-till-code = One to three letters (A to Z) or digits
settings-problem-calls = A whole number from 6 to 240
settings-problem-text = No more than 400 characters
settings-problem-tenders = Choose at least one; each of your own needs a name.
settings-problem-taxes = Each rate needs a name of up to 24 characters and a percentage up to 100, and each percentage may stand here once.
settings-problem-default-tax = Choose one of the rates above
settings-problem-zone = This computer does not know this time zone. Choose another.
settings-problem-printer = Choose again how the printer is connected
settings-problem-host = A name or an address alone, such as 192.168.1.40
settings-problem-port = A number from 1 to 65535
settings-problem-usb = Four hexadecimal digits, not all zero, such as 04b8
settings-problem-serial = A serial port: /dev/ttyUSB0 or COM3
settings-problem-percents = Up to four percentages above 0, up to 100.
settings-problem-cashiers = Each cashier needs a name of up to 40 characters, and each name may stand here once.
settings-problem-free-discount = From 0 to 100 percent.
settings-problem-return = A whole number of seconds from 10 to 3600
settings-problem-offers = Each amount needs a name and a sum that can be charged, for example 3.50; self-service needs one at least.
settings-problem-paid-after = A whole number of seconds from 5 to 120
settings-problem-choice = Choose this again
settings-problem-part = This whole part could not be read. Set it again.
settings-problem-backup = Choose the folder again
settings-looks = Looks and sound
looks-title = Looks
looks-theme = Colours
looks-theme-system = As the computer
looks-theme-light = Light
looks-theme-dark = Dark
looks-theme-high-contrast = High contrast
looks-theme-hint = The customer's display wears them too.
looks-scale = Size of everything
looks-percent = { $percent } %
looks-paid = When a sale is paid
looks-paid-returns = Back to the pad by itself
looks-paid-after = After … seconds
looks-paid-after-hint = From 5 to 120. A touch or a dialog starts the time anew.

keyboard = On-screen keyboard
keyboard-use = When to show it
keyboard-use-kiosk = In kiosk mode
keyboard-use-touch = Whenever a finger touches a field
keyboard-use-never = Never
keyboard-backspace = Delete
keyboard-shift = Capital letters
keyboard-signs = Digits and signs
keyboard-layout = Next language
keyboard-space = Space
keyboard-enter = Enter
keyboard-hide = Hide
sound-title = Sound
sound-on = The till makes sounds
sound-volume = Volume
sound-paid = Paid
sound-paid-when = Money has come.
sound-ended = Ended
sound-ended-when = A code is over, unpaid.
sound-error = Error
sound-error-when = Something went wrong: read it.
sound-alarm = Alarm
sound-alarm-when = Paid late or twice. Rings again until somebody has seen it.
sound-listen = Listen: { $sound }

settings-backup = Backup
backup-say = Every day Ringup copies its journal into a folder, best on another disk or a USB stick, and checks each copy.
backup-sign = No backup
backup-off = No copies are made.
backup-waiting = The first copy is being made.
backup-good = The copies are good.
backup-unflushed = Its folder, as on some network shares, gives no certainty that it outlasts a power cut.
backup-folder-missing = The folder is not there. Plug the stick in or choose another folder.
backup-failed = The last copy failed.
backup-folder = Folder
backup-no-folder = None chosen
backup-last = Last good copy
backup-never = None yet
backup-now = Copy now
backup-choose = Choose the folder
backup-stop = Stop copying
office = Back office
office-none = This till is not paired with a back office.
office-say = The back office gets every entry of this till's journal and signs what it holds. Selling never waits for it.
office-pair = Pair it
office-pair-again = Pair anew
office-pair-title = Pair with a back office
office-pair-say = The back office shows a code for each till (ringup-office pair, with a name). Scan it into the field, type it as it stands, or choose the file that it is in.
office-code = Pairing code
office-code-hint = It works once, for a quarter of an hour
office-pair-file = From a file
office-pair-save = Pair
office-waiting =
    { $count ->
        [0] Everything has arrived.
        [one] One entry is on its way.
       *[other] { $count } entries are on their way.
    }
office-name = Name there
office-address = Address
office-fingerprint = Its certificate
office-answered = Last contact
office-never = None yet
office-signed = Signed there
office-signed-entry = entry { $seq }, { $hash }, { $at }
settings-receipt-qr = Show customers a code of their receipt
settings-receipt-qr-none = No code is shown yet: the back office has no public address that phones could open.
settings-receipt-qr-at = Phones open it at { $address }.
office-leave = Leave
office-leave-title = Leave the back office?
office-leave-say = Nothing more is sent. What has arrived stays at the back office, and the till sells on as before. To come back it takes a new code.
office-leave-waiting =
    { $count ->
        [one] One entry has not arrived there.
       *[other] { $count } entries have not arrived there.
    }
office-stay = Stay paired
office-sign-late = Nothing sent
office-sign-asks = Back office

## Settings that the shop shares

shared-locked = Changed at the back office, for all tills of the shop.
shared-local = The back office shares this with all tills. What is changed here holds at this till until the office changes it again.
shared-changed = Changed at this till. It holds until the back office changes it again.
office-shared = Shared settings: version { $number }, taken { $at }
office-shared-refused = Not taken from the back office: { $field }. It { $problem }. This till keeps what it had.
office-offer = Offer this till’s settings
office-offer-say = Items, taxes, cashiers and texts of this till, for all tills of the shop.
office-offered = Offered. They count for all tills once somebody takes them at the back office.

## A journal that cannot be opened

restore-title = Go on with a copy of the journal
restore-looking = Looking for a good copy…
restore-none = No good copy was found in the folder for copies.
restore-found =
    { $sales ->
        [one] A whole copy of { $time }, with { $sales } sale.
       *[other] A whole copy of { $time }, with { $sales } sales.
    }
restore-lost =
    { $count ->
        [0] It holds everything that the journal here does.
        [one] { $count } later entry is not in it.
       *[other] { $count } later entries are not in it.
    }
restore-lost-unknown = What was sold after it is not in it.
restore-perhaps-incomplete = It was copied by hand without the file that ends in -wal: its last sales are perhaps missing.
restore-kept = The journal here is kept under another name.
restore-accept = Use this copy
restore-sure = Yes, go on with the copy
restore-choose = Choose a copy…

## Errors: what happened, whether money moved, what to do

error-money = Did money move?
error-next = What to do
error-dismiss = Got it
error-again = Try again
error-open-settings = Open the settings

fault-amount-empty =
    .what = There is no amount yet
    .money = No. Nothing was charged.
    .next = Type the amount and charge again.
fault-amount-not-a-number =
    .what = This is not an amount
    .money = No. Nothing was charged.
    .next = Type the amount again, in digits.
fault-amount-too-many-decimals =
    .what = An amount has two decimals at most
    .money = No. Nothing was charged.
    .next = Round the amount and charge again.
fault-amount-below-minimum =
    .what = The amount is too small
    .money = No. Nothing was charged.
    .next = Charge { $minimum } or more.
fault-amount-above-maximum =
    .what = The amount is too large
    .money = No. Nothing was charged.
    .next = Charge { $maximum } or less, or split the sale.
fault-amount-unusual =
    .what = The amount is far more than usual
    .money = No. Nothing was charged.
    .next = Check the amount. If it is right, charge it again and confirm it.
fault-currency-unknown =
    .what = This currency cannot be charged
    .money = No. Nothing was charged.
    .next = Pick another currency.
fault-note-too-long =
    .what = The note is too long
    .money = No. Nothing was charged.
    .next = Shorten the note and charge again.
fault-basket-mismatch =
    .what = The lines do not add up to the amount
    .money = No. Nothing was charged.
    .next = Clear the pad and enter the sale again.
fault-items-invalid =
    .what =
        { $problem ->
            [name] Line { $place }: a name of 1 to 60 characters is needed
            [price] Line { $place }: this is not a price. It has two decimals at most and no mark between thousands
            [currency] Line { $place }: the currency must be EUR, USD or RUB
            [tax] Line { $place }: the tax must be a percentage from 0 to 100
            [colour] Line { $place }: there is no such colour
            [barcode] Line { $place }: a barcode has 4 to 64 characters
            [barcode_twice] Line { $place }: another item has this barcode
            [barcode_uncertain] Line { $place }: the barcode is a number from a spreadsheet
            [name_ambiguous] Line { $place }: several items have this name
            [too_many_cells] Line { $place }: more cells than columns. A comma within a price needs quotes
            [category] Line { $place }: a category has 1 to 60 characters and is no dash
            [options] Line { $place }: the options have no names, or a choice would make the item free
            [deposit] Line { $place }: the deposit must be above zero
            [warn_at] Line { $place }: the stock to warn at is a whole number up to 9999
            [quote] Line { $place }: a quoted cell does not end where it should
            [too_many] More than 500 items
            [columns] The first line must name the columns: name and price at least
            [not_text] Line { $place }: the file is not text in UTF-8
            [too_large] The file is too large
            [empty] There is no item in the file
           *[other] Line { $place } cannot be kept
        }
    .money = No. This is about items only.
    .next = Correct it and try again. The items are as they were.
fault-items-unreadable =
    .what = The file could not be read
    .money = No. This is about items only.
    .next = See whether the file is there and may be read, then import again.
fault-items-unwritable =
    .what = The items could not be written
    .money = No. This is about items only.
    .next = See whether the disk is full or locked, then try again.
fault-settings-invalid =
    .what = One setting cannot be kept: { $field }
    .money = No. This is about settings only.
    .next = Correct it and save again. The old settings still hold.
fault-settings-shared =
    .what = This is changed at the back office
    .money = No. This is about settings only.
    .next = Ask whoever runs the back office. There it is changed for all tills, or tills are allowed to change it themselves.
fault-settings-unwritable =
    .what = The settings could not be written
    .money = No. This is about settings only.
    .next = See whether the disk is full or locked, then save again.
fault-key-missing =
    .what = There is no key yet
    .money = No. Nothing was charged.
    .next = Paste the key from your cru.cash account in the settings.
fault-key-invalid =
    .what = This cannot be a key
    .money = No. Nothing was sent.
    .next = Copy the whole key from your cru.cash account and paste it again.
fault-key-in-use =
    .what = { $count ->
        [one] One code can still be paid under the present key
       *[other] { $count } codes can still be paid under the present key
    }
    .money = Perhaps: someone may be paying. The key was not changed.
    .next = Wait until these sales are over, or use a key of the same account.
fault-key-refused =
    .what = The gateway does not take the key
    .money = No. No new code was made; codes shown earlier can still be paid.
    .next = Paste a valid key in the settings. All open sales are kept.
fault-keychain-no-service =
    .what = This computer has no keychain running
    .money = No. Nothing was charged.
    .next = Start the keychain service (on Linux: GNOME Keyring or KWallet), then try again.
fault-keychain-locked =
    .what = The keychain is locked
    .money = No. Nothing was charged.
    .next = Unlock the keychain, then try again.
fault-keychain-hangs =
    .what = The keychain does not answer
    .money = No. Nothing was charged.
    .next = See whether it asks for a password somewhere, then try again.
fault-keychain-failed =
    .what = The keychain reports an error
    .money = No. Nothing was charged.
    .next = Try again. If it stays, restart the computer.
fault-keychain-no-collection =
    .what = The keychain has no place for a new key
    .money = No. Nothing was charged.
    .next = Open the keychain's program (Passwords and Keys, KWallet Manager), make a keyring and set it as the default. Then store the key again.
fault-keychain-ambiguous =
    .what = The keychain holds several keys for this till
    .money = No. Nothing was charged.
    .next = Paste the valid key in the settings: it replaces all of them.
fault-keychain-not-a-key =
    .what = What the keychain holds is not a key
    .money = No. Nothing was charged.
    .next = Copy the key from your cru.cash account and paste it in the settings.
fault-gateway-unreachable =
    .what = The gateway cannot be reached
    .money = No. Nothing was sent.
    .next = Check the network, then try again.
fault-gateway-refused =
    .what =
        { $status ->
            [none] The gateway said no
           *[other] The gateway said no ({ $status })
        }
    .money = No. No code was made.
    .next = Read the reason below. If it does not help, ask cru.cash.
fault-gateway-rate-limited =
    .what = The gateway asks for a pause
    .money = No. No code was made.
    .next =
        { $seconds ->
            [0] Wait a moment, then try again.
            [one] Wait { $seconds } second, then try again.
           *[other] Wait { $seconds } seconds, then try again.
        }
fault-pay-url-refused =
    .what = The gateway sent a strange payment address
    .money = No. The address was not shown to anyone.
    .next = Do not retry. Report it to cru.cash: this may be a fraud.
fault-gateway-timeout =
    .what = The gateway did not answer in time
    .money = No. If a code was made, nobody has seen it.
    .next = Try again: it stays the same sale.
fault-gateway-failed =
    .what =
        { $status ->
            [none] The gateway has a fault
           *[other] The gateway has a fault ({ $status })
        }
    .money = No. If a code was made, nobody has seen it.
    .next = Try again: it stays the same sale.
fault-gateway-unreadable =
    .what = The gateway's answer cannot be read
    .money = No. If a code was made, nobody has seen it.
    .next = Try again: it stays the same sale.
fault-gateway-broken-connection =
    .what = The connection broke off
    .money = No. If a code was made, nobody has seen it.
    .next = Try again: it stays the same sale.
fault-interrupted =
    .what = The till stopped before the answer came
    .money = No. If a code was made, nobody has seen it.
    .next = Try again: it stays the same sale.
fault-journal-unwritable =
    .what = The till cannot write to its disk
    .money = Nothing new was sold. Codes shown earlier can still be paid, and are looked at again.
    .next = See whether the disk is full or locked. Selling goes on by itself once it can be written to.
fault-journal-newer =
    .what = The journal was written by a newer Ringup
    .money = No. Nothing was changed.
    .next = Install the newest Ringup on this computer.
fault-journal-corrupt =
    .what = The journal is damaged
    .money = Not by this. Codes shown earlier may still be paid.
    .next = Do not sell on this till. Call whoever looks after it, and keep the file.
fault-journal-unreadable =
    .what = The journal cannot be read
    .money = Not by this. Codes shown earlier may still be paid.
    .next = See whether the disk is there and readable, then try again.
fault-journal-in-use =
    .what = Another program has the journal open
    .money = No. Nothing was changed.
    .next = Close every Ringup on this computer, then try again.
fault-journal-other-gateway =
    .what = This journal holds the money of another gateway
    .money = No. No code was made.
    .next = Close Ringup and start it again: it then opens the journal of its gateway.
fault-journal-replaced =
    .what = The journal was replaced by another file while the till was open
    .money = Nothing new was sold. Codes shown earlier can still be paid. { $file ->
        [none] What the till had written is still open and is kept as soon as there is room.
       *[other] What the till had written is kept in { $file }.
    }
    .next = Do not sell. Stop what copies or syncs the till's folder, and call whoever looks after the till. Close the till, then restore the file that was kept.
fault-backup-unwritable =
    .what = The copy could not be written
    .money = No. The journal itself is not touched by this.
    .next = See whether the stick or disk for copies is full or locked, then try again.
fault-backup-taken =
    .what = Another file stands where the copy should go
    .money = No. Nothing was overwritten.
    .next = Choose another name or folder for the copy.
fault-backup-damaged =
    .what = The copy was written, but it is not whole
    .money = No. The journal itself is not touched by this.
    .next = Use another stick or disk: this one may be wearing out.
fault-history-broken =
    .what = The journal is not the one that was copied before
    .money = Yes: sales may be missing. No copy was made, and none was deleted.
    .next = Stop selling. An older file may have been put back. Restore the newest copy, or call whoever looks after the till.
fault-backup-folder-missing =
    .what = The folder for copies is not there
    .money = No. The journal itself is not touched by this.
    .next = Plug the stick in, or choose another folder.
fault-backup-unflushed =
    .what = The copy is whole, but its folder gives no certainty about a power cut
    .money = No. The journal itself is not touched by this.
    .next = Nothing has to be done. After a power cut, see whether the copy is still there; a USB stick gives certainty.
fault-restore-unusable =
    .what = This copy cannot be used
    .money = No. Nothing was changed.
    .next = Choose another copy. Keep this one for whoever looks after the till.
fault-restore-loses =
    .what = The journal here holds entries that the copy does not
    .money = No. Nothing was changed.
    .next = Use a newer copy.
fault-restore-other-till =
    .what = The copy is another till's
    .money = No. Nothing was changed.
    .next = Choose a copy of this till.
fault-restore-other-gateway =
    .what = The copy holds the money of another gateway
    .money = No. Nothing was changed.
    .next = Choose a copy of this gateway’s journal.
fault-restore-none =
    .what = There is no copy to restore
    .money = No. Nothing was changed.
    .next = Choose a copy yourself.
fault-sale-unknown =
    .what = There is no such sale on this till
    .money = No. Nothing was changed.
    .next = Go back to the pad.
fault-sale-not-retryable =
    .what = This sale cannot be tried again now
    .money = Nothing new was charged.
    .next = Look at its state: it may be paid or still be waiting.
fault-qr-none =
    .what = There is no code to show
    .money = No. Nobody can pay without a code.
    .next = Try the sale again.
fault-tender-off =
    .what = This till does not take or give that
    .money = Nothing was written down.
    .next = The settings say what customers may pay by.
fault-tender-too-much =
    .what = That is more than is still due
    .money = Nothing was taken.
    .next = Take at most { $most }.
fault-given-too-little =
    .what = Less was handed over than is due
    .money = Nothing was taken.
    .next = Enter at least { $due }, or take it as a part payment.
fault-tender-unknown =
    .what = This payment does not stand any more
    .money = Nothing was changed.
    .next = Open the sale anew: it may have been taken back already.
fault-tender-refunded =
    .what = Money of this sale went back already
    .money = Nothing was changed.
    .next = Take the refund back first, then the payment.
fault-tender-closed =
    .what = This payment is in a Z report already
    .money = Nothing was changed.
    .next = Enter a refund instead.
fault-drawer-off =
    .what = The shop counts no drawer
    .money = No money was moved.
    .next = Switch the drawer on in the settings.
fault-count-wrong =
    .what = This count cannot be right
    .money = Nothing was written down.
    .next = Count again: the notes and coins must add up to the sum, and no more can stay than was there.
fault-refund-too-much =
    .what = More cannot go back than was paid
    .money = Nothing was written down: no refund was made.
    .next = Enter at most { $most }.
fault-refund-unknown =
    .what = This refund does not stand any more
    .money = Nothing was changed.
    .next = Open the sale anew: it may have been taken back already.
fault-reason-missing =
    .what = A reason is needed
    .money = Nothing was written down.
    .next = Write in a few words why, for whoever reads the book later.
fault-cart-gone =
    .what = { $label } is held no more: it was taken up, split or dropped elsewhere
    .money = No money moved, and what is on the pad is still there.
    .next = Look at the sales and at what is held now before you charge it.
fault-cart-unnamed =
    .what = A held cart needs a name or a table of { $limit } characters at most
    .money = No money moved.
    .next = Type whose it is.
fault-office-code-invalid =
    .what = This code does not pair the till with a back office
    .money = Nothing changed, and the till sells on.
    .next = Ask at the back office for a new code: each works once, for a quarter of an hour.
fault-office-none =
    .what = This till is not paired with a back office
    .money = Nothing was sent, and the till sells on.
    .next = Pair it first, with a code from the back office.
fault-office-quarantined =
    .what = Another journal of this till has come to the back office
    .money = No money is lost: everything is in the journal of this till, the back office keeps it beside its book, and the till sells on.
    .next = Whoever runs the back office has to decide which of the two goes on (ringup-office forks). Tell them if this till was restored from a copy, or its laptop was copied.
fault-office-refused =
    .what = The back office does not take the entries of this till
    .money = No money is lost: everything is in the journal of this till, and it sells on.
    .next = Tell whoever runs the back office.
fault-office-set-aside =
    .what = The back office has decided for another journal of this till
    .money = No money is lost: everything is in the journal of this till, the back office keeps it beside its book, and the till sells on. Its sales count in no sum there.
    .next = Ask whoever runs the back office. They can take the decision back (ringup-office forks).
fault-office-token-refused =
    .what = The back office does not know this till any more
    .money = No money is lost: everything is in the journal of this till, and it sells on.
    .next = Pair it anew with a code from the back office. Ask there whether this till was taken off on purpose, or its laptop was copied.
fault-office-unreachable =
    .what = The back office does not answer
    .money = No money is lost: everything is in the journal of this till, and it sells on.
    .next = Check the network here and at the back office.
fault-sale-not-in-review =
    .what = There is nothing to settle in this sale
    .money = Nothing was changed.
    .next = Open the sale anew: its state has changed.
fault-invoice-taken =
    .what = The gateway sent the invoice of another sale
    .money = No. The code was not shown to anyone.
    .next = Try again. If it happens again, take another way of payment and report it to cru.cash.
fault-sale-not-to-write-off =
    .what = This sale cannot be written off
    .money = Nothing was changed.
    .next = Open the sale anew: it may have been paid, or an answer is on its way.
fault-day-open-sales =
    .what = { $count ->
        [one] One sale is still open
       *[other] { $count } sales are still open
    }
    .money = Perhaps: someone may still pay. The day was not closed.
    .next = Look at them, or close the day and carry them over.
fault-day-already-closed =
    .what = This day is closed already, as Z { $z }
    .money = No money has moved since.
    .next = Nothing to do. The next close is possible after the next payment, or tomorrow.
fault-receipt-none =
    .what = There is no receipt: this sale was not paid
    .money = No. Nothing was changed.
    .next = Wait until it is paid, then make the receipt.
fault-printer-none =
    .what = No receipt printer is set up
    .money = Not by this. The sale is as it was.
    .next = Set the printer up in the settings, or save the receipt as a file.
fault-printer-unreachable =
    .what = The receipt printer cannot be reached
    .money = Not by this. The sale is as it was; only its receipt is missing.
    .next = See whether the printer is on and connected, then print the receipt again.
fault-printer-out-of-paper =
    .what = The receipt printer is out of paper
    .money = Not by this. The sale is as it was; only its receipt is missing.
    .next = Put in a new roll, then print the receipt again.
fault-printer-not-ready =
    .what = The receipt printer is not ready
    .money = Not by this. The sale is as it was; only its receipt is missing.
    .next = See whether its cover is closed and no lamp blinks, then print the receipt again.
fault-printer-failed =
    .what = The receipt printer did not finish
    .money = Not by this. The sale is as it was; its receipt may be incomplete.
    .next = Look at the paper. Print the receipt again if it is not all there.
fault-printer-unconfirmed =
    .what = The printer did not say that the receipt is printed
    .money = Not by this. The sale is as it was.
    .next = Look at the paper. If the receipt is not there, print it again: it will say COPY.
fault-file-unwritable =
    .what = The file could not be written
    .money = Not by this. Nothing in the book was changed.
    .next = Choose another folder, or see whether the disk is full or locked.
fault-file-protected =
    .what = This file is the till's own, or a journal, and stays as it is
    .money = No. Nothing was written.
    .next = Choose another name or another folder.
fault-accounts-missing =
    .what = Some accounts of the bookkeeping are not set: { $accounts }
    .money = No. Nothing was written.
    .next = Enter them under Settings → Ways to pay → Accounts, then export again.
fault-pin-needed =
    .what = This needs the PIN
    .money = No. Nothing was changed.
    .next = Type the PIN, or ask who knows it.
fault-pin-wrong =
    .what = That is not the PIN
    .money = No. Nothing was changed.
    .next = Try again, or ask who knows it.
fault-pin-wait =
    .what = Too many wrong PINs
    .money = No. Nothing was changed.
    .next = Wait until the next try is allowed.
fault-pin-invalid =
    .what = This cannot be a PIN
    .money = No. The PIN is as it was.
    .next = Choose 4 to 12 digits.
fault-pin-missing =
    .what = A self-service till needs a PIN
    .money = No. Nothing was changed.
    .next = Set a PIN first; to take it away, end self-service first.
fault-pin-unreadable =
    .what = The PIN's file cannot be read
    .money = No. The till stays locked.
    .next = Have the command “ringup pin clear” run on this computer, then set a new PIN.
fault-pin-unwritable =
    .what = The PIN's file cannot be written
    .money = No. The till stays as it was.
    .next = See whether the disk is full, then try again.
fault-cashier-unknown =
    .what = The shop has no cashier of this name
    .money = No. Nothing was changed.
    .next = Add the name in the settings.
fault-right-needed =
    .what = This is not among your rights
    .money = No. Nothing was done.
    .next = Have somebody who may do it lend it with a PIN or a fob.
fault-owner-missing =
    .what = No owner would be left who can sign on
    .money = No. Nothing was changed.
    .next = Give an owner a PIN first, or set the shop's PIN.
fault-fob-invalid =
    .what = This cannot be a fob's code
    .money = No.
    .next = Take a fob or card whose code has 8 to 64 characters without a space.
fault-fob-taken =
    .what = This code is somebody else's, or an item's
    .money = No. Nothing was changed.
    .next = Take another fob, or take this one away from its bearer first.
fault-staff-unreadable =
    .what = The cashiers' file is missing or damaged
    .money = No. Selling goes on; nobody has a right but by the shop's PIN.
    .next = Type the shop's PIN. Or have the command “ringup staff clear” run on this computer, then give out new PINs.
fault-staff-unwritable =
    .what = The cashiers' file cannot be written
    .money = No. Nothing was changed.
    .next = See whether the disk is full or locked, then try again.
fault-not-offered =
    .what = This amount is not offered here
    .money = No. Nothing was charged.
    .next = Choose one of the amounts on the screen.
fault-practice-only =
    .what = That works in practice only
    .money = No. Nothing was changed.
    .next = Enter practice in the settings.
fault-config-invalid =
    .what = Ringup was started with a setting that cannot be
    .money = No. Nothing was charged.
    .next = Correct what is named below and start Ringup again.
fault-tls-unavailable =
    .what = This computer has no certificates to know the gateway by
    .money = No. The gateway was not asked.
    .next = Install the system's certificates (on Linux the package ca-certificates), then try again.
fault-clock-wrong =
    .what = The clock of this computer is wrong
    .money = No. Nothing was sent: with this clock the gateway cannot be recognised. Codes shown earlier can still be paid.
    .next = Set date and time, best by the network, then try again.
fault-certificate-expired =
    .what = The gateway's certificate has expired, or the clock of this computer is ahead
    .money = No. Nothing was sent. Codes shown earlier can still be paid.
    .next = See whether date and time of this computer are right. If they are, the gateway has to renew its certificate: try again later.
fault-internal =
    .what = Something went wrong inside Ringup
    .money = Probably not. Look at the sale before you charge again.
    .next = Try once more. If it stays, restart Ringup: every sale is kept.
fault-unknown =
    .what = Something went wrong ({ $code })
    .money = Not known. Look at the sale before you charge again.
    .next = Try once more. If it stays, restart Ringup: every sale is kept.

## The cash drawer

booking-sale = Sale
booking-taken-back = Taken back
booking-refund = Refund
booking-refund-taken-back = Refund taken back
booking-in = Pay-in
booking-out = Pay-out
booking-drop = Bank drop
booking-float = Float
booking-count = Difference at the count
booking-removed = Taken out at the count
drawer-moves = The drawer, one by one
drawer = Drawer
drawer-start = Float at the start
drawer-taken = Cash taken
drawer-refunded = Paid back
drawer-in = Pay-in
drawer-out = Pay-out
drawer-drop = Bank drop
drawer-float = Float
drawer-count = Count
drawer-open = Open the drawer
drawer-expected = Should be there
drawer-counted = Counted
drawer-difference = Difference
drawer-removed = Taken out at the count
drawer-left = Stays in the drawer
drawer-pieces = Notes and coins
drawer-sum = Sum ({ $sign })
drawer-left-next = Stays as the next float ({ $sign })
drawer-left-hint = Left empty: all of it
drawer-left-wrong = Not more than was counted
drawer-save = Write down
drawer-save-amount = Write down { $amount }
drawer-in-say = Money that is put into the drawer without a sale.
drawer-out-say = Money that is taken out of the drawer to pay for something.
drawer-drop-say = Money that goes to the bank or the safe.
drawer-open-say = The reason is written down before the drawer opens.
drawer-done = Done
drawer-currency = Currency
settings-drawer-title = Cash drawer
settings-drawer-on = Count the cash in the drawer
settings-drawer-blind = Count without being told what should be there
reason-change = Change from the bank
reason-owner = Owner
reason-delivery = Delivery paid in cash
reason-bank = To the bank
reason-safe = To the safe
reason-change-for-customer = Change for a customer
reason-check = To look inside
