# Ringup's words. Short, plain, and never a guess about money.

starting = Abriendo la caja…
broken = No se puede abrir la caja. No se podrá vender nada hasta que se arregle.

## Shell

nav-sales = Ventas
nav-day = Día
nav-settings = Ajustes

journal-failing = La venta está detenida.
journal-failing-body = La caja no puede escribir en su disco. Seguirá sola en cuanto pueda.
journal-replaced-body = En el lugar del diario hay otro archivo, o ninguno. Lo que la caja había escrito se conserva. Avise a quien se ocupa de ella.
journal-retry = Reintentar

open-sales = Aún abiertas
held-carts = Aparcados
open-and-held = Abiertas y aparcados

state-requesting = solicitando
state-awaiting = esperando
state-chosen = moneda elegida
state-paid = pagada
state-ended = terminada sin pago
state-stopped = detenida
state-refused = rechazada
state-uncertain = incierta
state-review = revisar
state-part-paid = pagada en parte
spoken-sale = Venta { $number }: { $state }.

## Alarms

alarm-paid = La venta { $number } está pagada
alarm-late = La venta { $number } se pagó tarde
alarm-twice = La venta { $number } se pagó dos veces: hay que devolver un pago
alarm-review = Venta { $number }: el dinero está en duda, revíselo
alarm-more =
    { $count ->
        [one] { $count } más
       *[other] { $count } más
    }
alarm-show = Mostrar
alarm-dismiss = Entendido

## First run

setup-welcome = Cobre en cripto con tres toques.
setup-practice-title = Pruebe primero
setup-practice-body = Una venta completa con un cliente inventado. Sin clave, sin red, sin dinero real.
setup-practice = Practicar ahora
setup-key-title = Empezar a vender
setup-key-body = Pegue la clave API de su cuenta de cru.cash. Se guarda en el llavero de este equipo y no se vuelve a mostrar.
setup-key-save = Guardar la clave
setup-tenders = ¿Solo efectivo o tarjetas? Elija las formas de pago

## Pad

pad-tape = Importe
pad-amount = Importe a cobrar
pad-keys = Teclas
pad-note = Añadir una nota
pad-note-clear = Borrar la nota
pad-backspace = Borrar la última cifra
pad-clear = Borrar
pad-plus = Sumar otro importe
pad-point = Coma decimal
pad-charge = Cobrar
pad-items = Artículos
pad-sum = Importe tecleado
cart-less = Un { $name } menos
cart-more = Un { $name } más
cart-remove = Quitar
cart-discount = Descuento
cart-discount-percent = Descuento { $percent } %
cart-hold = Aparcar
cart-of = De { $labels }. Lo que quite sigue aparcado.
cart-put-back = Devolver
hold-title = Aparcar este carrito
hold-say = No se cobra nada. Espera junto a las ventas abiertas, también tras un reinicio.
hold-label = Nombre o mesa
hold-label-wanted = Diga de quién es: un nombre o una mesa.
hold-drop = Descartar sin venta
hold-drop-title = ¿Descartar { $labels } sin venta?
hold-drop-say = El diario y el informe Z lo recogen. No se mueve dinero.
reason-left = Los clientes se fueron
reason-typed-twice = Introducido por error
scan-unknown = Ningún artículo tiene el código { $code }
scan-sold-out = { $name } está marcado como agotado. Se añadió de todos modos.
cart-deposit = Depósito
line-deposit = Depósito: { $name }
items-search = Buscar artículos
items-search-clear = Borrar la búsqueda
items-none-found = Ningún artículo tiene «{ $search }» en su nombre.
items-all = Todos
items-categories = Categorías
category-moved = { $name } es ahora la pestaña { $place }
item-open-price = libre
item-per-kilogram = { $price }/kg
item-sold-out-mark = Agotado
item-left = quedan { $count }
sell-sold-out = Está marcado como agotado. ¿Lo hay de todos modos?
sell-missed = Se escaneó { $code } y no se añadió. Añada primero este artículo y vuelva a escanearlo.
sell-weight = Teclee el peso en gramos
sell-price = Teclee el precio
sell-kilograms = { $kilograms } kg
sell-per-kilogram = { $price } el kilo
sell-deposit = más un depósito de { $price }
sell-add = Añadir { $price }
item-weighed = { $name } { $kilograms } kg
confirm-amount-title = ¿Es correcto este importe?
confirm-amount-burst = Se tecleó tan rápido o tan regular como teclea un lector de códigos. Un código no debe convertirse en un importe.
confirm-amount-unusual = Es mucho más de lo habitual. Esta tienda suele cobrar alrededor de { $usual }.
confirm-amount-unusual-first = Es un importe grande, y esta caja aún no sabe qué es lo habitual.
confirm-amount-back = Atrás
confirm-amount-charge = Sí, cobrar { $amount }
tip-chosen = El cliente desea dejar { $tip } de propina.
tip-chosen-none = El cliente no desea dejar propina.
discount-share = Porcentaje
discount-take = Descontar { $amount }
discount-remove = Sin descuento

## Ways to pay

tenders = Formas de pago
tenders-more = Más
tenders-choose = ¿Cómo se paga?
tenders-code-stands = El código de esta venta sigue vigilado. Si también se paga, la caja avisa y hay que devolver dinero.
tender-cash = Efectivo
tender-crypto-minimum = desde { $minimum }
tender-crypto-no-key = falta la clave
tender-crypto-key = clave rechazada
tender-crypto-waits = sin red
tender-due = A pagar
tender-rounded = { $amount }, redondeado en { $rounding }
tender-exact = Exacto
tender-given = Entregado
tender-amount = Importe
tender-rest = Pendiente
tender-rest-ways = Por pagar con: { $ways }
tender-rest-crypto = Demasiado poco para cripto, que empieza en { $minimum }.
tender-too-little = Se deben { $due }: el efectivo se redondea.
tender-too-much = Se deben { $due } como máximo.
tender-take = { $tender }: { $amount }
tender-take-card = Pagado con tarjeta: { $amount }
tender-take-change = Devolver { $change }
tender-take-part = Tomar { $amount } como pago parcial
tender-back-title = Anular { $amount } ({ $tender })
tender-back-say = Hágalo si se introdujo por error. Queda en el libro y ya no cuenta; devuelva el dinero, si lo tiene.
reason-other-way = Pagado de otra forma
pad-crypto-waits = Sin red: cripto espera. Las demás formas de pago siguen.
pad-update = Ya existe la versión { $version } de Ringup. Avise a quien cuida de la caja.

## Payment

payment-awaiting-body = El cliente escanea el código y paga. Aún no está pagado.
payment-gateway-says = La pasarela dice «{ $status }».
payment-part-sent = La pasarela dijo «{ $status }»: puede que se haya enviado parte del dinero. Mire en su cuenta de cru.cash.
payment-poll-refused = La pasarela no responde sobre esta venta con esta clave. Puede ser de otra cuenta.
payment-ended-body = La pasarela ha cerrado este código. Si aún llega dinero, Ringup se lo dirá.
payment-part-paid = Pagado en parte
payment-stopped = Ha dejado de esperar
payment-stopped-body = El cliente aún puede pagar este código hasta que termine. Ringup sigue vigilando y se lo dirá.
payment-review = No entregue nada todavía
payment-review-body = La pasarela informa de un pago que no coincide con esta venta. Mire en su cuenta de cru.cash.
payment-refused = La pasarela dijo que no
payment-uncertain = Sin respuesta clara
payment-unknown-body = Ringup aún no sabe más.

payment-network-key-refused = La pasarela rechaza la clave, así que Ringup no puede ver si está pagado. Revise la clave en los ajustes.

payment-check = Comprobar
payment-stop = Dejar de esperar
payment-give-up = Abandonar esta venta
payment-leave = Dejar abierta, siguiente
payment-next = Siguiente venta
payment-retry = Reintentar
payment-back = Volver al importe
payment-parts = Pagado hasta ahora
payment-part-paid-body = ¿Cómo se paga el resto?
payment-otherwise = Pagar de otra forma

review-amount = El importe pagado es otro.
review-currency = La moneda es otra.
review-test = Se mezclan dinero de prueba y dinero real.
review-id = La respuesta es sobre otra factura.
review-payload = El pago se hizo para otra venta.
review-taken-back = La pasarela ya no dice que está pagado.
review-other = Algo no coincide: { $reason }.

practice-customer = Usted hace de cliente
practice-choose = Elegir moneda
practice-pay = Pagar
practice-end = Dejar vencer
lesson-step = Paso { $step } de { $steps }
lesson-amount = Teclee lo que debe el cliente, por ejemplo { $amount }.
lesson-charge = Toque el botón ancho: crea el código que escanea el cliente.
lesson-coin = El cliente escanea el código y elige una moneda. Haga de cliente: toque «Elegir moneda».
lesson-pay = La caja ve qué moneda será. Ahora pague, como haría el cliente.
lesson-done = Pagado y anotado para siempre. Cierre esta pantalla para el siguiente cliente.
lesson-learned = Esa fue una venta completa. Está en Ventas y en las sumas del día.
lesson-over = Esta no se pagó. Pase a la siguiente venta y pruebe otra vez.
lesson-skip = Omitir
lesson-close = Entendido

## Paid

## The sales book

sales-search = Número, nota, importe o factura
sales-none = Aún no hay ventas
sales-none-found = Ninguna venta coincide
sales-show-all = Mostrar todas las ventas
sales-more = Mostrar anteriores
filter-days = Días
filter-any-day = Cualquier día
filter-today = Hoy
filter-yesterday = Ayer
filter-week = Esta semana
filter-day = Un día
filter-states = Estado
filter-any-state = Cualquier estado
filter-open = aún abiertas
filter-any-currency = Cualquier moneda
filter-money = Dinero real o de prueba
filter-any-money = Todo el dinero
filter-real = Dinero real
filter-test = Dinero de prueba
day-today = Hoy, { $day }
day-yesterday = Ayer, { $day }
mark-late = tarde
mark-twice = pagada dos veces
mark-refunded = devolución

