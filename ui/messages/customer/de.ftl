# What customers read: on their display, where they serve themselves, and on receipts.

## Whose money it is

badge-live = Live
badge-test = Test
badge-practice = Übung
badge-no-money = Es fließt kein echtes Geld
badge-gateway = Gateway { $gateway }, nicht cru.cash

## Everywhere

app-name = Ringup
nav = Ansichten
nav-pad = Verkauf
network-online = Verbunden
network-retrying = Neuer Versuch
network-offline = Keine Verbindung
network-key-refused = Schlüssel abgelehnt
close = Schließen
payment-awaiting = Warten auf den Kunden
payment-chosen = { $coin } gewählt
payment-ended = Beendet, nicht bezahlt
cancel = Abbrechen
back = Zurück
percent = { $percent } %
change = Rückgeld
language-choose = Sprache

## The customer's display

display-idle = Willkommen
display-requesting = Einen Moment …
display-tipped = Danke! Einen Moment …
display-scan = Zum Bezahlen scannen
display-exact = Bitte genau diesen Betrag senden. Eine Börse kann ihre Gebühr davon abziehen.
display-chosen = Wir warten auf Ihre Zahlung
display-paid = Bezahlt. Danke!
display-ended = Dieser Code gilt nicht mehr. Bitte lassen Sie sich einen neuen zeigen.
display-time-up = Die Zeit ist um
display-part-paid = Ein Teil ist bezahlt. Wie möchten Sie den Rest zahlen?
display-parts = von { $amount }, { $paid } bezahlt

## Tips

tip-title = Möchten Sie Trinkgeld geben?
tip-own = Anderer Betrag
tip-total = Zusammen
tip-round = Aufrunden auf { $amount }
tip-none = Kein Trinkgeld
tip-charge = { $amount } zahlen

## Self-service

offers-title = Was darf es sein?
offers-say = Zum Bezahlen berühren
offer-card-say = Bitte rufen Sie das Personal: Es bringt das Kartengerät und bestätigt hier, dass Sie bezahlt haben.
offer-card-taken = Personal: { $amount } mit Karte bezahlt
offers-again = Von vorn beginnen
offers-ended = Dieser Code gilt nicht mehr
offers-staff = Personal
pad-charging = Einen Moment …
tender-crypto = Krypto
tender-card = Karte

## A sale that is being paid

payment-sale = Verkauf { $number }
payment-attempt = Code Nr. { $attempt }
payment-qr = QR-Code mit der Zahlungsadresse
payment-requesting = Der Code wird erstellt …
payment-requesting-body = Er ist gleich da.
payment-exact = Genau dieser Betrag muss ankommen: Eine Börse kann ihre Gebühr davon abziehen.
payment-coins = Der Kunde sendet { $coins }
payment-elapsed = Die Zeit ist um. Noch nicht beendet: Das letzte Wort hat das Gateway.
payment-outstanding = noch offen von { $amount }
payment-network-retrying = Das Gateway antwortet nicht. Ringup fragt weiter; der Kunde kann trotzdem zahlen.
payment-network-offline = Keine Verbindung. Der Kunde kann mit seinem Telefon trotzdem zahlen; Ringup fragt, sobald es geht.
payment-new-code = Neuer Code
countdown-left = übrig
countdown-up = Zeit ist um, das Gateway hat das letzte Wort
checked-never = Noch nicht geprüft
checked-fresh =
    { $seconds ->
        [0] Gerade eben geprüft
        [one] Vor { $seconds } Sekunde geprüft
       *[other] Vor { $seconds } Sekunden geprüft
    }
checked-stale =
    { $seconds ->
        [one] Seit { $seconds } Sekunde keine Antwort
       *[other] Seit { $seconds } Sekunden keine Antwort
    }
checked-stale-minutes =
    { $minutes ->
        [one] Seit { $minutes } Minute keine Antwort
       *[other] Seit { $minutes } Minuten keine Antwort
    }

## Paid

paid = Bezahlt
paid-late = Verspätet, aber gültig
paid-test = Übung oder Test: kein echtes Geld
paid-done = Nächster Verkauf
paid-returns = { $seconds ->
    [one] In { $seconds } Sekunde zurück zur Eingabe
   *[other] In { $seconds } Sekunden zurück zur Eingabe
}
sale-receipt = Beleg
receipt-printing = Wird gedruckt …
receipt-printed = Gedruckt
receipt-sent = Gesendet, nicht bestätigt
receipt-phone = Scannen für den Beleg
receipt-phone-qr = QR-Code des Belegs

## Receipts, on screen, paper and PDF

slip-practice = Übung: es ist kein Geld geflossen
slip-test = Test: es ist kein Geld geflossen
slip-gateway = Gateway: { $gateway }
slip-copy = KOPIE
slip-title = Beleg { $number }
slip-note = Notiz: { $note }
slip-goods = Waren
slip-deposit = Pfand { $name }
slip-weight = { $weight } kg × { $price }/kg
slip-kilogram = { $price }/kg
slip-discount = Rabatt
slip-discount-rate = Rabatt { $rate }
slip-tip = Trinkgeld
slip-total = SUMME
slip-tax = { $name } { $rate } aus { $gross }
slip-tax-any = Steuer
slip-paid = Bezahlt in { $coin }
slip-again = Nochmals bezahlt { $time }
slip-crypto = Krypto
slip-cash = Bar
slip-card = Karte
slip-given = Gegeben
slip-change = Rückgeld
slip-rounding = Rundung
slip-outstanding = NOCH OFFEN
slip-invoice = Rechnung { $id }
slip-journal = Journal { $head }
slip-office = Zentrale { $office }: Eintrag { $seq } { $hash }, unterschrieben { $signature }
slip-refund-cash = Bar erstattet { $time }
slip-refund-by-hand = Erstattet { $time }
slip-refund-card = Auf Karte erstattet { $time }
slip-refund-own = Erstattet, { $own } { $time }
slip-given-back = Ausgezahlt
slip-left = Verbleibt nach Erstattung
