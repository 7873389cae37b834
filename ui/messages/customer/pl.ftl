# What customers read: on their display, where they serve themselves, and on receipts.

## Whose money it is

badge-live = W użyciu
badge-test = Test
badge-practice = Ćwiczenie
badge-no-money = Bez prawdziwych pieniędzy
badge-gateway = Bramka { $gateway }, nie cru.cash

## Everywhere

app-name = Ringup
nav = Ekrany
nav-pad = Nowa sprzedaż
network-online = Połączono
network-retrying = Ponawianie próby
network-offline = Brak połączenia
network-key-refused = Klucz odrzucony
close = Zamknij
payment-awaiting = Czekamy na klienta
payment-chosen = Wybrano { $coin }
payment-ended = Zakończone, niezapłacone
cancel = Anuluj
back = Wstecz
percent = { $percent }%
change = Reszta
language-choose = Język

## The customer's display

display-idle = Witamy
display-requesting = Chwileczkę…
display-tipped = Dziękujemy! Chwileczkę…
display-scan = Zeskanuj, aby zapłacić
display-exact = Prosimy wysłać dokładnie tę kwotę. Giełda może potrącić z niej swoją opłatę.
display-chosen = Czekamy na Państwa płatność
display-paid = Zapłacono. Dziękujemy!
display-ended = Ten kod jest już nieważny. Prosimy poprosić o nowy.
display-time-up = Czas minął
display-part-paid = Część jest zapłacona. Jak chcą Państwo zapłacić resztę?
display-parts = z { $amount } zapłacono { $paid }

## Tips

tip-title = Czy chcą Państwo zostawić napiwek?
tip-own = Inna kwota
tip-total = Razem
tip-round = Zaokrąglij do { $amount }
tip-none = Bez napiwku
tip-charge = Zapłać { $amount }

## Self-service

offers-title = Co podać?
offers-say = Dotknij, aby zapłacić
offer-card-say = Prosimy zawołać obsługę: przyniesie terminal i potwierdzi tutaj, że zapłacono.
offer-card-taken = Obsługa: zapłacono kartą { $amount }
offers-again = Zacznij od nowa
offers-ended = Ten kod jest już nieważny
offers-staff = Obsługa
pad-charging = Chwileczkę…
tender-crypto = Krypto
tender-card = Karta

## A sale that is being paid

payment-sale = Sprzedaż { $number }
payment-attempt = Kod nr { $attempt }
payment-qr = Kod QR z adresem płatności
payment-requesting = Tworzymy kod…
payment-requesting-body = Zaraz się pojawi.
payment-exact = Musi wpłynąć dokładnie ta kwota: giełda może potrącić z niej swoją opłatę.
payment-coins = Klient wysyła { $coins }
payment-elapsed = Czas minął, ale to jeszcze nie koniec: ostatnie słowo ma bramka.
payment-outstanding = pozostało z { $amount }
payment-network-retrying = Bramka nie odpowiada. Ringup pyta dalej; klient mimo to może zapłacić.
payment-network-offline = Brak połączenia. Klient mimo to może zapłacić telefonem; Ringup zapyta, gdy tylko się da.
payment-new-code = Nowy kod
countdown-left = pozostało
countdown-up = Czas minął, czekamy na odpowiedź bramki
checked-never = Jeszcze nie sprawdzono
checked-fresh =
    { $seconds ->
        [0] Sprawdzono przed chwilą
        [one] Sprawdzono { $seconds } sekundę temu
        [few] Sprawdzono { $seconds } sekundy temu
       *[other] Sprawdzono { $seconds } sekund temu
    }
checked-stale =
    { $seconds ->
        [one] Brak odpowiedzi od { $seconds } sekundy
        [few] Brak odpowiedzi od { $seconds } sekund
       *[other] Brak odpowiedzi od { $seconds } sekund
    }
checked-stale-minutes =
    { $minutes ->
        [one] Brak odpowiedzi od { $minutes } minuty
        [few] Brak odpowiedzi od { $minutes } minut
       *[other] Brak odpowiedzi od { $minutes } minut
    }

## Paid

paid = Zapłacono
paid-late = Z opóźnieniem, ale się liczy
paid-test = Ćwiczenie lub test: to nie są prawdziwe pieniądze
paid-done = Następna sprzedaż
paid-returns = { $seconds ->
    [one] Powrót do klawiatury za { $seconds } sekundę
    [few] Powrót do klawiatury za { $seconds } sekundy
   *[other] Powrót do klawiatury za { $seconds } sekund
}
sale-receipt = Pokwitowanie
receipt-printing = Drukowanie…
receipt-printed = Wydrukowano
receipt-sent = Wysłano bez potwierdzenia
receipt-phone = Zeskanuj, aby otworzyć paragon
receipt-phone-qr = Kod QR paragonu

## Receipts, on screen, paper and PDF

slip-practice = Ćwiczenie: nie zapłacono pieniędzy
slip-test = Test: nie zapłacono pieniędzy
slip-gateway = Bramka: { $gateway }
slip-copy = KOPIA
slip-title = Pokwitowanie { $number }
slip-note = Notatka: { $note }
slip-goods = Towary
slip-deposit = Kaucja { $name }
slip-weight = { $weight } kg × { $price }/kg
slip-kilogram = { $price }/kg
slip-discount = Rabat
slip-discount-rate = Rabat { $rate }
slip-tip = Napiwek
slip-total = RAZEM
slip-tax = { $name } { $rate } od { $gross }
slip-tax-any = Podatek
slip-paid = Zapłacono w { $coin }
slip-again = Zapłacono ponownie { $time }
slip-crypto = Krypto
slip-cash = Gotówka
slip-card = Karta
slip-given = Otrzymano
slip-change = Reszta
slip-rounding = Zaokrąglenie
slip-outstanding = POZOSTAŁO DO ZAPŁATY
slip-invoice = Rachunek { $id }
slip-journal = Dziennik { $head }
slip-office = Centrala { $office }: wpis { $seq } { $hash }, podpis { $signature }
slip-refund-cash = Zwrot gotówką { $time }
slip-refund-by-hand = Zwrot { $time }
slip-refund-card = Zwrot na kartę { $time }
slip-refund-own = Zwrot, { $own } { $time }
slip-given-back = Wypłacono
slip-left = Pozostaje po zwrotach
