# What customers read: on their display, where they serve themselves, and on receipts.

## Whose money it is

badge-live = Em uso
badge-test = Teste
badge-practice = Treino
badge-no-money = Sem dinheiro real
badge-gateway = Gateway { $gateway }, não cru.cash

## Everywhere

app-name = Ringup
nav = Ecrãs
nav-pad = Nova venda
network-online = Ligado
network-retrying = A tentar de novo
network-offline = Sem ligação
network-key-refused = Chave recusada
close = Fechar
payment-awaiting = À espera do cliente
payment-chosen = { $coin } escolhido
payment-ended = Terminado, não pago
cancel = Cancelar
back = Voltar
percent = { $percent }%
change = Troco
language-choose = Idioma

## The customer's display

display-idle = Damos-lhe as boas-vindas
display-requesting = Um momento…
display-tipped = Obrigado! Um momento…
display-scan = Leia o código para pagar
display-exact = Envie exatamente este montante. Uma bolsa de criptomoedas pode descontar dele a sua comissão.
display-chosen = Aguardamos o seu pagamento
display-paid = Pago. Obrigado!
display-ended = Este código já não é válido. Peça um novo, por favor.
display-time-up = O tempo terminou
display-part-paid = Uma parte está paga. Como deseja pagar o resto?
display-parts = de { $amount }, { $paid } pagos

## Tips

tip-title = Deseja deixar uma gorjeta?
tip-own = Outro montante
tip-total = No total
tip-round = Arredondar para { $amount }
tip-none = Sem gorjeta
tip-charge = Pagar { $amount }

## Self-service

offers-title = O que deseja?
offers-say = Toque para pagar
offer-card-say = Chame um funcionário, por favor: traz o terminal de cartões e confirma aqui que pagou.
offer-card-taken = Funcionário: { $amount } pagos com cartão
offers-again = Recomeçar
offers-ended = Este código já não é válido
offers-staff = Funcionários
pad-charging = Um momento…
tender-crypto = Cripto
tender-card = Cartão

## A sale that is being paid

payment-sale = Venda { $number }
payment-attempt = Código n.º { $attempt }
payment-qr = Código QR com o endereço de pagamento
payment-requesting = A criar o código…
payment-requesting-body = Estará aqui dentro de instantes.
payment-exact = Tem de chegar exatamente este montante: uma bolsa de criptomoedas pode descontar dele a sua comissão.
payment-coins = O cliente envia { $coins }
payment-elapsed = O tempo terminou, mas ainda não acabou: a gateway tem a última palavra.
payment-outstanding = por pagar de { $amount }
payment-network-retrying = A gateway não responde. O Ringup continua a perguntar; o cliente pode pagar na mesma.
payment-network-offline = Sem ligação. O cliente pode pagar na mesma com o telemóvel; o Ringup pergunta assim que puder.
payment-new-code = Novo código
countdown-left = restantes
countdown-up = O tempo terminou, falta a resposta da gateway
checked-never = Ainda não verificado
checked-fresh =
    { $seconds ->
        [0] Verificado agora mesmo
        [one] Verificado há { $seconds } segundo
       *[other] Verificado há { $seconds } segundos
    }
checked-stale =
    { $seconds ->
        [one] Sem resposta há { $seconds } segundo
       *[other] Sem resposta há { $seconds } segundos
    }
checked-stale-minutes =
    { $minutes ->
        [one] Sem resposta há { $minutes } minuto
       *[other] Sem resposta há { $minutes } minutos
    }

## Paid

paid = Pago
paid-late = Chegou tarde, mas conta
paid-test = Treino ou teste: não é dinheiro real
paid-done = Venda seguinte
paid-returns = { $seconds ->
    [one] Volta ao teclado dentro de { $seconds } segundo
   *[other] Volta ao teclado dentro de { $seconds } segundos
}
sale-receipt = Recibo
receipt-printing = A imprimir…
receipt-printed = Impresso
receipt-sent = Enviado, não confirmado
receipt-phone = Leia o código para ver o recibo
receipt-phone-qr = Código QR do recibo

## Receipts, on screen, paper and PDF

slip-practice = Treino: não foi pago dinheiro
slip-test = Teste: não foi pago dinheiro
slip-gateway = Gateway: { $gateway }
slip-copy = CÓPIA
slip-title = Recibo { $number }
slip-note = Nota: { $note }
slip-goods = Artigos
slip-deposit = Depósito { $name }
slip-weight = { $weight } kg × { $price }/kg
slip-kilogram = { $price }/kg
slip-discount = Desconto
slip-discount-rate = Desconto { $rate }
slip-tip = Gorjeta
slip-total = TOTAL
slip-tax = { $name } { $rate } de { $gross }
slip-tax-any = Imposto
slip-paid = Pago em { $coin }
slip-again = Pago de novo { $time }
slip-crypto = Cripto
slip-cash = Dinheiro
slip-card = Cartão
slip-given = Entregue
slip-change = Troco
slip-rounding = Arredondamento
slip-outstanding = POR PAGAR
slip-invoice = Fatura { $id }
slip-journal = Diário { $head }
slip-office = Central { $office }: registo { $seq } { $hash }, assinado { $signature }
slip-refund-cash = Devolvido em dinheiro { $time }
slip-refund-by-hand = Devolvido { $time }
slip-refund-card = Devolvido no cartão { $time }
slip-refund-own = Devolvido, { $own } { $time }
slip-given-back = Entregue ao cliente
slip-left = Resta após devoluções
