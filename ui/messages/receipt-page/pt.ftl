# What the page of a receipt says that the receipt itself does not: at the back office, on a customer's phone.

receipt-paid = Pago
receipt-refunded = Reembolsado
receipt-refunded-part = Pago, reembolsado em parte
receipt-in-question = Em verificação
receipt-of-test = Teste, não pago
receipt-test = Dinheiro de teste: nada foi pago e este recibo não tem valor.
receipt-refunds = Foram-lhe devolvidos { $refunded }. Restam { $left }.
receipt-late = O pagamento chegou fora do prazo. É válido.
receipt-twice = Foi pago mais do que o pedido. A loja deve-lhe a diferença.
receipt-as-pdf = PDF
receipt-as-png = Imagem
receipt-until = Pode abrir este recibo até { $day }. Guarde-o se precisar dele por mais tempo.
receipt-none = Não há aqui nenhum recibo
receipt-none-wait = Se acabou de pagar, o recibo vem a caminho da caixa da loja. Esta página volta a ver por si.
receipt-none-next = Se não aparecer, pergunte na loja. Os recibos podem ser abertos durante um tempo limitado e o endereço tem de estar completo.
receipt-again = Ver de novo
receipt-often = Demasiadas vezes
receipt-often-next = Espere um minuto e abra o recibo de novo.
receipt-busy = Agora não é possível
receipt-busy-next = Abra o recibo de novo dentro de alguns segundos. Nada se perdeu.
