# What customers read: on their display, where they serve themselves, and on receipts.

## Whose money it is

badge-live = In gebruik
badge-test = Test
badge-practice = Oefening
badge-no-money = Geen echt geld
badge-gateway = Gateway { $gateway }, niet cru.cash

## Everywhere

app-name = Ringup
nav = Schermen
nav-pad = Nieuwe verkoop
network-online = Verbonden
network-retrying = Nieuwe poging
network-offline = Geen verbinding
network-key-refused = Sleutel geweigerd
close = Sluiten
payment-awaiting = Wachten op de klant
payment-chosen = { $coin } gekozen
payment-ended = Voorbij, niet betaald
cancel = Annuleren
back = Terug
percent = { $percent }%
change = Wisselgeld
language-choose = Taal

## The customer's display

display-idle = Welkom
display-requesting = Een ogenblik…
display-tipped = Dank u! Een ogenblik…
display-scan = Scan om te betalen
display-exact = Stuur precies dit bedrag. Een beurs kan er haar kosten van aftrekken.
display-chosen = We wachten op uw betaling
display-paid = Betaald. Dank u!
display-ended = Deze code is niet meer geldig. Vraag om een nieuwe.
display-time-up = De tijd is om
display-part-paid = Een deel is betaald. Hoe wilt u de rest betalen?
display-parts = van { $amount } is { $paid } betaald

## Tips

tip-title = Wilt u fooi geven?
tip-own = Ander bedrag
tip-total = Samen
tip-round = Afronden op { $amount }
tip-none = Geen fooi
tip-charge = { $amount } betalen

## Self-service

offers-title = Wat mag het zijn?
offers-say = Raak aan om te betalen
offer-card-say = Roep een medewerker: die brengt het pinapparaat en bevestigt hier dat u betaald hebt.
offer-card-taken = Medewerker: { $amount } met kaart betaald
offers-again = Opnieuw beginnen
offers-ended = Deze code is niet meer geldig
offers-staff = Personeel
pad-charging = Een ogenblik…
tender-crypto = Crypto
tender-card = Kaart

## A sale that is being paid

payment-sale = Verkoop { $number }
payment-attempt = Code nr. { $attempt }
payment-qr = QR-code met het betaaladres
payment-requesting = De code wordt gemaakt…
payment-requesting-body = Hij is er zo.
payment-exact = Precies dit bedrag moet aankomen: een beurs kan er haar kosten van aftrekken.
payment-coins = De klant stuurt { $coins }
payment-elapsed = De tijd is om, maar het is nog niet voorbij: de gateway heeft het laatste woord.
payment-outstanding = nog te betalen van { $amount }
payment-network-retrying = De gateway antwoordt niet. Ringup blijft vragen; de klant kan toch betalen.
payment-network-offline = Geen verbinding. De klant kan toch met zijn telefoon betalen; Ringup vraagt zodra het kan.
payment-new-code = Nieuwe code
countdown-left = over
countdown-up = De tijd is om, de gateway moet nog antwoorden
checked-never = Nog niet gecontroleerd
checked-fresh =
    { $seconds ->
        [0] Zojuist gecontroleerd
        [one] { $seconds } seconde geleden gecontroleerd
       *[other] { $seconds } seconden geleden gecontroleerd
    }
checked-stale =
    { $seconds ->
        [one] Al { $seconds } seconde geen antwoord
       *[other] Al { $seconds } seconden geen antwoord
    }
checked-stale-minutes =
    { $minutes ->
        [one] Al { $minutes } minuut geen antwoord
       *[other] Al { $minutes } minuten geen antwoord
    }

## Paid

paid = Betaald
paid-late = Te laat, maar het telt
paid-test = Oefening of test: geen echt geld
paid-done = Volgende verkoop
paid-returns = { $seconds ->
    [one] Over { $seconds } seconde terug naar de invoer
   *[other] Over { $seconds } seconden terug naar de invoer
}
sale-receipt = Bon
receipt-printing = Wordt afgedrukt…
receipt-printed = Afgedrukt
receipt-sent = Verzonden, niet bevestigd
receipt-phone = Scan voor uw bon
receipt-phone-qr = QR-code van de bon

## Receipts, on screen, paper and PDF

slip-practice = Oefening: er is geen geld betaald
slip-test = Test: er is geen geld betaald
slip-gateway = Gateway: { $gateway }
slip-copy = KOPIE
slip-title = Bon { $number }
slip-note = Notitie: { $note }
slip-goods = Artikelen
slip-deposit = Statiegeld { $name }
slip-weight = { $weight } kg × { $price }/kg
slip-kilogram = { $price }/kg
slip-discount = Korting
slip-discount-rate = Korting { $rate }
slip-tip = Fooi
slip-total = TOTAAL
slip-tax = { $name } { $rate } over { $gross }
slip-tax-any = Belasting
slip-paid = Betaald in { $coin }
slip-again = Nogmaals betaald { $time }
slip-crypto = Crypto
slip-cash = Contant
slip-card = Kaart
slip-given = Gegeven
slip-change = Wisselgeld
slip-rounding = Afronding
slip-outstanding = NOG TE BETALEN
slip-invoice = Factuur { $id }
slip-journal = Journaal { $head }
slip-office = Centrale { $office }: boeking { $seq } { $hash }, ondertekend { $signature }
slip-refund-cash = Contant terugbetaald { $time }
slip-refund-by-hand = Terugbetaald { $time }
slip-refund-card = Op kaart terugbetaald { $time }
slip-refund-own = Terugbetaald, { $own } { $time }
slip-given-back = Uitbetaald
slip-left = Blijft na terugbetaling
