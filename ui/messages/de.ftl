# Die Worte von Ringup. Kurz, klar und nie eine Vermutung über Geld.

starting = Die Kasse wird geöffnet …
broken = Die Kasse lässt sich nicht öffnen. Bis das behoben ist, kann nichts verkauft werden.

## Rahmen

nav-sales = Verkäufe
nav-day = Tag
nav-settings = Einstel{ "\u00AD" }lungen

journal-failing = Der Verkauf ruht.
journal-failing-body = Die Kasse kann nicht auf ihren Datenträger schreiben. Es geht von selbst weiter, sobald sie es kann.
journal-replaced-body = An der Stelle des Journals liegt eine andere Datei oder keine. Was die Kasse geschrieben hatte, ist aufgehoben. Rufen Sie, wer sich um die Kasse kümmert.
journal-retry = Erneut versuchen

open-sales = Noch offen
held-carts = Geparkt
open-and-held = Offen und geparkt

state-requesting = angefragt
state-awaiting = wartet
state-chosen = Coin gewählt
state-paid = bezahlt
state-ended = unbezahlt beendet
state-stopped = angehalten
state-refused = abgelehnt
state-uncertain = ungewiss
state-review = bitte prüfen
state-part-paid = teilweise bezahlt
spoken-sale = Verkauf { $number }: { $state }.

## Hinweise

alarm-paid = Verkauf { $number } ist bezahlt
alarm-late = Verkauf { $number } wurde verspätet bezahlt
alarm-twice = Verkauf { $number } wurde doppelt bezahlt: eine Zahlung muss zurück
alarm-review = Verkauf { $number }: Das Geld ist fraglich, bitte ansehen
alarm-more =
    { $count ->
        [one] { $count } weiterer
       *[other] { $count } weitere
    }
alarm-show = Zeigen
alarm-dismiss = Verstanden

## Erster Start

setup-welcome = Krypto-Zahlungen annehmen, mit drei Handgriffen.
setup-practice-title = Erst ausprobieren
setup-practice-body = Ein ganzer Verkauf mit einem erfundenen Kunden. Ohne Schlüssel, ohne Netz, ohne echtes Geld.
setup-practice = Jetzt üben
setup-key-title = Verkaufen
setup-key-body = Fügen Sie den API-Schlüssel aus Ihrem cru.cash-Konto ein. Er liegt im Schlüsselbund dieses Computers und wird nie wieder angezeigt.
setup-key-save = Schlüssel speichern
setup-tenders = Nur bar oder mit Karte? Zahlungsarten wählen

## Betrag

pad-tape = Betrag
pad-amount = Zu zahlender Betrag
pad-keys = Tasten
pad-note = Notiz hinzufügen
pad-note-clear = Notiz löschen
pad-backspace = Letzte Ziffer löschen
pad-clear = Alles löschen
pad-plus = Weiteren Betrag addieren
pad-point = Dezimalkomma
pad-charge = Kassieren
pad-items = Artikel
pad-sum = Getippter Betrag
cart-less = { $name }: eins weniger
cart-more = { $name }: eins mehr
cart-remove = Entfernen
cart-discount = Rabatt
cart-discount-percent = Rabatt { $percent } %
cart-hold = Parken
cart-of = Von { $labels }. Was Sie herausnehmen, bleibt geparkt.
cart-put-back = Zurücklegen
hold-title = Diesen Bon parken
hold-say = Es wird nichts kassiert. Der Bon wartet neben den offenen Verkäufen, auch nach einem Neustart.
hold-label = Name oder Tisch
hold-label-wanted = Sagen Sie, wem er gehört: ein Name oder ein Tisch.
hold-drop = Ohne Verkauf verwerfen
hold-drop-title = { $labels } ohne Verkauf verwerfen?
hold-drop-say = Das steht im Journal und im Z-Bericht. Es fließt kein Geld.
reason-left = Die Gäste sind gegangen
reason-typed-twice = Versehentlich eingegeben
scan-unknown = Kein Artikel hat den Code { $code }
scan-sold-out = { $name } ist als ausverkauft markiert. Der Artikel wurde trotzdem hinzugefügt.
cart-deposit = Pfand
line-deposit = Pfand: { $name }
items-search = Artikel suchen
items-search-clear = Suche leeren
items-none-found = Kein Artikel hat „{ $search }“ im Namen.
items-all = Alle
items-categories = Kategorien
category-moved = { $name } ist jetzt Reiter { $place }
item-open-price = offen
item-per-kilogram = { $price }/kg
item-sold-out-mark = Ausverkauft
item-left = noch { $count }
sell-sold-out = Der Artikel ist als ausverkauft markiert. Ist er doch da?
sell-missed = { $code } wurde gescannt und nicht hinzugefügt. Erst diesen Artikel hinzufügen, dann noch einmal scannen.
sell-weight = Gewicht in Gramm eintippen
sell-price = Preis eintippen
sell-kilograms = { $kilograms } kg
sell-per-kilogram = { $price } je Kilogramm
sell-deposit = zuzüglich { $price } Pfand
sell-add = { $price } hinzufügen
item-weighed = { $name } { $kilograms } kg
confirm-amount-title = Stimmt dieser Betrag?
confirm-amount-burst = Er wurde so schnell oder so gleichmäßig getippt wie von einem Barcode-Scanner. Ein Code darf kein Betrag werden.
confirm-amount-unusual = Das ist weit mehr als üblich. Üblich sind in diesem Geschäft etwa { $usual }.
confirm-amount-unusual-first = Das ist ein hoher Betrag, und diese Kasse weiß noch nicht, was üblich ist.
confirm-amount-back = Zurück
confirm-amount-charge = Ja, { $amount } kassieren
tip-chosen = Trinkgeld des Kunden: { $tip }
tip-chosen-none = Kein Trinkgeld gewünscht.
discount-share = Prozent
discount-take = { $amount } abziehen
discount-remove = Kein Rabatt

## Zahlungsarten

tenders = Zahlungsarten
tenders-more = Mehr
tenders-choose = Wie wird bezahlt?
tenders-code-stands = Der Code dieses Verkaufs bleibt unter Beobachtung. Wird er auch bezahlt, klingelt die Kasse und Geld muss zurück.
tender-cash = Bar
tender-crypto-minimum = ab { $minimum }
tender-crypto-no-key = Schlüs{ "\u00AD" }sel fehlt
tender-crypto-key = Schlüs{ "\u00AD" }sel abgelehnt
tender-crypto-waits = kein Netz
tender-due = Zu zahlen
tender-rounded = { $amount }, gerundet um { $rounding }
tender-exact = Passend
tender-given = Gegeben
tender-amount = Betrag
tender-rest = Noch offen
tender-rest-ways = Zahlbar mit: { $ways }
tender-rest-crypto = Zu wenig für Krypto, das erst ab { $minimum } geht.
tender-too-little = { $due } sind zu zahlen: Bargeld wird gerundet.
tender-too-much = Höchstens { $due } sind zu zahlen.
tender-take = { $tender }: { $amount }
tender-take-card = Mit Karte bezahlt: { $amount }
tender-take-change = { $change } zurückgeben
tender-take-part = { $amount } anzahlen
tender-back-title = { $amount } zurücknehmen ({ $tender })
tender-back-say = Tun Sie das, wenn die Zahlung versehentlich eingegeben wurde. Sie bleibt im Buch und zählt nicht mehr; geben Sie das Geld zurück, falls Sie es haben.
reason-other-way = Anders bezahlt
pad-crypto-waits = Kein Netz: Krypto wartet. Die anderen Zahlungsarten gehen weiter.
pad-update = Version { $version } von Ringup ist da. Sagen Sie es dem, der die Kasse betreut.

## Zahlung

payment-awaiting-body = Der Kunde scannt den Code und zahlt. Noch nicht bezahlt.
payment-gateway-says = Das Gateway meldet „{ $status }“.
payment-part-sent = Das Gateway meldete „{ $status }“: Ein Teil des Geldes wurde vielleicht gesendet. Sehen Sie in Ihrem cru.cash-Konto nach.
payment-poll-refused = Zu diesem Verkauf antwortet das Gateway mit diesem Schlüssel nicht. Er gehört vielleicht zu einem anderen Konto.
payment-ended-body = Das Gateway hat diesen Code geschlossen. Kommt doch noch Geld, meldet Ringup es.
payment-part-paid = Teilweise bezahlt
payment-stopped = Sie warten nicht mehr
payment-stopped-body = Bis zum Ablauf kann der Kunde diesen Code noch bezahlen. Ringup beobachtet ihn und meldet sich.
payment-review = Noch nichts herausgeben
payment-review-body = Das Gateway meldet eine Zahlung, die nicht zu diesem Verkauf passt. Sehen Sie in Ihrem cru.cash-Konto nach.
payment-refused = Das Gateway lehnt ab
payment-uncertain = Keine klare Antwort
payment-unknown-body = Mehr ist noch nicht bekannt.

payment-network-key-refused = Das Gateway lehnt den Schlüssel ab; Ringup sieht nicht, ob bezahlt wurde. Prüfen Sie den Schlüssel in den Einstellungen.

payment-check = Jetzt prüfen
payment-stop = Nicht mehr warten
payment-give-up = Verkauf aufgeben
payment-leave = Offen lassen, weiter
payment-next = Nächster Verkauf
payment-retry = Erneut versuchen
payment-back = Zurück zum Betrag
payment-parts = Bisher bezahlt
payment-part-paid-body = Wie wird der Rest bezahlt?
payment-otherwise = Anders bezahlen

review-amount = Der gezahlte Betrag ist ein anderer.
review-currency = Die Währung ist eine andere.
review-test = Testgeld und echtes Geld sind vermischt.
review-id = Die Antwort betrifft eine andere Rechnung.
review-payload = Die Zahlung gehört zu einem anderen Verkauf.
review-taken-back = Das Gateway meldet ihn nicht mehr als bezahlt.
review-other = Etwas passt nicht: { $reason }.

practice-customer = Sie spielen den Kunden
practice-choose = Coin
practice-pay = Zahlen
practice-end = Verfallen
lesson-step = Schritt { $step } von { $steps }
lesson-amount = Tippen Sie ein, was der Kunde schuldet, zum Beispiel { $amount }.
lesson-charge = Tippen Sie auf den breiten Knopf: Er macht den Code für den Kunden.
lesson-coin = Der Kunde scannt den Code und wählt einen Coin. Spielen Sie ihn: Tippen Sie auf „Coin“.
lesson-pay = Die Kasse sieht, welcher Coin es wird. Zahlen Sie jetzt, wie der Kunde es täte.
lesson-done = Bezahlt und für immer notiert. Legen Sie den Bildschirm für den nächsten Kunden weg.
lesson-learned = Das war ein ganzer Verkauf. Er steht unter „Verkäufe“ und in den Summen des Tages.
lesson-over = Dieser wurde nicht bezahlt. Gehen Sie zum nächsten Verkauf und versuchen Sie es noch einmal.
lesson-skip = Überspringen
lesson-close = Verstanden

## Bezahlt

## Das Verkaufsbuch

sales-search = Nummer, Betrag, Notiz
sales-none = Noch keine Verkäufe
sales-none-found = Kein Verkauf passt dazu
sales-show-all = Alle Verkäufe zeigen
sales-more = Ältere zeigen
filter-days = Tage
filter-any-day = Alle Tage
filter-today = Heute
filter-yesterday = Gestern
filter-week = Diese Woche
filter-day = Ein Tag
filter-states = Stand
filter-any-state = Jeder Stand
filter-open = noch offen
filter-any-currency = Alle Währungen
filter-money = Echtes Geld oder Testgeld
filter-any-money = Alles Geld
filter-real = Echtes Geld
filter-test = Testgeld
day-today = Heute, { $day }
day-yesterday = Gestern, { $day }
mark-late = verspätet
mark-twice = doppelt bezahlt
mark-refunded = Erstattung