## A sale's page

sale-back = Todas las ventas
sale-facts = La venta
sale-opened = Cobrada
sale-paid = Pagada
sale-coin = Moneda
sale-coins = Enviado
sale-settlement = Abono
sale-settled = Abonado en su cuenta
sale-not-settled = Aún no abonado
sale-tip = Propina
sale-gateway-status = Pasarela
sale-written-off = Dada por perdida
sale-note = Nota
sale-no-note = Ninguna
sale-receipts = Recibos
sale-receipts-count =
    { $count ->
        [0] Ninguno aún
        [one] { $count } hecho
       *[other] { $count } hechos
    }
sale-lines = Lo vendido
sale-line = { $quantity } × { $name }
sale-refunds = Devoluciones
sale-refund-taken-back = Anulada:
sale-attempts =
    { $count ->
        [one] Código de pago
       *[other] Códigos de pago
    }
sale-no-invoice = Sin factura
sale-history = Qué ocurrió
sale-show = Mostrar el código
sale-refund = Devolución
sale-add-note = Añadir una nota
sale-edit-note = Cambiar la nota
sale-tenders = Pagado con
sale-tender-change = Entregado { $given }, cambio { $change }
sale-tender-rounding = Redondeado en { $rounding }
sale-outstanding = Pendiente
sale-overpaid = Pagado de más
sale-show-rest = Cobrar el resto

## The entries of a sale

entry-sale-opened = Cobrado { $amount }
entry-invoice-requested = Pedido a la pasarela el código n.º { $attempt }
entry-invoice-opened = Mostrado el código n.º { $attempt }
entry-invoice-refused = La pasarela dijo que no ({ $code })
entry-invoice-uncertain = Sin respuesta clara ({ $code })
entry-invoice-reported =
    { $status ->
        [processing] Pagado, el abono está en camino
       *[other] La pasarela informa: { $status }
    }
entry-invoice-chosen =
    { $coins ->
        [none] El cliente eligió { $coin }
       *[other] El cliente eligió { $coin }: { $coins }
    }
entry-invoice-settled = Abonado en su cuenta
entry-invoice-paid =
    { $coins ->
        [none] Pagado
       *[other] Pagado: { $coins }
    }
entry-invoice-ended = El código n.º { $attempt } terminó sin pago
entry-invoice-questioned = La pasarela informa de un pago que no coincide
entry-sale-stopped = El cajero dejó de esperar
entry-payment-seen = El pago se vio en la caja
entry-sale-noted = Nota
entry-language-chosen = Idioma del cliente: { $language }
entry-tender-taken =
    { $way ->
        [cash] Pagado { $amount } en efectivo
        [card] Pagado { $amount } con tarjeta
       *[other] Pagado { $amount }: { $way }
    }
entry-tender-taken-back = Se anuló el pago n.º { $tender }
entry-sale-refunded =
    { $way ->
        [cash] Devuelto { $amount } en efectivo
        [by_hand] Devuelto { $amount } a mano
        [card] Devuelto { $amount } a la tarjeta
       *[other] Devuelto { $amount }: { $way }
    }
entry-refund-taken-back = Se anuló una devolución
entry-review-closed = La contradicción se aclaró
entry-invoice-watch-ended = Ya no se consulta el intento { $attempt }
entry-payment-doubted = La pasarela ya no dice que está pagado
entry-sale-written-off = Dada por perdida
entry-receipt-made =
    { $medium ->
        [printer]
            { $outcome ->
                [unconfirmed] Recibo enviado a la impresora, que no lo confirmó
                [failed] Falló la impresión del recibo
               *[other] Recibo impreso
            }
        [file] Recibo guardado
       *[other] Recibo enviado al cuadro de impresión
    }
entry-other = Asiento del tipo { $kind }

## Corrections

reason = Por qué
reason-wanted = Hacen falta unas palabras
reason-goods-back = Mercancía devuelta
reason-wrong-amount = Importe equivocado
reason-paid-twice = Pagado dos veces
reason-mistake = Introducido por error
reason-not-paid-out = No se pagó
reason-sent-back = Reenviado al cliente
reason-gateway-forgot = La pasarela no conoce la factura
reason-settled = Aclarado con el cliente
note-title = Nota de la venta { $number }
note-hint = Las palabras anteriores quedan en el libro.
note-save = Guardar la nota
refund-title = Devolución de la venta { $number }
refund-say = La pasarela no devuelve dinero. Pague al cliente en efectivo o a mano; Ringup lo anota.
refund-goods = Qué vuelve
refund-amount = Importe ({ $sign })
refund-most = { $most } como máximo
refund-no-amount = Esto no es un importe
refund-way = Cómo se devuelve
refund-cash = En efectivo
refund-by-hand = A mano, transferencia
refund-say-tenders = Ringup no devuelve dinero. Devuélvalo como se elige abajo; Ringup lo anota.
refund-card = A la tarjeta
refund-tax = Vuelve impuesto { $rate } de { $gross }: { $tax }
refund-tip = Propina incluida: { $tip }
refund-rounded = En efectivo: { $amount }, redondeado en { $rounding }
refund-save = Anotar la devolución
refund-save-amount = Devolver { $amount }
take-back = Anular
take-back-title = Anular la devolución de { $amount }
take-back-say = Hágalo si no se devolvió dinero. La devolución queda en el libro y ya no cuenta.
review-title = Aclarar la venta { $number }
review-say = Mire primero en su cuenta de cru.cash. Anote qué resultó. El dinero que hasta ahora no contaba queda fuera de todos los totales.
write-off = Dar por perdida
write-off-title = Dar por perdida la venta { $number }
write-off-say = Nadie espera ya esta venta, y el día se cierra sin ella. Si aun así llega dinero, cuenta y la caja avisa.
review-close = Está aclarado

## Receipts

receipt-title = Recibo de la venta { $number }
receipt-is-first = El primer recibo de esta venta.
receipt-is-copy = Ya hubo uno antes: este se marca como copia.
receipt-print = Imprimir
receipt-saved = Guardado
receipt-dialog = Imprimir con este equipo
receipt-pdf = Guardar como PDF
receipt-png = Guardar como imagen
receipt-no-printer = Puede configurar una impresora de recibos en los ajustes.

## The day

day-earlier = El día anterior
day-later = El día siguiente
day-export = Guardar el libro
day-none = No se pagó nada este día
day-practice = Dinero de práctica: este informe no cuenta
report-gateway = Pasarela: { $gateway }
totals-paid =
    { $count ->
        [one] { $count } pago
       *[other] { $count } pagos
    }
totals-average = De media
totals-tips = Propinas incluidas
totals-late = Pagado tarde ({ $count })
totals-twice = Pagado dos veces ({ $count })
totals-refunds = Devoluciones ({ $count })
totals-net = Queda
totals-settled = Abonado
totals-unsettled = Aún no abonado
totals-coin = { $coin } ({ $count })
totals-cashiers = Por cajero
totals-cashier = { $name } ({ $count })
totals-categories = Por categoría
totals-category-none = Sin categoría
totals-category-refunded = Devoluciones incluidas
totals-tax = Impuesto { $rate } de { $gross }
totals-tax-refunded = Devoluciones incluidas { $gross }
totals-tender =
    { $tender ->
        [crypto] Cripto ({ $count })
        [cash] Efectivo ({ $count })
        [card] Tarjeta ({ $count })
       *[other] { $tender } ({ $count })
    }
totals-tender-refunds =
    { $tender ->
        [crypto] Cripto: devoluciones
        [cash] Efectivo: devoluciones
        [card] Tarjeta: devoluciones
       *[other] { $tender }: devoluciones
    }
totals-tender-tips =
    { $tender ->
        [crypto] Cripto: propinas incluidas
        [cash] Efectivo: propinas incluidas
        [card] Tarjeta: propinas incluidas
       *[other] { $tender }: propinas incluidas
    }
totals-rounding = Redondeo del efectivo
totals-taken-back =
    { $count ->
        [one] Anulado: { $count } pago
       *[other] Anulado: { $count } pagos
    }
totals-refund-way =
    { $way ->
        [cash] De ellas en efectivo ({ $count })
        [by_hand] De ellas a mano ({ $count })
        [card] De ellas a la tarjeta ({ $count })
       *[other] De ellas { $way } ({ $count })
    }
hours-title = Pagos por horas
hours-hour =
    { $count ->
        [one] De { $from } a { $to } h: { $count } pago, { $amount }
       *[other] De { $from } a { $to } h: { $count } pagos, { $amount }
    }
close-next = Desde el último cierre
close-never = Aún no se ha cerrado ningún día.
close-last = Z { $z }, { $at }
close-open =
    { $count ->
        [one] { $count } venta sigue abierta
       *[other] { $count } ventas siguen abiertas
    }
day-open-sum = Si se pagan
close-open-say = Aún pueden pagarse. Su dinero contará en el próximo cierre.
close-day = Cerrar el día
close-ask = ¿Cerrar el día?
close-say = El informe Z se escribe en el diario y no cambia nunca. Después se sigue vendiendo.
close-carry =
    { $count ->
        [one] Cerrar y traspasar { $count }
       *[other] Cerrar y traspasar { $count }
    }
close-z = Z { $z }
close-at = Cerrado { $at } ({ $zone })
close-nothing = No se pagó nada desde el cierre anterior
close-written-off = Dadas por perdidas: { $numbers }
close-reviews-closed = Contradicciones aclaradas a mano: { $numbers }
close-carts-held =
    { $count ->
        [one] { $count } carrito aparcado
       *[other] { $count } carritos aparcados
    }
close-carts-dropped =
    { $count ->
        [one] { $count } carrito descartado sin venta
       *[other] { $count } carritos descartados sin venta
    }
close-carried =
    { $count ->
        [one] Se traspasó { $count } venta abierta
       *[other] Se traspasaron { $count } ventas abiertas
    }
