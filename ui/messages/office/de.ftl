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

## Nachrichten

word = Nachrichten an Sie
word-note = Was an den Kassen geschieht und Sie angeht, geht an diese Adressen: als E-Mail oder als signierter Webhook an ein Programm.
word-open = Auswählen, was gemeldet wird
word-addresses = Adressen
word-none = Noch wird niemand benachrichtigt.
word-no-mail = Diese Zentrale hat keinen Mailserver, E-Mails warten deshalb. Wer sie betreibt, nennt einen mit --smtp.
word-add-mail = E-Mail-Adresse hinzufügen
word-add-hook = Webhook hinzufügen
word-mail = E-Mail-Adresse
word-hook = URL des Webhooks
word-hook-note = Nur https. Jede Nachricht wird nach der Konvention „Standard Webhooks“ signiert; ihr Geheimnis wird einmal gezeigt.
word-events = Melden
word-kind-paid_late = Spät bezahlt
word-kind-paid_twice = Doppelt bezahlt
word-kind-review = Zu prüfen
word-kind-refund = Große Erstattung
word-kind-drawer = Differenz in der Kassenlade
word-kind-closed = Tag abgeschlossen, mit dem Z-Bericht
word-kind-silent = Kasse schweigt
word-kind-quarantine = Quarantäne, und was entschieden wurde
word-language = Sprache der Nachrichten
word-save = Speichern
word-try = Ausprobieren
word-try-note = Sendet eine Nachricht, dass nichts geschehen ist.
word-try-go = Test senden
word-secret = Geheimnis des Webhooks
word-secret-once = Geben Sie es dem Programm, das die Nachrichten empfängt. Es wird nur jetzt gezeigt.
word-secret-renew = Neues Geheimnis
word-secret-renew-note = Das bisherige signiert bis zum nächsten Wechsel mit, damit nichts verloren geht.
word-remove = Entfernen
word-remove-note = Nichts geht mehr dorthin. Was unterwegs ist, wird aufgegeben.
word-limits = Ab wann
word-refund-above = Erstattungen über, { $currency }
word-silent-hours = Eine Kasse schweigt nach, Stunden
word-sent = Was gesendet wurde
word-sent-none = Noch nichts.
delivery-waiting = wartet
delivery-delivered = zugestellt
delivery-given_up = aufgegeben
word-next = Nächster Versuch: { $at }
word-resend = Noch einmal senden
word-done-saved = Gespeichert.
word-done-tried = Ein Test ist unterwegs. Was daraus wurde, steht unten.
word-done-removed = Die Adresse ist entfernt.
wrong-word-mail = Das ist keine E-Mail-Adresse.
wrong-word-url = Ein Webhook geht an eine https-URL, ohne Namen und Passwort darin.
wrong-word-private = Das ist eine Adresse in einem privaten Netz. Wer die Zentrale betreibt, kann sie erlauben.
wrong-word-events = Wählen Sie mindestens eines aus.
wrong-word-many = Es gibt schon zwanzig Adressen.
wrong-word-trials = Zehn Tests in einer Stunde genügen.
wrong-word-limits = Ein Betrag oder die Zahl der Stunden ist nicht lesbar. Stunden: 1 bis 720.
told-sale-paid_late = { $till }: { $sale } wurde spät bezahlt
told-sale-paid_late-say = Verkauf { $sale } über { $amount } wurde bezahlt, nachdem sein Code abgelaufen war oder an der Kasse niemand mehr wartete. Prüfen Sie, ob die Ware übergeben wurde.
told-sale-paid_twice = { $till }: { $sale } wurde doppelt bezahlt
told-sale-paid_twice-say = Für Verkauf { $sale } wurde mehr bezahlt als { $amount }. Der Kunde sollte Geld zurückbekommen.
told-sale-in_review = { $till }: { $sale } ist zu prüfen
told-sale-in_review-say = Was das Gateway meldet, widerspricht Verkauf { $sale } über { $amount }. Sehen Sie dort nach und schließen Sie die Prüfung an der Kasse ab.
told-sale-refunded = { $till }: { $refunded } erstattet
told-sale-refunded-say = Von Verkauf { $sale } über { $amount } wurden { $refunded } erstattet.
told-drawer-differs = { $till }: die Kassenlade weicht um { $difference } ab
told-drawer-differs-say = Gezählt wurden { $counted }; in der Lade hätten { $expected } sein sollen. Differenz: { $difference }.
told-day-closed = { $till }: Z { $z } vom { $day }
told-day-closed-say = Der Tag { $day } ist abgeschlossen. Sein Z-Bericht, Nummer { $z }, ist angehängt.
told-till-silent = { $till } schweigt
told-till-silent-say = Von dieser Kasse war seit { $since } nichts zu hören. Sie ist vielleicht ausgeschaltet oder ohne Netz; verkaufen kann sie weiter.
told-till-quarantined = { $till } ist in Quarantäne
told-till-quarantined-say = Ab Eintrag { $seq } kam ein anderes Journal dieser Kasse als das im Buch. Beide können echtes Geld enthalten; es steht getrennt, bis Sie entschieden haben.
told-till-decided = { $till }: entschieden
told-till-decided-say = Entscheidung { $number } zu dieser Kasse: { $verdict }.
told-test = Ein Test von Ringup
told-test-say = Es ist nichts geschehen: Jemand probiert, ob Nachrichten hier ankommen.
told-till = Kasse: { $till }
told-at = Wann: { $at }
told-look = Ansehen: { $link }
told-why = Ihre Zentrale sendet dies, weil es so gewählt ist: { $link }
audit-word_added = lässt Nachrichten an { $about } gehen
audit-word_changed = hat geändert, was { $about } erfährt
audit-word_secret_renewed = hat ein neues Geheimnis für { $about } gemacht
audit-word_removed = hat die Adresse { $about } entfernt
audit-word_limits_set = hat geändert, ab wann benachrichtigt wird
audit-word_tried = hat einen Test an { $about } gesendet
audit-word_resent = hat eine Nachricht noch einmal gesendet: { $about }
audit-till_decided = hat über eine Kasse entschieden: { $about }

