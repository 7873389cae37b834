# Die Worte der Seiten für Inhaber.

back-office-name = Zentrale
pages = Seiten
tab-tills = Kassen
tab-account = Konto
language = Sprache
language-en = English
language-ru = Русский
language-de = Deutsch
line-lost = Keine Verbindung zur Zentrale. Was hier steht, kann veraltet sein.
earlier = Frühere

## Anmelden

sign-in = Anmelden
owner-name = Name
passphrase = Passphrase
code = Einmalcode
code-note = Sechs Ziffern aus Ihrer App, falls Sie Codes eingeschaltet haben.
wrong-sign-in = Name, Passphrase oder Code stimmt nicht.
wrong-tries = Zu viele Versuche. Warten Sie ein paar Minuten und versuchen Sie es dann noch einmal.

## Einrichten

setup = Erster Inhaber
setup-note = Wer sich anmeldet, sieht alle Kassen. Wählen Sie Ihren Namen und eine Passphrase; dieser Link gilt einmal.
setup-go = Beginnen
passphrase-note = Zwölf Zeichen oder mehr. Mehrere Wörter sind gut.
passphrase-again = Noch einmal
wrong-again = Die beiden Passphrasen sind verschieden.
wrong-too-short = Die Passphrase hat weniger als zwölf Zeichen.
wrong-too-long = Die Passphrase ist zu lang.
wrong-name = Ein Name hat 1 bis 60 Zeichen.
wrong-name-taken = Es gibt schon einen Inhaber mit diesem Namen.

## Kassen

tills = Kassen
tills-none = Noch ist keine Kasse verbunden. Verbinden Sie die erste.
till-paired = verbunden
till-revoked = gesperrt
till-quarantine = Quarantäne
till-contact = Letzte Einträge
till-never = noch keine
till-head = Einträge
pair = Kasse verbinden
pair-go = Code zeigen
till-name = Wie heißt die Kasse?
till-name-note = So, wie Sie es jemandem sagen würden: Stand 3, Bar, Eingang.
pair-code = Code für { $name }
pair-step-open = Öffnen Sie an der Kasse die Einstellungen und wählen Sie die Zentrale.
pair-step-scan = Scannen Sie diesen Code mit dem Scanner der Kasse oder tippen Sie ihn ein.
pair-qr = Der Code als QR-Code
pair-once = Er gilt einmal, innerhalb von { $minutes } Minuten. Zeigen Sie ihn sonst niemandem.
pair-done = Fertig
revoke = Sperren
revoke-question = Kasse { $name } sperren?
revoke-means = Sie sendet nichts mehr, bis sie neu verbunden wird. Verkaufen kann sie weiter, und was sie gesendet hat, bleibt hier.
quarantine-forked = Zu Nummern, die das Buch schon hat, kamen andere Einträge: Diese Kasse wurde kopiert, oder an ihrer Stelle läuft ein älteres Journal. Ihr Geld steht getrennt.
quarantine-restored = Die Kasse meldet, dass sie aus einer Kopie wiederhergestellt wurde. Ihr Geld steht getrennt.
raised-forked = Es kam ein anderer Eintrag { $seq }, als das Buch hat.
raised-restored = Die Kasse wurde wiederhergestellt, und Eintrag { $seq } ist jetzt ein anderer.
raised-chain_broken = Es kamen Einträge, deren Kette bei { $seq } gebrochen ist.
raised-entry_missing = Eintrag { $seq } fehlt in der Datenbank.
raised-entry_changed = Eintrag { $seq } wurde in der Datenbank geändert.
raised-head_changed = Der Kopf der Kette wurde in der Datenbank geändert, bei Eintrag { $seq }.
raised-other = { $code }, Eintrag { $seq }.

## Konto

