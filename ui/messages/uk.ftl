# Ringup's words. Short, plain, and never a guess about money.

starting = Відкриваємо касу…
broken = Касу не вдається відкрити. Доки це не виправлено, продавати не можна.

## Shell

nav-sales = Продажі
nav-day = День
nav-settings = Налаштування

journal-failing = Продаж зупинено.
journal-failing-body = Каса не може писати на диск. Вона продовжить сама, щойно зможе.
journal-replaced-body = На місці журналу лежить інший файл або нічого. Записане касою збережено. Покличте того, хто за нею доглядає.
journal-retry = Спробувати ще

open-sales = Ще відкриті
held-carts = Відкладені
open-and-held = Відкриті й відкладені

state-requesting = запитуємо
state-awaiting = чекаємо
state-chosen = монету вибрано
state-paid = оплачено
state-ended = минув без оплати
state-stopped = зупинено
state-refused = відмовлено
state-uncertain = неясно
state-review = перевірте
state-part-paid = частково оплачено
spoken-sale = Продаж { $number }: { $state }.

## Alarms

alarm-paid = Продаж { $number } оплачено
alarm-late = Продаж { $number } оплачено із запізненням
alarm-twice = Продаж { $number } оплачено двічі: один платіж треба повернути
alarm-review = Продаж { $number }: гроші під питанням, перевірте
alarm-more =
    { $count ->
        [one] ще { $count }
        [few] ще { $count }
       *[other] ще { $count }
    }
alarm-show = Показати
alarm-dismiss = Зрозуміло

## First run

setup-welcome = Прийміть оплату криптою за три дотики.
setup-practice-title = Спершу спробуйте
setup-practice-body = Цілий продаж із вигаданим покупцем. Без ключа, без мережі, без справжніх грошей.
setup-practice = Навчатися
setup-key-title = Почати продаж
setup-key-body = Вставте API-ключ зі свого кабінету cru.cash. Він зберігається у сховищі ключів цього комп’ютера й більше не показується.
setup-key-save = Зберегти ключ
setup-tenders = Лише готівка чи картки? Виберіть способи оплати

## Pad

pad-tape = Сума
pad-amount = Сума до сплати
pad-keys = Клавіші
pad-note = Додати примітку
pad-note-clear = Стерти примітку
pad-backspace = Стерти останню цифру
pad-clear = Стерти
pad-plus = Додати ще суму
pad-point = Десяткова кома
pad-charge = До сплати
pad-items = Товари
pad-sum = Набрана сума
cart-less = { $name }: на один менше
cart-more = { $name }: на один більше
cart-remove = Прибрати
cart-discount = Знижка
cart-discount-percent = Знижка { $percent }%
cart-hold = Відкласти
cart-of = З { $labels }. Що ви приберете, лишиться відкладеним.
cart-put-back = Повернути
hold-title = Відкласти цей кошик
hold-say = Нічого не стягується. Він чекає поруч із відкритими продажами, також після перезапуску.
hold-label = Ім’я або стіл
hold-label-wanted = Скажіть, чий він: ім’я або стіл.
hold-drop = Скасувати без продажу
hold-drop-title = Скасувати { $labels } без продажу?
hold-drop-say = Про це буде в журналі та Z-звіті. Гроші не рухаються.
reason-left = Покупці пішли
reason-typed-twice = Введено помилково
scan-unknown = Жоден товар не має коду { $code }
scan-sold-out = { $name } позначено як розпроданий. Його все одно додано.
cart-deposit = Застава
line-deposit = Застава: { $name }
items-search = Пошук товарів
items-search-clear = Стерти пошук
items-none-found = Жоден товар не має «{ $search }» у назві.
items-all = Усі
items-categories = Категорії
category-moved = { $name } тепер вкладка { $place }
item-open-price = вільна
item-per-kilogram = { $price }/кг
item-sold-out-mark = Розпродано
item-left = лишилося { $count }
sell-sold-out = Його позначено як розпроданий. Може, він усе-таки є?
sell-missed = { $code } відскановано й не додано. Спершу додайте цей товар, потім відскануйте знову.
sell-weight = Наберіть вагу в грамах
sell-price = Наберіть ціну
sell-kilograms = { $kilograms } кг
sell-per-kilogram = { $price } за кілограм
sell-deposit = плюс застава { $price }
sell-add = Додати { $price }
item-weighed = { $name } { $kilograms } кг
confirm-amount-title = Ця сума правильна?
confirm-amount-burst = Її набрано так швидко чи рівномірно, як набирає сканер. Код не має стати сумою.
confirm-amount-unusual = Це значно більше, ніж зазвичай. Ця крамниця зазвичай бере близько { $usual }.
confirm-amount-unusual-first = Це велика сума, а каса ще не знає, яка звичайна.
confirm-amount-back = Назад
confirm-amount-charge = Так, { $amount } до сплати
tip-chosen = Покупець хоче залишити { $tip } чайових.
tip-chosen-none = Покупець не хоче залишати чайових.
discount-share = Відсоток
discount-take = Відняти { $amount }
discount-remove = Без знижки

## Ways to pay

tenders = Способи оплати
tenders-more = Ще
tenders-choose = Чим платять?
tenders-code-stands = За кодом цього продажу й далі стежимо. Якщо сплатять і його, каса подасть сигнал і гроші треба буде повернути.
tender-cash = Готівка
tender-crypto-minimum = від { $minimum }
tender-crypto-no-key = немає ключа
tender-crypto-key = ключ відхилено
tender-crypto-waits = немає мережі
tender-due = До сплати
tender-rounded = { $amount }, округлено на { $rounding }
tender-exact = Без решти
tender-given = Отримано
tender-amount = Сума
tender-rest = Ще до сплати
tender-rest-ways = Решту сплатити: { $ways }
tender-rest-crypto = Замало для крипти: вона від { $minimum }.
tender-too-little = До сплати { $due }: готівка округлюється.
tender-too-much = До сплати щонайбільше { $due }.
tender-take = { $tender }: { $amount }
tender-take-card = Сплачено карткою: { $amount }
tender-take-change = Видати { $change } решти
tender-take-part = Прийняти { $amount } як частину
tender-back-title = Скасувати { $amount } ({ $tender })
tender-back-say = Робіть це, якщо введено помилково. У книзі запис лишиться, але більше не рахується; поверніть гроші, якщо вони у вас.
reason-other-way = Сплачено інакше
pad-crypto-waits = Немає мережі: крипта чекає. Решта способів оплати працює.
pad-update = Вийшла версія Ringup { $version }. Скажіть тому, хто доглядає касу.

## Payment

payment-awaiting-body = Покупець сканує код і платить. Ще не оплачено.
payment-gateway-says = Шлюз каже «{ $status }».
payment-part-sent = Шлюз сказав «{ $status }»: можливо, частину грошей надіслано. Подивіться у свій кабінет cru.cash.
payment-poll-refused = За цим ключем шлюз не відповідає про цей продаж. Можливо, він належить іншому кабінету.
payment-ended-body = Шлюз закрив цей код. Якщо гроші все ж надійдуть, Ringup скаже.
payment-part-paid = Частково оплачено
payment-stopped = Ви перестали чекати
payment-stopped-body = Покупець ще може сплатити за цим кодом, доки він діє. Ringup стежить далі й скаже.
payment-review = Поки нічого не віддавайте
payment-review-body = Шлюз повідомляє про платіж, який не збігається з цим продажем. Подивіться у свій кабінет cru.cash.
payment-refused = Шлюз відмовив
payment-uncertain = Немає чіткої відповіді
payment-unknown-body = Більше Ringup поки не знає.

payment-network-key-refused = Шлюз відхиляє ключ, тож Ringup не бачить, чи оплачено. Перевірте ключ у налаштуваннях.

payment-check = Перевірити
payment-stop = Не чекати
payment-give-up = Відмовитися від продажу
payment-leave = Лишити, наступний продаж
payment-next = Наступний продаж
payment-retry = Спробувати ще
payment-back = Назад до суми
payment-parts = Уже сплачено
payment-part-paid-body = Чим сплатять решту?
payment-otherwise = Сплатити інакше

review-amount = Сплачено іншу суму.
review-currency = Валюта інша.
review-test = Переплутано тестові та справжні гроші.
review-id = Відповідь про інший рахунок.
review-payload = Платіж зроблено за інший продаж.
review-taken-back = Шлюз більше не каже, що оплачено.
review-other = Щось не збігається: { $reason }.

practice-customer = Ви граєте покупця
practice-choose = Вибрати монету
practice-pay = Сплатити
practice-end = Хай мине
lesson-step = Крок { $step } з { $steps }
lesson-amount = Наберіть, скільки винен покупець, наприклад { $amount }.
lesson-charge = Торкніться широкої кнопки: вона створить код для покупця.
lesson-coin = Покупець сканує код і вибирає монету. Зіграйте покупця: торкніться «Вибрати монету».
lesson-pay = Каса бачить, яка це монета. Тепер сплатіть, як зробив би покупець.
lesson-done = Оплачено й записано назавжди. Закрийте цей екран для наступного покупця.
lesson-learned = Це був цілий продаж. Він є у «Продажах» і в сумах дня.
lesson-over = Цей не оплачено. Перейдіть до наступного продажу й спробуйте ще.
lesson-skip = Пропустити
lesson-close = Зрозуміло

## Paid

## The sales book

sales-search = Номер, примітка, сума чи рахунок
sales-none = Продажів ще немає
sales-none-found = Немає таких продажів
sales-show-all = Показати всі продажі
sales-more = Показати раніші
filter-days = Дні
filter-any-day = Будь-який день
filter-today = Сьогодні
filter-yesterday = Учора
filter-week = Цього тижня
filter-day = Один день
filter-states = Стан
filter-any-state = Будь-який стан
filter-open = ще відкриті
filter-any-currency = Будь-яка валюта
filter-money = Справжні чи тестові гроші
filter-any-money = Усі гроші
filter-real = Справжні гроші
filter-test = Тестові гроші
day-today = Сьогодні, { $day }
day-yesterday = Учора, { $day }
mark-late = із запізненням
mark-twice = сплачено двічі
mark-refunded = повернення