## Die Seite eines Verkaufs

sale-back = Alle Verkäufe
sale-facts = Der Verkauf
sale-opened = Kassiert
sale-paid = Bezahlt
sale-coin = Coin
sale-coins = Gesendet
sale-settlement = Gutschrift
sale-settled = Ihrem Konto gutgeschrieben
sale-not-settled = Noch nicht gutgeschrieben
sale-tip = Trinkgeld
sale-gateway-status = Gateway
sale-written-off = Ausgebucht
sale-note = Notiz
sale-no-note = Keine
sale-receipts = Belege
sale-receipts-count =
    { $count ->
        [0] Noch keiner
        [one] { $count } erstellt
       *[other] { $count } erstellt
    }
sale-lines = Was verkauft wurde
sale-line = { $quantity } × { $name }
sale-refunds = Erstattungen
sale-refund-taken-back = Zurückgenommen:
sale-attempts =
    { $count ->
        [one] Zahlungscode
       *[other] Zahlungscodes
    }
sale-no-invoice = Keine Rechnung
sale-history = Was geschah
sale-show = Code zeigen
sale-refund = Erstatten
sale-add-note = Notiz hinzufügen
sale-edit-note = Notiz ändern
sale-tenders = Bezahlt mit
sale-tender-change = Gegeben { $given }, Rückgeld { $change }
sale-tender-rounding = Gerundet um { $rounding }
sale-outstanding = Noch offen
sale-overpaid = Zu viel bezahlt
sale-show-rest = Rest kassieren

## Die Einträge eines Verkaufs

entry-sale-opened = { $amount } kassiert
entry-invoice-requested = Code Nr. { $attempt } beim Gateway angefragt
entry-invoice-opened = Code Nr. { $attempt } gezeigt
entry-invoice-refused = Das Gateway lehnte ab ({ $code })
entry-invoice-uncertain = Keine klare Antwort ({ $code })
entry-invoice-reported =
    { $status ->
        [processing] Bezahlt, die Gutschrift ist unterwegs
       *[other] Das Gateway meldet: { $status }
    }
entry-invoice-chosen =
    { $coins ->
        [none] Der Kunde wählte { $coin }
       *[other] Der Kunde wählte { $coin }: { $coins }
    }
entry-invoice-settled = Ihrem Konto gutgeschrieben
entry-invoice-paid =
    { $coins ->
        [none] Bezahlt
       *[other] Bezahlt: { $coins }
    }
entry-invoice-ended = Code Nr. { $attempt } unbezahlt beendet
entry-invoice-questioned = Das Gateway meldet eine Zahlung, die nicht passt
entry-sale-stopped = An der Kasse nicht mehr gewartet
entry-payment-seen = Die Zahlung wurde an der Kasse gesehen
entry-sale-noted = Notiz
entry-language-chosen = Sprache des Kunden: { $language }
entry-tender-taken =
    { $way ->
        [cash] { $amount } bar bezahlt
        [card] { $amount } mit Karte bezahlt
       *[other] { $amount } bezahlt: { $way }
    }
entry-tender-taken-back = Zahlung Nr. { $tender } wurde zurückgenommen
entry-sale-refunded =
    { $way ->
        [cash] { $amount } bar erstattet
        [by_hand] { $amount } von Hand erstattet
        [card] { $amount } auf die Karte erstattet
       *[other] { $amount } erstattet: { $way }
    }
entry-refund-taken-back = Eine Erstattung wurde zurückgenommen
entry-review-closed = Der Widerspruch wurde geklärt
entry-invoice-watch-ended = Versuch { $attempt } wird nicht mehr abgefragt
entry-payment-doubted = Das Gateway meldet nicht mehr bezahlt
entry-sale-written-off = Ausgebucht
entry-receipt-made =
    { $medium ->
        [printer]
            { $outcome ->
                [unconfirmed] Beleg an den Drucker gesendet, der ihn nicht bestätigt hat
                [failed] Der Druck des Belegs ist misslungen
               *[other] Beleg gedruckt
            }
        [file] Beleg gespeichert
       *[other] Beleg an den Druckdialog gegeben
    }
entry-other = Eintrag der Art { $kind }

## Korrekturen

reason = Warum
reason-wanted = Ein paar Worte sind nötig
reason-goods-back = Ware zurück
reason-wrong-amount = Falscher Betrag
reason-paid-twice = Doppelt bezahlt
reason-mistake = Versehentlich eingetragen
reason-not-paid-out = Nicht ausgezahlt
reason-sent-back = An den Kunden zurück
reason-gateway-forgot = Das Gateway kennt die Rechnung nicht
reason-settled = Mit dem Kunden geklärt
note-title = Notiz zu Verkauf { $number }
note-hint = Die früheren Worte bleiben im Buch.
note-save = Notiz behalten
refund-title = Erstattung zu Verkauf { $number }
refund-say = Das Gateway schickt kein Geld zurück. Zahlen Sie bar oder von Hand aus; Ringup schreibt es auf.
refund-goods = Was zurückkommt
refund-amount = Betrag ({ $sign })
refund-most = Höchstens { $most }
refund-no-amount = Das ist kein Betrag
refund-way = Wie es zurückgeht
refund-cash = Bar
refund-by-hand = Von Hand, Überweisung
refund-say-tenders = Ringup schickt kein Geld zurück. Geben Sie es so zurück, wie unten gewählt; Ringup schreibt es auf.
refund-card = Auf die Karte
refund-tax = Steuer { $rate } aus { $gross } geht zurück: { $tax }
refund-tip = Darin Trinkgeld: { $tip }
refund-rounded = Bar: { $amount }, gerundet um { $rounding }
refund-save = Erstattung eintragen
refund-save-amount = { $amount } erstatten
take-back = Zurücknehmen
take-back-title = Erstattung von { $amount } zurücknehmen
take-back-say = Nur wenn kein Geld zurückging. Die Erstattung bleibt im Buch und zählt nicht mehr.
review-title = Verkauf { $number } klären
review-say = Sehen Sie erst in Ihrem cru.cash-Konto nach. Schreiben Sie auf, was daraus wurde. Geld, das bisher nicht gezählt wurde, steht weiterhin in keiner Summe.
write-off = Ausbuchen
write-off-title = Verkauf { $number } ausbuchen
write-off-say = Auf diesen Verkauf wartet niemand mehr, und der Tag schließt ohne ihn. Kommt doch noch Geld, zählt es, und die Kasse klingelt.
review-close = Geklärt

## Belege

receipt-title = Beleg zu Verkauf { $number }
receipt-is-first = Der erste Beleg dieses Verkaufs.
receipt-is-copy = Es gab schon einen: Dieser ist als Kopie gekennzeichnet.
receipt-print = Drucken
receipt-saved = Gespeichert
receipt-dialog = Über den Computer drucken
receipt-pdf = Als PDF speichern
receipt-png = Als Bild speichern
receipt-no-printer = Einen Bondrucker können Sie in den Einstellungen einrichten.

## Der Tag

day-earlier = Der Tag davor
day-later = Der Tag danach
day-export = Buch speichern
day-none = An diesem Tag wurde nichts bezahlt
day-practice = Übungsgeld: Dieser Bericht zählt nicht
report-gateway = Gateway: { $gateway }
totals-paid =
    { $count ->
        [one] { $count } Zahlung
       *[other] { $count } Zahlungen
    }
totals-average = Im Schnitt
totals-tips = Davon Trinkgeld
totals-late = Verspätet bezahlt ({ $count })
totals-twice = Doppelt bezahlt ({ $count })
totals-refunds = Erstattungen ({ $count })
totals-net = Bleibt
totals-settled = Gutgeschrieben
totals-unsettled = Noch nicht gutgeschrieben
totals-coin = { $coin } ({ $count })
totals-cashiers = Nach Kassierer
totals-cashier = { $name } ({ $count })
totals-categories = Nach Kategorie
totals-category-none = Ohne Kategorie
totals-category-refunded = Erstattungen darin
totals-tax = Steuer { $rate } von { $gross }
totals-tax-refunded = Darin Erstattungen { $gross }
totals-tender =
    { $tender ->
        [crypto] Krypto ({ $count })
        [cash] Bar ({ $count })
        [card] Karte ({ $count })
       *[other] { $tender } ({ $count })
    }
totals-tender-refunds =
    { $tender ->
        [crypto] Krypto: Erstattungen
        [cash] Bar: Erstattungen
        [card] Karte: Erstattungen
       *[other] { $tender }: Erstattungen
    }
totals-tender-tips =
    { $tender ->
        [crypto] Krypto: darin Trinkgeld
        [cash] Bar: darin Trinkgeld
        [card] Karte: darin Trinkgeld
       *[other] { $tender }: darin Trinkgeld
    }
totals-rounding = Rundung des Bargelds
totals-taken-back =
    { $count ->
        [one] Zurückgenommen: { $count } Zahlung
       *[other] Zurückgenommen: { $count } Zahlungen
    }
totals-refund-way =
    { $way ->
        [cash] Davon bar ({ $count })
        [by_hand] Davon von Hand ({ $count })
        [card] Davon auf Karte ({ $count })
       *[other] Davon { $way } ({ $count })
    }
hours-title = Zahlungen nach Stunden
hours-hour =
    { $count ->
        [one] Von { $from } bis { $to } Uhr: { $count } Zahlung, { $amount }
       *[other] Von { $from } bis { $to } Uhr: { $count } Zahlungen, { $amount }
    }
close-next = Seit dem letzten Abschluss
close-never = Noch kein Tag wurde abgeschlossen.
close-last = Z { $z }, { $at }
close-open =
    { $count ->
        [one] { $count } Verkauf ist noch offen
       *[other] { $count } Verkäufe sind noch offen
    }
day-open-sum = Falls sie bezahlt werden
close-open-say = Sie können noch bezahlt werden. Ihr Geld zählt dann im nächsten Abschluss.
close-day = Tag abschließen
close-ask = Tag abschließen?
close-say = Der Z-Bericht kommt ins Journal und ändert sich nie mehr. Danach kann weiter verkauft werden.
close-carry =
    { $count ->
        [one] Abschließen, { $count } mitnehmen
       *[other] Abschließen, { $count } mitnehmen
    }
close-z = Z { $z }
close-at = Abgeschlossen { $at } ({ $zone })
close-nothing = Seit dem Abschluss davor wurde nichts bezahlt
close-written-off = Ausgebucht: { $numbers }
close-reviews-closed = Widersprüche von Hand geklärt: { $numbers }
close-carts-held =
    { $count ->
        [one] { $count } geparkter Bon
       *[other] { $count } geparkte Bons
    }
close-carts-dropped =
    { $count ->
        [one] { $count } Bon ohne Verkauf verworfen
       *[other] { $count } Bons ohne Verkauf verworfen
    }
close-carried =
    { $count ->
        [one] { $count } offener Verkauf wurde mitgenommen
       *[other] { $count } offene Verkäufe wurden mitgenommen
    }
close-program = Programm { $version }
close-key = Fingerabdruck des Schlüssels: { $key }
close-events = Technische Ereignisse
close-event =
    { $kind ->
        [drawer_opened] Kassenlade geöffnet
        [gateway_bound] Gateway vermerkt
        [journal_restored] Journal wiederhergestellt
        [key_changed] API-Schlüssel geändert
        [pin_changed] PIN gesetzt oder entfernt
        [pin_refused] Falsche PINs
        [practice_reset] Übungsverkäufe gelöscht
        [program_started] Programm gestartet
        [settings_changed] Einstellungen geändert
        [stock_set] Bestand gezählt
        [signed_on] An- und Abmeldungen
        [staff_changed] Kassierer geändert
       *[other] { $kind }
    }