close-program = Programa { $version }
close-key = Huella de la clave: { $key }
close-events = Sucesos técnicos
close-event =
    { $kind ->
        [drawer_opened] Cajón abierto
        [gateway_bound] Pasarela anotada
        [journal_restored] Diario restaurado
        [key_changed] Clave API cambiada
        [pin_changed] PIN puesto o quitado
        [pin_refused] PIN erróneos
        [practice_reset] Ventas de práctica borradas
        [program_started] Programa iniciado
        [settings_changed] Ajustes cambiados
        [stock_set] Existencias contadas
        [signed_on] Entrada o salida de cajero
        [staff_changed] Cajeros cambiados
       *[other] { $kind }
    }
close-head = Cabecera del diario
close-signed = La central la ha firmado, con el asiento { $entry }
close-signed-before = La central ha firmado hasta el asiento { $entry }, antes de este informe
close-print = Imprimir
close-done = Listo
closes = Cierres
closes-more = Anteriores
grand = Totales generales
export-title = Guardar el libro de ventas
export-period = Qué días
export-day = Este día
export-month = Este mes
export-all = Todo
export-range = De … a
export-from = Primer día
export-to = Último día
export-wrong = El primer día va antes que el último
export-format = Como
export-xlsx = Excel (XLSX)
export-excel = CSV para Excel
export-csv = Tabla (CSV)
export-json = Para programas (JSON)
export-rows = Una fila por
export-rows-sales = Venta
export-rows-tenders = Pago
export-rows-lines = Línea
export-rows-cash = Movimiento de efectivo
export-rows-bookings = Apunte
export-datev = Libro de caja DATEV
export-start = Guardar como…
export-choosing = Elija un archivo…
export-progress = { $done } de { $total }
export-done = Guardado: { $file }

## Receipts, on screen, paper and PDF

slip-till = Caja { $till }
slip-test-page = La impresora funciona. Lo que abajo se lee, lo puede imprimir.
slip-test-code-page = Página de códigos { $page }:
slip-test-picture = Letras como imagen:

## Who may: the PIN, and who is at the till

lock-title = PIN
lock-pin = PIN
lock-open = Desbloquear
lock-back = Atrás
lock-now = Bloquear
lock-wrong = Ese no es el PIN
lock-wait = Demasiados intentos erróneos. Próximo intento en { $time }
sign-on-title = ¿Quién está aquí?
sign-on-hint = Toque su nombre y teclee su PIN, o escanee su llave. Lo que está en curso se queda.
sign-on-choose = Toque un nombre
sign-on-shop = El PIN de la tienda
sign-off = Salir
approve-title = Alguien tiene que autorizarlo
approve-hint =
    { $right ->
        [discount] Este descuento supera el límite. Quien puede darlo lo autoriza una vez; usted sigue dentro.
        [refund] Las devoluciones requieren el derecho. Quien lo tiene lo autoriza una vez; usted sigue dentro.
        [take_back] Anular requiere el derecho. Quien lo tiene lo autoriza una vez; usted sigue dentro.
        [open_drawer] Abrir el cajón requiere el derecho. Quien lo tiene lo autoriza una vez; usted sigue dentro.
        [drop_cart] Descartar un carrito aparcado requiere el derecho. Quien lo tiene lo autoriza una vez; usted sigue dentro.
        [expected_cash] Lo que debería haber en el cajón no es para todos. Quien tiene el derecho lo autoriza una vez; usted sigue dentro.
        [close] Cerrar el día y exportar requieren el derecho. Quien lo tiene lo autoriza una vez; usted sigue dentro.
        [settings] Los ajustes requieren el derecho. Quien lo tiene lo autoriza una vez; usted sigue dentro.
        [key] La clave requiere el derecho. Quien lo tiene lo autoriza una vez; usted sigue dentro.
       *[other] Esto requiere un derecho. Quien lo tiene lo autoriza una vez; usted sigue dentro.
    }
role =
    { $role ->
        [supervisor] Encargado
        [owner] Dueño
       *[cashier] Cajero
    }
role-hint =
    { $role ->
        [supervisor] Corrige, cierra el día y autoriza a los cajeros lo que no pueden, según lo puesto bajo los nombres.
        [owner] Lo puede todo, siempre.
       *[cashier] Vende. Todo lo demás lo autoriza un encargado o el dueño, o se pone bajo los nombres.
    }
right =
    { $right ->
        [discount] Descuentos por encima del límite
        [refund] Devoluciones
        [take_back] Anular, revisar, dar por perdida
        [open_drawer] Abrir el cajón
        [drop_cart] Descartar carritos aparcados
        [expected_cash] Ver lo que debería haber en el cajón
        [close] Cerrar el día, exportar
        [settings] Ajustes, artículos, personal
        [key] La clave API
       *[other] { $right }
    }
rights-title = Qué pueden hacer
rights-hint = El dueño lo puede todo. Lo que no esté marcado puede autorizarse, acto por acto.
rights-free-discount = Descuento que cualquiera puede dar, en porcentaje
access-title = PIN, llaves y funciones
access-hint = Con un PIN o una llave, un nombre figura en el libro solo para quien es suyo. Dé primero uno al dueño. Se guarda al momento.
access-pin = PIN
access-fob = Llave
access-change = Cambiar
access-role = Función
access-first-pin = PIN
access-new-pin = PIN nuevo
access-pin-hint = De 4 a 12 cifras.
access-fob-none = Sin llave
access-fob-set = Hay una llave.
access-fob-waiting = Escanee la llave ahora…
access-fob-scanned = La llave se escaneó; cuenta cuando se guarde.
access-fob-scan = Escanear una llave
access-fob-clear = Quitar la llave
access-pin-clear = Quitar el PIN
access-remove = Quitar todo
access-save = Guardar
pin-title = PIN
pin-set = Hay un PIN. Se pide para ajustes, devoluciones, el cierre del día y salir del modo quiosco.
pin-none = No hay PIN: quien esté aquí puede hacerlo todo.
pin-new = PIN nuevo
pin-hint = De 4 a 12 cifras. Si se olvida, la orden «ringup pin clear» lo quita.
pin-save = Poner PIN
pin-clear = Quitar el PIN
cashiers-title = Cajeros
cashiers-hint = Sus nombres figuran en el libro junto a lo que se hizo mientras estaban en la caja. Deje la lista vacía para no usarla.
cashiers-name = Nombre del cajero
cashiers-add = Añadir un cajero
cashiers-remove = Quitar cajero
cashiers-who = ¿Quién está aquí?
cashiers-nobody = Nadie
entry-by = { $name }
entry-approved-by = Autorizado por { $name }

## The customer's display

settings-counter = Mostrador
display-title = Pantalla del cliente
display-where = Dónde está
display-hint = Muestra el nombre de la tienda, el importe, el código y la marca de pagado; nada del cajero.
display-off = Ninguna
display-second-monitor = En el segundo monitor, cuando lo hay
display-window = En una ventana que se puede mover
customers-language = Idioma del cliente
customers-languages-title = Idiomas de los clientes
customers-languages-first = Al principio
customers-languages-screens = Como las pantallas de la caja
customers-languages-hint = El de la pantalla del cliente, el autoservicio y los recibos hasta que alguien elija.
customers-languages-more = Los clientes pueden elegir también

## Kiosk

kiosk-title = Quiosco
kiosk-hint = Pantalla completa; solo se cierra con el PIN.
kiosk-enter = Entrar ahora en modo quiosco
kiosk-leave = Salir del modo quiosco
kiosk-quit = Cerrar Ringup
kiosk-no-pin = No hay PIN: cualquiera que abra los ajustes puede salir del modo quiosco.
kiosk-at-start = Empezar siempre en modo quiosco
kiosk-autostart = Iniciar Ringup cuando el usuario de este equipo entra
kiosk-return = Volver al teclado tras … segundos
kiosk-return-hint = De 10 a 3600, en modo quiosco, si nadie toca nada.
kiosk-self-service = Los clientes se sirven solos
kiosk-self-service-hint = Solo se pueden pagar los importes de abajo. Libros y ajustes piden el PIN. Ponga primero un PIN.
kiosk-self-service-card = Los clientes pueden decir que pagan con tarjeta: el personal la cobra y lo confirma con su PIN
offer-name = Para qué
offer-amount = Importe
offer-add = Añadir un importe
offer-remove = Quitar importe

## Settings: ways to pay

settings-tenders = Formas de pago
settings-tenders-hint = Los botones del teclado van en este orden; Intro toma el primero. Solo con cripto, hay un único botón.
settings-tender-own = Nombre, como vale
settings-tender-add = Otra forma de pago
settings-tender-remove = Quitar { $name }
settings-tender-up = Antes
settings-tender-down = Después
settings-accounts = Cuentas
settings-accounts-hint = Para exportar apuntes: como las conoce el programa del contable. Si falta una, la exportación dice cuál.
settings-problem-accounts = Ninguna cuenta puede tener más de 60 caracteres.
account-sales-at = Ventas al { $rate } %
account-tax-at = Impuesto al { $rate } %
account-sales = Ventas sin impuesto
account-tips = Propinas
account-rounding = Redondeo del efectivo
account-overpaid = Pagado de más
account-float = Primer fondo de caja
account-in = Entradas
account-out = Salidas
account-drop = Ingresos en el banco
account-difference = Diferencias en los arqueos
settings-rounding = Redondeo del efectivo
settings-rounding-hint = Donde no se usan las monedas más pequeñas. Las otras formas de pago no se redondean.
settings-rounding-of = Redondeo del efectivo en { $currency }
settings-rounding-none = Ninguno
settings-rounding-five = A 0,05
settings-rounding-whole = A la unidad inferior

## Settings