## A sale's page

sale-back = Усі продажі
sale-facts = Продаж
sale-opened = Виставлено
sale-paid = Оплачено
sale-coin = Монета
sale-coins = Надіслано
sale-settlement = Зарахування
sale-settled = Зараховано на ваш рахунок
sale-not-settled = Ще не зараховано
sale-tip = Чайові
sale-gateway-status = Шлюз
sale-written-off = Списано
sale-note = Примітка
sale-no-note = Немає
sale-receipts = Чеки
sale-receipts-count =
    { $count ->
        [0] Ще немає
        [one] Зроблено { $count }
        [few] Зроблено { $count }
       *[other] Зроблено { $count }
    }
sale-lines = Що продано
sale-line = { $quantity } × { $name }
sale-refunds = Повернення
sale-refund-taken-back = Скасовано:
sale-attempts =
    { $count ->
        [one] Код оплати
        [few] Коди оплати
       *[other] Коди оплати
    }
sale-no-invoice = Немає рахунку
sale-history = Що сталося
sale-show = Показати код
sale-refund = Повернення
sale-add-note = Додати примітку
sale-edit-note = Змінити примітку
sale-tenders = Чим сплачено
sale-tender-change = Отримано { $given }, решта { $change }
sale-tender-rounding = Округлено на { $rounding }
sale-outstanding = Ще до сплати
sale-overpaid = Сплачено зайве
sale-show-rest = Прийняти решту суми

## The entries of a sale

entry-sale-opened = Виставлено { $amount }
entry-invoice-requested = У шлюзу запитано код № { $attempt }
entry-invoice-opened = Показано код № { $attempt }
entry-invoice-refused = Шлюз відмовив ({ $code })
entry-invoice-uncertain = Немає чіткої відповіді ({ $code })
entry-invoice-reported =
    { $status ->
        [processing] Оплачено, зарахування в дорозі
       *[other] Шлюз повідомляє: { $status }
    }
entry-invoice-chosen =
    { $coins ->
        [none] Покупець вибрав { $coin }
       *[other] Покупець вибрав { $coin }: { $coins }
    }
entry-invoice-settled = Зараховано на ваш рахунок
entry-invoice-paid =
    { $coins ->
        [none] Оплачено
       *[other] Оплачено: { $coins }
    }
entry-invoice-ended = Код № { $attempt } минув без оплати
entry-invoice-questioned = Шлюз повідомляє про платіж, який не збігається
entry-sale-stopped = Касир перестав чекати
entry-payment-seen = Платіж побачили на касі
entry-sale-noted = Примітка
entry-language-chosen = Мова покупця: { $language }
entry-tender-taken =
    { $way ->
        [cash] Сплачено { $amount } готівкою
        [card] Сплачено { $amount } карткою
       *[other] Сплачено { $amount }: { $way }
    }
entry-tender-taken-back = Платіж № { $tender } скасовано
entry-sale-refunded =
    { $way ->
        [cash] Повернуто { $amount } готівкою
        [by_hand] Повернуто { $amount } вручну
        [card] Повернуто { $amount } на картку
       *[other] Повернуто { $amount }: { $way }
    }
entry-refund-taken-back = Повернення скасовано
entry-review-closed = Суперечність залагоджено
entry-invoice-watch-ended = Про спробу { $attempt } більше не питаємо
entry-payment-doubted = Шлюз більше не каже «оплачено»
entry-sale-written-off = Списано
entry-receipt-made =
    { $medium ->
        [printer]
            { $outcome ->
                [unconfirmed] Чек надіслано на принтер, він не підтвердив друк
                [failed] Надрукувати чек не вдалося
               *[other] Чек надруковано
            }
        [file] Чек збережено
       *[other] Чек надіслано у вікно друку
    }
entry-other = Запис виду { $kind }

## Corrections

reason = Чому
reason-wanted = Потрібно кілька слів
reason-goods-back = Товар повернули
reason-wrong-amount = Неправильна сума
reason-paid-twice = Сплачено двічі
reason-mistake = Введено помилково
reason-not-paid-out = Не видано
reason-sent-back = Надіслано покупцеві назад
reason-gateway-forgot = Шлюз не знає цього рахунку
reason-settled = Залагоджено з покупцем
note-title = Примітка до продажу { $number }
note-hint = Попередні слова лишаються в книзі.
note-save = Зберегти примітку
refund-title = Повернення за продажем { $number }
refund-say = Шлюз грошей не повертає. Віддайте покупцеві готівкою або вручну; Ringup це запише.
refund-goods = Що повертають
refund-amount = Сума ({ $sign })
refund-most = Щонайбільше { $most }
refund-no-amount = Це не сума
refund-way = Як повертаємо
refund-cash = Готівкою
refund-by-hand = Вручну, переказом
refund-say-tenders = Ringup грошей не повертає. Поверніть, як вибрано нижче; Ringup це запише.
refund-card = На картку
refund-tax = Повертається податок { $rate } з { $gross }: { $tax }
refund-tip = З них чайові: { $tip }
refund-rounded = Готівкою: { $amount }, округлено на { $rounding }
refund-save = Записати повернення
refund-save-amount = Повернути { $amount }
take-back = Скасувати
take-back-title = Скасувати повернення { $amount }
take-back-say = Робіть це, якщо гроші не повернуто. Повернення лишиться в книзі, але більше не рахується.
review-title = Залагодити продаж { $number }
review-say = Спершу подивіться у свій кабінет cru.cash. Запишіть, чим скінчилося. Гроші, яких досі не рахували, лишаються поза всіма сумами.
write-off = Списати
write-off-title = Списати продаж { $number }
write-off-say = На цей продаж більше ніхто не чекає, і день закриється без нього. Якщо гроші все ж надійдуть, вони рахуються, і каса подасть сигнал.
review-close = Залагоджено

## Receipts

receipt-title = Чек продажу { $number }
receipt-is-first = Перший чек цього продажу.
receipt-is-copy = Чек уже був: цей позначено як копію.
receipt-print = Друкувати
receipt-saved = Збережено
receipt-dialog = Друкувати з цього комп’ютера
receipt-pdf = Зберегти як PDF
receipt-png = Зберегти як зображення
receipt-no-printer = Принтер чеків можна підключити в налаштуваннях.

## The day

day-earlier = Попередній день
day-later = Наступний день
day-export = Зберегти книгу
day-none = Цього дня нічого не сплачено
day-practice = Навчальні гроші: цей звіт нічого не значить
report-gateway = Шлюз: { $gateway }
totals-paid =
    { $count ->
        [one] { $count } платіж
        [few] { $count } платежі
       *[other] { $count } платежів
    }
totals-average = У середньому
totals-tips = З них чайові
totals-late = Із запізненням ({ $count })
totals-twice = Сплачено двічі ({ $count })
totals-refunds = Повернення ({ $count })
totals-net = Залишається
totals-settled = Зараховано
totals-unsettled = Ще не зараховано
totals-coin = { $coin } ({ $count })
totals-cashiers = За касирами
totals-cashier = { $name } ({ $count })
totals-categories = За категоріями
totals-category-none = Без категорії
totals-category-refunded = З них повернення
totals-tax = Податок { $rate } з { $gross }
totals-tax-refunded = З них повернення { $gross }
totals-tender =
    { $tender ->
        [crypto] Крипта ({ $count })
        [cash] Готівка ({ $count })
        [card] Картка ({ $count })
       *[other] { $tender } ({ $count })
    }
totals-tender-refunds =
    { $tender ->
        [crypto] Крипта: повернення
        [cash] Готівка: повернення
        [card] Картка: повернення
       *[other] { $tender }: повернення
    }
totals-tender-tips =
    { $tender ->
        [crypto] Крипта: з них чайові
        [cash] Готівка: з них чайові
        [card] Картка: з них чайові
       *[other] { $tender }: з них чайові
    }
totals-rounding = Округлення готівки
totals-taken-back =
    { $count ->
        [one] Скасовано: { $count } платіж
        [few] Скасовано: { $count } платежі
       *[other] Скасовано: { $count } платежів
    }
totals-refund-way =
    { $way ->
        [cash] З них готівкою ({ $count })
        [by_hand] З них вручну ({ $count })
        [card] З них на картку ({ $count })
       *[other] З них { $way } ({ $count })
    }
hours-title = Платежі за годинами
hours-hour =
    { $count ->
        [one] З { $from } до { $to } год: { $count } платіж, { $amount }
        [few] З { $from } до { $to } год: { $count } платежі, { $amount }
       *[other] З { $from } до { $to } год: { $count } платежів, { $amount }
    }
close-next = Від останнього закриття
close-never = Ще жодного дня не закрито.
close-last = Z { $z }, { $at }
close-open =
    { $count ->
        [one] { $count } продаж ще відкритий
        [few] { $count } продажі ще відкриті
       *[other] { $count } продажів ще відкриті
    }
day-open-sum = Якщо їх сплатять
close-open-say = Їх ще можуть сплатити. Тоді їхні гроші увійдуть у наступне закриття.
close-day = Закрити день
close-ask = Закрити день?
close-say = Z-звіт записується в журнал і ніколи не змінюється. Після нього можна продавати далі.
close-carry =
    { $count ->
        [one] Закрити, перенести { $count }
        [few] Закрити, перенести { $count }
       *[other] Закрити, перенести { $count }
    }
close-z = Z { $z }
close-at = Закрито { $at } ({ $zone })
close-nothing = Від попереднього закриття нічого не сплачено
close-written-off = Списано: { $numbers }
close-reviews-closed = Суперечності, залагоджені вручну: { $numbers }
close-carts-held =
    { $count ->
        [one] { $count } відкладений кошик
        [few] { $count } відкладені кошики
       *[other] { $count } відкладених кошиків
    }
close-carts-dropped =
    { $count ->
        [one] { $count } кошик скасовано без продажу
        [few] { $count } кошики скасовано без продажу
       *[other] { $count } кошиків скасовано без продажу
    }
