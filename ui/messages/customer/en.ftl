# What customers read: on their display, where they serve themselves, and on receipts.

## Whose money it is

badge-live = Live
badge-test = Test
badge-practice = Practice
badge-no-money = No real money moves
badge-gateway = Gateway { $gateway }, not cru.cash

## Everywhere

app-name = Ringup
nav = Screens
nav-pad = New sale
network-online = Connected
network-retrying = Trying again
network-offline = No connection
network-key-refused = Key refused
close = Close
payment-awaiting = Waiting for the customer
payment-chosen = { $coin } chosen
payment-ended = Ended, not paid
cancel = Cancel
back = Back
percent = { $percent }%
change = Change
language-choose = Language

## The customer's display

display-idle = Welcome
display-requesting = One moment …
display-tipped = Thank you! One moment …
display-scan = Scan to pay
display-exact = Send exactly this amount. An exchange may take its fee from it.
display-chosen = Waiting for your payment
display-paid = Paid. Thank you!
display-ended = This code is over. Please ask for a new one.
display-time-up = Time is up
display-part-paid = Part of it is paid. How would you like to pay the rest?
display-parts = of { $amount }, { $paid } paid

## Tips

tip-title = Would you like to leave a tip?
tip-own = Another amount
tip-total = Together
tip-round = Round up to { $amount }
tip-none = No tip
tip-charge = Pay { $amount }

## Self-service

offers-title = What would you like?
offers-say = Touch to pay
offer-card-say = Please call a member of staff: they bring the card device, and confirm here that you have paid.
offer-card-taken = Staff: { $amount } was paid by card
offers-again = Start over
offers-ended = This code is over
offers-staff = Staff
pad-charging = One moment…
tender-crypto = Crypto
tender-card = Card

## A sale that is being paid

payment-sale = Sale { $number }
payment-attempt = Code no. { $attempt }
payment-qr = QR code with the payment address
payment-requesting = Making the code…
payment-requesting-body = It will be here in a moment.
payment-exact = Exactly this amount must arrive: an exchange may take its fee from what is sent.
payment-coins = The customer sends { $coins }
payment-elapsed = The time is up. Not over yet: the gateway has the last word.
payment-outstanding = still due of { $amount }
payment-network-retrying = The gateway is not answering. Ringup keeps asking; the customer can still pay.
payment-network-offline = No connection. The customer can still pay with their phone; Ringup asks as soon as it can.
payment-new-code = New code for this sale
countdown-left = left
countdown-up = Time is up, waiting for the gateway's word
checked-never = Not checked yet
checked-fresh =
    { $seconds ->
        [0] Checked just now
        [one] Checked { $seconds } second ago
       *[other] Checked { $seconds } seconds ago
    }
checked-stale =
    { $seconds ->
        [one] No answer for { $seconds } second
       *[other] No answer for { $seconds } seconds
    }
checked-stale-minutes =
    { $minutes ->
        [one] No answer for { $minutes } minute
       *[other] No answer for { $minutes } minutes
    }

## Paid

paid = Paid
paid-late = It came late, and it counts
paid-test = Practice or test: no real money
paid-done = Next sale
paid-returns = { $seconds ->
    [one] Back to the pad in { $seconds } second
   *[other] Back to the pad in { $seconds } seconds
}
sale-receipt = Receipt
receipt-printing = Printing…
receipt-printed = Printed
receipt-sent = Sent, not confirmed
receipt-phone = Scan for your receipt
receipt-phone-qr = QR code of the receipt

## Receipts, on screen, paper and PDF

slip-practice = Practice: no money was paid
slip-test = Test: no money was paid
slip-gateway = Gateway: { $gateway }
slip-copy = COPY
slip-title = Receipt { $number }
slip-note = Note: { $note }
slip-goods = Goods
slip-deposit = Deposit { $name }
slip-weight = { $weight } kg × { $price }/kg
slip-kilogram = { $price }/kg
slip-discount = Discount
slip-discount-rate = Discount { $rate }
slip-tip = Tip
slip-total = TOTAL
slip-tax = { $name } { $rate } in { $gross }
slip-tax-any = Tax
slip-paid = Paid in { $coin }
slip-again = Paid again { $time }
slip-crypto = Crypto
slip-cash = Cash
slip-card = Card
slip-given = Given
slip-change = Change
slip-rounding = Rounding
slip-outstanding = STILL DUE
slip-invoice = Invoice { $id }
slip-journal = Journal { $head }
slip-office = Back office { $office }: entry { $seq } { $hash }, signed { $signature }
slip-refund-cash = Refunded in cash { $time }
slip-refund-by-hand = Refunded { $time }
slip-refund-card = Refunded by card { $time }
slip-refund-own = Refunded, { $own } { $time }
slip-given-back = Paid out
slip-left = Left after refunds