close-head = Kopf des Journals
close-signed = Von der Zentrale unterschrieben, mit Eintrag { $entry }
close-signed-before = Von der Zentrale unterschrieben bis Eintrag { $entry }, vor diesem Bericht
close-print = Drucken
close-done = Fertig
closes = Abschlüsse
closes-more = Ältere
grand = Gesamtsummen
export-title = Verkaufsbuch speichern
export-period = Welche Tage
export-day = Dieser Tag
export-month = Dieser Monat
export-all = Alles
export-range = Von … bis
export-from = Erster Tag
export-to = Letzter Tag
export-wrong = Der erste Tag liegt vor dem letzten
export-format = Als
export-xlsx = Excel (XLSX)
export-excel = CSV für Excel
export-csv = Tabelle (CSV)
export-json = Für Programme (JSON)
export-rows = Eine Zeile für
export-rows-sales = Jeden Verkauf
export-rows-tenders = Jede Zahlung
export-rows-lines = Jeden Posten
export-rows-cash = Jede Bargeldbewegung
export-rows-bookings = Jede Buchung
export-datev = DATEV-Kassenbuch
export-start = Speichern unter …
export-choosing = Wählen Sie eine Datei …
export-progress = { $done } von { $total }
export-done = Gespeichert: { $file }

## Belege, auf Bildschirm, Papier und als PDF

slip-till = Kasse { $till }
slip-test-page = Der Drucker arbeitet. Was unten lesbar ist, kann er drucken.
slip-test-code-page = Codepage { $page }:
slip-test-picture = Buchstaben als Bild:

## Wer darf: die PIN, und wer an der Kasse ist

lock-title = PIN
lock-pin = PIN
lock-open = Entsperren
lock-back = Zurück
lock-now = Sperren
lock-wrong = Das ist nicht die PIN
lock-wait = Zu viele Fehlversuche. Nächster Versuch in { $time }
sign-on-title = Wer ist da?
sign-on-hint = Namen antippen und PIN eingeben, oder den Chip scannen. Was gerade läuft, bleibt.
sign-on-choose = Namen antippen
sign-on-shop = PIN des Ladens
sign-off = Abmelden
approve-title = Das muss jemand freigeben
approve-hint =
    { $right ->
        [discount] Dieser Rabatt liegt über der Grenze. Wer ihn geben darf, gibt ihn einmal frei; Sie bleiben angemeldet.
        [refund] Für Erstattungen braucht es das Recht. Wer es hat, gibt einmal frei; Sie bleiben angemeldet.
        [take_back] Zum Zurücknehmen braucht es das Recht. Wer es hat, gibt einmal frei; Sie bleiben angemeldet.
        [open_drawer] Um die Kassenlade zu öffnen, braucht es das Recht. Wer es hat, gibt einmal frei; Sie bleiben angemeldet.
        [drop_cart] Um einen geparkten Bon zu verwerfen, braucht es das Recht. Wer es hat, gibt einmal frei; Sie bleiben angemeldet.
        [expected_cash] Was in der Kassenlade sein soll, sieht nicht jeder. Wer das Recht hat, gibt einmal frei; Sie bleiben angemeldet.
        [close] Für Tagesabschluss und Export braucht es das Recht. Wer es hat, gibt einmal frei; Sie bleiben angemeldet.
        [settings] Für die Einstellungen braucht es das Recht. Wer es hat, gibt einmal frei; Sie bleiben angemeldet.
        [key] Für den Schlüssel braucht es das Recht. Wer es hat, gibt einmal frei; Sie bleiben angemeldet.
       *[other] Dafür braucht es ein Recht. Wer es hat, gibt einmal frei; Sie bleiben angemeldet.
    }
role =
    { $role ->
        [supervisor] Aufsicht
        [owner] Inhaber
       *[cashier] Kasse
    }
role-hint =
    { $role ->
        [supervisor] Korrigiert, schließt den Tag ab und gibt frei, was die Kasse nicht darf; einstellbar unter den Namen.
        [owner] Darf immer alles.
       *[cashier] Verkauft. Alles andere geben Aufsicht oder Inhaber frei, oder es ist unter den Namen erlaubt.
    }
right =
    { $right ->
        [discount] Rabatte über der Grenze
        [refund] Erstattungen
        [take_back] Zurücknehmen, Prüffälle, Abschreiben
        [open_drawer] Kassenlade öffnen
        [drop_cart] Geparkte Bons verwerfen
        [expected_cash] Sollbestand der Kassenlade sehen
        [close] Tagesabschluss, Export
        [settings] Einstellungen, Artikel, Personal
        [key] API-Schlüssel
       *[other] { $right }
    }
rights-title = Wer was darf
rights-hint = Der Inhaber darf alles. Was nicht angehakt ist, kann einzeln freigegeben werden.
rights-free-discount = Rabatt, den jeder geben darf, in Prozent
access-title = PINs, Chips und Rollen
access-hint = Mit PIN oder Chip steht ein Name nur im Buch, wenn es wirklich diese Person war. Zuerst bekommt der Inhaber eine. Wird sofort gespeichert.
access-pin = PIN
access-fob = Chip
access-change = Ändern
access-role = Rolle
access-first-pin = PIN
access-new-pin = Neue PIN
access-pin-hint = 4 bis 12 Ziffern.
access-fob-none = Kein Chip
access-fob-set = Ein Chip ist hinterlegt.
access-fob-waiting = Jetzt den Chip scannen …
access-fob-scanned = Der Chip wurde gescannt; er gilt, sobald gespeichert ist.
access-fob-scan = Chip scannen
access-fob-clear = Chip wegnehmen
access-pin-clear = PIN wegnehmen
access-remove = Alles wegnehmen
access-save = Speichern
pin-title = PIN
pin-set = Eine PIN ist gesetzt. Sie steht vor Einstellungen, Erstattungen, Tagesabschluss und dem Verlassen des Kioskmodus.
pin-none = Keine PIN gesetzt: Wer hier steht, darf alles.
pin-new = Neue PIN
pin-hint = 4 bis 12 Ziffern. Ist sie vergessen, nimmt der Befehl „ringup pin clear“ sie weg.
pin-save = PIN setzen
pin-clear = PIN entfernen
cashiers-title = Kassierer
cashiers-hint = Ihre Namen stehen im Buch neben dem, was geschah, während sie an der Kasse waren. Leer lassen, um darauf zu verzichten.
cashiers-name = Name
cashiers-add = Namen hinzufügen
cashiers-remove = Namen entfernen
cashiers-who = Wer ist da?
cashiers-nobody = Niemand
entry-by = { $name }
entry-approved-by = Freigegeben von { $name }

## Die Kundenanzeige

settings-counter = Theke
display-title = Kundenanzeige
display-where = Wo sie ist
display-hint = Sie zeigt den Namen des Geschäfts, Betrag, Code und Häkchen; nichts von der Kasse.
display-off = Keine
display-second-monitor = Auf dem zweiten Bildschirm, wenn es einen gibt
display-window = In einem beweglichen Fenster
customers-language = Sprache des Kunden
customers-languages-title = Sprachen der Kunden
customers-languages-first = Zuerst
customers-languages-screens = Wie die Kasse
customers-languages-hint = Darin sind Kundenanzeige, Selbstbedienung und Belege, bis jemand wählt.
customers-languages-more = Kunden können auch wählen

## Kiosk

kiosk-title = Kiosk
kiosk-hint = Ganzer Bildschirm; geschlossen wird nur mit der PIN.
kiosk-enter = Kioskmodus jetzt starten
kiosk-leave = Kioskmodus verlassen
kiosk-quit = Ringup schließen
kiosk-no-pin = Keine PIN gesetzt: Wer die Einstellungen öffnet, kann den Kioskmodus verlassen.
kiosk-at-start = Immer im Kioskmodus starten
kiosk-autostart = Ringup starten, wenn sich der Benutzer dieses Rechners anmeldet
kiosk-return = Zurück zur Eingabe nach … Sekunden
kiosk-return-hint = 10 bis 3600, im Kioskmodus, wenn niemand etwas berührt.
kiosk-self-service = Kunden bedienen sich selbst
kiosk-self-service-hint = Nur die Beträge unten können bezahlt werden. Buch und Einstellungen brauchen die PIN. Setzen Sie zuerst eine PIN.
kiosk-self-service-card = Kunden können Kartenzahlung wählen: das Personal nimmt die Karte und bestätigt mit der PIN
offer-name = Wofür
offer-amount = Betrag
offer-add = Betrag hinzufügen
offer-remove = Betrag entfernen

## Einstellungen: Zahlungsarten

settings-tenders = Zahlungsarten
settings-tenders-hint = In dieser Reihenfolge stehen die Tasten der Kasse; Enter nimmt die erste. Mit Krypto allein bleibt es bei einer Taste.
settings-tender-own = Name, etwa Gutschein
settings-tender-add = Weitere Zahlungsart
settings-tender-remove = { $name } entfernen
settings-tender-up = Weiter vorn
settings-tender-down = Weiter hinten
settings-accounts = Konten
settings-accounts-hint = Für die Ausgabe als Buchungen: so, wie das Programm der Buchhaltung sie kennt. Fehlt eines, sagt die Ausgabe welches.
settings-problem-accounts = Kein Konto darf länger als 60 Zeichen sein.
account-sales-at = Verkäufe zu { $rate } %
account-tax-at = Steuer zu { $rate } %
account-sales = Verkäufe ohne Steuer
account-tips = Trinkgeld
account-rounding = Rundung von Bargeld
account-overpaid = Zu viel bezahlt
account-float = Erster Anfangsbestand
account-in = Einlagen
account-out = Entnahmen
account-drop = Abführungen an die Bank
account-difference = Kassendifferenzen
settings-rounding = Rundung von Bargeld
settings-rounding-hint = Wo die kleinsten Münzen nicht üblich sind. Andere Zahlungsarten werden nicht gerundet.
settings-rounding-of = Rundung von Bargeld in { $currency }
settings-rounding-none = Keine
settings-rounding-five = Auf 0,05
settings-rounding-whole = Ab auf Ganze

## Einstellungen

settings-selling = Verkauf
settings-till-code = Kürzel dieser Kasse
settings-till-code-hint = Es steht vor der Nummer jedes Verkaufs: A-000042. Jede Kasse des Ladens braucht ein eigenes.
settings-currency = Währung
settings-lifetime = Zeit zum Zahlen, Minuten
settings-lifetime-hint = Von 3 bis 1440
settings-entry = Betrag eintippen
settings-entry-auto = Je nach Währung
settings-entry-cents = Cent zuerst (1250)
settings-entry-decimal = Mit Komma (12,50)
settings-language = Sprache
settings-language-system = Wie das System
settings-advanced = Mehr für das Gateway
settings-description = Was der Kunde liest
settings-description-hint = Buchstaben, Ziffern, Leerzeichen und #
settings-redirect = Wohin der Kunde nach der Zahlung kommt
settings-redirect-hint = Eine Webadresse, http oder https
settings-webhook = Wohin das Gateway Zahlungen meldet
settings-webhook-hint = Eine Webadresse Ihrer Verwaltung, https
settings-calls = Anfragen an das Gateway, höchstens pro Minute
settings-calls-hint = Von 6 bis 240. Bei mehr könnte das Gateway den Laden sperren.
settings-save = Speichern
settings-saved = Gespeichert
settings-key-title = API-Schlüssel
settings-key = Schlüssel von cru.cash
settings-key-hint = Er kommt in den Schlüsselbund dieses Computers und wird nie wieder angezeigt.
settings-key-save = Schlüssel speichern
settings-key-stored = Ein Schlüssel ist gespeichert
settings-key-none = Kein Schlüssel gespeichert
settings-key-unknown = Der Schlüsselbund antwortet nicht
settings-key-practice = Zum Üben braucht es keinen Schlüssel. Beenden Sie die Übung, um den des Geschäfts zu sehen.
settings-key-clear = Schlüssel entfernen
settings-key-clear-ask = Ohne Schlüssel kann nichts verkauft werden, und offene Verkäufe werden nicht mehr beobachtet.
key-in-use-title = Codes warten noch auf Zahlung
key-in-use-say =
    { $count ->
        [one] Ein Code kann unter dem jetzigen Schlüssel noch bezahlt werden.
       *[other] { $count } Codes können unter dem jetzigen Schlüssel noch bezahlt werden.
    } Das Gateway bestätigt nicht, dass sie zum neuen Schlüssel gehören. Mit dem Schlüssel eines anderen Kontos oder ohne Schlüssel sieht die Kasse nicht mehr, ob sie bezahlt werden.