close-carried =
    { $count ->
        [one] Перенесено { $count } відкритий продаж
        [few] Перенесено { $count } відкриті продажі
       *[other] Перенесено { $count } відкритих продажів
    }
close-program = Програма { $version }
close-key = Відбиток ключа: { $key }
close-events = Технічні події
close-event =
    { $kind ->
        [drawer_opened] Скриньку відкрито
        [gateway_bound] Шлюз записано
        [journal_restored] Журнал відновлено
        [key_changed] API-ключ змінено
        [pin_changed] PIN задано або прибрано
        [pin_refused] Неправильні PIN
        [practice_reset] Навчальні продажі видалено
        [program_started] Програму запущено
        [settings_changed] Налаштування змінено
        [stock_set] Залишок пораховано
        [signed_on] Касир увійшов або вийшов
        [staff_changed] Касирів змінено
       *[other] { $kind }
    }
close-head = Голова журналу
close-signed = Бек-офіс підписав її із записом { $entry }
close-signed-before = Бек-офіс підписав до запису { $entry }, перед цим звітом
close-print = Друкувати
close-done = Готово
closes = Закриття
closes-more = Раніші
grand = Загальні суми
export-title = Зберегти книгу продажів
export-period = Які дні
export-day = Цей день
export-month = Цей місяць
export-all = Усе
export-range = Від … до
export-from = Перший день
export-to = Останній день
export-wrong = Перший день має бути раніше за останній
export-format = Як
export-xlsx = Excel (XLSX)
export-excel = CSV для Excel
export-csv = Таблиця (CSV)
export-json = Для програм (JSON)
export-rows = Рядок на
export-rows-sales = Продаж
export-rows-tenders = Платіж
export-rows-lines = Позицію
export-rows-cash = Рух готівки
export-rows-bookings = Проводку
export-datev = Касова книга DATEV
export-start = Зберегти як…
export-choosing = Виберіть файл…
export-progress = { $done } з { $total }
export-done = Збережено: { $file }

## Receipts, on screen, paper and PDF

slip-till = Каса { $till }
slip-test-page = Принтер працює. Що нижче можна прочитати, те він може надрукувати.
slip-test-code-page = Кодова сторінка { $page }:
slip-test-picture = Літери як зображення:

## Who may: the PIN, and who is at the till

lock-title = PIN
lock-pin = PIN
lock-open = Розблокувати
lock-back = Назад
lock-now = Блокувати
lock-wrong = Це не той PIN
lock-wait = Забагато помилок. Наступна спроба через { $time }
sign-on-title = Хто тут?
sign-on-hint = Торкніться свого імені й наберіть PIN або відскануйте брелок. Почате лишиться.
sign-on-choose = Торкніться імені
sign-on-shop = PIN крамниці
sign-off = Вийти
approve-title = Хтось має це дозволити
approve-hint =
    { $right ->
        [discount] Ця знижка більша за межу. Хто може її дати, дозволяє один раз; ви лишаєтеся на касі.
        [refund] Для повернень потрібне право. Хто його має, дозволяє один раз; ви лишаєтеся на касі.
        [take_back] Для скасування потрібне право. Хто його має, дозволяє один раз; ви лишаєтеся на касі.
        [open_drawer] Щоб відкрити скриньку, потрібне право. Хто його має, дозволяє один раз; ви лишаєтеся на касі.
        [drop_cart] Щоб скасувати відкладений кошик, потрібне право. Хто його має, дозволяє один раз; ви лишаєтеся на касі.
        [expected_cash] Скільки має бути у скриньці, бачать не всі. Хто має право, дозволяє один раз; ви лишаєтеся на касі.
        [close] Для закриття дня та експорту потрібне право. Хто його має, дозволяє один раз; ви лишаєтеся на касі.
        [settings] Для налаштувань потрібне право. Хто його має, дозволяє один раз; ви лишаєтеся на касі.
        [key] Для ключа потрібне право. Хто його має, дозволяє один раз; ви лишаєтеся на касі.
       *[other] Для цього потрібне право. Хто його має, дозволяє один раз; ви лишаєтеся на касі.
    }
role =
    { $role ->
        [supervisor] Старший касир
        [owner] Власник
       *[cashier] Касир
    }
role-hint =
    { $role ->
        [supervisor] Виправляє, закриває день і дозволяє касирам те, чого вони не можуть, як задано під іменами.
        [owner] Може все й завжди.
       *[cashier] Продає. Усе інше дозволяє старший касир чи власник, або задано під іменами.
    }
right =
    { $right ->
        [discount] Знижки понад межу
        [refund] Повернення
        [take_back] Скасування, перевірки, списання
        [open_drawer] Відкривати скриньку
        [drop_cart] Скасовувати відкладені кошики
        [expected_cash] Бачити, скільки має бути у скриньці
        [close] Закривати день, експорт
        [settings] Налаштування, товари, персонал
        [key] API-ключ
       *[other] { $right }
    }
rights-title = Що їм можна
rights-hint = Власник може все. Що не позначено, можна дозволити, щоразу на одну дію.
rights-free-discount = Знижка, яку може дати кожен, у відсотках
access-title = PIN, брелоки та ролі
access-hint = З PIN чи брелоком ім’я стоїть у книзі лише за тим, кому належить. Спершу дайте його власникові. Зберігається одразу.
access-pin = PIN
access-fob = Брелок
access-change = Змінити
access-role = Роль
access-first-pin = PIN
access-new-pin = Новий PIN
access-pin-hint = Від 4 до 12 цифр.
access-fob-none = Без брелока
access-fob-set = Брелок є.
access-fob-waiting = Відскануйте брелок…
access-fob-scanned = Брелок відскановано; він діятиме, коли збережете.
access-fob-scan = Відсканувати брелок
access-fob-clear = Забрати брелок
access-pin-clear = Прибрати PIN
access-remove = Прибрати все
access-save = Зберегти
pin-title = PIN
pin-set = PIN задано. Він потрібен для налаштувань, повернень, закриття дня та виходу з режиму кіоска.
pin-none = PIN немає: хто тут стоїть, може все.
pin-new = Новий PIN
pin-hint = Від 4 до 12 цифр. Якщо його забули, команда «ringup pin clear» його прибере.
pin-save = Задати PIN
pin-clear = Прибрати PIN
cashiers-title = Касири
cashiers-hint = Їхні імена стоять у книзі біля зробленого, поки вони були на касі. Лишіть список порожнім, якщо він не потрібен.
cashiers-name = Ім’я касира
cashiers-add = Додати касира
cashiers-remove = Прибрати касира
cashiers-who = Хто тут?
cashiers-nobody = Ніхто
entry-by = { $name }
entry-approved-by = Дозволив: { $name }

## The customer's display

settings-counter = Прилавок
display-title = Екран покупця
display-where = Де він
display-hint = На ньому назва крамниці, сума, код і позначка оплати; нічого касирського.
display-off = Немає
display-second-monitor = На другому моніторі, коли він є
display-window = У вікні, яке можна пересувати
customers-language = Мова покупця
customers-languages-title = Мови покупців
customers-languages-first = Спочатку
customers-languages-screens = Як екрани каси
customers-languages-hint = Нею екран покупця, самообслуговування та чеки, доки хтось не вибере іншу.
customers-languages-more = Покупці можуть вибрати ще

## Kiosk

kiosk-title = Кіоск
kiosk-hint = На весь екран; закрити можна лише з PIN.
kiosk-enter = Увімкнути режим кіоска
kiosk-leave = Вийти з режиму кіоска
kiosk-quit = Закрити Ringup
kiosk-no-pin = PIN немає: хто відкриє налаштування, може вийти з режиму кіоска.
kiosk-at-start = Завжди починати в режимі кіоска
kiosk-autostart = Запускати Ringup, коли користувач цього комп’ютера входить
kiosk-return = Назад до набору через … секунд
kiosk-return-hint = Від 10 до 3600, у режимі кіоска, коли ніхто нічого не торкається.
kiosk-self-service = Покупці обслуговують себе самі
kiosk-self-service-hint = Сплатити можна лише суми нижче. Для книг і налаштувань потрібен PIN. Спершу задайте PIN.
kiosk-self-service-card = Покупці можуть сказати, що платять карткою: персонал приймає її й підтверджує своїм PIN
offer-name = За що
offer-amount = Сума
offer-add = Додати суму
offer-remove = Прибрати суму

## Settings: ways to pay

settings-tenders = Способи оплати
settings-tenders-hint = Кнопки на екрані стоять у цьому порядку; Enter бере першу. Лише з криптою кнопка одна.
settings-tender-own = Назва, наприклад ваучер
settings-tender-add = Ще спосіб оплати
settings-tender-remove = Прибрати { $name }
settings-tender-up = Раніше
settings-tender-down = Пізніше
settings-accounts = Рахунки обліку
settings-accounts-hint = Для експорту проводок: як їх знає програма бухгалтера. Якщо якогось бракує, експорт скаже, якого.
settings-problem-accounts = Рахунок не може бути довшим за 60 символів.
account-sales-at = Продажі за { $rate } %
account-tax-at = Податок { $rate } %
account-sales = Продажі без податку
account-tips = Чайові
account-rounding = Округлення готівки
account-overpaid = Сплачено зайве
account-float = Перший розмін
account-in = Внесення
account-out = Видачі
account-drop = Інкасація
account-difference = Різниці при перерахунку
settings-rounding = Округлення готівки
settings-rounding-hint = Де найдрібніших монет не вживають. Інші способи оплати не округлюються.
settings-rounding-of = Округлення готівки у { $currency }
settings-rounding-none = Немає
settings-rounding-five = До 0,05
settings-rounding-whole = До цілого вниз

## Settings

