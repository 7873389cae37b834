# What the page of a receipt says that the receipt itself does not: at the back office, on a customer's phone.

receipt-paid = Pagado
receipt-refunded = Reembolsado
receipt-refunded-part = Pagado, reembolsado en parte
receipt-in-question = En revisión
receipt-of-test = Prueba, sin pago
receipt-test = Dinero de prueba: no se ha pagado nada y este recibo no tiene ningún valor.
receipt-refunds = Se le han devuelto { $refunded }. Quedan { $left }.
receipt-late = El pago llegó fuera de plazo. Es válido.
receipt-twice = Se ha pagado más de lo pedido. La tienda le debe la diferencia.
receipt-as-pdf = PDF
receipt-as-png = Imagen
receipt-until = Puede abrir este recibo hasta el { $day }. Guárdelo si lo necesita por más tiempo.
receipt-none = Aquí no hay ningún recibo
receipt-none-wait = Si acaba de pagar, el recibo está en camino desde la caja de la tienda. Esta página vuelve a mirar por sí sola.
receipt-none-next = Si no aparece, pregunte en la tienda. Los recibos se pueden abrir durante un tiempo limitado, y la dirección debe estar completa.
receipt-again = Volver a mirar
receipt-often = Demasiadas veces
receipt-often-next = Espere un minuto y vuelva a abrir el recibo.
receipt-busy = Ahora no es posible
receipt-busy-next = Vuelva a abrir el recibo en unos segundos. No se ha perdido nada.
