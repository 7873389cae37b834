# What customers read: on their display, where they serve themselves, and on receipts.

## Whose money it is

badge-live = En uso
badge-test = Prueba
badge-practice = Práctica
badge-no-money = No se mueve dinero real
badge-gateway = Pasarela { $gateway }, no cru.cash

## Everywhere

app-name = Ringup
nav = Pantallas
nav-pad = Nueva venta
network-online = Conectado
network-retrying = Reintentando
network-offline = Sin conexión
network-key-refused = Clave rechazada
close = Cerrar
payment-awaiting = Esperando al cliente
payment-chosen = { $coin } elegido
payment-ended = Terminado, sin pagar
cancel = Cancelar
back = Atrás
percent = { $percent } %
change = Cambio
language-choose = Idioma

## The customer's display

display-idle = Le damos la bienvenida
display-requesting = Un momento…
display-tipped = ¡Gracias! Un momento…
display-scan = Escanee para pagar
display-exact = Envíe exactamente este importe. Una casa de cambio puede descontar de él su comisión.
display-chosen = Esperamos su pago
display-paid = Pagado. ¡Gracias!
display-ended = Este código ya no es válido. Pida uno nuevo, por favor.
display-time-up = Se acabó el tiempo
display-part-paid = Una parte está pagada. ¿Cómo desea pagar el resto?
display-parts = de { $amount }, pagado { $paid }

## Tips

tip-title = ¿Desea dejar propina?
tip-own = Otro importe
tip-total = En total
tip-round = Redondear a { $amount }
tip-none = Sin propina
tip-charge = Pagar { $amount }

## Self-service

offers-title = ¿Qué desea?
offers-say = Toque para pagar
offer-card-say = Llame al personal, por favor: le traerá el datáfono y confirmará aquí que ha pagado.
offer-card-taken = Personal: { $amount } pagado con tarjeta
offers-again = Empezar de nuevo
offers-ended = Este código ya no es válido
offers-staff = Personal
pad-charging = Un momento…
tender-crypto = Cripto
tender-card = Tarjeta

## A sale that is being paid

payment-sale = Venta { $number }
payment-attempt = Código n.º { $attempt }
payment-qr = Código QR con la dirección de pago
payment-requesting = Creando el código…
payment-requesting-body = Enseguida estará aquí.
payment-exact = Debe llegar exactamente este importe: una casa de cambio puede descontar de él su comisión.
payment-coins = El cliente envía { $coins }
payment-elapsed = Se acabó el tiempo, pero aún no ha terminado: la pasarela tiene la última palabra.
payment-outstanding = pendiente de { $amount }
payment-network-retrying = La pasarela no responde. Ringup sigue preguntando; el cliente puede pagar igualmente.
payment-network-offline = Sin conexión. El cliente puede pagar igualmente con su teléfono; Ringup preguntará en cuanto pueda.
payment-new-code = Código nuevo
countdown-left = restante
countdown-up = Se acabó el tiempo, falta la respuesta de la pasarela
checked-never = Aún sin comprobar
checked-fresh =
    { $seconds ->
        [0] Comprobado ahora mismo
        [one] Comprobado hace { $seconds } segundo
       *[other] Comprobado hace { $seconds } segundos
    }
checked-stale =
    { $seconds ->
        [one] Sin respuesta desde hace { $seconds } segundo
       *[other] Sin respuesta desde hace { $seconds } segundos
    }
checked-stale-minutes =
    { $minutes ->
        [one] Sin respuesta desde hace { $minutes } minuto
       *[other] Sin respuesta desde hace { $minutes } minutos
    }

## Paid

paid = Pagado
paid-late = Llegó tarde, pero cuenta
paid-test = Práctica o prueba: no es dinero real
paid-done = Siguiente venta
paid-returns = { $seconds ->
    [one] Vuelta al teclado en { $seconds } segundo
   *[other] Vuelta al teclado en { $seconds } segundos
}
sale-receipt = Recibo
receipt-printing = Imprimiendo…
receipt-printed = Impreso
receipt-sent = Enviado, sin confirmar
receipt-phone = Escanee para ver su recibo
receipt-phone-qr = Código QR del recibo

## Receipts, on screen, paper and PDF

slip-practice = Práctica: no se pagó dinero
slip-test = Prueba: no se pagó dinero
slip-gateway = Pasarela: { $gateway }
slip-copy = COPIA
slip-title = Recibo { $number }
slip-note = Nota: { $note }
slip-goods = Artículos
slip-deposit = Depósito { $name }
slip-weight = { $weight } kg × { $price }/kg
slip-kilogram = { $price }/kg
slip-discount = Descuento
slip-discount-rate = Descuento { $rate }
slip-tip = Propina
slip-total = TOTAL
slip-tax = { $name } { $rate } de { $gross }
slip-tax-any = Impuesto
slip-paid = Pagado en { $coin }
slip-again = Pagado otra vez { $time }
slip-crypto = Cripto
slip-cash = Efectivo
slip-card = Tarjeta
slip-given = Entregado
slip-change = Cambio
slip-rounding = Redondeo
slip-outstanding = PENDIENTE
slip-invoice = Factura { $id }
slip-journal = Diario { $head }
slip-office = Central { $office }: asiento { $seq } { $hash }, firmado { $signature }
slip-refund-cash = Devuelto en efectivo { $time }
slip-refund-by-hand = Devuelto { $time }
slip-refund-card = Devuelto a la tarjeta { $time }
slip-refund-own = Devuelto, { $own } { $time }
slip-given-back = Entregado al cliente
slip-left = Queda tras devoluciones