settings-selling = Продаж
settings-till-code = Код цієї каси
settings-till-code-hint = Стоїть перед номером кожного продажу: A-000042. Кожній касі крамниці потрібен свій.
settings-currency = Валюта
settings-lifetime = Час на оплату, хвилин
settings-lifetime-hint = Від 3 до 1440
settings-entry = Набір суми
settings-entry-auto = За валютою
settings-entry-cents = Спершу копійки (1250)
settings-entry-decimal = З комою (12,50)
settings-language = Мова
settings-language-system = Як у системі
settings-advanced = Ще для шлюзу
settings-description = Що читає покупець
settings-description-hint = Літери, цифри, пробіли та #
settings-redirect = Куди покупець потрапляє після оплати
settings-redirect-hint = Вебадреса, http або https
settings-webhook = Куди шлюз повідомляє про платежі
settings-webhook-hint = Вебадреса вашого бек-офісу, https
settings-calls = Запитів до шлюзу за хвилину, щонайбільше
settings-calls-hint = Від 6 до 240. За більшої кількості шлюз може заблокувати крамницю.
settings-save = Зберегти
settings-saved = Збережено
settings-key-title = API-ключ
settings-key = Ключ від cru.cash
settings-key-hint = Він іде у сховище ключів цього комп’ютера й більше не показується.
settings-key-save = Зберегти ключ
settings-key-stored = Ключ збережено
settings-key-none = Ключа немає
settings-key-unknown = Сховище ключів не відповідає
settings-key-practice = Для навчання ключ не потрібен. Вийдіть з навчання, щоб побачити ключ крамниці.
settings-key-clear = Видалити ключ
settings-key-clear-ask = Без ключа нічого не продати, і за відкритими продажами більше не стежать.
key-in-use-title = Коди ще чекають
key-in-use-say =
    { $count ->
        [one] { $count } код ще можна сплатити за теперішнім ключем.
        [few] { $count } коди ще можна сплатити за теперішнім ключем.
       *[other] { $count } кодів ще можна сплатити за теперішнім ключем.
    } Шлюз не підтверджує, що вони належать новому ключу. З ключем іншого кабінету чи без ключа каса більше не бачить, чи їх сплачено.
key-in-use-keep = Лишити ключ
key-in-use-change = Усе одно змінити
settings-practice-title = Навчання
settings-practice-off = Продавайте вигаданому покупцеві. Ваші справжні продажі лишаються як є.
settings-practice-on = Ви навчаєтеся. Навчальні продажі ніколи не змішуються зі справжніми.
settings-practice-enter = Навчатися
settings-practice-leave = Вийти з навчання
practice-reset = Почати навчання знову
practice-reset-ask = Забуває всі навчальні продажі. Ваші справжні продажі в іншому місці й лишаються як є.
settings-about = Ringup { $version } · { $gateway }
settings-updates = Нові версії
settings-updates-say = Раз на день і ніколи під час продажу каса дивиться, чи не вийшла нова версія. Вона лише повідомляє й нічого не встановлює.
settings-updates-address = Де дивитися
settings-updates-address-hint = Вебадреса підписаного сповіщення, https. Порожньо: каса ніколи не дивиться.
settings-updates-key = Відкритий ключ цього сповіщення
settings-updates-key-hint = Один рядок minisign; починається з RW.
update-off = Каса ніде не дивиться.
update-waiting = Каса ще не дивилася.
update-current = Це найновіша версія. Перевірено { $at }.
update-newer = Вийшла версія { $version } ({ $day }). Ця — { $own }.
update-refused = Перевірено { $at }: про новішу версію нічого не відомо.
update-unreachable = Адреса недоступна.
update-slow = Відповідь триває надто довго.
update-redirected = Сервер відсилає касу на іншу адресу, а туди вона не йде.
update-no-file = Сервер не віддає файл.
update-too-large = Відповідь довша за будь-яке сповіщення.
update-not-signed = Файл не підписано цим ключем.
update-unreadable = Файл підписано, але ця версія його не розуміє.
update-other-product = Файл підписано, але він від іншої програми.
update-older = Файл називає версію, старішу за цю.
settings-shop = Крамниця
settings-shop-name = Назва
settings-shop-address = Адреса
settings-shop-tax-id = Податковий номер
settings-shop-footer = Унизу кожного чека
settings-shop-footer-hint = Подяка, години роботи, як повернути товар
settings-taxes = Податки
settings-taxes-hint = Ціни містять податок. Чеки та день показують, скільки його за кожною ставкою.
settings-tax-name = Назва
settings-tax-percent = Відсоток
settings-tax-remove = Прибрати цю ставку
settings-tax-add = Додати ставку
settings-tax-option = { $name } { $percent } %
settings-default-tax = Ставка для набраних сум
settings-default-tax-none = Без податку

settings-items = Товари
items-none = Товарів ще немає. Кожен стане кнопкою поруч із клавішами.
items-import = Імпорт
items-export = Зберегти як CSV
items-labels = Цінники
labels-title = Цінники для полиці
labels-hint = Друкуються на чековій стрічці: назва, ціна та штрихкод, якщо це EAN.
labels-all = Усі товари
labels-print =
    { $count ->
        [one] Надрукувати { $count } цінник
        [few] Надрукувати { $count } цінники
       *[many] Надрукувати { $count } цінників
    }
items-import-hint = Файл CSV зі стовпцями name і price; за бажання також валюта, податок, штрихкод, колір і все, що ще має товар.
items-imported = Імпортовано: { $added } нових, { $changed } змінено.
import-title = Імпорт товарів
import-sums = { $added } нових, { $changed } змінено, { $refused } пропущено. Ще нічого не записано.
import-line = Рядок { $line }
import-new = новий
import-changed = змінюється
import-unchanged = як є
import-refused = пропущено
import-change = { $field }: { $from } → { $to }
import-field-name = Назва
import-field-price = Ціна
import-field-tax = Податок
import-field-barcode = Штрихкод
import-field-colour = Колір
import-none = немає
import-why =
    { $problem ->
        [name] Потрібна назва від 1 до 60 символів
        [price] «{ $cell }» не є ціною. Вона має щонайбільше два знаки після коми й жодного знака між тисячами: 1.000 може бути одиницею або тисячею
        [currency] «{ $cell }» не є EUR, USD чи RUB
        [tax] «{ $cell }» не є відсотком від 0 до 100
        [colour] Кольору «{ $cell }» немає
        [barcode] «{ $cell }» не є штрихкодом: він має від 4 до 64 символів
        [barcode_uncertain] «{ $cell }» — число з таблиці, і його цифри не доводять, що це штрихкод. Задайте стовпцю формат тексту й введіть код знову
        [barcode_twice] Рядок вище має штрихкод { $cell }
        [name_ambiguous] Кілька товарів називаються { $cell }, і штрихкод не каже, який із них
        [too_many_cells] Для «{ $cell }» немає стовпця. Кома в ціні потребує лапок
        [category] «{ $cell }» не може бути категорією
        [sold] «{ $cell }» не є each, open чи weight
        [options] «{ $cell }» не читається як опції, або товар із ними став би безкоштовним. Пишіть: one Size: small +0.00 | large +0.50
        [deposit] «{ $cell }» не є заставою чи податком
        [sold_out] «{ $cell }» не є yes чи no
        [warn_at] «{ $cell }» не є цілим числом до 9999
        [too_many] Понад 500 товарів
       *[other] Це не можна зберегти
    }
import-repeats-name = Має ту саму назву, що й рядок { $line }. Стане окремим товаром.
import-code-mended = Штрихкод прочитано з «{ $from }»; його контрольна цифра правильна.
import-zero-missing = Можливо, бракує нуля: з ним { $code } був би штрихкодом товару.
import-confirm =
    { $count ->
        [one] Імпортувати { $count } товар
        [few] Імпортувати { $count } товари
       *[other] Імпортувати { $count } товарів
    }
import-nothing = Нема чого імпортувати
item-add = Додати товар
item-new = Новий товар
item-title = Змінити { $name }
item-name = Назва
item-no-name = Товарові потрібна назва.
item-price = Ціна з податком
item-no-price = Ціна на кшталт 3,50.
item-tax = Податок у ціні
item-tax-in = { $percent }% податку
item-barcode = Штрихкод
item-barcode-hint = Відскануйте його в це поле або лишіть порожнім.
item-barcode-short = Щонайменше 4 символи.
item-colour = Колір
item-save = Зберегти
item-remove = Видалити
item-up = { $name } вище
item-down = { $name } нижче
item-category = Категорія
item-category-hint = Вкладка над товарами. Лишіть порожнім, якщо не потрібна.
item-sold = Продається
item-sold-each = за своєю ціною
item-sold-open = за ціною, яку набирають щоразу
item-sold-weight = на вагу: ціна за кілограм
item-options = Опції
item-options-wrong = Кожній групі й опції потрібна назва, а різниця — сума на кшталт 0,50 або -0,50.
item-group-add = Додати опції
item-group-name = Що вибирають, наприклад розмір
item-group-choose = Скільки
item-group-one = одну з
item-group-any = будь-які з
item-group-remove = Прибрати опції { $name }
item-option-name = Опція, наприклад великий
item-option-difference = Ціна ±
item-option-add = Ще одна
item-option-remove = Прибрати опцію { $name }
item-deposit = Застава
item-deposit-hint = Окремим рядком. Лишіть порожнім, якщо її немає.
item-deposit-tax = Податок у заставі
item-deposit-tax-item = як у товару
item-sold-out = Розпродано
item-count-stock = Рахувати залишок
item-stock = Зараз у наявності
item-stock-hint = Продане відтепер віднімається.
item-warn-at = Попередити, коли лишиться
item-no-count = Ціле число до 9999.
yes = так
no = ні
colour-sand = Пісок
colour-rose = Троянда
colour-coral = Корал
colour-amber = Бурштин
colour-lemon = Лимон
colour-sky = Небо
colour-lilac = Бузок
colour-stone = Камінь
settings-tips = Чайові
settings-tips-ask = Питати про чайові перед QR
settings-tips-round = Пропонувати округлити
settings-percents = Запропоновані відсотки
settings-discounts = Знижки
settings-discounts-offer = Кнопка знижок на екрані набору
settings-hold = Відкладені кошики
settings-hold-offer = Кнопка, щоб відкласти неоплачений кошик під ім’ям або столом
settings-scanner = Сканер штрихкодів
settings-scanner-none = Не вивчено. Більшість сканерів розпізнаються й так; повільний із короткими кодами — лише коли його вивчено.
settings-scanner-waiting = Відскануйте будь-який штрихкод.
settings-scanner-short = «{ $code }» закороткий або надто повільний. Відскануйте штрихкод із шести чи більше символів.
settings-scanner-learnt =
    Вивчено: { $gap } мс від клавіші до клавіші, { $ending ->
        [enter] потім Enter
        [tab] потім Tab
       *[none] потім нічого
    }.