settings-selling = Venta
settings-till-code = Código de esta caja
settings-till-code-hint = Va delante del número de cada venta: A-000042. Cada caja de la tienda necesita el suyo.
settings-currency = Moneda
settings-lifetime = Tiempo para pagar, en minutos
settings-lifetime-hint = De 3 a 1440
settings-entry = Teclear un importe
settings-entry-auto = Según la moneda
settings-entry-cents = Primero céntimos (1250)
settings-entry-decimal = Con coma (12,50)
settings-language = Idioma
settings-language-system = El del sistema
settings-advanced = Más para la pasarela
settings-description = Lo que lee el cliente
settings-description-hint = Letras, cifras, espacios y #
settings-redirect = Adónde va el cliente tras pagar
settings-redirect-hint = Una dirección web, http o https
settings-webhook = Dónde informa la pasarela de los pagos
settings-webhook-hint = Una dirección web de su central, https
settings-calls = Consultas a la pasarela por minuto, como máximo
settings-calls-hint = De 6 a 240. Con más, la pasarela podría bloquear la tienda.
settings-save = Guardar
settings-saved = Guardado
settings-key-title = Clave API
settings-key = Clave de cru.cash
settings-key-hint = Va al llavero de este equipo y no se vuelve a mostrar.
settings-key-save = Guardar la clave
settings-key-stored = Hay una clave guardada
settings-key-none = No hay clave guardada
settings-key-unknown = El llavero no responde
settings-key-practice = La práctica no necesita clave. Salga de la práctica para ver la de la tienda.
settings-key-clear = Quitar la clave
settings-key-clear-ask = Sin la clave no se puede vender nada, y las ventas abiertas dejan de vigilarse.
key-in-use-title = Aún hay códigos en espera
key-in-use-say =
    { $count ->
        [one] Un código aún puede pagarse con la clave actual.
       *[other] { $count } códigos aún pueden pagarse con la clave actual.
    } La pasarela no confirma que sean de la clave nueva. Con la clave de otra cuenta, o sin ninguna, la caja ya no ve si se pagan.
key-in-use-keep = Conservar la clave
key-in-use-change = Cambiarla de todos modos
settings-practice-title = Práctica
settings-practice-off = Venda a un cliente inventado. Sus ventas reales quedan como están.
settings-practice-on = Está practicando. Las ventas de práctica nunca se mezclan con las reales.
settings-practice-enter = Practicar
settings-practice-leave = Salir de la práctica
practice-reset = Empezar la práctica de nuevo
practice-reset-ask = Olvida todas las ventas de práctica. Sus ventas reales están en otro sitio y quedan como están.
settings-about = Ringup { $version } · { $gateway }
settings-updates = Versiones nuevas
settings-updates-say = Una vez al día, y nunca durante una venta, la caja mira si hay una versión más nueva. Solo avisa; no instala nada.
settings-updates-address = Dónde mirar
settings-updates-address-hint = La dirección web de un aviso firmado, https. Vacío: la caja no mira nunca.
settings-updates-key = Clave pública de ese aviso
settings-updates-key-hint = Una línea de minisign; empieza por RW.
update-off = La caja no mira en ningún sitio.
update-waiting = Aún no ha mirado.
update-current = Esta es la versión más nueva. Comprobado: { $at }.
update-newer = Ya existe la versión { $version }, del { $day }. Esta es la { $own }.
update-refused = Comprobado: { $at }. No se sabe de ninguna versión más nueva.
update-unreachable = No se llega a la dirección.
update-slow = La respuesta tarda demasiado.
update-redirected = El servidor manda la caja a otra dirección, y allí no va.
update-no-file = El servidor no entrega el archivo.
update-too-large = La respuesta es más larga que cualquier aviso.
update-not-signed = El archivo no está firmado con esta clave.
update-unreadable = El archivo está firmado, pero esta versión no lo entiende.
update-other-product = El archivo está firmado y es de otro programa.
update-older = El archivo nombra una versión más antigua que esta.
settings-shop = Tienda
settings-shop-name = Nombre
settings-shop-address = Dirección
settings-shop-tax-id = Número fiscal
settings-shop-footer = Al pie de cada recibo
settings-shop-footer-hint = Un agradecimiento, horario, cómo devolver la mercancía
settings-taxes = Impuestos
settings-taxes-hint = Los precios incluyen impuestos. Los recibos y el día muestran cuánto hay a cada tipo.
settings-tax-name = Su nombre
settings-tax-percent = Porcentaje
settings-tax-remove = Quitar este tipo
settings-tax-add = Añadir un tipo
settings-tax-option = { $name } { $percent } %
settings-default-tax = Tipo de lo que cobra el teclado
settings-default-tax-none = Sin impuesto

settings-items = Artículos
items-none = Aún no hay artículos. Cada uno será un botón junto a las teclas.
items-import = Importar
items-export = Guardar como CSV
items-labels = Etiquetas
labels-title = Etiquetas para el estante
labels-hint = Se imprimen en el papel de los recibos: nombre, precio y, si es un EAN, el código de barras.
labels-all = Todos los artículos
labels-print =
    { $count ->
        [one] Imprimir una etiqueta
       *[other] Imprimir { $count } etiquetas
    }
items-import-hint = Un archivo CSV con las columnas name y price; si quiere, también moneda, impuesto, código de barras, color y lo demás que tenga un artículo.
items-imported = Importados: { $added } nuevos, { $changed } cambiados.
import-title = Importar artículos
import-sums = { $added } nuevos, { $changed } cambiados, { $refused } omitidos. Aún no se ha escrito nada.
import-line = Línea { $line }
import-new = nuevo
import-changed = cambia
import-unchanged = igual
import-refused = omitido
import-change = { $field }: { $from } → { $to }
import-field-name = Nombre
import-field-price = Precio
import-field-tax = Impuesto
import-field-barcode = Código de barras
import-field-colour = Color
import-none = ninguno
import-why =
    { $problem ->
        [name] Hace falta un nombre de 1 a 60 caracteres
        [price] «{ $cell }» no es un precio. Tiene dos decimales como máximo y ningún signo entre miles: 1.000 podría ser uno o mil
        [currency] «{ $cell }» no es EUR, USD ni RUB
        [tax] «{ $cell }» no es un porcentaje de 0 a 100
        [colour] No hay ningún color «{ $cell }»
        [barcode] «{ $cell }» no es un código de barras: tiene de 4 a 64 caracteres
        [barcode_uncertain] «{ $cell }» es un número de una hoja de cálculo, y sus cifras no prueban un código de barras. Dé a la columna formato de texto e introduzca el código de nuevo
        [barcode_twice] Una línea anterior tiene el código de barras { $cell }
        [name_ambiguous] Varios artículos se llaman { $cell }, y ningún código de barras dice cuál es
        [too_many_cells] «{ $cell }» no tiene columna. Una coma dentro de un precio necesita comillas
        [category] «{ $cell }» no puede ser una categoría
        [sold] «{ $cell }» no es each, open ni weight
        [options] «{ $cell }» no se puede leer como opciones, o una haría gratis el artículo. Escriba: one Size: small +0.00 | large +0.50
        [deposit] «{ $cell }» no es un depósito ni un impuesto
        [sold_out] «{ $cell }» no es yes ni no
        [warn_at] «{ $cell }» no es un número entero hasta 9999
        [too_many] Más de 500 artículos
       *[other] No se puede guardar
    }
import-repeats-name = Tiene el mismo nombre que la línea { $line }. Será un artículo propio.
import-code-mended = El código de barras se leyó de «{ $from }»; su cifra de control es correcta.
import-zero-missing = Puede faltar un cero: con él, { $code } sería el código de barras de un producto.
import-confirm =
    { $count ->
        [one] Importar 1 artículo
       *[other] Importar { $count } artículos
    }
import-nothing = Nada que importar
item-add = Añadir un artículo
item-new = Artículo nuevo
item-title = Cambiar { $name }
item-name = Nombre
item-no-name = Un artículo necesita un nombre.
item-price = Precio, impuesto incluido
item-no-price = Un precio como 3,50.
item-tax = Impuesto en el precio
item-tax-in = { $percent } % de impuesto
item-barcode = Código de barras
item-barcode-hint = Escanéelo en este campo, o déjelo vacío.
item-barcode-short = 4 caracteres como mínimo.
item-colour = Color
item-save = Guardar
item-remove = Borrar
item-up = { $name } hacia arriba
item-down = { $name } hacia abajo
item-category = Categoría
item-category-hint = Una pestaña sobre los artículos. Déjela vacía si no quiere ninguna.
item-sold = Se vende
item-sold-each = a su precio
item-sold-open = a un precio tecleado cada vez
item-sold-weight = a peso: el precio es por kilo
item-options = Opciones
item-options-wrong = Cada grupo y cada opción necesitan un nombre, y una diferencia es un importe como 0,50 o -0,50.
item-group-add = Añadir opciones
item-group-name = Qué se elige, como Tamaño
item-group-choose = Cuántas
item-group-one = una de
item-group-any = cualquiera de
item-group-remove = Quitar las opciones { $name }
item-option-name = Opción, como grande
item-option-difference = Precio ±
item-option-add = Una más
item-option-remove = Quitar la opción { $name }
item-deposit = Depósito
item-deposit-hint = En una línea propia. Déjelo vacío si no hay.
item-deposit-tax = Impuesto en el depósito
item-deposit-tax-item = como el artículo
item-sold-out = Agotado
item-count-stock = Contar existencias
item-stock = Hay ahora
item-stock-hint = Lo que se venda desde ahora se resta.
item-warn-at = Avisar cuando queden
item-no-count = Un número entero hasta 9999.
yes = sí
no = no
colour-sand = Arena
colour-rose = Rosa
colour-coral = Coral
colour-amber = Ámbar
colour-lemon = Limón
colour-sky = Cielo
colour-lilac = Lila
colour-stone = Piedra
settings-tips = Propinas
settings-tips-ask = Pedir propina antes del QR
settings-tips-round = Ofrecer redondear
settings-percents = Porcentajes ofrecidos
settings-discounts = Descuentos
settings-discounts-offer = Un botón de descuentos en el teclado
settings-hold = Carritos aparcados
settings-hold-offer = Un botón en el teclado para aparcar un carrito sin pagar con un nombre o una mesa
settings-scanner = Lector de códigos de barras
settings-scanner-none = No aprendido. La mayoría se reconocen de todos modos; uno lento con códigos cortos, solo cuando se aprende.
settings-scanner-waiting = Escanee ahora cualquier código de barras.
settings-scanner-short = «{ $code }» es demasiado corto o llegó demasiado lento. Escanee un código de seis caracteres o más.
settings-scanner-learnt =
    Aprendido: { $gap } ms de tecla a tecla, { $ending ->
        [enter] luego Intro
        [tab] luego Tab
       *[none] luego nada
    }.