key-in-use-keep = Schlüssel behalten
key-in-use-change = Trotzdem ändern
settings-practice-title = Übung
settings-practice-off = Verkaufen Sie an einen erfundenen Kunden. Ihre echten Verkäufe bleiben, wie sie sind.
settings-practice-on = Sie üben gerade. Übungsverkäufe mischen sich nie mit echten.
settings-practice-enter = Üben
settings-practice-leave = Übung beenden
practice-reset = Übung neu beginnen
practice-reset-ask = Vergisst alle Übungsverkäufe. Ihre echten Verkäufe stehen woanders und bleiben, wie sie sind.
settings-about = Ringup { $version } · { $gateway }
settings-updates = Neuere Versionen
settings-updates-say = Einmal am Tag und nie während eines Verkaufs sieht die Kasse nach, ob es eine neuere Version gibt. Sie sagt es nur und installiert nichts.
settings-updates-address = Wo sie nachsieht
settings-updates-address-hint = Die Webadresse einer signierten Meldung, https. Leer: Die Kasse sieht nie nach.
settings-updates-key = Öffentlicher Schlüssel dieser Meldung
settings-updates-key-hint = Eine Zeile von minisign; sie beginnt mit RW.
update-off = Die Kasse sieht nirgends nach.
update-waiting = Sie hat noch nicht nachgesehen.
update-current = Das ist die neueste Version. Nachgesehen am { $at }.
update-newer = Version { $version } vom { $day } ist da. Dies ist { $own }.
update-refused = Nachgesehen am { $at }: Von einer neueren Version ist nichts bekannt.
update-unreachable = Die Adresse ist nicht zu erreichen.
update-slow = Die Antwort dauert zu lange.
update-redirected = Der Server verweist die Kasse an eine andere Adresse, und dorthin geht sie nicht.
update-no-file = Der Server gibt die Datei nicht heraus.
update-too-large = Die Antwort ist länger als jede Meldung.
update-not-signed = Die Datei ist nicht mit diesem Schlüssel signiert.
update-unreadable = Die Datei ist signiert, aber diese Version versteht sie nicht.
update-other-product = Die Datei ist signiert und gehört zu einem anderen Programm.
update-older = Die Datei nennt eine ältere Version als diese.
settings-shop = Geschäft
settings-shop-name = Name
settings-shop-address = Adresse
settings-shop-tax-id = Steuernummer
settings-shop-footer = Unter jedem Beleg
settings-shop-footer-hint = Ein Dank, Öffnungszeiten, Rückgabe
settings-taxes = Steuern
settings-taxes-hint = Preise enthalten die Steuer. Belege und Tag zeigen sie nach Sätzen.
settings-tax-name = Bezeichnung
settings-tax-percent = Prozent
settings-tax-remove = Satz entfernen
settings-tax-add = Satz hinzufügen
settings-tax-option = { $name } { $percent } %
settings-default-tax = Satz für getippte Beträge
settings-default-tax-none = Ohne Steuer

settings-items = Artikel
items-none = Noch keine Artikel. Jeder wird eine Taste neben dem Ziffernblock.
items-import = Importieren
items-export = Als CSV speichern
items-labels = Etiketten
labels-title = Etiketten für das Regal
labels-hint = Gedruckt wird auf dem Papier der Belege: Name, Preis und, wenn er eine EAN ist, der Strichcode.
labels-all = Alle Artikel
labels-print =
    { $count ->
        [one] Ein Etikett drucken
       *[other] { $count } Etiketten drucken
    }
items-import-hint = Eine CSV-Datei mit den Spalten name und price; auf Wunsch currency, tax, barcode, colour und was ein Artikel sonst hat.
items-imported = Importiert: { $added } neu, { $changed } geändert.
import-title = Artikel importieren
import-sums = { $added } neu, { $changed } geändert, { $refused } ausgelassen. Noch ist nichts gespeichert.
import-line = Zeile { $line }
import-new = neu
import-changed = geändert
import-unchanged = unverändert
import-refused = ausgelassen
import-change = { $field }: { $from } → { $to }
import-field-name = Name
import-field-price = Preis
import-field-tax = Steuer
import-field-barcode = Barcode
import-field-colour = Farbe
import-none = keine Angabe
import-why =
    { $problem ->
        [name] Ein Name mit 1 bis 60 Zeichen fehlt
        [price] „{ $cell }“ ist kein Preis. Er hat höchstens zwei Nachkommastellen und kein Tausenderzeichen: 1.000 kann eins oder tausend sein
        [currency] „{ $cell }“ ist weder EUR noch USD noch RUB
        [tax] „{ $cell }“ ist kein Prozentsatz von 0 bis 100
        [colour] Die Farbe „{ $cell }“ gibt es nicht
        [barcode] „{ $cell }“ ist kein Barcode: er hat 4 bis 64 Zeichen
        [barcode_uncertain] „{ $cell }“ ist eine Zahl aus einer Tabelle, deren Ziffern keinen Barcode belegen. Formatieren Sie die Spalte als Text und geben Sie den Code neu ein
        [barcode_twice] Eine Zeile davor hat den Barcode { $cell }
        [name_ambiguous] Mehrere Artikel heißen { $cell }, und kein Barcode sagt, welcher gemeint ist
        [too_many_cells] Zu „{ $cell }“ gibt es keine Spalte. Ein Preis mit Komma braucht Anführungszeichen
        [category] „{ $cell }“ kann keine Kategorie sein
        [sold] „{ $cell }“ ist weder each noch open noch weight
        [options] „{ $cell }“ ist nicht als Optionen zu lesen, oder eine machte den Artikel kostenlos. So schreiben: one Größe: klein +0.00 | groß +0.50
        [deposit] „{ $cell }“ ist kein Pfand oder kein Steuersatz
        [sold_out] „{ $cell }“ ist weder yes noch no
        [warn_at] „{ $cell }“ ist keine ganze Zahl bis 9999
        [too_many] Mehr als 500 Artikel
       *[other] Die Zeile kann nicht gespeichert werden
    }
import-repeats-name = Heißt wie Zeile { $line }. Daraus wird ein eigener Artikel.
import-code-mended = Der Barcode wurde aus „{ $from }“ gelesen; seine Prüfziffer stimmt.
import-zero-missing = Vielleicht fehlt eine Null: mit ihr wäre { $code } der Barcode eines Produkts.
import-confirm =
    { $count ->
        [one] 1 Artikel importieren
       *[other] { $count } Artikel importieren
    }
import-nothing = Nichts zu importieren
item-add = Artikel anlegen
item-new = Neuer Artikel
item-title = { $name } ändern
item-name = Name
item-no-name = Ein Artikel braucht einen Namen.
item-price = Preis inkl. Steuer
item-no-price = Ein Preis wie 3,50.
item-tax = Steuer im Preis
item-tax-in = { $percent } % Steuer
item-barcode = Barcode
item-barcode-hint = In dieses Feld scannen oder leer lassen.
item-barcode-short = Mindestens 4 Zeichen.
item-colour = Farbe
item-save = Speichern
item-remove = Löschen
item-up = { $name } nach oben
item-down = { $name } nach unten
item-category = Kategorie
item-category-hint = Ein Reiter über den Artikeln. Leer: keiner.
item-sold = Verkauft
item-sold-each = zum festen Preis
item-sold-open = zum Preis, den man jedes Mal eintippt
item-sold-weight = nach Gewicht: der Preis gilt je Kilogramm
item-options = Optionen
item-options-wrong = Jede Gruppe und jede Option braucht einen Namen, und ein Aufpreis ist ein Betrag wie 0,50 oder -0,50.
item-group-add = Optionen anlegen
item-group-name = Was gewählt wird, etwa Größe
item-group-choose = Wie viele
item-group-one = eine davon
item-group-any = beliebig viele
item-group-remove = Optionen { $name } entfernen
item-option-name = Option, etwa groß
item-option-difference = Preis ±
item-option-add = Noch eine
item-option-remove = Option { $name } entfernen
item-deposit = Pfand
item-deposit-hint = Als eigene Zeile. Leer: keines.
item-deposit-tax = Steuer im Pfand
item-deposit-tax-item = wie der Artikel
item-sold-out = Ausverkauft
item-count-stock = Bestand zählen
item-stock = Jetzt vorhanden
item-stock-hint = Was von nun an verkauft wird, geht davon ab.
item-warn-at = Warnen, wenn nur noch so viele da sind
item-no-count = Eine ganze Zahl bis 9999.
yes = ja
no = nein
colour-sand = Sand
colour-rose = Rosa
colour-coral = Koralle
colour-amber = Bernstein
colour-lemon = Zitrone
colour-sky = Himmelblau
colour-lilac = Flieder
colour-stone = Stein
settings-tips = Trinkgeld
settings-tips-ask = Vor dem QR nach Trinkgeld fragen
settings-tips-round = Aufrunden anbieten
settings-percents = Angebotene Prozentsätze
settings-discounts = Rabatte
settings-discounts-offer = Rabatt-Taste beim Betrag
settings-hold = Geparkte Bons
settings-hold-offer = Taste beim Betrag, um einen unbezahlten Bon unter einem Namen oder Tisch zu parken
settings-scanner = Barcode-Scanner
settings-scanner-none = Nicht angelernt. Die meisten Scanner werden trotzdem erkannt, ein langsamer mit kurzen Codes erst nach dem Anlernen.
settings-scanner-waiting = Scannen Sie jetzt einen beliebigen Barcode.
settings-scanner-short = „{ $code }“ ist zu kurz oder kam zu langsam. Scannen Sie einen Barcode mit sechs oder mehr Zeichen.
settings-scanner-learnt =
    Angelernt: { $gap } ms von Taste zu Taste, { $ending ->
        [enter] danach Enter
        [tab] danach Tab
       *[none] danach nichts
    }.
settings-scanner-learn = Mit einem Scan anlernen
settings-scanner-forget = Vergessen
settings-scale-codes = Codes der Waagen
settings-scale-codes-hint = Ein EAN-13, der mit 20 bis 29 beginnt, enthält ein Gewicht oder einen Preis. Der Barcode des Artikels ist das Präfix mit den Artikelziffern, sein Preis der eines Kilogramms.
settings-scale-prefix = Präfix
settings-scale-holds = Der Code enthält
settings-scale-weight = Gewicht (g)
settings-scale-price = Preis
settings-scale-article = Ziffern des Artikels
settings-scale-article-digits = Artikel: { $digits } Ziffern
settings-scale-value = Ziffern des Werts
settings-scale-value-digits = Wert: { $digits } Ziffern
settings-scale-remove = { $prefix } entfernen
settings-scale-add = Präfix hinzufügen
settings-scale-wrong = Jedes Präfix einmal, von 20 bis 29. Artikel und Wert haben zusammen höchstens zehn Ziffern.
settings-large-times = Nachfragen ab dem Wievielfachen des üblichen Betrags
settings-large-times-hint = Üblich ist der Median der letzten 200 bezahlten Verkäufe in der Währung.
settings-large-times-wrong = Eine ganze Zahl von 2 bis 10.000.
settings-large-at-least = Nie unter, { $currency }
settings-large-at-least-wrong = Ein Betrag, der kassiert werden kann.