settings-scanner-learn = Вивчити з одного сканування
settings-scanner-forget = Забути
settings-scale-codes = Коди ваг
settings-scale-codes-hint = EAN-13, що починається з 20–29, містить вагу або ціну. Штрихкод товару — префікс і цифри артикулу; його ціна — за кілограм.
settings-scale-prefix = Префікс
settings-scale-holds = Код містить
settings-scale-weight = вагу (г)
settings-scale-price = ціну
settings-scale-article = Цифри артикулу
settings-scale-article-digits = артикул: { $digits } цифр
settings-scale-value = Цифри значення
settings-scale-value-digits = значення: { $digits } цифр
settings-scale-remove = Прибрати { $prefix }
settings-scale-add = Додати префікс
settings-scale-wrong = Кожен префікс один раз, від 20 до 29. Артикул і значення разом мають щонайбільше десять цифр.
settings-large-times = Перепитувати, коли більше за звичайну суму у стільки разів
settings-large-times-hint = Звичайна сума — медіана останніх 200 оплачених продажів у валюті.
settings-large-times-wrong = Ціле число від 2 до 10 000.
settings-large-at-least = Ніколи нижче, { $currency }
settings-large-at-least-wrong = Сума, яку можна виставити.

settings-days = Дні
settings-zone = Часовий пояс
settings-zone-hint = За ним починається й кінчається день крамниці
settings-printer = Принтер чеків
settings-printer-none = Немає
settings-printer-network = Мережа
settings-printer-usb = USB
settings-printer-serial = Послідовний порт
settings-printer-device = Файл пристрою
settings-printer-queue = Черга CUPS
settings-printer-look = Знайти принтери
settings-printer-looking = Триває пошук, близько трьох секунд…
settings-printer-nearby = Принтери та порти
settings-printer-nearby-none = Принтер не знайдено. Він увімкнений і підключений? Адресу можна ввести самим.
settings-printer-device-hint = Наприклад /dev/usb/lp0 або /dev/lp0
settings-printer-queue-name = Назва черги
settings-printer-queue-hint = Як її показує lpstat -e. Чеки проходять крізь неї без змін.
settings-letters = Літери
settings-letters-printer = Принтера
settings-letters-picture = Як зображення
settings-letters-hint = Зображення показує грецькі, польські, українські чи казахські літери на будь-якому принтері. Тестова сторінка показує обидва способи.
settings-printer-host = Адреса
settings-printer-port = Порт
settings-printer-vendor = Номер виробника
settings-printer-product = Номер моделі
settings-printer-usb-hint = Чотири шістнадцяткові цифри, наприклад 04b8
settings-printer-path = Порт
settings-printer-path-hint = /dev/ttyUSB0 або COM3
settings-printer-baud = Біт за секунду
settings-paper = Папір
settings-paper-58 = 58 мм
settings-paper-80 = 80 мм
settings-auto-print = Друкувати, щойно продаж оплачено
settings-drawer = Відкривати скриньку з першим чеком
settings-printer-test = Надрукувати тестову сторінку
settings-printer-tested = Надруковано. Виберіть літери, які на ній можна прочитати.
settings-printer-test-sent = Надіслано. Цей принтер не каже, чи надрукував: подивіться на папір.
settings-printer-save-first = Спершу збережіть, потім перевіряйте.
settings-unsaved = Ще не збережено
settings-unread = Деякі налаштування не вдалося прочитати. У них звичайні значення, доки ви не збережете їх знову.
settings-unread-all = Налаштування не вдалося прочитати. Усе має звичайні значення, доки ви не збережете налаштування знову.
settings-problem-lifetime = Від 3 до 1440 хвилин
settings-problem-description = Щонайменше три латинські чи російські літери або цифри
settings-problem-webhook = Вебадреса, що починається з https://
settings-problem-redirect = Вебадреса, що починається з https:// або http://
settings-problem-updates-address = Вебадреса, що починається з https://, без імені користувача
settings-problem-updates-key = Відкритий ключ minisign; адресі він потрібен
settings-problem-till-code = Від однієї до трьох літер (A–Z) або цифр
settings-problem-calls = Ціле число від 6 до 240
settings-problem-text = Не більше 400 символів
settings-problem-tenders = Виберіть щонайменше один; кожному власному потрібна назва.
settings-problem-taxes = Кожній ставці потрібна назва до 24 символів і відсоток до 100, і кожен відсоток може стояти тут один раз.
settings-problem-default-tax = Виберіть одну зі ставок вище
settings-problem-zone = Цей комп’ютер не знає такого часового поясу. Виберіть інший.
settings-problem-printer = Виберіть знову, як підключено принтер
settings-problem-host = Лише ім’я або адреса, наприклад 192.168.1.40
settings-problem-port = Число від 1 до 65535
settings-problem-usb = Чотири шістнадцяткові цифри, не всі нулі, наприклад 04b8
settings-problem-serial = Послідовний порт: /dev/ttyUSB0 або COM3
settings-problem-percents = До чотирьох відсотків, більших за 0, до 100.
settings-problem-cashiers = Кожному касирові потрібне ім’я до 40 символів, і кожне ім’я може стояти тут один раз.
settings-problem-free-discount = Від 0 до 100 відсотків.
settings-problem-return = Ціле число секунд від 10 до 3600
settings-problem-offers = Кожній сумі потрібна назва й сума, яку можна виставити, наприклад 3,50; для самообслуговування потрібна хоча б одна.
settings-problem-paid-after = Ціле число секунд від 5 до 120
settings-problem-choice = Виберіть це знову
settings-problem-part = Усю цю частину не вдалося прочитати. Задайте її знову.
settings-problem-backup = Виберіть теку знову
settings-looks = Вигляд і звук
looks-title = Вигляд
looks-theme = Кольори
looks-theme-system = Як у комп’ютера
looks-theme-light = Світла
looks-theme-dark = Темна
looks-theme-high-contrast = Висока контрастність
looks-theme-hint = Екран покупця має такі самі.
looks-scale = Розмір усього
looks-percent = { $percent } %
looks-paid = Коли продаж оплачено
looks-paid-returns = Самостійно назад до набору
looks-paid-after = Через … секунд
looks-paid-after-hint = Від 5 до 120. Дотик або діалог починає час знову.

keyboard = Екранна клавіатура
keyboard-use = Коли показувати
keyboard-use-kiosk = У режимі кіоска
keyboard-use-touch = Щойно поля торкається палець
keyboard-use-never = Ніколи
keyboard-backspace = Видалити
keyboard-shift = Великі літери
keyboard-signs = Цифри та знаки
keyboard-layout = Наступна мова
keyboard-space = Пробіл
keyboard-enter = Ввід
keyboard-hide = Сховати
sound-title = Звук
sound-on = Каса подає звуки
sound-volume = Гучність
sound-paid = Оплачено
sound-paid-when = Надійшли гроші.
sound-ended = Минув
sound-ended-when = Код минув без оплати.
sound-error = Помилка
sound-error-when = Щось пішло не так: прочитайте.
sound-alarm = Сигнал
sound-alarm-when = Сплачено із запізненням або двічі. Лунає знову, доки хтось не побачить.
sound-listen = Послухати: { $sound }

settings-backup = Копії
backup-say = Щодня Ringup копіює свій журнал у теку, найкраще на іншому диску чи USB-флешці, і перевіряє кожну копію.
backup-sign = Немає копії
backup-off = Копії не робляться.
backup-waiting = Робиться перша копія.
backup-good = Копії справні.
backup-unflushed = Її тека, як на деяких мережевих дисках, не дає певності, що переживе вимкнення струму.
backup-folder-missing = Теки немає. Вставте флешку або виберіть іншу теку.
backup-failed = Остання копія не вдалася.
backup-folder = Тека
backup-no-folder = Не вибрано
backup-last = Остання справна копія
backup-never = Ще немає
backup-now = Копіювати зараз
backup-choose = Вибрати теку
backup-stop = Не копіювати
office = Бек-офіс
office-none = Ця каса не з’єднана з бек-офісом.
office-say = Бек-офіс отримує кожен запис журналу цієї каси й підписує те, що має. Продаж ніколи на нього не чекає.
office-pair = З’єднати
office-pair-again = З’єднати знову
office-pair-title = З’єднати з бек-офісом
office-pair-say = Бек-офіс показує код для кожної каси (ringup-office pair з назвою). Відскануйте його в поле, наберіть як є або виберіть файл із ним.
office-code = Код з’єднання
office-code-hint = Діє один раз, чверть години
office-pair-file = З файлу
office-pair-save = З’єднати
office-waiting =
    { $count ->
        [0] Усе надійшло.
        [one] { $count } запис у дорозі.
        [few] { $count } записи в дорозі.
       *[other] { $count } записів у дорозі.
    }
office-name = Назва там
office-address = Адреса
office-fingerprint = Його сертифікат
office-answered = Останній зв’язок
office-never = Ще немає
office-signed = Підписано там
office-signed-entry = запис { $seq }, { $hash }, { $at }
settings-receipt-qr = Показувати покупцям код їхнього чека
settings-receipt-qr-none = Код поки не показується: бек-офіс не має публічної адреси, яку можуть відкрити телефони.
settings-receipt-qr-at = Телефони відкривають його за адресою { $address }.
office-leave = Від’єднати
office-leave-title = Від’єднати від бек-офісу?
office-leave-say = Більше нічого не надсилається. Що надійшло, лишається в бек-офісі, а каса продає як раніше. Щоб повернутися, потрібен новий код.
office-leave-waiting =
    { $count ->
        [one] { $count } запис туди не надійшов.
        [few] { $count } записи туди не надійшли.
       *[other] { $count } записів туди не надійшли.
    }