settings-scanner-learn = Aprender de una lectura
settings-scanner-forget = Olvidar
settings-scale-codes = Códigos de las balanzas
settings-scale-codes-hint = Un EAN-13 que empieza por 20 a 29 contiene un peso o un precio. El código del artículo es el prefijo y las cifras del artículo; su precio es el del kilo.
settings-scale-prefix = Prefijo
settings-scale-holds = El código contiene
settings-scale-weight = peso (g)
settings-scale-price = precio
settings-scale-article = Cifras del artículo
settings-scale-article-digits = artículo: { $digits } cifras
settings-scale-value = Cifras del valor
settings-scale-value-digits = valor: { $digits } cifras
settings-scale-remove = Quitar { $prefix }
settings-scale-add = Añadir un prefijo
settings-scale-wrong = Cada prefijo una vez, de 20 a 29. Artículo y valor tienen juntos diez cifras como máximo.
settings-large-times = Volver a preguntar por encima de cuántas veces el importe habitual
settings-large-times-hint = El importe habitual es la mediana de las últimas 200 ventas pagadas en la moneda.
settings-large-times-wrong = Un número entero de 2 a 10.000.
settings-large-at-least = Nunca por debajo, { $currency }
settings-large-at-least-wrong = Un importe que se pueda cobrar.

settings-days = Días
settings-zone = Zona horaria
settings-zone-hint = El día de la tienda empieza y termina según ella
settings-printer = Impresora de recibos
settings-printer-none = Ninguna
settings-printer-network = Red
settings-printer-usb = USB
settings-printer-serial = Serie
settings-printer-device = Archivo de dispositivo
settings-printer-queue = Cola CUPS
settings-printer-look = Buscar impresoras
settings-printer-looking = Buscando, unos tres segundos …
settings-printer-nearby = Impresoras y puertos
settings-printer-nearby-none = No se encontró ninguna impresora. ¿Está encendida y conectada? Su dirección se puede escribir.
settings-printer-device-hint = Como /dev/usb/lp0 o /dev/lp0
settings-printer-queue-name = Nombre de la cola
settings-printer-queue-hint = Como lo muestra lpstat -e. Los recibos pasan por ella sin cambios.
settings-letters = Letras
settings-letters-printer = Las de la impresora
settings-letters-picture = Como imagen
settings-letters-hint = Una imagen muestra griego, polaco, ucraniano o kazajo en cualquier impresora. La página de prueba muestra ambas.
settings-printer-host = Dirección
settings-printer-port = Puerto
settings-printer-vendor = Número del fabricante
settings-printer-product = Número del modelo
settings-printer-usb-hint = Cuatro cifras hexadecimales, como 04b8
settings-printer-path = Puerto
settings-printer-path-hint = /dev/ttyUSB0 o COM3
settings-printer-baud = Bits por segundo
settings-paper = Papel
settings-paper-58 = 58 mm
settings-paper-80 = 80 mm
settings-auto-print = Imprimir en cuanto se pague una venta
settings-drawer = Abrir el cajón con el primer recibo
settings-printer-test = Imprimir una página de prueba
settings-printer-tested = Impresa. Elija las letras que se leen en ella.
settings-printer-test-sent = Enviada. Esta impresora no dice si ha impreso: mire el papel.
settings-printer-save-first = Guarde primero, luego pruebe.
settings-unsaved = Aún sin guardar
settings-unread = Algunos ajustes no se pudieron leer. Tienen sus valores habituales hasta que los guarde de nuevo.
settings-unread-all = Los ajustes no se pudieron leer. Todo tiene su valor habitual hasta que guarde los ajustes de nuevo.
settings-problem-lifetime = De 3 a 1440 minutos
settings-problem-description = Al menos tres letras latinas o rusas, o cifras
settings-problem-webhook = Una dirección web que empiece por https://
settings-problem-redirect = Una dirección web que empiece por https:// o http://
settings-problem-updates-address = Una dirección web que empiece por https://, sin nombre de usuario
settings-problem-updates-key = Una clave pública de minisign; la dirección la necesita
settings-problem-till-code = De una a tres letras (A a Z) o cifras
settings-problem-calls = Un número entero de 6 a 240
settings-problem-text = No más de 400 caracteres
settings-problem-tenders = Elija al menos una; cada una propia necesita un nombre.
settings-problem-taxes = Cada tipo necesita un nombre de hasta 24 caracteres y un porcentaje de hasta 100, y cada porcentaje puede estar una sola vez.
settings-problem-default-tax = Elija uno de los tipos de arriba
settings-problem-zone = Este equipo no conoce esta zona horaria. Elija otra.
settings-problem-printer = Elija de nuevo cómo está conectada la impresora
settings-problem-host = Un nombre o una dirección solos, como 192.168.1.40
settings-problem-port = Un número de 1 a 65535
settings-problem-usb = Cuatro cifras hexadecimales, no todas cero, como 04b8
settings-problem-serial = Un puerto serie: /dev/ttyUSB0 o COM3
settings-problem-percents = Hasta cuatro porcentajes mayores que 0, hasta 100.
settings-problem-cashiers = Cada cajero necesita un nombre de hasta 40 caracteres, y cada nombre puede estar una sola vez.
settings-problem-free-discount = De 0 a 100 por ciento.
settings-problem-return = Un número entero de segundos de 10 a 3600
settings-problem-offers = Cada importe necesita un nombre y una suma que se pueda cobrar, por ejemplo 3,50; el autoservicio necesita uno al menos.
settings-problem-paid-after = Un número entero de segundos de 5 a 120
settings-problem-choice = Elíjalo de nuevo
settings-problem-part = Toda esta parte no se pudo leer. Póngala de nuevo.
settings-problem-backup = Elija la carpeta de nuevo
settings-looks = Aspecto y sonido
looks-title = Aspecto
looks-theme = Colores
looks-theme-system = Como el equipo
looks-theme-light = Claro
looks-theme-dark = Oscuro
looks-theme-high-contrast = Alto contraste
looks-theme-hint = La pantalla del cliente los lleva también.
looks-scale = Tamaño de todo
looks-percent = { $percent } %
looks-paid = Cuando se paga una venta
looks-paid-returns = Volver solo al teclado
looks-paid-after = Tras … segundos
looks-paid-after-hint = De 5 a 120. Un toque o un diálogo inicia el tiempo de nuevo.

keyboard = Teclado en pantalla
keyboard-use = Cuándo mostrarlo
keyboard-use-kiosk = En modo quiosco
keyboard-use-touch = Siempre que un dedo toque un campo
keyboard-use-never = Nunca
keyboard-backspace = Borrar
keyboard-shift = Mayúsculas
keyboard-signs = Cifras y signos
keyboard-layout = Otro idioma
keyboard-space = Espacio
keyboard-enter = Intro
keyboard-hide = Ocultar
sound-title = Sonido
sound-on = La caja suena
sound-volume = Volumen
sound-paid = Pagado
sound-paid-when = Ha llegado dinero.
sound-ended = Terminado
sound-ended-when = Un código terminó sin pago.
sound-error = Error
sound-error-when = Algo salió mal: léalo.
sound-alarm = Alarma
sound-alarm-when = Pagado tarde o dos veces. Suena de nuevo hasta que alguien lo vea.
sound-listen = Escuchar: { $sound }

settings-backup = Copia
backup-say = Cada día Ringup copia su diario a una carpeta, mejor en otro disco o una memoria USB, y comprueba cada copia.
backup-sign = Sin copia
backup-off = No se hacen copias.
backup-waiting = Se está haciendo la primera copia.
backup-good = Las copias son buenas.
backup-unflushed = Su carpeta, como en algunos recursos de red, no da certeza de resistir un corte de luz.
backup-folder-missing = La carpeta no está. Conecte la memoria o elija otra carpeta.
backup-failed = La última copia falló.
backup-folder = Carpeta
backup-no-folder = Ninguna elegida
backup-last = Última copia buena
backup-never = Ninguna aún
backup-now = Copiar ahora
backup-choose = Elegir la carpeta
backup-stop = Dejar de copiar
office = Central
office-none = Esta caja no está vinculada a una central.
office-say = La central recibe cada asiento del diario de esta caja y firma lo que tiene. Vender nunca espera por ella.
office-pair = Vincular
office-pair-again = Vincular de nuevo
office-pair-title = Vincular con una central
office-pair-say = La central muestra un código para cada caja (ringup-office pair, con un nombre). Escanéelo en el campo, tecléelo tal cual o elija el archivo en que está.
office-code = Código de vinculación
office-code-hint = Sirve una vez, durante un cuarto de hora
office-pair-file = De un archivo
office-pair-save = Vincular
office-waiting =
    { $count ->
        [0] Todo ha llegado.
        [one] Un asiento está en camino.
       *[other] { $count } asientos están en camino.
    }