settings-days = Tage
settings-zone = Zeitzone
settings-zone-hint = Nach ihr beginnt und endet ein Tag
settings-printer = Bondrucker
settings-printer-none = Keiner
settings-printer-network = Netzwerk
settings-printer-usb = USB
settings-printer-serial = Seriell
settings-printer-device = Gerätedatei
settings-printer-queue = CUPS-Warteschlange
settings-printer-look = Drucker suchen
settings-printer-looking = Suche, etwa drei Sekunden …
settings-printer-nearby = Drucker und Anschlüsse
settings-printer-nearby-none = Kein Drucker gefunden. Ist er an und verbunden? Seine Adresse kann eingegeben werden.
settings-printer-device-hint = Etwa /dev/usb/lp0 oder /dev/lp0
settings-printer-queue-name = Name der Warteschlange
settings-printer-queue-hint = Wie ihn lpstat -e zeigt. Belege gehen unverändert hindurch.
settings-letters = Buchstaben
settings-letters-printer = Die des Druckers
settings-letters-picture = Als Bild
settings-letters-hint = Ein Bild zeigt Griechisch, Polnisch, Ukrainisch oder Kasachisch auf jedem Drucker. Der Probedruck zeigt beides.
settings-printer-host = Adresse
settings-printer-port = Port
settings-printer-vendor = Herstellernummer
settings-printer-product = Modellnummer
settings-printer-usb-hint = Vier Hexadezimalziffern, etwa 04b8
settings-printer-path = Anschluss
settings-printer-path-hint = /dev/ttyUSB0 oder COM3
settings-printer-baud = Bit pro Sekunde
settings-paper = Papier
settings-paper-58 = 58 mm
settings-paper-80 = 80 mm
settings-auto-print = Drucken, sobald bezahlt ist
settings-drawer = Kassenlade beim ersten Beleg öffnen
settings-printer-test = Probedruck
settings-printer-tested = Gedruckt. Wählen Sie die Buchstaben, die darauf lesbar sind.
settings-printer-test-sent = Gesendet. Dieser Drucker meldet nicht, ob er gedruckt hat: Sehen Sie auf das Papier.
settings-printer-save-first = Erst speichern, dann prüfen.
settings-unsaved = Noch nicht gespeichert
settings-unread = Einige Einstellungen waren nicht lesbar. Bis Sie neu speichern, gelten dafür die üblichen Werte.
settings-unread-all = Die Einstellungen waren nicht lesbar. Bis Sie neu speichern, gelten die üblichen Werte.
settings-problem-lifetime = Von 3 bis 1440 Minuten
settings-problem-description = Mindestens drei lateinische oder russische Buchstaben oder Ziffern
settings-problem-webhook = Eine Webadresse, die mit https:// beginnt
settings-problem-redirect = Eine Webadresse, die mit https:// oder http:// beginnt
settings-problem-updates-address = Eine Webadresse, die mit https:// beginnt, ohne Benutzernamen
settings-problem-updates-key = Ein öffentlicher Schlüssel von minisign; die Adresse braucht einen
settings-problem-till-code = Ein bis drei Buchstaben (A bis Z) oder Ziffern
settings-problem-calls = Eine ganze Zahl von 6 bis 240
settings-problem-text = Höchstens 400 Zeichen
settings-problem-tenders = Mindestens eine Zahlungsart; jede eigene braucht einen Namen.
settings-problem-taxes = Jeder Satz braucht einen Namen mit höchstens 24 Zeichen und höchstens 100 Prozent, und jeder Prozentsatz darf einmal vorkommen.
settings-problem-default-tax = Wählen Sie einen der Sätze oben
settings-problem-zone = Dieser Rechner kennt diese Zeitzone nicht. Wählen Sie eine andere.
settings-problem-printer = Wählen Sie neu, wie der Drucker angeschlossen ist
settings-problem-host = Nur ein Name oder eine Adresse, zum Beispiel 192.168.1.40
settings-problem-port = Eine Zahl von 1 bis 65535
settings-problem-usb = Vier hexadezimale Ziffern, nicht alle null, zum Beispiel 04b8
settings-problem-serial = Ein serieller Anschluss: /dev/ttyUSB0 oder COM3
settings-problem-percents = Bis zu vier Prozentsätze über 0, höchstens 100.
settings-problem-cashiers = Jeder braucht einen Namen mit höchstens 40 Zeichen, und jeder Name darf einmal vorkommen.
settings-problem-free-discount = Von 0 bis 100 Prozent.
settings-problem-return = Eine ganze Zahl von 10 bis 3600 Sekunden
settings-problem-offers = Jeder Betrag braucht einen Namen und eine Summe, die kassiert werden kann, zum Beispiel 3,50; Selbstbedienung braucht mindestens einen.
settings-problem-paid-after = Eine ganze Zahl von 5 bis 120 Sekunden
settings-problem-choice = Wählen Sie das neu
settings-problem-part = Dieser ganze Teil ist nicht lesbar. Stellen Sie ihn neu ein.
settings-problem-backup = Wählen Sie den Ordner neu
settings-looks = Aussehen und Ton
looks-title = Aussehen
looks-theme = Farben
looks-theme-system = Wie der Computer
looks-theme-light = Hell
looks-theme-dark = Dunkel
looks-theme-high-contrast = Hoher Kontrast
looks-theme-hint = Die Kundenanzeige trägt sie auch.
looks-scale = Größe von allem
looks-percent = { $percent } %
looks-paid = Wenn ein Verkauf bezahlt ist
looks-paid-returns = Von selbst zurück zur Eingabe
looks-paid-after = Nach … Sekunden
looks-paid-after-hint = 5 bis 120. Eine Berührung oder ein Dialog beginnt die Zeit von vorn.

keyboard = Bildschirmtastatur
keyboard-use = Wann sie erscheint
keyboard-use-kiosk = Im Kioskmodus
keyboard-use-touch = Sobald ein Finger ein Feld berührt
keyboard-use-never = Nie
keyboard-backspace = Löschen
keyboard-shift = Großbuchstaben
keyboard-signs = Ziffern und Zeichen
keyboard-layout = Nächste Sprache
keyboard-space = Leerzeichen
keyboard-enter = Eingabe
keyboard-hide = Ausblenden
sound-title = Ton
sound-on = Die Kasse gibt Töne
sound-volume = Lautstärke
sound-paid = Bezahlt
sound-paid-when = Geld ist da.
sound-ended = Beendet
sound-ended-when = Ein Code ist abgelaufen, unbezahlt.
sound-error = Fehler
sound-error-when = Etwas ging schief: bitte lesen.
sound-alarm = Alarm
sound-alarm-when = Verspätet oder doppelt bezahlt. Klingt wieder, bis es jemand gesehen hat.
sound-listen = Anhören: { $sound }

settings-backup = Sicherung
backup-say = Ringup kopiert sein Journal jeden Tag in einen Ordner, am besten auf einen anderen Datenträger, und prüft jede Kopie.
backup-sign = Keine Kopie
backup-off = Es werden keine Kopien gemacht.
backup-waiting = Die erste Kopie entsteht.
backup-good = Die Kopien sind in Ordnung.
backup-unflushed = Ihr Ordner gibt, wie manche Netzlaufwerke, keine Sicherheit, dass sie einen Stromausfall übersteht.
backup-folder-missing = Der Ordner ist nicht da. Stecken Sie den Stick ein oder wählen Sie einen anderen Ordner.
backup-failed = Die letzte Kopie ist misslungen.
backup-folder = Ordner
backup-no-folder = Keiner gewählt
backup-last = Letzte gute Kopie
backup-never = Noch keine
backup-now = Jetzt kopieren
backup-choose = Ordner wählen
backup-stop = Nicht mehr kopieren
office = Zentrale
office-none = Diese Kasse ist mit keiner Zentrale verbunden.
office-say = Die Zentrale erhält jeden Eintrag im Journal dieser Kasse und unterschreibt, was sie hat. Der Verkauf wartet nie auf sie.
office-pair = Verbinden
office-pair-again = Neu verbinden
office-pair-title = Mit einer Zentrale verbinden
office-pair-say = Die Zentrale zeigt für jede Kasse einen Code (ringup-office pair, mit einem Namen). Scannen Sie ihn in das Feld, tippen Sie ihn ab, wie er dasteht, oder wählen Sie die Datei, in der er steht.
office-code = Code der Zentrale
office-code-hint = Er gilt einmal und eine Viertelstunde lang
office-pair-file = Aus einer Datei
office-pair-save = Verbinden
office-waiting =
    { $count ->
        [0] Alles ist angekommen.
        [one] Ein Eintrag ist unterwegs.
       *[other] { $count } Einträge sind unterwegs.
    }
office-name = Name dort
office-address = Adresse
office-fingerprint = Ihr Zertifikat
office-answered = Letzter Kontakt
office-never = Noch keiner
office-signed = Dort unterschrieben
office-signed-entry = Eintrag { $seq }, { $hash }, { $at }
settings-receipt-qr = Kunden einen Code für ihren Beleg zeigen
settings-receipt-qr-none = Noch wird kein Code gezeigt: Die Zentrale hat keine öffentliche Adresse, die Telefone öffnen könnten.
settings-receipt-qr-at = Telefone öffnen ihn unter { $address }.
office-leave = Trennen
office-leave-title = Von der Zentrale trennen?
office-leave-say = Es wird nichts mehr gesendet. Was angekommen ist, bleibt in der Zentrale, und die Kasse verkauft weiter wie bisher. Zurück geht es nur mit einem neuen Code.
office-leave-waiting =
    { $count ->
        [one] Ein Eintrag ist dort nicht angekommen.
       *[other] { $count } Einträge sind dort nicht angekommen.
    }
office-stay = Verbunden bleiben
office-sign-late = Nichts gesendet
office-sign-asks = Zentrale

## Einstellungen, die das Geschäft teilt

shared-locked = Wird in der Zentrale geändert, für alle Kassen des Geschäfts.
shared-local = Die Zentrale teilt dies mit allen Kassen. Was hier geändert wird, gilt an dieser Kasse, bis die Zentrale es wieder ändert.
shared-changed = An dieser Kasse geändert. Es gilt, bis die Zentrale es wieder ändert.
office-shared = Geteilte Einstellungen: Version { $number }, übernommen { $at }
office-shared-refused = Nicht von der Zentrale übernommen: { $field } ({ $problem }). Diese Kasse behält, was sie hatte.
office-offer = Einstellungen dieser Kasse anbieten
office-offer-say = Artikel, Steuern, Kassierer und Texte dieser Kasse, für alle Kassen des Geschäfts.
office-offered = Angeboten. Sie gelten für alle Kassen, sobald jemand sie in der Zentrale übernimmt.

## Ein Journal, das sich nicht öffnen lässt

restore-title = Mit einer Kopie des Journals weitermachen
restore-looking = Eine heile Kopie wird gesucht…
restore-none = Im Ordner für Kopien liegt keine heile Kopie.
restore-found =
    { $sales ->
        [one] Eine heile Kopie von { $time } mit { $sales } Verkauf.
       *[other] Eine heile Kopie von { $time } mit { $sales } Verkäufen.
    }
restore-lost =
    { $count ->
        [0] Sie enthält alles, was das Journal hier enthält.
        [one] { $count } späterer Eintrag fehlt darin.
       *[other] { $count } spätere Einträge fehlen darin.
    }
