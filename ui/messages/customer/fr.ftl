# What customers read: on their display, where they serve themselves, and on receipts.

## Whose money it is

badge-live = En service
badge-test = Test
badge-practice = Exercice
badge-no-money = Aucun argent réel ne circule
badge-gateway = Passerelle { $gateway }, pas cru.cash

## Everywhere

app-name = Ringup
nav = Écrans
nav-pad = Nouvelle vente
network-online = Connecté
network-retrying = Nouvel essai
network-offline = Pas de connexion
network-key-refused = Clé refusée
close = Fermer
payment-awaiting = En attente du client
payment-chosen = { $coin } choisi
payment-ended = Terminé, non payé
cancel = Annuler
back = Retour
percent = { $percent } %
change = Monnaie à rendre
language-choose = Langue

## The customer's display

display-idle = Bienvenue
display-requesting = Un instant…
display-tipped = Merci ! Un instant…
display-scan = Scannez pour payer
display-exact = Envoyez exactement ce montant. Une plateforme d’échange peut en déduire ses frais.
display-chosen = Nous attendons votre paiement
display-paid = Payé. Merci !
display-ended = Ce code n’est plus valable. Veuillez en demander un nouveau.
display-time-up = Le temps est écoulé
display-part-paid = Une partie est payée. Comment souhaitez-vous régler le reste ?
display-parts = sur { $amount }, { $paid } payés

## Tips

tip-title = Souhaitez-vous laisser un pourboire ?
tip-own = Autre montant
tip-total = Au total
tip-round = Arrondir à { $amount }
tip-none = Sans pourboire
tip-charge = Payer { $amount }

## Self-service

offers-title = Que désirez-vous ?
offers-say = Touchez pour payer
offer-card-say = Veuillez appeler le personnel : il apporte le terminal de carte et confirme ici que vous avez payé.
offer-card-taken = Personnel : { $amount } payés par carte
offers-again = Recommencer
offers-ended = Ce code n’est plus valable
offers-staff = Personnel
pad-charging = Un instant…
tender-crypto = Crypto
tender-card = Carte

## A sale that is being paid

payment-sale = Vente { $number }
payment-attempt = Code n° { $attempt }
payment-qr = Code QR avec l’adresse de paiement
payment-requesting = Création du code…
payment-requesting-body = Il arrive tout de suite.
payment-exact = Ce montant exact doit arriver : une plateforme d’échange peut en déduire ses frais.
payment-coins = Le client envoie { $coins }
payment-elapsed = Le temps est écoulé, mais rien n’est terminé : la passerelle a le dernier mot.
payment-outstanding = reste à payer sur { $amount }
payment-network-retrying = La passerelle ne répond pas. Ringup continue de demander ; le client peut tout de même payer.
payment-network-offline = Pas de connexion. Le client peut tout de même payer avec son téléphone ; Ringup demandera dès que possible.
payment-new-code = Nouveau code
countdown-left = restantes
countdown-up = Temps écoulé, en attente de la passerelle
checked-never = Pas encore vérifié
checked-fresh =
    { $seconds ->
        [0] Vérifié à l’instant
        [one] Vérifié il y a { $seconds } seconde
       *[other] Vérifié il y a { $seconds } secondes
    }
checked-stale =
    { $seconds ->
        [one] Sans réponse depuis { $seconds } seconde
       *[other] Sans réponse depuis { $seconds } secondes
    }
checked-stale-minutes =
    { $minutes ->
        [one] Sans réponse depuis { $minutes } minute
       *[other] Sans réponse depuis { $minutes } minutes
    }

## Paid

paid = Payé
paid-late = Arrivé en retard, mais valable
paid-test = Exercice ou test : pas d’argent réel
paid-done = Vente suivante
paid-returns = { $seconds ->
    [one] Retour à la saisie dans { $seconds } seconde
   *[other] Retour à la saisie dans { $seconds } secondes
}
sale-receipt = Reçu
receipt-printing = Impression…
receipt-printed = Imprimé
receipt-sent = Envoyé, sans confirmation
receipt-phone = Scannez pour obtenir votre reçu
receipt-phone-qr = Code QR du reçu

## Receipts, on screen, paper and PDF

slip-practice = Exercice : aucun argent payé
slip-test = Test : aucun argent payé
slip-gateway = Passerelle : { $gateway }
slip-copy = COPIE
slip-title = Reçu { $number }
slip-note = Note : { $note }
slip-goods = Articles
slip-deposit = Consigne { $name }
slip-weight = { $weight } kg × { $price }/kg
slip-kilogram = { $price }/kg
slip-discount = Remise
slip-discount-rate = Remise { $rate }
slip-tip = Pourboire
slip-total = TOTAL
slip-tax = { $name } { $rate } sur { $gross }
slip-tax-any = Taxe
slip-paid = Payé en { $coin }
slip-again = Payé une 2e fois { $time }
slip-crypto = Crypto
slip-cash = Espèces
slip-card = Carte
slip-given = Reçu
slip-change = Rendu
slip-rounding = Arrondi
slip-outstanding = RESTE À PAYER
slip-invoice = Facture { $id }
slip-journal = Journal { $head }
slip-office = Centrale { $office } : écriture { $seq } { $hash }, signée { $signature }
slip-refund-cash = Remboursé en espèces { $time }
slip-refund-by-hand = Remboursé { $time }
slip-refund-card = Remboursé sur carte { $time }
slip-refund-own = Remboursé, { $own } { $time }
slip-given-back = Versé au client
slip-left = Reste après remboursement