office-name = Nombre allí
office-address = Dirección
office-fingerprint = Su certificado
office-answered = Último contacto
office-never = Ninguno aún
office-signed = Firmado allí
office-signed-entry = asiento { $seq }, { $hash }, { $at }
settings-receipt-qr = Mostrar a los clientes un código de su recibo
settings-receipt-qr-none = Aún no se muestra ningún código: la central no tiene una dirección pública que los teléfonos puedan abrir.
settings-receipt-qr-at = Los teléfonos lo abren en { $address }.
office-leave = Desvincular
office-leave-title = ¿Dejar la central?
office-leave-say = No se envía nada más. Lo que ha llegado queda en la central, y la caja sigue vendiendo como antes. Para volver hace falta un código nuevo.
office-leave-waiting =
    { $count ->
        [one] Un asiento no ha llegado allí.
       *[other] { $count } asientos no han llegado allí.
    }
office-stay = Seguir vinculada
office-sign-late = Sin envíos
office-sign-asks = Central

shared-locked = Se cambia en la central, para todas las cajas de la tienda.
shared-local = La central lo comparte con todas las cajas. Lo que se cambie aquí vale en esta caja hasta que la central lo cambie de nuevo.
shared-changed = Cambiado en esta caja. Vale hasta que la central lo cambie de nuevo.
office-shared = Ajustes compartidos: versión { $number }, recibida { $at }
office-shared-refused = No se ha tomado de la central: { $field }. Motivo: { $problem }. Esta caja conserva lo que tenía.
office-offer = Ofrecer los ajustes de esta caja
office-offer-say = Artículos, impuestos, cajeros y textos de esta caja, para todas las cajas de la tienda.
office-offered = Ofrecidos. Valen para todas las cajas en cuanto alguien los acepte en la central.

## A journal that cannot be opened

restore-title = Seguir con una copia del diario
restore-looking = Buscando una copia buena…
restore-none = No se encontró ninguna copia buena en la carpeta de copias.
restore-found =
    { $sales ->
        [one] Una copia íntegra de { $time }, con { $sales } venta.
       *[other] Una copia íntegra de { $time }, con { $sales } ventas.
    }
restore-lost =
    { $count ->
        [0] Contiene todo lo que tiene el diario de aquí.
        [one] Falta en ella { $count } asiento posterior.
       *[other] Faltan en ella { $count } asientos posteriores.
    }
restore-lost-unknown = Lo vendido después no está en ella.
restore-perhaps-incomplete = Se copió a mano sin el archivo que termina en -wal: quizá falten sus últimas ventas.
restore-kept = El diario de aquí se conserva con otro nombre.
restore-accept = Usar esta copia
restore-sure = Sí, seguir con la copia
restore-choose = Elegir una copia…

## Errors: what happened, whether money moved, what to do

error-money = ¿Se movió dinero?
error-next = Qué hacer
error-dismiss = Entendido
error-again = Reintentar
error-open-settings = Abrir los ajustes

fault-amount-empty =
    .what = Aún no hay importe
    .money = No. No se cobró nada.
    .next = Teclee el importe y cobre de nuevo.
fault-amount-not-a-number =
    .what = Esto no es un importe
    .money = No. No se cobró nada.
    .next = Teclee el importe de nuevo, en cifras.
fault-amount-too-many-decimals =
    .what = Un importe tiene dos decimales como máximo
    .money = No. No se cobró nada.
    .next = Redondee el importe y cobre de nuevo.
fault-amount-below-minimum =
    .what = El importe es demasiado pequeño
    .money = No. No se cobró nada.
    .next = Cobre { $minimum } o más.
fault-amount-above-maximum =
    .what = El importe es demasiado grande
    .money = No. No se cobró nada.
    .next = Cobre { $maximum } o menos, o divida la venta.
fault-amount-unusual =
    .what = El importe es mucho mayor de lo habitual
    .money = No. No se cobró nada.
    .next = Revise el importe. Si es correcto, cóbrelo de nuevo y confírmelo.
fault-currency-unknown =
    .what = Esta moneda no se puede cobrar
    .money = No. No se cobró nada.
    .next = Elija otra moneda.
fault-note-too-long =
    .what = La nota es demasiado larga
    .money = No. No se cobró nada.
    .next = Acorte la nota y cobre de nuevo.
fault-basket-mismatch =
    .what = Las líneas no suman el importe
    .money = No. No se cobró nada.
    .next = Borre el teclado e introduzca la venta de nuevo.
fault-items-invalid =
    .what =
        { $problem ->
            [name] Línea { $place }: hace falta un nombre de 1 a 60 caracteres
            [price] Línea { $place }: esto no es un precio. Tiene dos decimales como máximo y ningún signo entre miles
            [currency] Línea { $place }: la moneda debe ser EUR, USD o RUB
            [tax] Línea { $place }: el impuesto debe ser un porcentaje de 0 a 100
            [colour] Línea { $place }: no existe ese color
            [barcode] Línea { $place }: un código de barras tiene de 4 a 64 caracteres
            [barcode_twice] Línea { $place }: otro artículo tiene este código de barras
            [barcode_uncertain] Línea { $place }: el código de barras es un número de una hoja de cálculo
            [name_ambiguous] Línea { $place }: varios artículos tienen este nombre
            [too_many_cells] Línea { $place }: más celdas que columnas. Una coma dentro de un precio necesita comillas
            [category] Línea { $place }: una categoría tiene de 1 a 60 caracteres y no es un guion
            [options] Línea { $place }: las opciones no tienen nombre, o una elección haría gratis el artículo
            [deposit] Línea { $place }: el depósito debe ser mayor que cero
            [warn_at] Línea { $place }: las existencias de aviso son un número entero hasta 9999
            [quote] Línea { $place }: una celda entre comillas no termina donde debe
            [too_many] Más de 500 artículos
            [columns] La primera línea debe nombrar las columnas: name y price al menos
            [not_text] Línea { $place }: el archivo no es texto en UTF-8
            [too_large] El archivo es demasiado grande
            [empty] No hay ningún artículo en el archivo
           *[other] La línea { $place } no se puede guardar
        }
    .money = No. Solo se trata de artículos.
    .next = Corríjalo y reintente. Los artículos están como estaban.
fault-items-unreadable =
    .what = El archivo no se pudo leer
    .money = No. Solo se trata de artículos.
    .next = Mire si el archivo está y se puede leer, y vuelva a importar.
fault-items-unwritable =
    .what = Los artículos no se pudieron escribir
    .money = No. Solo se trata de artículos.
    .next = Mire si el disco está lleno o bloqueado, y reintente.
fault-settings-invalid =
    .what = Un ajuste no se puede guardar: { $field }
    .money = No. Solo se trata de ajustes.
    .next = Corríjalo y guarde de nuevo. Los ajustes anteriores siguen valiendo.
fault-settings-shared =
    .what = Esto se cambia en la central
    .money = No. Solo se trata de ajustes.
    .next = Pregunte a quien lleva la central. Allí se cambia para todas las cajas o se permite que cada caja lo cambie.
fault-settings-unwritable =
    .what = Los ajustes no se pudieron escribir
    .money = No. Solo se trata de ajustes.
    .next = Mire si el disco está lleno o bloqueado, y guarde de nuevo.
fault-key-missing =
    .what = Aún no hay clave
    .money = No. No se cobró nada.
    .next = Pegue en los ajustes la clave de su cuenta de cru.cash.
fault-key-invalid =
    .what = Esto no puede ser una clave
    .money = No. No se envió nada.
    .next = Copie la clave completa de su cuenta de cru.cash y péguela de nuevo.
fault-key-in-use =
    .what = { $count ->
        [one] Un código aún puede pagarse con la clave actual
       *[other] { $count } códigos aún pueden pagarse con la clave actual
    }
    .money = Quizá: puede que alguien esté pagando. La clave no se cambió.
    .next = Espere a que estas ventas terminen, o use una clave de la misma cuenta.
fault-key-refused =
    .what = La pasarela no acepta la clave
    .money = No. No se creó ningún código nuevo; los mostrados antes aún pueden pagarse.
    .next = Pegue una clave válida en los ajustes. Todas las ventas abiertas se conservan.
fault-keychain-no-service =
    .what = En este equipo no hay ningún llavero en marcha
    .money = No. No se cobró nada.
    .next = Inicie el servicio de llavero (en Linux: GNOME Keyring o KWallet) y reintente.
fault-keychain-locked =
    .what = El llavero está bloqueado
    .money = No. No se cobró nada.
    .next = Desbloquee el llavero y reintente.
fault-keychain-hangs =
    .what = El llavero no responde
    .money = No. No se cobró nada.
    .next = Mire si pide una contraseña en algún sitio, y reintente.
fault-keychain-failed =
    .what = El llavero informa de un error
    .money = No. No se cobró nada.
    .next = Reintente. Si persiste, reinicie el equipo.
fault-keychain-no-collection =
    .what = El llavero no tiene sitio para una clave nueva
    .money = No. No se cobró nada.
    .next = Abra el programa del llavero (Contraseñas y claves, KWallet Manager), cree un depósito y póngalo como predeterminado. Después guarde la clave de nuevo.
fault-keychain-ambiguous =
    .what = El llavero tiene varias claves para esta caja
    .money = No. No se cobró nada.
    .next = Pegue la clave válida en los ajustes: sustituye a todas.
fault-keychain-not-a-key =
    .what = Lo que tiene el llavero no es una clave
    .money = No. No se cobró nada.
    .next = Copie la clave de su cuenta de cru.cash y péguela en los ajustes.
fault-gateway-unreachable =
    .what = No se puede llegar a la pasarela
    .money = No. No se envió nada.
    .next = Revise la red y reintente.
fault-gateway-refused =
    .what =
        { $status ->
            [none] La pasarela dijo que no
           *[other] La pasarela dijo que no ({ $status })
        }
    .money = No. No se creó ningún código.
    .next = Lea el motivo abajo. Si no ayuda, pregunte a cru.cash.
fault-gateway-rate-limited =
    .what = La pasarela pide una pausa
    .money = No. No se creó ningún código.
    .next =
        { $seconds ->
            [0] Espere un momento y reintente.
            [one] Espere { $seconds } segundo y reintente.
           *[other] Espere { $seconds } segundos y reintente.
        }