restore-lost-unknown = Was danach verkauft wurde, fehlt darin.
restore-perhaps-incomplete = Sie wurde von Hand ohne die Datei kopiert, die auf -wal endet: Die letzten Verkäufe fehlen vielleicht.
restore-kept = Das Journal hier bleibt unter anderem Namen erhalten.
restore-accept = Diese Kopie nehmen
restore-sure = Ja, mit der Kopie weitermachen
restore-choose = Kopie auswählen…

## Fehler: was geschah, ob Geld floss, was zu tun ist

error-money = Ist Geld geflossen?
error-next = Was tun?
error-dismiss = Verstanden
error-again = Erneut versuchen
error-open-settings = Einstellungen öffnen

fault-amount-empty =
    .what = Es fehlt noch ein Betrag
    .money = Nein. Es wurde nichts berechnet.
    .next = Tippen Sie den Betrag ein und kassieren Sie erneut.
fault-amount-not-a-number =
    .what = Das ist kein Betrag
    .money = Nein. Es wurde nichts berechnet.
    .next = Tippen Sie den Betrag noch einmal ein, in Ziffern.
fault-amount-too-many-decimals =
    .what = Höchstens zwei Stellen nach dem Komma
    .money = Nein. Es wurde nichts berechnet.
    .next = Runden Sie den Betrag und kassieren Sie erneut.
fault-amount-below-minimum =
    .what = Der Betrag ist zu klein
    .money = Nein. Es wurde nichts berechnet.
    .next = Kassieren Sie { $minimum } oder mehr.
fault-amount-above-maximum =
    .what = Der Betrag ist zu groß
    .money = Nein. Es wurde nichts berechnet.
    .next = Kassieren Sie { $maximum } oder weniger, oder teilen Sie den Verkauf.
fault-amount-unusual =
    .what = Der Betrag ist weit höher als üblich
    .money = Nein. Es wurde nichts berechnet.
    .next = Prüfen Sie den Betrag. Stimmt er, kassieren Sie ihn noch einmal und bestätigen Sie ihn.
fault-currency-unknown =
    .what = In dieser Währung kann nicht kassiert werden
    .money = Nein. Es wurde nichts berechnet.
    .next = Wählen Sie eine andere Währung.
fault-note-too-long =
    .what = Die Notiz ist zu lang
    .money = Nein. Es wurde nichts berechnet.
    .next = Kürzen Sie die Notiz und kassieren Sie erneut.
fault-basket-mismatch =
    .what = Die Zeilen ergeben nicht den Betrag
    .money = Nein. Es wurde nichts berechnet.
    .next = Löschen Sie die Eingabe und erfassen Sie den Verkauf neu.
fault-items-invalid =
    .what =
        { $problem ->
            [name] Zeile { $place }: ein Name mit 1 bis 60 Zeichen fehlt
            [price] Zeile { $place }: das ist kein Preis. Er hat höchstens zwei Nachkommastellen und kein Tausenderzeichen
            [currency] Zeile { $place }: die Währung muss EUR, USD oder RUB sein
            [tax] Zeile { $place }: die Steuer muss ein Prozentsatz von 0 bis 100 sein
            [colour] Zeile { $place }: diese Farbe gibt es nicht
            [barcode] Zeile { $place }: ein Barcode hat 4 bis 64 Zeichen
            [barcode_twice] Zeile { $place }: ein anderer Artikel hat diesen Barcode
            [barcode_uncertain] Zeile { $place }: der Barcode ist eine Zahl aus einer Tabelle
            [name_ambiguous] Zeile { $place }: mehrere Artikel heißen so
            [too_many_cells] Zeile { $place }: mehr Zellen als Spalten. Ein Preis mit Komma braucht Anführungszeichen
            [category] Zeile { $place }: Eine Kategorie hat 1 bis 60 Zeichen und ist kein Strich
            [options] Zeile { $place }: Den Optionen fehlen Namen, oder eine Wahl machte den Artikel kostenlos
            [deposit] Zeile { $place }: Das Pfand muss über null liegen
            [warn_at] Zeile { $place }: Der Bestand, bei dem gewarnt wird, ist eine ganze Zahl bis 9999
            [quote] Zeile { $place }: eine Zelle in Anführungszeichen endet nicht, wo sie soll
            [too_many] Mehr als 500 Artikel
            [columns] Die erste Zeile muss die Spalten nennen: mindestens name und price
            [not_text] Zeile { $place }: die Datei ist kein Text in UTF-8
            [too_large] Die Datei ist zu groß
            [empty] In der Datei steht kein Artikel
           *[other] Zeile { $place } kann nicht gespeichert werden
        }
    .money = Nein. Es geht nur um Artikel.
    .next = Korrigieren Sie das und versuchen Sie es erneut. Die Artikel sind unverändert.
fault-items-unreadable =
    .what = Die Datei konnte nicht gelesen werden
    .money = Nein. Es geht nur um Artikel.
    .next = Prüfen Sie, ob die Datei da ist und gelesen werden darf, und importieren Sie erneut.
fault-items-unwritable =
    .what = Die Artikel konnten nicht gespeichert werden
    .money = Nein. Es geht nur um Artikel.
    .next = Prüfen Sie, ob die Festplatte voll oder gesperrt ist, und versuchen Sie es erneut.
fault-settings-invalid =
    .what = Eine Einstellung ist nicht möglich: { $field }
    .money = Nein. Es geht nur um Einstellungen.
    .next = Berichtigen Sie sie und speichern Sie erneut. Die alten gelten weiter.
fault-settings-shared =
    .what = Das wird in der Zentrale geändert
    .money = Nein. Es geht nur um Einstellungen.
    .next = Fragen Sie, wer die Zentrale betreut. Dort wird es für alle Kassen geändert oder den Kassen erlaubt.
fault-settings-unwritable =
    .what = Die Einstellungen konnten nicht geschrieben werden
    .money = Nein. Es geht nur um Einstellungen.
    .next = Prüfen Sie, ob der Datenträger voll oder gesperrt ist, und speichern Sie erneut.
fault-key-missing =
    .what = Es gibt noch keinen Schlüssel
    .money = Nein. Es wurde nichts berechnet.
    .next = Fügen Sie in den Einstellungen den Schlüssel aus Ihrem cru.cash-Konto ein.
fault-key-invalid =
    .what = Das kann kein Schlüssel sein
    .money = Nein. Es wurde nichts gesendet.
    .next = Kopieren Sie den ganzen Schlüssel aus Ihrem cru.cash-Konto und fügen Sie ihn erneut ein.
fault-key-in-use =
    .what = { $count ->
        [one] Ein Code kann unter dem jetzigen Schlüssel noch bezahlt werden
       *[other] { $count } Codes können unter dem jetzigen Schlüssel noch bezahlt werden
    }
    .money = Vielleicht: Es kann gerade jemand zahlen. Der Schlüssel wurde nicht geändert.
    .next = Warten Sie, bis diese Verkäufe vorbei sind, oder nehmen Sie einen Schlüssel desselben Kontos.
fault-key-refused =
    .what = Das Gateway nimmt den Schlüssel nicht an
    .money = Nein. Es entstand kein neuer Code; früher gezeigte können noch bezahlt werden.
    .next = Fügen Sie in den Einstellungen einen gültigen Schlüssel ein. Offene Verkäufe bleiben erhalten.
fault-keychain-no-service =
    .what = Auf diesem Computer läuft kein Schlüsselbund
    .money = Nein. Es wurde nichts berechnet.
    .next = Starten Sie ihn (unter Linux: GNOME Keyring oder KWallet) und versuchen Sie es erneut.
fault-keychain-locked =
    .what = Der Schlüsselbund ist gesperrt
    .money = Nein. Es wurde nichts berechnet.
    .next = Entsperren Sie den Schlüsselbund und versuchen Sie es erneut.
fault-keychain-hangs =
    .what = Der Schlüsselbund antwortet nicht
    .money = Nein. Es wurde nichts berechnet.
    .next = Sehen Sie nach, ob er irgendwo nach einem Passwort fragt, und versuchen Sie es erneut.
fault-keychain-failed =
    .what = Der Schlüsselbund meldet einen Fehler
    .money = Nein. Es wurde nichts berechnet.
    .next = Versuchen Sie es erneut. Bleibt es dabei, starten Sie den Computer neu.
fault-keychain-no-collection =
    .what = Der Schlüsselbund hat keinen Platz für einen neuen Schlüssel
    .money = Nein. Es wurde nichts berechnet.
    .next = Öffnen Sie das Programm des Schlüsselbunds (Passwörter und Verschlüsselung, KWallet-Verwaltung), legen Sie einen Schlüsselbund an und machen Sie ihn zur Vorgabe. Speichern Sie dann den Schlüssel noch einmal.
fault-keychain-ambiguous =
    .what = Der Schlüsselbund enthält mehrere Schlüssel für diese Kasse
    .money = Nein. Es wurde nichts berechnet.
    .next = Fügen Sie den gültigen Schlüssel in den Einstellungen ein: Er ersetzt alle.
fault-keychain-not-a-key =
    .what = Was der Schlüsselbund enthält, ist kein Schlüssel
    .money = Nein. Es wurde nichts berechnet.
    .next = Kopieren Sie den Schlüssel aus Ihrem Konto bei cru.cash und fügen Sie ihn in den Einstellungen ein.
fault-gateway-unreachable =
    .what = Das Gateway ist nicht erreichbar
    .money = Nein. Es wurde nichts gesendet.
    .next = Prüfen Sie das Netz und versuchen Sie es erneut.
fault-gateway-refused =
    .what =
        { $status ->
            [none] Das Gateway lehnt ab
           *[other] Das Gateway lehnt ab ({ $status })
        }
    .money = Nein. Es entstand kein Code.
    .next = Lesen Sie den Grund unten. Hilft er nicht, fragen Sie cru.cash.
fault-gateway-rate-limited =
    .what = Das Gateway bittet um eine Pause
    .money = Nein. Es entstand kein Code.
    .next =
        { $seconds ->
            [0] Warten Sie einen Moment und versuchen Sie es erneut.
            [one] Warten Sie { $seconds } Sekunde und versuchen Sie es erneut.
           *[other] Warten Sie { $seconds } Sekunden und versuchen Sie es erneut.
        }
fault-pay-url-refused =
    .what = Das Gateway schickte eine fremde Zahlungsadresse
    .money = Nein. Die Adresse wurde niemandem gezeigt.
    .next = Nicht wiederholen. Melden Sie es cru.cash: Es kann Betrug sein.
fault-gateway-timeout =
    .what = Das Gateway antwortete nicht rechtzeitig
    .money = Nein. Falls ein Code entstand, hat ihn niemand gesehen.
    .next = Versuchen Sie es erneut: Es bleibt derselbe Verkauf.
fault-gateway-failed =
    .what =
        { $status ->
            [none] Das Gateway hat eine Störung
           *[other] Das Gateway hat eine Störung ({ $status })
        }
    .money = Nein. Falls ein Code entstand, hat ihn niemand gesehen.
    .next = Versuchen Sie es erneut: Es bleibt derselbe Verkauf.
fault-gateway-unreadable =
    .what = Die Antwort des Gateways ist unlesbar
    .money = Nein. Falls ein Code entstand, hat ihn niemand gesehen.
    .next = Versuchen Sie es erneut: Es bleibt derselbe Verkauf.
fault-gateway-broken-connection =
    .what = Die Verbindung brach ab
    .money = Nein. Falls ein Code entstand, hat ihn niemand gesehen.
    .next = Versuchen Sie es erneut: Es bleibt derselbe Verkauf.
fault-interrupted =
    .what = Die Kasse ging aus, bevor die Antwort kam
    .money = Nein. Falls ein Code entstand, hat ihn niemand gesehen.
    .next = Versuchen Sie es erneut: Es bleibt derselbe Verkauf.
