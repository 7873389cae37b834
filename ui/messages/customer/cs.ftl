# What customers read: on their display, where they serve themselves, and on receipts.

## Whose money it is

badge-live = V provozu
badge-test = Test
badge-practice = Nácvik
badge-no-money = Bez skutečných peněz
badge-gateway = Brána { $gateway }, ne cru.cash

## Everywhere

app-name = Ringup
nav = Obrazovky
nav-pad = Nový prodej
network-online = Připojeno
network-retrying = Další pokus
network-offline = Bez připojení
network-key-refused = Klíč odmítnut
close = Zavřít
payment-awaiting = Čeká se na zákazníka
payment-chosen = Zvoleno { $coin }
payment-ended = Skončilo, nezaplaceno
cancel = Zrušit
back = Zpět
percent = { $percent } %
change = K vrácení
language-choose = Jazyk

## The customer's display

display-idle = Vítejte
display-requesting = Okamžik…
display-tipped = Děkujeme! Okamžik…
display-scan = Naskenujte a zaplaťte
display-exact = Pošlete přesně tuto částku. Burza si z ní může strhnout poplatek.
display-chosen = Čekáme na vaši platbu
display-paid = Zaplaceno. Děkujeme!
display-ended = Tento kód už neplatí. Požádejte prosím o nový.
display-time-up = Čas vypršel
display-part-paid = Část je zaplacena. Jak chcete zaplatit zbytek?
display-parts = z { $amount } zaplaceno { $paid }

## Tips

tip-title = Chcete nechat spropitné?
tip-own = Jiná částka
tip-total = Celkem
tip-round = Zaokrouhlit na { $amount }
tip-none = Bez spropitného
tip-charge = Zaplatit { $amount }

## Self-service

offers-title = Co si přejete?
offers-say = Dotkněte se a zaplaťte
offer-card-say = Zavolejte prosím obsluhu: přinese platební terminál a potvrdí zde, že jste zaplatili.
offer-card-taken = Obsluha: { $amount } zaplaceno kartou
offers-again = Začít znovu
offers-ended = Tento kód už neplatí
offers-staff = Obsluha
pad-charging = Okamžik…
tender-crypto = Krypto
tender-card = Karta

## A sale that is being paid

payment-sale = Prodej { $number }
payment-attempt = Kód č. { $attempt }
payment-qr = QR kód s platební adresou
payment-requesting = Kód se vytváří…
payment-requesting-body = Za okamžik bude tady.
payment-exact = Musí přijít přesně tato částka: burza si z ní může strhnout poplatek.
payment-coins = Zákazník posílá { $coins }
payment-elapsed = Čas vypršel, ale ještě není konec: poslední slovo má brána.
payment-outstanding = zbývá z { $amount }
payment-network-retrying = Brána neodpovídá. Ringup se ptá dál; zákazník přesto může platit.
payment-network-offline = Bez připojení. Zákazník přesto může platit telefonem; Ringup se zeptá, jakmile to půjde.
payment-new-code = Nový kód
countdown-left = zbývá
countdown-up = Čas vypršel, čekáme na bránu
checked-never = Zatím neověřeno
checked-fresh =
    { $seconds ->
        [0] Ověřeno právě teď
        [one] Ověřeno před { $seconds } sekundou
        [few] Ověřeno před { $seconds } sekundami
       *[other] Ověřeno před { $seconds } sekundami
    }
checked-stale =
    { $seconds ->
        [one] Bez odpovědi už { $seconds } sekundu
        [few] Bez odpovědi už { $seconds } sekundy
       *[other] Bez odpovědi už { $seconds } sekund
    }
checked-stale-minutes =
    { $minutes ->
        [one] Bez odpovědi už { $minutes } minutu
        [few] Bez odpovědi už { $minutes } minuty
       *[other] Bez odpovědi už { $minutes } minut
    }

## Paid

paid = Zaplaceno
paid-late = Přišlo pozdě, ale platí
paid-test = Nácvik nebo test: nejsou to skutečné peníze
paid-done = Další prodej
paid-returns = { $seconds ->
    [one] Zpět ke klávesnici za { $seconds } sekundu
    [few] Zpět ke klávesnici za { $seconds } sekundy
   *[other] Zpět ke klávesnici za { $seconds } sekund
}
sale-receipt = Účtenka
receipt-printing = Tiskne se…
receipt-printed = Vytištěno
receipt-sent = Odesláno, nepotvrzeno
receipt-phone = Naskenujte pro účtenku
receipt-phone-qr = QR kód účtenky

## Receipts, on screen, paper and PDF

slip-practice = Nácvik: žádné peníze nebyly zaplaceny
slip-test = Test: žádné peníze nebyly zaplaceny
slip-gateway = Brána: { $gateway }
slip-copy = KOPIE
slip-title = Účtenka { $number }
slip-note = Poznámka: { $note }
slip-goods = Zboží
slip-deposit = Záloha { $name }
slip-weight = { $weight } kg × { $price }/kg
slip-kilogram = { $price }/kg
slip-discount = Sleva
slip-discount-rate = Sleva { $rate }
slip-tip = Spropitné
slip-total = CELKEM
slip-tax = { $name } { $rate } z { $gross }
slip-tax-any = Daň
slip-paid = Zaplaceno v { $coin }
slip-again = Zaplaceno znovu { $time }
slip-crypto = Krypto
slip-cash = Hotově
slip-card = Kartou
slip-given = Přijato
slip-change = Vráceno
slip-rounding = Zaokrouhlení
slip-outstanding = ZBÝVÁ ZAPLATIT
slip-invoice = Faktura { $id }
slip-journal = Deník { $head }
slip-office = Centrála { $office }: záznam { $seq } { $hash }, podpis { $signature }
slip-refund-cash = Vráceno hotově { $time }
slip-refund-by-hand = Vráceno { $time }
slip-refund-card = Vráceno na kartu { $time }
slip-refund-own = Vráceno, { $own } { $time }
slip-given-back = Vyplaceno
slip-left = Zbývá po vrácení