fault-pay-url-refused =
    .what = La pasarela envió una dirección de pago extraña
    .money = No. La dirección no se mostró a nadie.
    .next = No reintente. Avise a cru.cash: puede ser un fraude.
fault-gateway-timeout =
    .what = La pasarela no respondió a tiempo
    .money = No. Si se creó un código, nadie lo ha visto.
    .next = Reintente: sigue siendo la misma venta.
fault-gateway-failed =
    .what =
        { $status ->
            [none] La pasarela tiene un fallo
           *[other] La pasarela tiene un fallo ({ $status })
        }
    .money = No. Si se creó un código, nadie lo ha visto.
    .next = Reintente: sigue siendo la misma venta.
fault-gateway-unreadable =
    .what = La respuesta de la pasarela no se puede leer
    .money = No. Si se creó un código, nadie lo ha visto.
    .next = Reintente: sigue siendo la misma venta.
fault-gateway-broken-connection =
    .what = La conexión se cortó
    .money = No. Si se creó un código, nadie lo ha visto.
    .next = Reintente: sigue siendo la misma venta.
fault-interrupted =
    .what = La caja se detuvo antes de que llegara la respuesta
    .money = No. Si se creó un código, nadie lo ha visto.
    .next = Reintente: sigue siendo la misma venta.
fault-journal-unwritable =
    .what = La caja no puede escribir en su disco
    .money = No se vendió nada nuevo. Los códigos mostrados antes aún pueden pagarse y se vuelven a consultar.
    .next = Mire si el disco está lleno o bloqueado. La venta sigue sola en cuanto se pueda escribir.
fault-journal-newer =
    .what = El diario lo escribió un Ringup más nuevo
    .money = No. No se cambió nada.
    .next = Instale en este equipo el Ringup más nuevo.
fault-journal-corrupt =
    .what = El diario está dañado
    .money = No por esto. Los códigos mostrados antes aún pueden pagarse.
    .next = No venda en esta caja. Avise a quien se ocupa de ella y conserve el archivo.
fault-journal-unreadable =
    .what = El diario no se puede leer
    .money = No por esto. Los códigos mostrados antes aún pueden pagarse.
    .next = Mire si el disco está y se puede leer, y reintente.
fault-journal-in-use =
    .what = Otro programa tiene abierto el diario
    .money = No. No se cambió nada.
    .next = Cierre todos los Ringup de este equipo y reintente.
fault-journal-other-gateway =
    .what = Este diario tiene el dinero de otra pasarela
    .money = No. No se creó ningún código.
    .next = Cierre Ringup e inícielo de nuevo: abrirá el diario de su pasarela.
fault-journal-replaced =
    .what = El diario fue sustituido por otro archivo mientras la caja estaba abierta
    .money = No se vendió nada nuevo. Los códigos mostrados antes aún pueden pagarse. { $file ->
        [none] Lo que la caja había escrito sigue abierto y se guarda en cuanto haya sitio.
       *[other] Lo que la caja había escrito se conserva en { $file }.
    }
    .next = No venda. Detenga lo que copia o sincroniza la carpeta de la caja y avise a quien se ocupa de ella. Cierre la caja y restaure el archivo conservado.
fault-backup-unwritable =
    .what = La copia no se pudo escribir
    .money = No. El diario mismo no se ve afectado.
    .next = Mire si la memoria o el disco de copias está lleno o bloqueado, y reintente.
fault-backup-taken =
    .what = Hay otro archivo donde debe ir la copia
    .money = No. No se sobrescribió nada.
    .next = Elija otro nombre o carpeta para la copia.
fault-backup-damaged =
    .what = La copia se escribió, pero no está íntegra
    .money = No. El diario mismo no se ve afectado.
    .next = Use otra memoria o disco: este puede estar gastándose.
fault-history-broken =
    .what = El diario no es el que se copió antes
    .money = Sí: puede que falten ventas. No se hizo ninguna copia y no se borró ninguna.
    .next = Deje de vender. Puede que se haya repuesto un archivo antiguo. Restaure la copia más nueva, o avise a quien se ocupa de la caja.
fault-backup-folder-missing =
    .what = La carpeta de copias no está
    .money = No. El diario mismo no se ve afectado.
    .next = Conecte la memoria o elija otra carpeta.
fault-backup-unflushed =
    .what = La copia está íntegra, pero su carpeta no da certeza ante un corte de luz
    .money = No. El diario mismo no se ve afectado.
    .next = No hay que hacer nada. Tras un corte de luz, mire si la copia sigue ahí; una memoria USB da certeza.
fault-restore-unusable =
    .what = Esta copia no se puede usar
    .money = No. No se cambió nada.
    .next = Elija otra copia. Conserve esta para quien se ocupa de la caja.
fault-restore-loses =
    .what = El diario de aquí tiene asientos que la copia no tiene
    .money = No. No se cambió nada.
    .next = Use una copia más nueva.
fault-restore-other-till =
    .what = La copia es de otra caja
    .money = No. No se cambió nada.
    .next = Elija una copia de esta caja.
fault-restore-other-gateway =
    .what = La copia tiene el dinero de otra pasarela
    .money = No. No se cambió nada.
    .next = Elija una copia del diario de esta pasarela.
fault-restore-none =
    .what = No hay ninguna copia que restaurar
    .money = No. No se cambió nada.
    .next = Elija usted una copia.
fault-sale-unknown =
    .what = No existe esa venta en esta caja
    .money = No. No se cambió nada.
    .next = Vuelva al teclado.
fault-sale-not-retryable =
    .what = Esta venta no se puede reintentar ahora
    .money = No se cobró nada nuevo.
    .next = Mire su estado: puede estar pagada o aún en espera.
fault-qr-none =
    .what = No hay código que mostrar
    .money = No. Nadie puede pagar sin un código.
    .next = Reintente la venta.
fault-tender-off =
    .what = Esta caja no cobra ni devuelve así
    .money = No se anotó nada.
    .next = Los ajustes dicen con qué pueden pagar los clientes.
fault-tender-too-much =
    .what = Es más de lo que queda por pagar
    .money = No se tomó nada.
    .next = Tome { $most } como máximo.
fault-given-too-little =
    .what = Se entregó menos de lo debido
    .money = No se tomó nada.
    .next = Introduzca { $due } al menos, o tómelo como pago parcial.
fault-tender-unknown =
    .what = Este pago ya no vale
    .money = No se cambió nada.
    .next = Abra la venta de nuevo: puede que ya se haya anulado.
fault-tender-refunded =
    .what = Ya se devolvió dinero de esta venta
    .money = No se cambió nada.
    .next = Anule primero la devolución y luego el pago.
fault-tender-closed =
    .what = Este pago ya está en un informe Z
    .money = No se cambió nada.
    .next = Introduzca en su lugar una devolución.
fault-drawer-off =
    .what = La tienda no cuenta ningún cajón
    .money = No se movió dinero.
    .next = Active el cajón en los ajustes.
fault-count-wrong =
    .what = Este arqueo no puede ser correcto
    .money = No se anotó nada.
    .next = Cuente de nuevo: billetes y monedas deben sumar el total, y no puede quedar más de lo que había.
fault-refund-too-much =
    .what = No puede devolverse más de lo pagado
    .money = No se anotó nada: no se hizo ninguna devolución.
    .next = Introduzca { $most } como máximo.
fault-refund-unknown =
    .what = Esta devolución ya no vale
    .money = No se cambió nada.
    .next = Abra la venta de nuevo: puede que ya se haya anulado.
fault-reason-missing =
    .what = Hace falta un motivo
    .money = No se anotó nada.
    .next = Escriba en pocas palabras por qué, para quien lea el libro después.
fault-cart-gone =
    .what = { $label } ya no está aparcado: se retomó, dividió o descartó en otro sitio
    .money = No se movió dinero, y lo que hay en el teclado sigue ahí.
    .next = Mire las ventas y lo aparcado antes de cobrarlo.
fault-cart-unnamed =
    .what = Un carrito aparcado necesita un nombre o una mesa de { $limit } caracteres como máximo
    .money = No se movió dinero.
    .next = Teclee de quién es.
fault-office-code-invalid =
    .what = Este código no vincula la caja con una central
    .money = No cambió nada, y la caja sigue vendiendo.
    .next = Pida en la central un código nuevo: cada uno sirve una vez, durante un cuarto de hora.
fault-office-none =
    .what = Esta caja no está vinculada a una central
    .money = No se envió nada, y la caja sigue vendiendo.
    .next = Vincúlela primero, con un código de la central.
fault-office-quarantined =
    .what = A la central ha llegado otro diario de esta caja
    .money = No se pierde dinero: todo está en el diario de esta caja, la central lo guarda junto a su libro, y la caja sigue vendiendo.
    .next = Quien lleva la central debe decidir cuál de los dos sigue (ringup-office forks). Dígale si esta caja se restauró de una copia, o si se copió su portátil.
fault-office-refused =
    .what = La central no acepta los asientos de esta caja
    .money = No se pierde dinero: todo está en el diario de esta caja, y sigue vendiendo.
    .next = Dígaselo a quien lleva la central.
fault-office-set-aside =
    .what = La central ha decidido por otro diario de esta caja
    .money = No se pierde dinero: todo está en el diario de esta caja, la central lo guarda junto a su libro, y la caja sigue vendiendo. Sus ventas no cuentan allí en ninguna suma.
    .next = Pregunte a quien lleva la central. Puede revocar la decisión (ringup-office forks).
fault-office-token-refused =
    .what = La central ya no conoce esta caja
    .money = No se pierde dinero: todo está en el diario de esta caja, y sigue vendiendo.
    .next = Vincúlela de nuevo con un código de la central. Pregunte allí si esta caja se quitó a propósito, o si se copió su portátil.
fault-office-unreachable =
    .what = La central no responde
    .money = No se pierde dinero: todo está en el diario de esta caja, y sigue vendiendo.
    .next = Revise la red aquí y en la central.