fault-journal-unwritable =
    .what = Die Kasse kann nicht auf ihren Datenträger schreiben
    .money = Nichts Neues wurde verkauft. Früher gezeigte Codes können noch bezahlt werden und werden wieder geprüft.
    .next = Prüfen Sie, ob der Datenträger voll oder gesperrt ist. Der Verkauf geht von selbst weiter, sobald geschrieben werden kann.
fault-journal-newer =
    .what = Das Journal stammt von einem neueren Ringup
    .money = Nein. Es wurde nichts geändert.
    .next = Installieren Sie auf diesem Computer das neueste Ringup.
fault-journal-corrupt =
    .what = Das Journal ist beschädigt
    .money = Hierdurch nicht. Früher gezeigte Codes können noch bezahlt werden.
    .next = Verkaufen Sie nicht an dieser Kasse. Rufen Sie, wer sie betreut, und bewahren Sie die Datei auf.
fault-journal-unreadable =
    .what = Das Journal ist nicht lesbar
    .money = Hierdurch nicht. Früher gezeigte Codes können noch bezahlt werden.
    .next = Prüfen Sie, ob der Datenträger da und lesbar ist, und versuchen Sie es erneut.
fault-journal-in-use =
    .what = Ein anderes Programm hat das Journal geöffnet
    .money = Nein. Es wurde nichts geändert.
    .next = Schließen Sie jedes Ringup auf diesem Rechner und versuchen Sie es erneut.
fault-journal-other-gateway =
    .what = Dieses Journal enthält das Geld eines anderen Gateways
    .money = Nein. Es wurde kein Code erzeugt.
    .next = Schließen Sie Ringup und starten Sie es neu: Dann öffnet es das Journal seines Gateways.
fault-journal-replaced =
    .what = Das Journal wurde bei offener Kasse durch eine andere Datei ersetzt
    .money = Neu verkauft wurde nichts. Früher gezeigte Codes können noch bezahlt werden. { $file ->
        [none] Was die Kasse geschrieben hatte, ist noch geöffnet und wird gesichert, sobald Platz ist.
       *[other] Was die Kasse geschrieben hatte, liegt in { $file }.
    }
    .next = Verkaufen Sie nicht. Halten Sie an, was den Ordner der Kasse kopiert oder abgleicht, und rufen Sie, wer sich um sie kümmert. Schließen Sie die Kasse und stellen Sie die gesicherte Datei wieder her.
fault-backup-unwritable =
    .what = Die Kopie konnte nicht geschrieben werden
    .money = Nein. Das Journal selbst ist davon nicht berührt.
    .next = Prüfen Sie, ob der Datenträger für Kopien voll oder gesperrt ist, und versuchen Sie es erneut.
fault-backup-taken =
    .what = Wo die Kopie hin soll, liegt eine andere Datei
    .money = Nein. Es wurde nichts überschrieben.
    .next = Wählen Sie einen anderen Namen oder Ordner für die Kopie.
fault-backup-damaged =
    .what = Die Kopie wurde geschrieben, ist aber nicht heil
    .money = Nein. Das Journal selbst ist davon nicht berührt.
    .next = Nehmen Sie einen anderen Datenträger: Dieser könnte verschlissen sein.
fault-history-broken =
    .what = Das Journal ist nicht das, das zuvor gesichert wurde
    .money = Ja: Es können Verkäufe fehlen. Es wurde keine Kopie gemacht und keine gelöscht.
    .next = Verkaufen Sie nicht weiter. Vielleicht wurde eine ältere Datei zurückgelegt. Spielen Sie die neueste Kopie ein oder rufen Sie an, wer die Kasse betreut.
fault-backup-folder-missing =
    .what = Der Ordner für Kopien ist nicht da
    .money = Nein. Das Journal selbst ist davon nicht berührt.
    .next = Stecken Sie den Stick ein oder wählen Sie einen anderen Ordner.
fault-backup-unflushed =
    .what = Die Kopie ist heil, aber ihr Ordner gibt keine Sicherheit gegen Stromausfall
    .money = Nein. Das Journal selbst ist davon nicht berührt.
    .next = Es ist nichts zu tun. Sehen Sie nach einem Stromausfall nach, ob die Kopie noch da ist; ein USB-Stick gibt Sicherheit.
fault-restore-unusable =
    .what = Diese Kopie ist nicht brauchbar
    .money = Nein. Es wurde nichts geändert.
    .next = Wählen Sie eine andere Kopie. Heben Sie diese für den Betreuer der Kasse auf.
fault-restore-loses =
    .what = Das Journal hier enthält Einträge, die in der Kopie fehlen
    .money = Nein. Es wurde nichts geändert.
    .next = Nehmen Sie eine neuere Kopie.
fault-restore-other-till =
    .what = Die Kopie gehört zu einer anderen Kasse
    .money = Nein. Es wurde nichts geändert.
    .next = Wählen Sie eine Kopie dieser Kasse.
fault-restore-other-gateway =
    .what = Die Kopie enthält das Geld eines anderen Gateways
    .money = Nein. Es wurde nichts geändert.
    .next = Wählen Sie eine Kopie des Journals dieses Gateways.
fault-restore-none =
    .what = Es gibt keine Kopie zum Wiederherstellen
    .money = Nein. Es wurde nichts geändert.
    .next = Wählen Sie selbst eine Kopie.
fault-sale-unknown =
    .what = Diesen Verkauf gibt es an dieser Kasse nicht
    .money = Nein. Es wurde nichts geändert.
    .next = Gehen Sie zurück zum Betrag.
fault-sale-not-retryable =
    .what = Dieser Verkauf kann jetzt nicht wiederholt werden
    .money = Es wurde nichts Neues berechnet.
    .next = Sehen Sie nach seinem Stand: Vielleicht ist er bezahlt oder wartet noch.
fault-qr-none =
    .what = Es gibt keinen Code zum Zeigen
    .money = Nein. Ohne Code kann niemand zahlen.
    .next = Versuchen Sie den Verkauf erneut.
fault-tender-off =
    .what = So nimmt und gibt diese Kasse kein Geld
    .money = Es wurde nichts aufgeschrieben.
    .next = In den Einstellungen steht, womit Kunden zahlen können.
fault-tender-too-much =
    .what = Das ist mehr, als noch offen ist
    .money = Es wurde nichts angenommen.
    .next = Höchstens { $most } annehmen.
fault-given-too-little =
    .what = Es wurde weniger gegeben, als zu zahlen ist
    .money = Es wurde nichts angenommen.
    .next = Mindestens { $due } eingeben oder als Teilzahlung annehmen.
fault-tender-unknown =
    .what = Diese Zahlung gilt nicht mehr
    .money = Es wurde nichts geändert.
    .next = Den Verkauf neu öffnen: Vielleicht wurde sie schon zurückgenommen.
fault-tender-refunded =
    .what = Von diesem Verkauf wurde schon Geld erstattet
    .money = Es wurde nichts geändert.
    .next = Zuerst die Erstattung zurücknehmen, dann die Zahlung.
fault-tender-closed =
    .what = Diese Zahlung steht schon in einem Z-Bericht
    .money = Es wurde nichts geändert.
    .next = Stattdessen eine Erstattung eintragen.
fault-drawer-off =
    .what = Das Geschäft zählt keine Lade
    .money = Es wurde kein Geld bewegt.
    .next = Schalten Sie die Kassenlade in den Einstellungen ein.
fault-count-wrong =
    .what = Diese Zählung kann nicht stimmen
    .money = Es wurde nichts aufgeschrieben.
    .next = Zählen Sie noch einmal: Scheine und Münzen müssen die Summe ergeben, und es kann nicht mehr bleiben, als da war.
fault-refund-too-much =
    .what = Es kann nicht mehr zurückgehen, als bezahlt wurde
    .money = Nichts wurde eingetragen, es gab keine Erstattung.
    .next = Geben Sie höchstens { $most } ein.
fault-refund-unknown =
    .what = Diese Erstattung gilt nicht mehr
    .money = Nichts wurde geändert.
    .next = Öffnen Sie den Verkauf neu: Vielleicht ist sie schon zurückgenommen.
fault-reason-missing =
    .what = Es fehlt ein Grund
    .money = Nichts wurde eingetragen.
    .next = Schreiben Sie in wenigen Worten, warum: für alle, die das Buch später lesen.
fault-cart-gone =
    .what = { $label } ist nicht mehr geparkt: anderswo aufgenommen, geteilt oder verworfen
    .money = Es ist kein Geld geflossen, und was beim Betrag steht, ist noch da.
    .next = Sehen Sie bei den Verkäufen und den geparkten Bons nach, bevor Sie kassieren.
fault-cart-unnamed =
    .what = Ein geparkter Bon braucht einen Namen oder Tisch mit höchstens { $limit } Zeichen
    .money = Es ist kein Geld geflossen.
    .next = Geben Sie ein, wem er gehört.
fault-office-code-invalid =
    .what = Dieser Code verbindet die Kasse mit keiner Zentrale
    .money = Es hat sich nichts geändert, und die Kasse verkauft weiter.
    .next = Lassen Sie sich in der Zentrale einen neuen Code zeigen: Jeder gilt einmal und eine Viertelstunde lang.
fault-office-none =
    .what = Diese Kasse ist mit keiner Zentrale verbunden
    .money = Es wurde nichts gesendet, und die Kasse verkauft weiter.
    .next = Verbinden Sie sie zuerst, mit einem Code aus der Zentrale.
fault-office-quarantined =
    .what = In der Zentrale ist ein anderes Journal dieser Kasse angekommen
    .money = Es ist kein Geld verloren: Alles steht im Journal dieser Kasse, die Zentrale bewahrt es neben ihrem Buch auf, und die Kasse verkauft weiter.
    .next = Wer die Zentrale betreibt, muss entscheiden, welches der beiden weitergeht (ringup-office forks). Sagen Sie ihm, ob diese Kasse aus einer Kopie wiederhergestellt oder ihr Laptop kopiert wurde.
fault-office-refused =
    .what = Die Zentrale nimmt die Einträge dieser Kasse nicht an
    .money = Es ist kein Geld verloren: Alles steht im Journal dieser Kasse, und sie verkauft weiter.
    .next = Sagen Sie es dem, der die Zentrale betreibt.
fault-office-set-aside =
    .what = Die Zentrale hat sich für ein anderes Journal dieser Kasse entschieden
    .money = Es ist kein Geld verloren: Alles steht im Journal dieser Kasse, die Zentrale bewahrt es neben ihrem Buch auf, und die Kasse verkauft weiter. Ihre Verkäufe zählen dort in keiner Summe.
    .next = Fragen Sie den, der die Zentrale betreibt. Er kann die Entscheidung zurücknehmen (ringup-office forks).
fault-office-token-refused =
    .what = Die Zentrale kennt diese Kasse nicht mehr
    .money = Es ist kein Geld verloren: Alles steht im Journal dieser Kasse, und sie verkauft weiter.
    .next = Verbinden Sie sie neu, mit einem Code aus der Zentrale. Fragen Sie dort, ob diese Kasse mit Absicht abgemeldet oder ihr Laptop kopiert wurde.
fault-office-unreachable =
    .what = Die Zentrale antwortet nicht
    .money = Es ist kein Geld verloren: Alles steht im Journal dieser Kasse, und sie verkauft weiter.
    .next = Prüfen Sie das Netz hier und in der Zentrale.
fault-sale-not-in-review =
    .what = In diesem Verkauf ist nichts zu klären
    .money = Nichts wurde geändert.
    .next = Öffnen Sie den Verkauf neu: Sein Stand hat sich geändert.
fault-invoice-taken =
    .what = Das Gateway schickte die Rechnung eines anderen Verkaufs
    .money = Nein. Der Code wurde niemandem gezeigt.
    .next = Versuchen Sie es noch einmal. Geschieht es wieder, nehmen Sie eine andere Zahlungsart und melden Sie es cru.cash.
