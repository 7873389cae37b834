# What the page of a receipt says that the receipt itself does not: at the back office, on a customer's phone.

receipt-paid = Pagato
receipt-refunded = Rimborsato
receipt-refunded-part = Pagato, rimborsato in parte
receipt-in-question = In verifica
receipt-of-test = Prova, non pagato
receipt-test = Denaro di prova: non è stato pagato nulla e questo scontrino non ha valore.
receipt-refunds = Le sono stati rimborsati { $refunded }. Restano { $left }.
receipt-late = Il pagamento è arrivato oltre il termine. È valido.
receipt-twice = È stato pagato più del richiesto. Il negozio le deve la differenza.
receipt-as-pdf = PDF
receipt-as-png = Immagine
receipt-until = Può aprire questo scontrino fino al { $day }. Lo salvi se le serve più a lungo.
receipt-none = Qui non c’è nessuno scontrino
receipt-none-wait = Se ha appena pagato, lo scontrino è in arrivo dalla cassa del negozio. Questa pagina ricontrolla da sola.
receipt-none-next = Se non compare, chieda al negozio. Gli scontrini si possono aprire solo per un certo tempo e l’indirizzo deve essere completo.
receipt-again = Ricontrolla
receipt-often = Troppe richieste
receipt-often-next = Attenda un minuto, poi riapra lo scontrino.
receipt-busy = Ora non è possibile
receipt-busy-next = Riapra lo scontrino tra qualche secondo. Nulla è andato perso.
