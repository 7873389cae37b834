# What the page of a receipt says that the receipt itself does not: at the back office, on a customer's phone.

receipt-paid = Payé
receipt-refunded = Remboursé
receipt-refunded-part = Payé, remboursé en partie
receipt-in-question = En cours de vérification
receipt-of-test = Test, non payé
receipt-test = Argent de test : rien n’a été payé et ce reçu n’a aucune valeur.
receipt-refunds = { $refunded } vous ont été remboursés. Il reste { $left }.
receipt-late = Le paiement est arrivé hors délai. Il est valable.
receipt-twice = Il a été payé plus que demandé. Le magasin vous doit la différence.
receipt-as-pdf = PDF
receipt-as-png = Image
receipt-until = Vous pouvez ouvrir ce reçu jusqu’au { $day }. Enregistrez-le si vous en avez besoin plus longtemps.
receipt-none = Il n’y a pas de reçu ici
receipt-none-wait = Si vous venez de payer, il est en route depuis la caisse du magasin. Cette page regarde de nouveau d’elle-même.
receipt-none-next = S’il n’apparaît pas, demandez au magasin. Un reçu ne s’ouvre que pendant un certain temps, et l’adresse doit être complète.
receipt-again = Regarder de nouveau
receipt-often = C’était trop souvent
receipt-often-next = Attendez une minute, puis ouvrez de nouveau le reçu.
receipt-busy = Impossible pour l’instant
receipt-busy-next = Ouvrez de nouveau le reçu dans quelques secondes. Rien n’est perdu.
