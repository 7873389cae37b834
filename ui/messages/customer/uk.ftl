# What customers read: on their display, where they serve themselves, and on receipts.

## Whose money it is

badge-live = У роботі
badge-test = Тест
badge-practice = Навчання
badge-no-money = Без справжніх грошей
badge-gateway = Шлюз { $gateway }, не cru.cash

## Everywhere

app-name = Ringup
nav = Екрани
nav-pad = Новий продаж
network-online = На зв’язку
network-retrying = Пробуємо знову
network-offline = Немає зв’язку
network-key-refused = Ключ відхилено
close = Закрити
payment-awaiting = Чекаємо на покупця
payment-chosen = Вибрано { $coin }
payment-ended = Минув без оплати
cancel = Скасувати
back = Назад
percent = { $percent }%
change = Решта
language-choose = Мова

## The customer's display

display-idle = Ласкаво просимо
display-requesting = Хвилинку…
display-tipped = Дякуємо! Хвилинку…
display-scan = Відскануйте, щоб оплатити
display-exact = Надішліть рівно цю суму. Біржа може вирахувати з неї свою комісію.
display-chosen = Чекаємо на вашу оплату
display-paid = Оплачено. Дякуємо!
display-ended = Цей код уже не дійсний. Попросіть, будь ласка, новий.
display-time-up = Час вийшов
display-part-paid = Частину оплачено. Як бажаєте сплатити решту?
display-parts = з { $amount } сплачено { $paid }

## Tips

tip-title = Бажаєте залишити чайові?
tip-own = Інша сума
tip-total = Разом
tip-round = Округлити до { $amount }
tip-none = Без чайових
tip-charge = Сплатити { $amount }

## Self-service

offers-title = Що бажаєте?
offers-say = Торкніться, щоб оплатити
offer-card-say = Покличте, будь ласка, працівника: він принесе термінал і підтвердить тут, що ви заплатили.
offer-card-taken = Персонал: { $amount } сплачено карткою
offers-again = Почати спочатку
offers-ended = Цей код уже не дійсний
offers-staff = Персонал
pad-charging = Хвилинку…
tender-crypto = Крипта
tender-card = Картка

## A sale that is being paid

payment-sale = Продаж { $number }
payment-attempt = Код № { $attempt }
payment-qr = QR-код з адресою для оплати
payment-requesting = Готуємо код…
payment-requesting-body = Зараз з’явиться.
payment-exact = Має надійти рівно ця сума: біржа може вирахувати з неї свою комісію.
payment-coins = Покупець надсилає { $coins }
payment-elapsed = Час вийшов, але це ще не кінець: останнє слово за шлюзом.
payment-outstanding = залишилося з { $amount }
payment-network-retrying = Шлюз не відповідає. Ringup питає далі; покупець усе одно може платити.
payment-network-offline = Немає зв’язку. Покупець може платити зі свого телефона; Ringup спитає, щойно зможе.
payment-new-code = Новий код
countdown-left = залишилося
countdown-up = Час вийшов, чекаємо на відповідь шлюзу
checked-never = Ще не перевіряли
checked-fresh =
    { $seconds ->
        [0] Перевірено щойно
        [one] Перевірено { $seconds } секунду тому
        [few] Перевірено { $seconds } секунди тому
       *[other] Перевірено { $seconds } секунд тому
    }
checked-stale =
    { $seconds ->
        [one] Немає відповіді { $seconds } секунду
        [few] Немає відповіді { $seconds } секунди
       *[other] Немає відповіді { $seconds } секунд
    }
checked-stale-minutes =
    { $minutes ->
        [one] Немає відповіді { $minutes } хвилину
        [few] Немає відповіді { $minutes } хвилини
       *[other] Немає відповіді { $minutes } хвилин
    }

## Paid

paid = Оплачено
paid-late = Із запізненням, але зараховано
paid-test = Навчання або тест: гроші не справжні
paid-done = Наступний продаж
paid-returns = { $seconds ->
    [one] До набору суми за { $seconds } секунду
    [few] До набору суми за { $seconds } секунди
   *[other] До набору суми за { $seconds } секунд
}
sale-receipt = Чек
receipt-printing = Друкується…
receipt-printed = Надруковано
receipt-sent = Надіслано без підтвердження
receipt-phone = Скануйте, щоб отримати чек
receipt-phone-qr = QR-код чека

## Receipts, on screen, paper and PDF

slip-practice = Навчання: гроші не надходили
slip-test = Тест: гроші не надходили
slip-gateway = Шлюз: { $gateway }
slip-copy = КОПІЯ
slip-title = Чек { $number }
slip-note = Примітка: { $note }
slip-goods = Товари
slip-deposit = Застава за тару: { $name }
slip-weight = { $weight } кг × { $price }/кг
slip-kilogram = { $price }/кг
slip-discount = Знижка
slip-discount-rate = Знижка { $rate }
slip-tip = Чайові
slip-total = РАЗОМ
slip-tax = { $name } { $rate } з { $gross }
slip-tax-any = Податок
slip-paid = Оплачено в { $coin }
slip-again = Оплачено ще раз { $time }
slip-crypto = Криптовалютою
slip-cash = Готівкою
slip-card = Карткою
slip-given = Отримано
slip-change = Решта
slip-rounding = Округлення
slip-outstanding = ЗАЛИШИЛОСЯ СПЛАТИТИ
slip-invoice = Рахунок { $id }
slip-journal = Журнал { $head }
slip-office = Бек-офіс { $office }: запис { $seq } { $hash }, підпис { $signature }
slip-refund-cash = Повернення готівкою { $time }
slip-refund-by-hand = Повернення { $time }
slip-refund-card = Повернення на картку { $time }
slip-refund-own = Повернення, { $own } { $time }
slip-given-back = Видано
slip-left = Залишилося після повернення