office-stay = Лишити з’єднаною
office-sign-late = Не надіслано
office-sign-asks = Бек-офіс

shared-locked = Змінюється в бек-офісі, для всіх кас магазину.
shared-local = Бек-офіс ділиться цим з усіма касами. Змінене тут діє на цій касі, доки бек-офіс не змінить це знову.
shared-changed = Змінено на цій касі. Діє, доки бек-офіс не змінить це знову.
office-shared = Спільні налаштування: версія { $number }, отримано { $at }
office-shared-refused = Не прийнято з бек-офісу: { $field }. Причина: { $problem }. Каса зберігає те, що мала.
office-offer = Запропонувати налаштування цієї каси
office-offer-say = Товари, податки, касири й тексти цієї каси, для всіх кас магазину.
office-offered = Запропоновано. Вони діятимуть для всіх кас, щойно хтось прийме їх у бек-офісі.

## A journal that cannot be opened

restore-title = Продовжити з копією журналу
restore-looking = Шукаємо справну копію…
restore-none = У теці копій справної копії не знайдено.
restore-found =
    { $sales ->
        [one] Ціла копія від { $time }, { $sales } продаж.
        [few] Ціла копія від { $time }, { $sales } продажі.
       *[other] Ціла копія від { $time }, { $sales } продажів.
    }
restore-lost =
    { $count ->
        [0] У ній є все, що має журнал тут.
        [one] У ній немає { $count } пізнішого запису.
        [few] У ній немає { $count } пізніших записів.
       *[other] У ній немає { $count } пізніших записів.
    }
restore-lost-unknown = Проданого після неї в ній немає.
restore-perhaps-incomplete = Її скопійовано вручну без файлу, що кінчається на -wal: можливо, бракує останніх продажів.
restore-kept = Журнал звідси зберігається під іншою назвою.
restore-accept = Взяти цю копію
restore-sure = Так, продовжити з копією
restore-choose = Вибрати копію…

## Errors: what happened, whether money moved, what to do

error-money = Чи рухалися гроші?
error-next = Що робити
error-dismiss = Зрозуміло
error-again = Спробувати ще
error-open-settings = Відкрити налаштування

fault-amount-empty =
    .what = Суми ще немає
    .money = Ні. Нічого не стягнуто.
    .next = Наберіть суму й спробуйте знову.
fault-amount-not-a-number =
    .what = Це не сума
    .money = Ні. Нічого не стягнуто.
    .next = Наберіть суму знову, цифрами.
fault-amount-too-many-decimals =
    .what = Сума має щонайбільше два знаки після коми
    .money = Ні. Нічого не стягнуто.
    .next = Округліть суму й спробуйте знову.
fault-amount-below-minimum =
    .what = Сума замала
    .money = Ні. Нічого не стягнуто.
    .next = Виставте { $minimum } або більше.
fault-amount-above-maximum =
    .what = Сума завелика
    .money = Ні. Нічого не стягнуто.
    .next = Виставте { $maximum } або менше, чи поділіть продаж.
fault-amount-unusual =
    .what = Сума значно більша за звичайну
    .money = Ні. Нічого не стягнуто.
    .next = Перевірте суму. Якщо вона правильна, виставте її знову й підтвердьте.
fault-currency-unknown =
    .what = У цій валюті виставити не можна
    .money = Ні. Нічого не стягнуто.
    .next = Виберіть іншу валюту.
fault-note-too-long =
    .what = Примітка задовга
    .money = Ні. Нічого не стягнуто.
    .next = Скоротіть примітку й спробуйте знову.
fault-basket-mismatch =
    .what = Позиції не дають цієї суми
    .money = Ні. Нічого не стягнуто.
    .next = Очистьте набір і введіть продаж знову.
fault-items-invalid =
    .what =
        { $problem ->
            [name] Рядок { $place }: потрібна назва від 1 до 60 символів
            [price] Рядок { $place }: це не ціна. Вона має щонайбільше два знаки після коми й жодного знака між тисячами
            [currency] Рядок { $place }: валюта має бути EUR, USD або RUB
            [tax] Рядок { $place }: податок має бути відсотком від 0 до 100
            [colour] Рядок { $place }: такого кольору немає
            [barcode] Рядок { $place }: штрихкод має від 4 до 64 символів
            [barcode_twice] Рядок { $place }: цей штрихкод має інший товар
            [barcode_uncertain] Рядок { $place }: штрихкод — число з таблиці
            [name_ambiguous] Рядок { $place }: цю назву мають кілька товарів
            [too_many_cells] Рядок { $place }: комірок більше, ніж стовпців. Кома в ціні потребує лапок
            [category] Рядок { $place }: категорія має від 1 до 60 символів і не є рискою
            [options] Рядок { $place }: опції не мають назв, або вибір зробив би товар безкоштовним
            [deposit] Рядок { $place }: застава має бути більшою за нуль
            [warn_at] Рядок { $place }: залишок для попередження — ціле число до 9999
            [quote] Рядок { $place }: комірка в лапках не кінчається там, де має
            [too_many] Понад 500 товарів
            [columns] Перший рядок має називати стовпці: щонайменше name і price
            [not_text] Рядок { $place }: файл не є текстом у UTF-8
            [too_large] Файл завеликий
            [empty] У файлі немає товарів
           *[other] Рядок { $place } не можна зберегти
        }
    .money = Ні. Ідеться лише про товари.
    .next = Виправте й спробуйте ще. Товари лишилися, як були.
fault-items-unreadable =
    .what = Файл не вдалося прочитати
    .money = Ні. Ідеться лише про товари.
    .next = Подивіться, чи файл є й чи його можна читати, тоді імпортуйте знову.
fault-items-unwritable =
    .what = Товари не вдалося записати
    .money = Ні. Ідеться лише про товари.
    .next = Подивіться, чи диск не повний і не заблокований, тоді спробуйте ще.
fault-settings-invalid =
    .what = Одне налаштування не можна зберегти: { $field }
    .money = Ні. Ідеться лише про налаштування.
    .next = Виправте його й збережіть знову. Старі налаштування діють далі.
fault-settings-shared =
    .what = Це змінюється в бек-офісі
    .money = Ні. Йдеться лише про налаштування.
    .next = Запитайте того, хто веде бек-офіс. Там це змінюють для всіх кас або дозволяють касам змінювати самим.
fault-settings-unwritable =
    .what = Налаштування не вдалося записати
    .money = Ні. Ідеться лише про налаштування.
    .next = Подивіться, чи диск не повний і не заблокований, тоді збережіть знову.
fault-key-missing =
    .what = Ключа ще немає
    .money = Ні. Нічого не стягнуто.
    .next = Вставте в налаштуваннях ключ зі свого кабінету cru.cash.
fault-key-invalid =
    .what = Це не може бути ключем
    .money = Ні. Нічого не надіслано.
    .next = Скопіюйте весь ключ зі свого кабінету cru.cash і вставте знову.
fault-key-in-use =
    .what = { $count ->
        [one] { $count } код ще можна сплатити за теперішнім ключем
        [few] { $count } коди ще можна сплатити за теперішнім ключем
       *[other] { $count } кодів ще можна сплатити за теперішнім ключем
    }
    .money = Можливо: хтось саме платить. Ключ не змінено.
    .next = Зачекайте, доки ці продажі минуть, або візьміть ключ того самого кабінету.
fault-key-refused =
    .what = Шлюз не приймає ключа
    .money = Ні. Нового коду не створено; показані раніше ще можуть сплатити.
    .next = Вставте в налаштуваннях дійсний ключ. Усі відкриті продажі збережено.
fault-keychain-no-service =
    .what = На цьому комп’ютері не працює сховище ключів
    .money = Ні. Нічого не стягнуто.
    .next = Запустіть службу сховища ключів (у Linux: GNOME Keyring або KWallet) і спробуйте ще.
fault-keychain-locked =
    .what = Сховище ключів заблоковано
    .money = Ні. Нічого не стягнуто.
    .next = Розблокуйте сховище ключів і спробуйте ще.
fault-keychain-hangs =
    .what = Сховище ключів не відповідає
    .money = Ні. Нічого не стягнуто.
    .next = Подивіться, чи воно десь не питає пароль, і спробуйте ще.
fault-keychain-failed =
    .what = Сховище ключів повідомляє про помилку
    .money = Ні. Нічого не стягнуто.
    .next = Спробуйте ще. Якщо не мине, перезапустіть комп’ютер.
fault-keychain-no-collection =
    .what = У сховищі ключів немає місця для нового ключа
    .money = Ні. Нічого не стягнуто.
    .next = Відкрийте програму сховища («Паролі та ключі», KWallet Manager), створіть сховище й зробіть його типовим. Потім збережіть ключ знову.
fault-keychain-ambiguous =
    .what = У сховищі кілька ключів для цієї каси
    .money = Ні. Нічого не стягнуто.
    .next = Вставте дійсний ключ у налаштуваннях: він замінить усі.
fault-keychain-not-a-key =
    .what = Те, що у сховищі, не є ключем
    .money = Ні. Нічого не стягнуто.
    .next = Скопіюйте ключ зі свого кабінету cru.cash і вставте його в налаштуваннях.
fault-gateway-unreachable =
    .what = До шлюзу не достукатися
    .money = Ні. Нічого не надіслано.
    .next = Перевірте мережу й спробуйте ще.
fault-gateway-refused =
    .what =
        { $status ->
            [none] Шлюз відмовив
           *[other] Шлюз відмовив ({ $status })
        }
    .money = Ні. Коду не створено.
    .next = Прочитайте причину нижче. Якщо не допоможе, спитайте cru.cash.
fault-gateway-rate-limited =
    .what = Шлюз просить паузу
    .money = Ні. Коду не створено.
    .next =
        { $seconds ->
            [0] Зачекайте трохи й спробуйте ще.
            [one] Зачекайте { $seconds } секунду й спробуйте ще.
            [few] Зачекайте { $seconds } секунди й спробуйте ще.
           *[other] Зачекайте { $seconds } секунд і спробуйте ще.
        }