## Kassenladen und Entscheidungen

drawers = Kassendifferenzen
drawers-note = Zählungen, die eine andere Summe ergaben, als da sein sollte.
drawers-none = Keine Zählung hat eine Differenz ergeben.
till-heard = Zuletzt gemeldet
till-last-z = Letzter Z-Bericht
till-version = Programm
till-printer = Bondrucker
printer-none = keiner
printer-unused = noch nicht benutzt
printer-ready = druckt
printer-no_paper = kein Papier
printer-failing = druckt nicht
till-copies = Kopien des Journals
copies-off = ausgeschaltet
copies-waiting = die erste entsteht
copies-good = in Ordnung
copies-folder_missing = Ordner fehlt
copies-failed = fehlgeschlagen
till-decide = Ansehen und entscheiden
decide = { $name }: was nicht zum Buch passt
decide-none = Von dieser Kasse kam nichts, was nicht zum Buch passt.
branch-entries = Einträge { $first } bis { $last }
branch-undecided = offen
branch-aside = beiseite durch Entscheidung { $number }
branch-restored = Die Kasse sagt, dass sie aus einer Kopie wiederhergestellt wurde.
branch-copied = Der Rechner wurde kopiert, oder eine ältere Datei wurde zurückgelegt.
branch-came = Es kam { $from } bis { $to }.
branch-missing = Einträge davor fehlen hier, deshalb kann das Buch ihnen noch nicht folgen.
side-branch = Was kam
side-book = Was das Buch an seiner Stelle hat
side-no-money = kein Geld
decide-refuse = Buch behalten
decide-refuse-means = Das Buch bleibt, wie es ist. Was kam, wird daneben aufbewahrt, in keiner Summe, ebenso, was davon noch kommt.
decide-follow = Dem folgen, was kam
decide-follow-after-all = Doch diesem folgen
decide-back = Nichts wird gelöscht, und eine weitere Entscheidung nimmt diese zurück.
decide-reason = Warum
decisions = Was entschieden wurde
decision = Entscheidung { $number }: { $verdict }
verdict-refuse = das Buch wurde behalten
verdict-follow = das Buch folgt dem, was kam
wrong-reason = Sagen Sie, warum.
wrong-branch-missing = Hier fehlen Einträge. Dem kann gefolgt werden, sobald die Kasse sie gesendet hat.
wrong-branch-decided = Es ist schon entschieden.
word-tries =
    { $count ->
        [one] { $count } Versuch
       *[other] { $count } Versuche
    }
side-sales =
    { $count ->
        [one] { $count } Verkauf
       *[other] { $count } Verkäufe
    }
decide-follow-means =
    { $count ->
        [one] Was kam, tritt ab seinem ersten Eintrag ins Buch; { $count } Eintrag des Buchs wird beiseitegelegt.
       *[other] Was kam, tritt ab seinem ersten Eintrag ins Buch; { $count } Einträge des Buchs werden beiseitegelegt.
    }
