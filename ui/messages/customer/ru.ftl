# What customers read: on their display, where they serve themselves, and on receipts.

## Whose money it is

badge-live = В работе
badge-test = Тест
badge-practice = Обучение
badge-no-money = Без настоящих денег
badge-gateway = Шлюз { $gateway }, не cru.cash

## Everywhere

app-name = Ringup
nav = Экраны
nav-pad = Продажа
network-online = На связи
network-retrying = Пробуем снова
network-offline = Нет связи
network-key-refused = Ключ не принят
close = Закрыть
payment-awaiting = Ждём покупателя
payment-chosen = Выбрано: { $coin }
payment-ended = Не оплачено, срок истёк
cancel = Отмена
back = Назад
percent = { $percent } %
change = Сдача
language-choose = Язык

## The customer's display

display-idle = Добро пожаловать
display-requesting = Одну минуту …
display-tipped = Спасибо! Одну минуту …
display-scan = Отсканируйте, чтобы оплатить
display-exact = Отправьте ровно эту сумму. Биржа может вычесть из неё свою комиссию.
display-chosen = Ждём вашу оплату
display-paid = Оплачено. Спасибо!
display-ended = Этот код больше не действует. Попросите новый.
display-time-up = Время вышло
display-part-paid = Часть оплачена. Чем оплатите остаток?
display-parts = из { $amount } оплачено { $paid }

## Tips

tip-title = Хотите оставить чаевые?
tip-own = Другая сумма
tip-total = Вместе
tip-round = Округлить до { $amount }
tip-none = Без чаевых
tip-charge = Оплатить { $amount }

## Self-service

offers-title = Что желаете?
offers-say = Нажмите, чтобы оплатить
offer-card-say = Позовите, пожалуйста, сотрудника: он принесёт терминал и подтвердит здесь, что вы заплатили.
offer-card-taken = Персонал: { $amount } оплачено картой
offers-again = Начать заново
offers-ended = Этот код больше не действует
offers-staff = Персонал
pad-charging = Секунду…
tender-crypto = Крипта
tender-card = Карта

## A sale that is being paid

payment-sale = Продажа { $number }
payment-attempt = Код № { $attempt }
payment-qr = QR-код с адресом для оплаты
payment-requesting = Готовим код…
payment-requesting-body = Сейчас появится.
payment-exact = Должна прийти ровно эта сумма: биржа может вычесть из неё свою комиссию.
payment-coins = Покупатель переводит { $coins }
payment-elapsed = Время вышло, но это ещё не конец: последнее слово за шлюзом.
payment-outstanding = осталось из { $amount }
payment-network-retrying = Шлюз не отвечает. Ringup продолжает спрашивать, покупатель может платить.
payment-network-offline = Нет связи. Покупатель может платить со своего телефона, Ringup спросит при первой возможности.
payment-new-code = Новый код
countdown-left = осталось
countdown-up = Время вышло, ждём ответа шлюза
checked-never = Ещё не проверяли
checked-fresh =
    { $seconds ->
        [0] Проверено только что
        [one] Проверено { $seconds } секунду назад
        [few] Проверено { $seconds } секунды назад
       *[other] Проверено { $seconds } секунд назад
    }
checked-stale =
    { $seconds ->
        [one] Нет ответа { $seconds } секунду
        [few] Нет ответа { $seconds } секунды
       *[other] Нет ответа { $seconds } секунд
    }
checked-stale-minutes =
    { $minutes ->
        [one] Нет ответа { $minutes } минуту
        [few] Нет ответа { $minutes } минуты
       *[other] Нет ответа { $minutes } минут
    }

## Paid

paid = Оплачено
paid-late = С опозданием, но засчитано
paid-test = Обучение или тест: деньги не настоящие
paid-done = Следующая продажа
paid-returns = { $seconds ->
    [one] К набору суммы через { $seconds } секунду
    [few] К набору суммы через { $seconds } секунды
   *[other] К набору суммы через { $seconds } секунд
}
sale-receipt = Чек
receipt-printing = Печатается…
receipt-printed = Напечатано
receipt-sent = Отправлено без подтверждения
receipt-phone = Сканируйте, чтобы получить чек
receipt-phone-qr = QR-код чека

## Receipts, on screen, paper and PDF

slip-practice = Обучение: деньги не поступали
slip-test = Тест: деньги не поступали
slip-gateway = Шлюз: { $gateway }
slip-copy = КОПИЯ
slip-title = Чек { $number }
slip-note = Заметка: { $note }
slip-goods = Товары
slip-deposit = Залог за тару: { $name }
slip-weight = { $weight } кг × { $price }/кг
slip-kilogram = { $price }/кг
slip-discount = Скидка
slip-discount-rate = Скидка { $rate }
slip-tip = Чаевые
slip-total = ИТОГО
slip-tax = { $name } { $rate } с { $gross }
slip-tax-any = Налог
slip-paid = Оплачено в { $coin }
slip-again = Оплачено ещё раз { $time }
slip-crypto = Криптовалютой
slip-cash = Наличными
slip-card = Картой
slip-given = Получено
slip-change = Сдача
slip-rounding = Округление
slip-outstanding = ОСТАЛОСЬ ОПЛАТИТЬ
slip-invoice = Счёт { $id }
slip-journal = Журнал { $head }
slip-office = Бэк-офис { $office }: запись { $seq } { $hash }, подпись { $signature }
slip-refund-cash = Возврат наличными { $time }
slip-refund-by-hand = Возврат { $time }
slip-refund-card = Возврат на карту { $time }
slip-refund-own = Возврат, { $own } { $time }
slip-given-back = Выдано
slip-left = Осталось после возврата