fault-pay-url-refused =
    .what = Шлюз надіслав дивну адресу оплати
    .money = Ні. Адресу нікому не показано.
    .next = Не повторюйте. Повідомте cru.cash: це може бути шахрайство.
fault-gateway-timeout =
    .what = Шлюз не відповів вчасно
    .money = Ні. Якщо код і створено, його ніхто не бачив.
    .next = Спробуйте ще: це лишиться той самий продаж.
fault-gateway-failed =
    .what =
        { $status ->
            [none] У шлюзу збій
           *[other] У шлюзу збій ({ $status })
        }
    .money = Ні. Якщо код і створено, його ніхто не бачив.
    .next = Спробуйте ще: це лишиться той самий продаж.
fault-gateway-unreadable =
    .what = Відповідь шлюзу не читається
    .money = Ні. Якщо код і створено, його ніхто не бачив.
    .next = Спробуйте ще: це лишиться той самий продаж.
fault-gateway-broken-connection =
    .what = З’єднання обірвалося
    .money = Ні. Якщо код і створено, його ніхто не бачив.
    .next = Спробуйте ще: це лишиться той самий продаж.
fault-interrupted =
    .what = Каса зупинилася, перш ніж надійшла відповідь
    .money = Ні. Якщо код і створено, його ніхто не бачив.
    .next = Спробуйте ще: це лишиться той самий продаж.
fault-journal-unwritable =
    .what = Каса не може писати на диск
    .money = Нічого нового не продано. Показані раніше коди ще можуть сплатити, і про них спитаємо знову.
    .next = Подивіться, чи диск не повний і не заблокований. Продаж продовжиться сам, щойно можна буде писати.
fault-journal-newer =
    .what = Журнал записав новіший Ringup
    .money = Ні. Нічого не змінено.
    .next = Установіть на цьому комп’ютері найновіший Ringup.
fault-journal-corrupt =
    .what = Журнал пошкоджено
    .money = Не через це. Показані раніше коди ще можуть сплатити.
    .next = Не продавайте на цій касі. Покличте того, хто за нею доглядає, і збережіть файл.
fault-journal-unreadable =
    .what = Журнал не читається
    .money = Не через це. Показані раніше коди ще можуть сплатити.
    .next = Подивіться, чи диск на місці й читається, і спробуйте ще.
fault-journal-in-use =
    .what = Журнал відкрито в іншій програмі
    .money = Ні. Нічого не змінено.
    .next = Закрийте всі Ringup на цьому комп’ютері й спробуйте ще.
fault-journal-other-gateway =
    .what = У цьому журналі гроші іншого шлюзу
    .money = Ні. Коду не створено.
    .next = Закрийте Ringup і запустіть знову: тоді він відкриє журнал свого шлюзу.
fault-journal-replaced =
    .what = Поки каса була відкрита, журнал замінили іншим файлом
    .money = Нічого нового не продано. Показані раніше коди ще можуть сплатити. { $file ->
        [none] Записане касою ще відкрите й буде збережене, щойно з’явиться місце.
       *[other] Записане касою збережено у { $file }.
    }
    .next = Не продавайте. Зупиніть те, що копіює чи синхронізує теку каси, і покличте того, хто за касою доглядає. Закрийте касу й відновіть збережений файл.
fault-backup-unwritable =
    .what = Копію не вдалося записати
    .money = Ні. Самого журналу це не зачіпає.
    .next = Подивіться, чи флешка або диск копій не повні й не заблоковані, тоді спробуйте ще.
fault-backup-taken =
    .what = Там, де має бути копія, є інший файл
    .money = Ні. Нічого не перезаписано.
    .next = Виберіть для копії іншу назву чи теку.
fault-backup-damaged =
    .what = Копію записано, але вона не ціла
    .money = Ні. Самого журналу це не зачіпає.
    .next = Візьміть іншу флешку чи диск: ця може зношуватися.
fault-history-broken =
    .what = Журнал не той, який копіювали раніше
    .money = Так: може бракувати продажів. Копію не зроблено й жодної не видалено.
    .next = Припиніть продаж. Можливо, повернули старіший файл. Відновіть найновішу копію або покличте того, хто доглядає за касою.
fault-backup-folder-missing =
    .what = Теки для копій немає
    .money = Ні. Самого журналу це не зачіпає.
    .next = Вставте флешку або виберіть іншу теку.
fault-backup-unflushed =
    .what = Копія ціла, але її тека не дає певності на випадок вимкнення струму
    .money = Ні. Самого журналу це не зачіпає.
    .next = Нічого робити не треба. Після вимкнення струму подивіться, чи копія ще є; USB-флешка дає певність.
fault-restore-unusable =
    .what = Цю копію не можна використати
    .money = Ні. Нічого не змінено.
    .next = Виберіть іншу копію. Цю збережіть для того, хто доглядає за касою.
fault-restore-loses =
    .what = У тутешньому журналі є записи, яких немає в копії
    .money = Ні. Нічого не змінено.
    .next = Візьміть новішу копію.
fault-restore-other-till =
    .what = Копія від іншої каси
    .money = Ні. Нічого не змінено.
    .next = Виберіть копію цієї каси.
fault-restore-other-gateway =
    .what = У копії гроші іншого шлюзу
    .money = Ні. Нічого не змінено.
    .next = Виберіть копію журналу цього шлюзу.
fault-restore-none =
    .what = Немає копії для відновлення
    .money = Ні. Нічого не змінено.
    .next = Виберіть копію самі.
fault-sale-unknown =
    .what = На цій касі такого продажу немає
    .money = Ні. Нічого не змінено.
    .next = Поверніться до набору.
fault-sale-not-retryable =
    .what = Цей продаж зараз не можна повторити
    .money = Нічого нового не стягнуто.
    .next = Подивіться на його стан: він може бути оплачений або ще чекати.
fault-qr-none =
    .what = Немає коду, який показати
    .money = Ні. Без коду ніхто не може платити.
    .next = Спробуйте продаж ще раз.
fault-tender-off =
    .what = Ця каса так не приймає й не віддає
    .money = Нічого не записано.
    .next = У налаштуваннях сказано, чим можуть платити покупці.
fault-tender-too-much =
    .what = Це більше, ніж лишилося сплатити
    .money = Нічого не прийнято.
    .next = Прийміть щонайбільше { $most }.
fault-given-too-little =
    .what = Дали менше, ніж треба
    .money = Нічого не прийнято.
    .next = Введіть щонайменше { $due } або прийміть як частковий платіж.
fault-tender-unknown =
    .what = Цей платіж більше не дійсний
    .money = Нічого не змінено.
    .next = Відкрийте продаж знову: можливо, це вже скасовано.
fault-tender-refunded =
    .what = Гроші за цей продаж уже повертали
    .money = Нічого не змінено.
    .next = Спершу скасуйте повернення, потім платіж.
fault-tender-closed =
    .what = Цей платіж уже є у Z-звіті
    .money = Нічого не змінено.
    .next = Введіть натомість повернення.
fault-drawer-off =
    .what = Крамниця не веде скриньки
    .money = Гроші не рухалися.
    .next = Увімкніть скриньку в налаштуваннях.
fault-count-wrong =
    .what = Такий перерахунок не може бути правильним
    .money = Нічого не записано.
    .next = Порахуйте знову: купюри й монети мають давати суму, і не може лишитися більше, ніж було.
fault-refund-too-much =
    .what = Повернути можна не більше, ніж сплачено
    .money = Нічого не записано: повернення не зроблено.
    .next = Введіть щонайбільше { $most }.
fault-refund-unknown =
    .what = Це повернення більше не дійсне
    .money = Нічого не змінено.
    .next = Відкрийте продаж знову: можливо, це вже скасовано.
fault-reason-missing =
    .what = Потрібна причина
    .money = Нічого не записано.
    .next = Напишіть кількома словами чому, для тих, хто читатиме книгу.
fault-cart-gone =
    .what = { $label } більше не відкладено: кошик взято, поділено чи скасовано деінде
    .money = Гроші не рухалися, і набране лишилося.
    .next = Подивіться на продажі та відкладене, перш ніж стягувати.
fault-cart-unnamed =
    .what = Відкладеному кошику потрібне ім’я чи стіл, щонайбільше { $limit } символів
    .money = Гроші не рухалися.
    .next = Наберіть, чий він.
fault-office-code-invalid =
    .what = Цей код не з’єднує касу з бек-офісом
    .money = Нічого не змінилося, і каса продає далі.
    .next = Попросіть у бек-офісі новий код: кожен діє один раз, чверть години.
fault-office-none =
    .what = Ця каса не з’єднана з бек-офісом
    .money = Нічого не надіслано, і каса продає далі.
    .next = Спершу з’єднайте її, з кодом від бек-офісу.
fault-office-quarantined =
    .what = До бек-офісу надійшов інший журнал цієї каси
    .money = Гроші не втрачено: усе є в журналі цієї каси, бек-офіс зберігає його поруч зі своєю книгою, і каса продає далі.
    .next = Хто веде бек-офіс, має вирішити, який із двох триває (ringup-office forks). Скажіть, якщо цю касу відновлено з копії або її ноутбук скопійовано.
fault-office-refused =
    .what = Бек-офіс не приймає записів цієї каси
    .money = Гроші не втрачено: усе є в журналі цієї каси, і вона продає далі.
    .next = Скажіть тому, хто веде бек-офіс.
fault-office-set-aside =
    .what = Бек-офіс вирішив на користь іншого журналу цієї каси
    .money = Гроші не втрачено: усе є в журналі цієї каси, бек-офіс зберігає його поруч зі своєю книгою, і каса продає далі. Її продажі там не входять у жодну суму.
    .next = Спитайте того, хто веде бек-офіс. Рішення можна скасувати (ringup-office forks).
fault-office-token-refused =
    .what = Бек-офіс більше не знає цієї каси
    .money = Гроші не втрачено: усе є в журналі цієї каси, і вона продає далі.
    .next = З’єднайте її знову з кодом від бек-офісу. Спитайте там, чи касу прибрали навмисно, чи її ноутбук скопійовано.
fault-office-unreachable =
    .what = Бек-офіс не відповідає
    .money = Гроші не втрачено: усе є в журналі цієї каси, і вона продає далі.
    .next = Перевірте мережу тут і в бек-офісі.
