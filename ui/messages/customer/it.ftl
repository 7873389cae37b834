# What customers read: on their display, where they serve themselves, and on receipts.

## Whose money it is

badge-live = In uso
badge-test = Test
badge-practice = Prova
badge-no-money = Nessun denaro reale
badge-gateway = Gateway { $gateway }, non cru.cash

## Everywhere

app-name = Ringup
nav = Schermate
nav-pad = Nuova vendita
network-online = Connesso
network-retrying = Nuovo tentativo
network-offline = Nessuna connessione
network-key-refused = Chiave rifiutata
close = Chiudi
payment-awaiting = In attesa del cliente
payment-chosen = { $coin } scelto
payment-ended = Finito, non pagato
cancel = Annulla
back = Indietro
percent = { $percent }%
change = Resto
language-choose = Lingua

## The customer's display

display-idle = Benvenuti
display-requesting = Un momento…
display-tipped = Grazie! Un momento…
display-scan = Scansioni per pagare
display-exact = Invii esattamente questo importo. Un exchange può trattenerne la propria commissione.
display-chosen = Attendiamo il Suo pagamento
display-paid = Pagato. Grazie!
display-ended = Questo codice non è più valido. Ne chieda uno nuovo, per favore.
display-time-up = Tempo scaduto
display-part-paid = Una parte è pagata. Come desidera pagare il resto?
display-parts = di { $amount }, pagati { $paid }

## Tips

tip-title = Desidera lasciare una mancia?
tip-own = Altro importo
tip-total = In totale
tip-round = Arrotonda a { $amount }
tip-none = Nessuna mancia
tip-charge = Paga { $amount }

## Self-service

offers-title = Che cosa desidera?
offers-say = Tocchi per pagare
offer-card-say = Chiami il personale, per favore: porterà il terminale per la carta e confermerà qui che ha pagato.
offer-card-taken = Personale: { $amount } pagati con carta
offers-again = Ricomincia
offers-ended = Questo codice non è più valido
offers-staff = Personale
pad-charging = Un momento…
tender-crypto = Cripto
tender-card = Carta

## A sale that is being paid

payment-sale = Vendita { $number }
payment-attempt = Codice n. { $attempt }
payment-qr = Codice QR con l’indirizzo di pagamento
payment-requesting = Creazione del codice…
payment-requesting-body = Sarà qui tra un attimo.
payment-exact = Deve arrivare esattamente questo importo: un exchange può trattenerne la propria commissione.
payment-coins = Il cliente invia { $coins }
payment-elapsed = Tempo scaduto, ma non è ancora finita: l’ultima parola spetta al gateway.
payment-outstanding = ancora da pagare di { $amount }
payment-network-retrying = Il gateway non risponde. Ringup continua a chiedere; il cliente può comunque pagare.
payment-network-offline = Nessuna connessione. Il cliente può comunque pagare con il telefono; Ringup chiederà appena possibile.
payment-new-code = Nuovo codice
countdown-left = rimanenti
countdown-up = Tempo scaduto, si attende il gateway
checked-never = Non ancora verificato
checked-fresh =
    { $seconds ->
        [0] Verificato or ora
        [one] Verificato { $seconds } secondo fa
       *[other] Verificato { $seconds } secondi fa
    }
checked-stale =
    { $seconds ->
        [one] Nessuna risposta da { $seconds } secondo
       *[other] Nessuna risposta da { $seconds } secondi
    }
checked-stale-minutes =
    { $minutes ->
        [one] Nessuna risposta da { $minutes } minuto
       *[other] Nessuna risposta da { $minutes } minuti
    }

## Paid

paid = Pagato
paid-late = Arrivato in ritardo, ma vale
paid-test = Prova o test: nessun denaro reale
paid-done = Vendita successiva
paid-returns = { $seconds ->
    [one] Ritorno al tastierino tra { $seconds } secondo
   *[other] Ritorno al tastierino tra { $seconds } secondi
}
sale-receipt = Ricevuta
receipt-printing = Stampa in corso…
receipt-printed = Stampata
receipt-sent = Inviata, non confermata
receipt-phone = Scansioni per lo scontrino
receipt-phone-qr = Codice QR dello scontrino

## Receipts, on screen, paper and PDF

slip-practice = Prova: nessun denaro pagato
slip-test = Test: nessun denaro pagato
slip-gateway = Gateway: { $gateway }
slip-copy = COPIA
slip-title = Ricevuta { $number }
slip-note = Nota: { $note }
slip-goods = Articoli
slip-deposit = Cauzione { $name }
slip-weight = { $weight } kg × { $price }/kg
slip-kilogram = { $price }/kg
slip-discount = Sconto
slip-discount-rate = Sconto { $rate }
slip-tip = Mancia
slip-total = TOTALE
slip-tax = { $name } { $rate } su { $gross }
slip-tax-any = Imposta
slip-paid = Pagato in { $coin }
slip-again = Pagato di nuovo { $time }
slip-crypto = Cripto
slip-cash = Contanti
slip-card = Carta
slip-given = Ricevuto
slip-change = Resto
slip-rounding = Arrotondamento
slip-outstanding = ANCORA DA PAGARE
slip-invoice = Fattura { $id }
slip-journal = Registro { $head }
slip-office = Centrale { $office }: voce { $seq } { $hash }, firmata { $signature }
slip-refund-cash = Rimborsato in contanti { $time }
slip-refund-by-hand = Rimborsato { $time }
slip-refund-card = Rimborsato su carta { $time }
slip-refund-own = Rimborsato, { $own } { $time }
slip-given-back = Versato al cliente
slip-left = Resta dopo i rimborsi