fault-sale-not-in-review =
    .what = No hay nada que aclarar en esta venta
    .money = No se cambió nada.
    .next = Abra la venta de nuevo: su estado ha cambiado.
fault-invoice-taken =
    .what = La pasarela envió la factura de otra venta
    .money = No. El código no se mostró a nadie.
    .next = Reintente. Si vuelve a ocurrir, use otra forma de pago y avise a cru.cash.
fault-sale-not-to-write-off =
    .what = Esta venta no se puede dar por perdida
    .money = No se cambió nada.
    .next = Abra la venta de nuevo: puede estar pagada, o viene una respuesta en camino.
fault-day-open-sales =
    .what = { $count ->
        [one] Una venta sigue abierta
       *[other] { $count } ventas siguen abiertas
    }
    .money = Quizá: alguien aún puede pagar. El día no se cerró.
    .next = Mírelas, o cierre el día y traspáselas.
fault-day-already-closed =
    .what = Este día ya está cerrado, como Z { $z }
    .money = Desde entonces no se ha movido dinero.
    .next = No hay que hacer nada. El próximo cierre es posible tras el próximo pago, o mañana.
fault-receipt-none =
    .what = No hay recibo: esta venta no se pagó
    .money = No. No se cambió nada.
    .next = Espere a que se pague y haga entonces el recibo.
fault-printer-none =
    .what = No hay impresora de recibos configurada
    .money = No por esto. La venta está como estaba.
    .next = Configure la impresora en los ajustes, o guarde el recibo como archivo.
fault-printer-unreachable =
    .what = No se puede llegar a la impresora de recibos
    .money = No por esto. La venta está como estaba; solo falta su recibo.
    .next = Mire si la impresora está encendida y conectada, e imprima el recibo de nuevo.
fault-printer-out-of-paper =
    .what = La impresora de recibos no tiene papel
    .money = No por esto. La venta está como estaba; solo falta su recibo.
    .next = Ponga un rollo nuevo e imprima el recibo de nuevo.
fault-printer-not-ready =
    .what = La impresora de recibos no está lista
    .money = No por esto. La venta está como estaba; solo falta su recibo.
    .next = Mire si su tapa está cerrada y no parpadea ninguna luz, e imprima el recibo de nuevo.
fault-printer-failed =
    .what = La impresora de recibos no terminó
    .money = No por esto. La venta está como estaba; su recibo puede estar incompleto.
    .next = Mire el papel. Imprima el recibo de nuevo si no está entero.
fault-printer-unconfirmed =
    .what = La impresora no dijo que el recibo esté impreso
    .money = No por esto. La venta está como estaba.
    .next = Mire el papel. Si no está el recibo, imprímalo de nuevo: dirá COPIA.
fault-file-unwritable =
    .what = El archivo no se pudo escribir
    .money = No por esto. En el libro no se cambió nada.
    .next = Elija otra carpeta, o mire si el disco está lleno o bloqueado.
fault-file-protected =
    .what = Este archivo es de la propia caja, o un diario, y queda como está
    .money = No. No se escribió nada.
    .next = Elija otro nombre u otra carpeta.
fault-accounts-missing =
    .what = Faltan algunas cuentas de la contabilidad: { $accounts }
    .money = No. No se escribió nada.
    .next = Introdúzcalas en Ajustes → Formas de pago → Cuentas y exporte de nuevo.
fault-pin-needed =
    .what = Esto necesita el PIN
    .money = No. No se cambió nada.
    .next = Teclee el PIN, o pregunte a quien lo sabe.
fault-pin-wrong =
    .what = Ese no es el PIN
    .money = No. No se cambió nada.
    .next = Reintente, o pregunte a quien lo sabe.
fault-pin-wait =
    .what = Demasiados PIN erróneos
    .money = No. No se cambió nada.
    .next = Espere hasta que se permita el próximo intento.
fault-pin-invalid =
    .what = Esto no puede ser un PIN
    .money = No. El PIN está como estaba.
    .next = Elija de 4 a 12 cifras.
fault-pin-missing =
    .what = Una caja de autoservicio necesita un PIN
    .money = No. No se cambió nada.
    .next = Ponga primero un PIN; para quitarlo, termine antes el autoservicio.
fault-pin-unreadable =
    .what = El archivo del PIN no se puede leer
    .money = No. La caja sigue bloqueada.
    .next = Haga ejecutar en este equipo la orden «ringup pin clear» y ponga un PIN nuevo.
fault-pin-unwritable =
    .what = El archivo del PIN no se puede escribir
    .money = No. La caja sigue como estaba.
    .next = Mire si el disco está lleno, y reintente.
fault-cashier-unknown =
    .what = La tienda no tiene ningún cajero con ese nombre
    .money = No. No se cambió nada.
    .next = Añada el nombre en los ajustes.
fault-right-needed =
    .what = Esto no está entre sus derechos
    .money = No. No se hizo nada.
    .next = Pida a alguien que pueda hacerlo que lo autorice con un PIN o una llave.
fault-owner-missing =
    .what = No quedaría ningún dueño que pueda entrar
    .money = No. No se cambió nada.
    .next = Dé primero un PIN a un dueño, o ponga el PIN de la tienda.
fault-fob-invalid =
    .what = Esto no puede ser el código de una llave
    .money = No.
    .next = Tome una llave o tarjeta cuyo código tenga de 8 a 64 caracteres sin espacios.
fault-fob-taken =
    .what = Este código es de otra persona, o de un artículo
    .money = No. No se cambió nada.
    .next = Tome otra llave, o quítele antes esta a quien la lleva.
fault-staff-unreadable =
    .what = El archivo de los cajeros falta o está dañado
    .money = No. Se sigue vendiendo; nadie tiene un derecho salvo por el PIN de la tienda.
    .next = Teclee el PIN de la tienda. O haga ejecutar en este equipo la orden «ringup staff clear» y reparta PIN nuevos.
fault-staff-unwritable =
    .what = El archivo de los cajeros no se puede escribir
    .money = No. No se cambió nada.
    .next = Mire si el disco está lleno o bloqueado, y reintente.
fault-not-offered =
    .what = Este importe no se ofrece aquí
    .money = No. No se cobró nada.
    .next = Elija uno de los importes de la pantalla.
fault-practice-only =
    .what = Eso solo funciona en la práctica
    .money = No. No se cambió nada.
    .next = Entre en la práctica desde los ajustes.
fault-config-invalid =
    .what = Ringup se inició con un ajuste que no puede ser
    .money = No. No se cobró nada.
    .next = Corrija lo que se nombra abajo e inicie Ringup de nuevo.
fault-tls-unavailable =
    .what = Este equipo no tiene certificados con que reconocer la pasarela
    .money = No. No se preguntó a la pasarela.
    .next = Instale los certificados del sistema (en Linux, el paquete ca-certificates) y reintente.
fault-clock-wrong =
    .what = El reloj de este equipo va mal
    .money = No. No se envió nada: con este reloj no se puede reconocer la pasarela. Los códigos mostrados antes aún pueden pagarse.
    .next = Ponga fecha y hora, mejor por la red, y reintente.
fault-certificate-expired =
    .what = El certificado de la pasarela ha caducado, o el reloj de este equipo va adelantado
    .money = No. No se envió nada. Los códigos mostrados antes aún pueden pagarse.
    .next = Mire si la fecha y la hora de este equipo son correctas. Si lo son, la pasarela debe renovar su certificado: reintente más tarde.
fault-internal =
    .what = Algo salió mal dentro de Ringup
    .money = Probablemente no. Mire la venta antes de cobrar de nuevo.
    .next = Pruebe una vez más. Si persiste, reinicie Ringup: se conservan todas las ventas.
fault-unknown =
    .what = Algo salió mal ({ $code })
    .money = No se sabe. Mire la venta antes de cobrar de nuevo.
    .next = Pruebe una vez más. Si persiste, reinicie Ringup: se conservan todas las ventas.

## The cash drawer

booking-sale = Venta
booking-taken-back = Anulado
booking-refund = Devolución
booking-refund-taken-back = Devolución anulada
booking-in = Entrada
booking-out = Salida
booking-drop = Ingreso en el banco
booking-float = Fondo de caja
booking-count = Diferencia en el arqueo
booking-removed = Retirado en el arqueo
drawer-moves = El cajón, uno a uno
drawer = Cajón
drawer-start = Fondo inicial
drawer-taken = Efectivo cobrado
drawer-refunded = Devuelto
drawer-in = Entrada
drawer-out = Salida
drawer-drop = Al banco
drawer-float = Fondo
drawer-count = Arqueo
drawer-open = Abrir el cajón
drawer-expected = Debería haber
drawer-counted = Contado
drawer-difference = Diferencia
drawer-removed = Retirado en el arqueo
drawer-left = Queda en el cajón
drawer-pieces = Billetes y monedas
drawer-sum = Suma ({ $sign })
drawer-left-next = Queda como próximo fondo ({ $sign })
drawer-left-hint = Vacío: todo
drawer-left-wrong = No más de lo contado
drawer-save = Anotar
drawer-save-amount = Anotar { $amount }
drawer-in-say = Dinero que se mete en el cajón sin una venta.
drawer-out-say = Dinero que se saca del cajón para pagar algo.
drawer-drop-say = Dinero que va al banco o a la caja fuerte.
drawer-open-say = El motivo se anota antes de que se abra el cajón.
drawer-done = Listo
drawer-currency = Moneda
settings-drawer-title = Cajón
settings-drawer-on = Contar el efectivo del cajón
settings-drawer-blind = Contar sin saber lo que debería haber
reason-change = Cambio del banco
reason-owner = Dueño
reason-delivery = Entrega pagada en efectivo
reason-bank = Al banco
reason-safe = A la caja fuerte
reason-change-for-customer = Cambio para un cliente
reason-check = Para mirar dentro