codes = Einmalcodes
codes-on = Beim Anmelden wird ein Einmalcode verlangt.
codes-lost = App verloren? Auf dem Rechner der Zentrale: ringup-office owner reset-codes NAME
codes-off = Ein zweiter Schlüssel neben der Passphrase: Eine App auf Ihrem Telefon zeigt sechs Ziffern, die alle halbe Minute wechseln.
codes-switch-on = Codes einschalten
codes-scan = Scannen Sie dies mit Ihrer Authenticator-App oder tippen Sie die Buchstaben dort ein.
codes-qr = Das Geheimnis Ihrer Einmalcodes als QR-Code
codes-first = Die sechs Ziffern, die die App jetzt zeigt.
codes-go = Einschalten
wrong-code = Das ist nicht der Code der App. Scannen Sie noch einmal und prüfen Sie die Uhr des Telefons.
wrong-passphrase = Die jetzige Passphrase stimmt nicht.
passphrase-now = Jetzige Passphrase
passphrase-new = Neue Passphrase
passphrase-change = Passphrase ändern
done-passphrase = Die Passphrase ist geändert. Andere Browser sind abgemeldet.
done-code = Ab jetzt wird beim Anmelden ein Code verlangt.
sign-out = Abmelden
sign-out-everywhere = Überall abmelden

## Protokoll

audit = Protokoll
audit-note = Wer sich angemeldet, einen Verkauf angesehen oder etwas geändert hat. Wird ein Jahr aufbewahrt.
audit-open = Protokoll zeigen
audit-none = Noch nichts.
audit-somebody = Jemand
audit-signed_in = hat sich angemeldet
audit-sign_in_failed = wollte sich vergeblich anmelden
audit-signed_out = hat sich abgemeldet
audit-signed_out_everywhere = hat sich überall abgemeldet
audit-passphrase_set = hat die Passphrase von { $about } gesetzt
audit-codes_on = hat Einmalcodes eingeschaltet
audit-codes_off = hat die Einmalcodes von { $about } ausgeschaltet
audit-owner_made = hat den Inhaber { $about } angelegt
audit-owner_removed = hat den Inhaber { $about } entfernt
audit-pairing_shown = hat einen Code für { $about } gezeigt
audit-till_revoked = hat die Kasse { $about } gesperrt
audit-sale_viewed = hat Verkauf { $about } angesehen
audit-close_viewed = hat Z-Bericht { $about } angesehen
audit-exported = hat { $about } exportiert

## Wenn etwas nicht geht

problem-home = Zur ersten Seite
problem-not-found = Hier ist nichts
problem-not-found-next = Die Adresse stimmt nicht, oder was hier war, ist vorbei. Ein Einrichtungslink gilt einmal.
problem-form-over = Dieses Formular gilt nicht mehr
problem-form-over-next = Es wurde nichts geändert. Öffnen Sie die Seite neu und wiederholen Sie es.
problem-signed-out = Sie sind abgemeldet
problem-signed-out-next = Es wurde nichts geändert. Melden Sie sich wieder an.
problem-tries = Zu viele Versuche
problem-tries-next = Warten Sie ein paar Minuten und versuchen Sie es dann noch einmal.
problem-too-large = Das war zu viel auf einmal
problem-unreadable = Das lässt sich nicht lesen
problem-again-next = Es wurde nichts geändert. Öffnen Sie die Seite neu und wiederholen Sie es.
problem-busy = Die Zentrale ist beschäftigt
problem-busy-next = Versuchen Sie es in ein paar Sekunden wieder. Die Kassen verkaufen weiter.

## Der Tag

tab-day = Heute
tab-sales = Verkäufe
tab-closes = Z-Berichte
day-tills = Nach Kasse
day-apart = In Quarantäne
day-apart-note = In keiner Summe oben, bis jemand entschieden hat.
day-test = Testgeld
day-test-note = In keiner Summe echten Geldes.
day-behind =
    { $count ->
        [one] { $count } Eintrag ist noch nicht in den Summen
       *[other] { $count } Einträge sind noch nicht in den Summen
    }
attention-review = Zu prüfen: { $count }
attention-twice = Doppelt bezahlt: { $count }
attention-unseen = An der Kasse nicht gesehen: { $count }
attention-late = Spät bezahlt: { $count }
attention-open = Noch offen: { $count }

## Das Verkaufsbuch