fault-sale-not-to-write-off =
    .what = Dieser Verkauf kann nicht ausgebucht werden
    .money = Nichts wurde geändert.
    .next = Öffnen Sie den Verkauf neu: Er wurde vielleicht bezahlt, oder eine Antwort ist unterwegs.
fault-day-open-sales =
    .what = { $count ->
        [one] Ein Verkauf ist noch offen
       *[other] { $count } Verkäufe sind noch offen
    }
    .money = Vielleicht: Es kann noch jemand zahlen. Der Tag wurde nicht abgeschlossen.
    .next = Sehen Sie sie an, oder schließen Sie den Tag ab und nehmen Sie sie mit.
fault-day-already-closed =
    .what = Dieser Tag ist schon abgeschlossen, als Z { $z }
    .money = Seither hat sich kein Geld bewegt.
    .next = Nichts zu tun. Der nächste Abschluss geht nach der nächsten Zahlung oder morgen.
fault-receipt-none =
    .what = Es gibt keinen Beleg: dieser Verkauf wurde nicht bezahlt
    .money = Nein. Es wurde nichts geändert.
    .next = Warten Sie, bis er bezahlt ist, und drucken Sie dann den Beleg.
fault-printer-none =
    .what = Es ist kein Belegdrucker eingerichtet
    .money = Hierdurch nicht. Der Verkauf ist, wie er war.
    .next = Richten Sie den Drucker in den Einstellungen ein, oder speichern Sie den Beleg als Datei.
fault-printer-unreachable =
    .what = Der Belegdrucker ist nicht erreichbar
    .money = Hierdurch nicht. Der Verkauf ist, wie er war; nur der Beleg fehlt.
    .next = Prüfen Sie, ob der Drucker an und verbunden ist, und drucken Sie den Beleg noch einmal.
fault-printer-out-of-paper =
    .what = Der Belegdrucker hat kein Papier
    .money = Hierdurch nicht. Der Verkauf ist, wie er war; nur der Beleg fehlt.
    .next = Legen Sie eine neue Rolle ein, und drucken Sie den Beleg noch einmal.
fault-printer-not-ready =
    .what = Der Belegdrucker ist nicht bereit
    .money = Hierdurch nicht. Der Verkauf ist, wie er war; nur der Beleg fehlt.
    .next = Prüfen Sie, ob der Deckel zu ist und keine Lampe blinkt, und drucken Sie den Beleg noch einmal.
fault-printer-failed =
    .what = Der Belegdrucker ist nicht fertig geworden
    .money = Hierdurch nicht. Der Verkauf ist, wie er war; der Beleg ist vielleicht unvollständig.
    .next = Sehen Sie auf das Papier. Drucken Sie den Beleg noch einmal, wenn etwas fehlt.
fault-printer-unconfirmed =
    .what = Der Drucker hat nicht gemeldet, dass der Beleg gedruckt ist
    .money = Hierdurch nicht. Der Verkauf ist, wie er war.
    .next = Sehen Sie auf das Papier. Fehlt der Beleg, drucken Sie ihn noch einmal: Darauf steht dann KOPIE.
fault-file-unwritable =
    .what = Die Datei konnte nicht geschrieben werden
    .money = Hierdurch nicht. Im Buch wurde nichts geändert.
    .next = Wählen Sie einen anderen Ordner, oder prüfen Sie, ob der Datenträger voll oder gesperrt ist.
fault-file-protected =
    .what = Diese Datei gehört zur Kasse oder ist ein Journal und bleibt, wie sie ist
    .money = Nein. Es wurde nichts geschrieben.
    .next = Wählen Sie einen anderen Namen oder einen anderen Ordner.
fault-accounts-missing =
    .what = Einige Konten der Buchhaltung sind nicht angegeben: { $accounts }
    .money = Nein. Es wurde nichts geschrieben.
    .next = Tragen Sie sie unter Einstellungen → Zahlungsarten → Konten ein und exportieren Sie dann noch einmal.
fault-pin-needed =
    .what = Dafür braucht es die PIN
    .money = Nein. Nichts wurde geändert.
    .next = Geben Sie die PIN ein, oder fragen Sie, wer sie kennt.
fault-pin-wrong =
    .what = Das ist nicht die PIN
    .money = Nein. Nichts wurde geändert.
    .next = Versuchen Sie es noch einmal, oder fragen Sie, wer sie kennt.
fault-pin-wait =
    .what = Zu viele falsche PINs
    .money = Nein. Nichts wurde geändert.
    .next = Warten Sie, bis der nächste Versuch erlaubt ist.
fault-pin-invalid =
    .what = Das kann keine PIN sein
    .money = Nein. Die PIN ist, wie sie war.
    .next = Wählen Sie 4 bis 12 Ziffern.
fault-pin-missing =
    .what = Selbstbedienung braucht eine PIN
    .money = Nein. Nichts wurde geändert.
    .next = Setzen Sie zuerst eine PIN; um sie zu entfernen, beenden Sie zuerst die Selbstbedienung.
fault-pin-unreadable =
    .what = Die Datei der PIN ist nicht lesbar
    .money = Nein. Die Kasse bleibt gesperrt.
    .next = Lassen Sie auf diesem Rechner den Befehl „ringup pin clear“ ausführen und setzen Sie dann eine neue PIN.
fault-pin-unwritable =
    .what = Die Datei der PIN lässt sich nicht schreiben
    .money = Nein. Die Kasse ist, wie sie war.
    .next = Sehen Sie nach, ob der Datenträger voll ist, und versuchen Sie es noch einmal.
fault-cashier-unknown =
    .what = Diesen Namen gibt es in diesem Geschäft nicht
    .money = Nein. Nichts wurde geändert.
    .next = Fügen Sie den Namen in den Einstellungen hinzu.
fault-right-needed =
    .what = Das gehört nicht zu Ihren Rechten
    .money = Nein. Es wurde nichts getan.
    .next = Jemand, der es darf, gibt es mit PIN oder Chip frei.
fault-owner-missing =
    .what = Kein Inhaber könnte sich mehr anmelden
    .money = Nein. Es wurde nichts geändert.
    .next = Geben Sie zuerst einem Inhaber eine PIN, oder setzen Sie die PIN des Ladens.
fault-fob-invalid =
    .what = Das kann nicht der Code eines Chips sein
    .money = Nein.
    .next = Nehmen Sie einen Chip oder eine Karte, deren Code 8 bis 64 Zeichen ohne Leerzeichen hat.
fault-fob-taken =
    .what = Dieser Code gehört schon jemand anderem oder einem Artikel
    .money = Nein. Es wurde nichts geändert.
    .next = Nehmen Sie einen anderen Chip, oder nehmen Sie ihn zuerst der anderen Person weg.
fault-staff-unreadable =
    .what = Die Datei der Kassierer fehlt oder ist beschädigt
    .money = Nein. Verkauft wird weiter; Rechte hat nur, wer die PIN des Ladens kennt.
    .next = Geben Sie die PIN des Ladens ein. Oder lassen Sie auf diesem Computer „ringup staff clear“ ausführen und vergeben Sie neue PINs.
fault-staff-unwritable =
    .what = Die Datei der Kassierer kann nicht geschrieben werden
    .money = Nein. Es wurde nichts geändert.
    .next = Sehen Sie nach, ob die Festplatte voll oder gesperrt ist, und versuchen Sie es noch einmal.
fault-not-offered =
    .what = Diesen Betrag gibt es hier nicht
    .money = Nein. Nichts wurde berechnet.
    .next = Wählen Sie einen der Beträge auf dem Bildschirm.
fault-practice-only =
    .what = Das geht nur in der Übung
    .money = Nein. Es wurde nichts geändert.
    .next = Starten Sie die Übung in den Einstellungen.
fault-config-invalid =
    .what = Ringup wurde mit einer unmöglichen Einstellung gestartet
    .money = Nein. Es wurde nichts berechnet.
    .next = Berichtigen Sie, was unten genannt ist, und starten Sie Ringup erneut.
fault-tls-unavailable =
    .what = Dieser Computer hat keine Zertifikate, um das Gateway zu erkennen
    .money = Nein. Das Gateway wurde nicht gefragt.
    .next = Installieren Sie die Zertifikate des Systems (unter Linux das Paket ca-certificates) und versuchen Sie es erneut.
fault-clock-wrong =
    .what = Die Uhr dieses Computers geht falsch
    .money = Nein. Es wurde nichts gesendet: Mit dieser Uhr ist das Gateway nicht zu erkennen. Früher gezeigte Codes können noch bezahlt werden.
    .next = Stellen Sie Datum und Uhrzeit, am besten über das Netz, und versuchen Sie es erneut.
fault-certificate-expired =
    .what = Das Zertifikat des Gateways ist abgelaufen, oder die Uhr dieses Computers geht vor
    .money = Nein. Es wurde nichts gesendet. Früher gezeigte Codes können noch bezahlt werden.
    .next = Prüfen Sie Datum und Uhrzeit dieses Computers. Stimmen sie, muss das Gateway sein Zertifikat erneuern: Versuchen Sie es später.
fault-internal =
    .what = In Ringup ist etwas schiefgegangen
    .money = Wohl nicht. Sehen Sie nach dem Verkauf, bevor Sie erneut kassieren.
    .next = Versuchen Sie es noch einmal. Bleibt es dabei, starten Sie Ringup neu: Alle Verkäufe sind gesichert.
fault-unknown =
    .what = Etwas ist schiefgegangen ({ $code })
    .money = Nicht bekannt. Sehen Sie nach dem Verkauf, bevor Sie erneut kassieren.
    .next = Versuchen Sie es noch einmal. Bleibt es dabei, starten Sie Ringup neu: Alle Verkäufe sind gesichert.

## Die Kassenlade

booking-sale = Verkauf
booking-taken-back = Storniert
booking-refund = Erstattung
booking-refund-taken-back = Erstattung storniert
booking-in = Einlage
booking-out = Entnahme
booking-drop = Abführung an die Bank
booking-float = Anfangsbestand
booking-count = Kassendifferenz
booking-removed = Bei der Zählung entnommen
drawer-moves = Kassenlade im Einzelnen
drawer = Kassenlade
drawer-start = Anfangsbestand
drawer-taken = Bar eingenommen
drawer-refunded = Bar erstattet
drawer-in = Einlage
drawer-out = Entnahme
drawer-drop = Abschöpfung
drawer-float = Wechselgeld
drawer-count = Zählen
drawer-open = Lade öffnen
drawer-expected = Soll
drawer-counted = Gezählt
drawer-difference = Differenz
drawer-removed = Beim Zählen entnommen
drawer-left = Bleibt in der Lade
drawer-pieces = Scheine und Münzen
drawer-sum = Summe ({ $sign })
drawer-left-next = Bleibt als Wechselgeld ({ $sign })
drawer-left-hint = Leer: alles
drawer-left-wrong = Nicht mehr als gezählt wurde
drawer-save = Aufschreiben
drawer-save-amount = { $amount } aufschreiben
drawer-in-say = Geld, das ohne Verkauf in die Lade kommt.
drawer-out-say = Geld, das aus der Lade genommen wird, um etwas zu bezahlen.
drawer-drop-say = Geld, das zur Bank oder in den Tresor geht.
drawer-open-say = Der Grund wird aufgeschrieben, bevor die Lade aufgeht.
drawer-done = Fertig
drawer-currency = Währung
settings-drawer-title = Kassenlade
settings-drawer-on = Das Bargeld in der Lade zählen
settings-drawer-blind = Zählen, ohne das Soll zu sehen
reason-change = Wechselgeld von der Bank
reason-owner = Inhaber
reason-delivery = Lieferung bar bezahlt
reason-bank = Zur Bank
reason-safe = In den Tresor
reason-change-for-customer = Wechseln für einen Kunden
reason-check = Nachsehen