fault-sale-not-in-review =
    .what = У цьому продажу нема чого залагоджувати
    .money = Нічого не змінено.
    .next = Відкрийте продаж знову: його стан змінився.
fault-invoice-taken =
    .what = Шлюз надіслав рахунок іншого продажу
    .money = Ні. Коду нікому не показано.
    .next = Спробуйте ще. Якщо станеться знову, оберіть інший спосіб оплати й повідомте cru.cash.
fault-sale-not-to-write-off =
    .what = Цей продаж не можна списати
    .money = Нічого не змінено.
    .next = Відкрийте продаж знову: можливо, його оплачено або відповідь у дорозі.
fault-day-open-sales =
    .what = { $count ->
        [one] { $count } продаж ще відкритий
        [few] { $count } продажі ще відкриті
       *[other] { $count } продажів ще відкриті
    }
    .money = Можливо: хтось іще може сплатити. День не закрито.
    .next = Подивіться на них або закрийте день і перенесіть їх.
fault-day-already-closed =
    .what = Цей день уже закрито, як Z { $z }
    .money = Відтоді гроші не рухалися.
    .next = Нічого не треба. Закрити можна буде після наступного платежу або завтра.
fault-receipt-none =
    .what = Чека немає: цей продаж не оплачено
    .money = Ні. Нічого не змінено.
    .next = Зачекайте, доки його оплатять, тоді зробіть чек.
fault-printer-none =
    .what = Принтер чеків не налаштовано
    .money = Не через це. Продаж як був.
    .next = Налаштуйте принтер або збережіть чек як файл.
fault-printer-unreachable =
    .what = До принтера чеків не достукатися
    .money = Не через це. Продаж як був; бракує лише його чека.
    .next = Подивіться, чи принтер увімкнено й підключено, тоді надрукуйте чек знову.
fault-printer-out-of-paper =
    .what = У принтері чеків скінчився папір
    .money = Не через це. Продаж як був; бракує лише його чека.
    .next = Вставте новий рулон і надрукуйте чек знову.
fault-printer-not-ready =
    .what = Принтер чеків не готовий
    .money = Не через це. Продаж як був; бракує лише його чека.
    .next = Подивіться, чи закрито кришку й чи не блимає лампа, тоді надрукуйте чек знову.
fault-printer-failed =
    .what = Принтер чеків не закінчив
    .money = Не через це. Продаж як був; чек може бути неповним.
    .next = Подивіться на папір. Якщо чек не весь, надрукуйте знову.
fault-printer-unconfirmed =
    .what = Принтер не сказав, що чек надруковано
    .money = Не через це. Продаж як був.
    .next = Подивіться на папір. Якщо чека немає, надрукуйте знову: на ньому буде КОПІЯ.
fault-file-unwritable =
    .what = Файл не вдалося записати
    .money = Не через це. У книзі нічого не змінено.
    .next = Виберіть іншу теку або подивіться, чи диск не повний і не заблокований.
fault-file-protected =
    .what = Цей файл належить самій касі або є журналом, і лишається як є
    .money = Ні. Нічого не записано.
    .next = Виберіть іншу назву чи теку.
fault-accounts-missing =
    .what = Не задано рахунків обліку: { $accounts }
    .money = Ні. Нічого не записано.
    .next = Введіть їх у Налаштування → Способи оплати → Рахунки обліку й експортуйте знову.
fault-pin-needed =
    .what = Для цього потрібен PIN
    .money = Ні. Нічого не змінено.
    .next = Наберіть PIN або спитайте того, хто знає.
fault-pin-wrong =
    .what = Це не той PIN
    .money = Ні. Нічого не змінено.
    .next = Спробуйте ще або спитайте того, хто знає.
fault-pin-wait =
    .what = Забагато неправильних PIN
    .money = Ні. Нічого не змінено.
    .next = Зачекайте, доки дозволено наступну спробу.
fault-pin-invalid =
    .what = Це не може бути PIN
    .money = Ні. PIN лишився, як був.
    .next = Виберіть від 4 до 12 цифр.
fault-pin-missing =
    .what = Касі самообслуговування потрібен PIN
    .money = Ні. Нічого не змінено.
    .next = Спершу задайте PIN; щоб прибрати його, вимкніть самообслуговування.
fault-pin-unreadable =
    .what = Файл PIN не читається
    .money = Ні. Каса лишається заблокованою.
    .next = Хай на цьому комп’ютері виконають команду «ringup pin clear», тоді задайте новий PIN.
fault-pin-unwritable =
    .what = Файл PIN не вдалося записати
    .money = Ні. Каса лишилася, як була.
    .next = Подивіться, чи диск не повний, і спробуйте ще.
fault-cashier-unknown =
    .what = У крамниці немає касира з таким ім’ям
    .money = Ні. Нічого не змінено.
    .next = Додайте ім’я в налаштуваннях.
fault-right-needed =
    .what = Цього немає серед ваших прав
    .money = Ні. Нічого не зроблено.
    .next = Хай той, кому можна, дозволить це з PIN або брелоком.
fault-owner-missing =
    .what = Не лишиться власника, який може увійти
    .money = Ні. Нічого не змінено.
    .next = Спершу дайте власникові PIN або задайте PIN крамниці.
fault-fob-invalid =
    .what = Це не може бути кодом брелока
    .money = Ні.
    .next = Візьміть брелок чи картку з кодом від 8 до 64 символів без пробілу.
fault-fob-taken =
    .what = Цей код належить іншій людині або товару
    .money = Ні. Нічого не змінено.
    .next = Візьміть інший брелок або спершу заберіть цей у власника.
fault-staff-unreadable =
    .what = Файлу касирів немає або його пошкоджено
    .money = Ні. Продаж триває; ніхто не має прав, крім PIN крамниці.
    .next = Наберіть PIN крамниці. Або хай на цьому комп’ютері виконають «ringup staff clear», тоді роздайте нові PIN.
fault-staff-unwritable =
    .what = Файл касирів не вдалося записати
    .money = Ні. Нічого не змінено.
    .next = Подивіться, чи диск не повний і не заблокований, і спробуйте ще.
fault-not-offered =
    .what = Тут такої суми не пропонують
    .money = Ні. Нічого не стягнуто.
    .next = Виберіть одну із сум на екрані.
fault-practice-only =
    .what = Це працює лише в навчанні
    .money = Ні. Нічого не змінено.
    .next = Увійдіть у навчання в налаштуваннях.
fault-config-invalid =
    .what = Ringup запущено з налаштуванням, якого не може бути
    .money = Ні. Нічого не стягнуто.
    .next = Виправте назване нижче й запустіть Ringup знову.
fault-tls-unavailable =
    .what = На цьому комп’ютері немає сертифікатів, щоб упізнати шлюз
    .money = Ні. Шлюз не питали.
    .next = Установіть сертифікати системи (у Linux — пакунок ca-certificates) і спробуйте ще.
fault-clock-wrong =
    .what = Годинник цього комп’ютера неправильний
    .money = Ні. Нічого не надіслано: з таким годинником шлюз не впізнати. Показані раніше коди ще можуть сплатити.
    .next = Задайте дату й час, найкраще з мережі, і спробуйте ще.
fault-certificate-expired =
    .what = Сертифікат шлюзу прострочено, або годинник цього комп’ютера поспішає
    .money = Ні. Нічого не надіслано. Показані раніше коди ще можуть сплатити.
    .next = Подивіться, чи дата й час цього комп’ютера правильні. Якщо так, шлюз має поновити сертифікат: спробуйте пізніше.
fault-internal =
    .what = Щось пішло не так усередині Ringup
    .money = Мабуть, ні. Подивіться на продаж, перш ніж стягувати знову.
    .next = Спробуйте ще раз. Якщо не мине, перезапустіть Ringup: усі продажі збережено.
fault-unknown =
    .what = Щось пішло не так ({ $code })
    .money = Невідомо. Подивіться на продаж, перш ніж стягувати знову.
    .next = Спробуйте ще раз. Якщо не мине, перезапустіть Ringup: усі продажі збережено.

## The cash drawer

booking-sale = Продаж
booking-taken-back = Скасовано
booking-refund = Повернення
booking-refund-taken-back = Повернення скасовано
booking-in = Внесення
booking-out = Видача
booking-drop = Інкасація
booking-float = Розмін
booking-count = Різниця при перерахунку
booking-removed = Вийнято при перерахунку
drawer-moves = Скринька, по одному
drawer = Скринька
drawer-start = Розмін на початку
drawer-taken = Прийнято готівки
drawer-refunded = Повернуто
drawer-in = Внесення
drawer-out = Видача
drawer-drop = Інкасація
drawer-float = Розмін
drawer-count = Перерахунок
drawer-open = Відкрити скриньку
drawer-expected = Має бути
drawer-counted = Пораховано
drawer-difference = Різниця
drawer-removed = Вийнято при перерахунку
drawer-left = Лишається у скриньці
drawer-pieces = Купюри та монети
drawer-sum = Сума ({ $sign })
drawer-left-next = Лишається як наступний розмін ({ $sign })
drawer-left-hint = Порожнє: усе
drawer-left-wrong = Не більше, ніж пораховано
drawer-save = Записати
drawer-save-amount = Записати { $amount }
drawer-in-say = Гроші, які кладуть у скриньку без продажу.
drawer-out-say = Гроші, які беруть зі скриньки, щоб за щось заплатити.
drawer-drop-say = Гроші, які йдуть у банк або сейф.
drawer-open-say = Причину записують, перш ніж скринька відкриється.
drawer-done = Готово
drawer-currency = Валюта
settings-drawer-title = Грошова скринька
settings-drawer-on = Рахувати готівку у скриньці
settings-drawer-blind = Рахувати, не знаючи, скільки має бути
reason-change = Розмін із банку
reason-owner = Власник
reason-delivery = Постачання оплачено готівкою
reason-bank = У банк
reason-safe = У сейф
reason-change-for-customer = Розміняти покупцеві
reason-check = Зазирнути всередину