search-go = Suchen
filters = Filter
filters-go = Zeigen
filter-till = Kasse
filter-any-till = Alle Kassen
filter-need = Braucht jemanden
filter-any-need = Jeder Verkauf
filter-unseen = an der Kasse nicht gesehen
filter-any-tender = Jede Zahlungsart
filter-currency = Währung
closes-none = Noch wurde kein Tag abgeschlossen.
drawer-differs = Kassenlade
export-note = Dieselben Zeilen und Spalten wie im Export einer Kasse. Kassen in Quarantäne fehlen.
export-go = Datei speichern
## Einstellungen, die das Geschäft teilt

shared = Geteilte Einstellungen
shared-note = Was hier geändert wird, übernimmt jede Kasse des Geschäfts binnen einer Minute, oder sobald sie die Zentrale erreicht. Ein laufender Verkauf behält seine Preise.
shared-sections = Was geteilt wird
shared-texts = Texte auf Belegen
shared-off = nicht geteilt: jede Kasse hat ihre eigenen
shared-on = geteilt
shared-count =
    { $count ->
        [one] { $count } Eintrag
       *[other] { $count } Einträge
    }
shared-switches = Was Kassen selbst ändern dürfen
shared-switches-note = Wo eine Kasse darf, gilt ihre Änderung, bis die Zentrale denselben Teil wieder ändert. Wo sie nicht darf, wird sie zurückgenommen.
shared-save = Speichern
shared-moved = Inzwischen hat jemand anders die Einstellungen geändert. Nichts wurde gespeichert: Sehen Sie noch einmal nach und wiederholen Sie Ihre Änderung.
shared-version = Version { $number }
shared-till = Geteilte Einstellungen: Version { $number }
shared-till-none = hat noch nichts übernommen
shared-till-changed = dort geändert: { $section }
shared-offer = { $name } bietet ihre Einstellungen an
shared-offer-note = Übernommen gelten sie für jede Kasse. Was vorher geteilt war, bleibt in der Liste der Versionen.
shared-offer-take = Diese übernehmen
shared-offer-drop = Nicht übernehmen
shared-history = Versionen
shared-history-note = Die neuesten 200. Eine alte zurückzuholen macht eine neue aus ihr.
shared-back = Zurückholen
shared-none = Noch wird nichts geteilt.
shared-item-search = Name, Kategorie oder Barcode
shared-items-none = Kein solcher Artikel.
shared-tax-note = In Prozent, etwa 19 oder 5,5. Leer lassen für keine.
shared-csv = Oder die Zeilen hier einfügen
shared-csv-file = Eine CSV-Datei
shared-csv-note = Dieselben Spalten wie beim Import einer Kasse. Was die Datei nicht nennt, bleibt, wie es ist.
shared-csv-look = Zeigen, was sich ändern würde
shared-csv-take = Übernehmen
shared-csv-counts = Neu: { $added }. Geändert: { $changed }. Ausgelassen: { $refused }.
shared-csv-new = neu
shared-csv-changed = geändert
shared-taxes-note = Um einen Satz herauszunehmen, leeren Sie seine Zeile.
shared-tax-default = Satz für getippte Beträge
shared-cashiers-note = Wer eine PIN hat, meldet sich damit an jeder Kasse an. Geben Sie zuerst einem Inhaber eine: Eine Kasse, an der niemand alles dürfte, übernimmt keine Kassierer.
shared-cashiers-none = Es werden keine Kassierer geteilt: jede Kasse hat ihre eigenen.
shared-pin-note = 4 bis 12 Ziffern. Leer lassen, um zu behalten, was da ist.
shared-cashier-remove = Diesen Kassierer entfernen
edit-item_added = { $about } hinzugefügt
edit-item_changed = { $about } geändert
edit-item_removed = { $about } entfernt
edit-items_imported = Artikel aus einer Datei: { $about }
edit-taxes = Steuern geändert
edit-cashier_added = Kassierer { $about } hinzugefügt
edit-cashier_changed = Kassierer { $about } geändert
edit-cashier_removed = Kassierer { $about } entfernt
edit-texts = Texte auf Belegen geändert
edit-switches = was Kassen ändern dürfen { $about }
edit-taken_from_till = Einstellungen von { $about } übernommen
edit-imported = Einstellungen aus einer Datei { $about }
edit-taken_back = Version { $about } zurückgeholt
audit-settings_shared = hat die geteilten Einstellungen geändert: { $about }
