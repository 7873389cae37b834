# Слова Ringup. Коротко, просто и без догадок о деньгах.

starting = Касса открывается…
broken = Кассу не удаётся открыть. Пока это не исправлено, продавать нельзя.

## Оболочка

nav-sales = Продажи
nav-day = День
nav-settings = Настройки

journal-failing = Продажи остановлены.
journal-failing-body = Касса не может писать на диск. Она продолжит сама, как только сможет.
journal-replaced-body = На месте журнала другой файл или никакого нет. Всё, что касса записала, сохранено. Позовите того, кто отвечает за кассу.
journal-retry = Попробовать снова

open-sales = Ещё открыты
held-carts = Отложены
open-and-held = Открыты и отложены

state-requesting = запрос
state-awaiting = ожидание
state-chosen = монета выбрана
state-paid = оплачено
state-ended = не оплачено
state-stopped = остановлено
state-refused = отказ
state-uncertain = неясно
state-review = проверьте
state-part-paid = оплачено частично
spoken-sale = Продажа { $number }: { $state }.

## Сигналы

alarm-paid = Продажа { $number } оплачена
alarm-late = Продажа { $number } оплачена с опозданием
alarm-twice = Продажа { $number } оплачена дважды: один платёж надо вернуть
alarm-review = Продажа { $number }: деньги под вопросом, проверьте
alarm-more =
    { $count ->
        [one] и ещё { $count }
        [few] и ещё { $count }
       *[other] и ещё { $count }
    }
alarm-show = Показать
alarm-dismiss = Понятно

## Первый запуск

setup-welcome = Оплата криптовалютой в три касания.
setup-practice-title = Сначала попробовать
setup-practice-body = Целая продажа с вымышленным покупателем. Без ключа, без сети, без настоящих денег.
setup-practice = Начать обучение
setup-key-title = Начать продавать
setup-key-body = Вставьте API-ключ из кабинета cru.cash. Он хранится в связке ключей этого компьютера и больше нигде не показывается.
setup-key-save = Сохранить ключ
setup-tenders = Только наличные или карты? Выбрать способы оплаты

## Набор суммы

pad-tape = Сумма
pad-amount = Сумма к оплате
pad-keys = Клавиши
pad-note = Заметка
pad-note-clear = Стереть заметку
pad-backspace = Стереть последнюю цифру
pad-clear = Сбросить
pad-plus = Прибавить ещё сумму
pad-point = Десятичный знак
pad-charge = К оплате
pad-items = Товары
pad-sum = Набранная сумма
cart-less = { $name }: на один меньше
cart-more = { $name }: ещё один
cart-remove = Убрать
cart-discount = Скидка
cart-discount-percent = Скидка { $percent } %
cart-hold = Отложить
cart-of = Чек: { $labels }. Что уберёте, останется отложенным.
cart-put-back = Вернуть
hold-title = Отложить этот чек
hold-say = Деньги не берутся. Чек ждёт рядом с открытыми продажами, в том числе после перезапуска.
hold-label = Имя или стол
hold-label-wanted = Укажите, чей он: имя или стол.
hold-drop = Удалить без продажи
hold-drop-title = Удалить без продажи: { $labels }?
hold-drop-say = Это будет в журнале и в Z-отчёте. Деньги не движутся.
reason-left = Гости ушли
reason-typed-twice = Введено по ошибке
scan-unknown = Нет товара с кодом { $code }
scan-sold-out = { $name }: отмечено как «закончилось». Товар всё равно добавлен.
cart-deposit = Залог за тару
line-deposit = Залог за тару: { $name }
items-search = Найти товар
items-search-clear = Очистить поиск
items-none-found = Нет товара с «{ $search }» в названии.
items-all = Все
items-categories = Категории
category-moved = { $name }: теперь вкладка { $place }
item-open-price = своя цена
item-per-kilogram = { $price }/кг
item-sold-out-mark = Закончилось
item-left = осталось { $count }
sell-sold-out = Товар отмечен как закончившийся. Он всё-таки есть?
sell-missed = Код { $code } отсканирован, но не добавлен. Сначала добавьте этот товар, потом отсканируйте ещё раз.
sell-weight = Наберите вес в граммах
sell-price = Наберите цену
sell-kilograms = { $kilograms } кг
sell-per-kilogram = { $price } за килограмм
sell-deposit = и залог за тару { $price }
sell-add = Добавить { $price }
item-weighed = { $name } { $kilograms } кг
confirm-amount-title = Сумма верна?
confirm-amount-burst = Она набрана так же быстро или ровно, как печатает сканер штрихкодов. Код не должен стать суммой.
confirm-amount-unusual = Это намного больше обычного. Обычно здесь берут около { $usual }.
confirm-amount-unusual-first = Это большая сумма, а что здесь обычно, касса пока не знает.
confirm-amount-back = Назад
confirm-amount-charge = Да, принять { $amount }
tip-chosen = Покупатель оставляет чаевые: { $tip }
tip-chosen-none = Покупатель не оставляет чаевых.
discount-share = Процент
discount-take = Снять { $amount }
discount-remove = Без скидки

## Способы оплаты

tenders = Способы оплаты
tenders-more = Ещё
tenders-choose = Чем платят?
tenders-code-stands = Код этой продажи остаётся под наблюдением. Если оплатят и его, касса позвонит, и деньги придётся вернуть.
tender-cash = Налич­ные
tender-crypto-minimum = от { $minimum }
tender-crypto-no-key = нет ключа
tender-crypto-key = ключ отклонён
tender-crypto-waits = нет сети
tender-due = К оплате
tender-rounded = { $amount }, округление { $rounding }
tender-exact = Без сдачи
tender-given = Получено
tender-amount = Сумма
tender-rest = Осталось оплатить
tender-rest-ways = Можно оплатить: { $ways }
tender-rest-crypto = Для крипты слишком мало: она принимается от { $minimum }.
tender-too-little = К оплате { $due }: наличные округляются.
tender-too-much = К оплате не больше { $due }.
tender-take = { $tender }: { $amount }
tender-take-card = Оплачено картой: { $amount }
tender-take-change = Отдать сдачу { $change }
tender-take-part = Принять часть: { $amount }
tender-back-title = Отменить оплату { $amount } ({ $tender })
tender-back-say = Это для оплаты, введённой по ошибке. Она останется в книге, но считаться не будет; верните деньги, если получили их.
reason-other-way = Оплачено иначе
pad-crypto-waits = Нет сети: крипта подождёт. Остальные способы оплаты работают.
pad-update = Вышла версия Ringup { $version }. Сообщите тому, кто обслуживает кассу.

## Оплата

payment-awaiting-body = Он сканирует код и платит. Пока не оплачено.
payment-gateway-says = Шлюз сообщает «{ $status }».
payment-part-sent = Шлюз сообщал «{ $status }»: часть денег могла быть отправлена. Проверьте свой счёт на cru.cash.
payment-poll-refused = Об этой продаже шлюз с этим ключом не отвечает. Возможно, она относится к другому счёту.
payment-ended-body = Шлюз закрыл этот код. Если деньги всё же придут, Ringup сообщит.
payment-part-paid = Оплачено частично
payment-stopped = Вы перестали ждать
payment-stopped-body = До конца срока покупатель ещё может оплатить этот код. Ringup следит и сообщит.
payment-review = Пока ничего не отдавайте
payment-review-body = Шлюз сообщает об оплате, которая не совпадает с этой продажей. Проверьте кабинет cru.cash.
payment-refused = Шлюз отказал
payment-uncertain = Нет ясного ответа
payment-unknown-body = Больше пока ничего не известно.

payment-network-key-refused = Шлюз не принимает ключ, и Ringup не видит, оплачено ли. Проверьте ключ в настройках.

payment-check = Проверить
payment-stop = Не ждать
payment-give-up = Отказаться от продажи
payment-leave = Оставить, следующая
payment-next = Следующая продажа
payment-retry = Попробовать снова
payment-back = Назад к сумме
payment-parts = Уже оплачено
payment-part-paid-body = Чем оплатят остаток?
payment-otherwise = Оплатить иначе

review-amount = Оплачена другая сумма.
review-currency = Валюта другая.
review-test = Перепутаны тестовые и настоящие деньги.
review-id = Ответ относится к другому счёту.
review-payload = Платёж сделан за другую продажу.
review-taken-back = Шлюз больше не сообщает, что она оплачена.
review-other = Не совпадает: { $reason }.

practice-customer = Вы за покупателя
practice-choose = Монета
practice-pay = Оплатить
practice-end = Уйти
lesson-step = Шаг { $step } из { $steps }
lesson-amount = Наберите, сколько должен покупатель, например { $amount }.
lesson-charge = Нажмите широкую кнопку: появится код для покупателя.
lesson-coin = Покупатель сканирует код и выбирает монету. Сыграйте за него: нажмите «Монета».
lesson-pay = Касса видит, какой будет монета. Теперь оплатите, как покупатель.
lesson-done = Оплачено и записано навсегда. Уберите этот экран для следующего покупателя.
lesson-learned = Вот и вся продажа. Она стоит в «Продажах» и в итогах дня.
lesson-over = Эта продажа не оплачена. Перейдите к следующей и попробуйте ещё раз.
lesson-skip = Пропустить
lesson-close = Понятно

## Оплачено

## Книга продаж

sales-search = Номер, сумма, заметка
sales-none = Продаж пока нет
sales-none-found = Таких продаж нет
sales-show-all = Показать все продажи
sales-more = Показать более ранние
filter-days = Дни
filter-any-day = Все дни
filter-today = Сегодня
filter-yesterday = Вчера
filter-week = Эта неделя
filter-day = Один день
filter-states = Статус
filter-any-state = Все статусы
filter-open = ещё открыты
filter-any-currency = Все валюты
filter-money = Настоящие или тестовые деньги
filter-any-money = Все деньги
filter-real = Настоящие
filter-test = Тестовые
day-today = Сегодня, { $day }
day-yesterday = Вчера, { $day }
mark-late = с опозданием
mark-twice = оплачено дважды
mark-refunded = возврат

## Страница продажи

sale-back = Все продажи
sale-facts = Продажа
sale-opened = Выставлено
sale-paid = Оплачено
sale-coin = Монета
sale-coins = Переведено
sale-settlement = Зачисление
sale-settled = Зачислено на ваш счёт
sale-not-settled = Ещё не зачислено
sale-tip = Чаевые
sale-gateway-status = Шлюз
sale-written-off = Списана
sale-note = Заметка
sale-no-note = Нет
sale-receipts = Чеки
sale-receipts-count =
    { $count ->
        [0] Ещё не было
        [one] Сделан { $count }
        [few] Сделано { $count }
       *[other] Сделано { $count }
    }
sale-lines = Что продано
sale-line = { $quantity } × { $name }
sale-refunds = Возвраты
sale-refund-taken-back = Отменён:
sale-attempts =
    { $count ->
        [one] Код оплаты
        [few] Коды оплаты
       *[other] Коды оплаты
    }
sale-no-invoice = Счёта нет
sale-history = Что произошло
sale-show = Показать код
sale-refund = Возврат
sale-add-note = Добавить заметку
sale-edit-note = Изменить заметку
sale-tenders = Чем оплачено
sale-tender-change = Получено { $given }, сдача { $change }
sale-tender-rounding = Округление { $rounding }
sale-outstanding = Осталось оплатить
sale-overpaid = Оплачено лишнее
sale-show-rest = Принять остаток

## Записи продажи

entry-sale-opened = Выставлено { $amount }
entry-invoice-requested = У шлюза запрошен код № { $attempt }
entry-invoice-opened = Показан код № { $attempt }
entry-invoice-refused = Шлюз отказал ({ $code })
entry-invoice-uncertain = Нет ясного ответа ({ $code })
entry-invoice-reported =
    { $status ->
        [processing] Оплата получена, зачисление в пути
       *[other] Шлюз сообщает: { $status }
    }
entry-invoice-chosen =
    { $coins ->
        [none] Покупатель выбрал { $coin }
       *[other] Покупатель выбрал { $coin }: { $coins }
    }
entry-invoice-settled = Зачислено на ваш счёт
entry-invoice-paid =
    { $coins ->
        [none] Оплачено
       *[other] Оплачено: { $coins }
    }
entry-invoice-ended = Код № { $attempt } закрыт без оплаты
entry-invoice-questioned = Шлюз сообщает об оплате, которая не совпадает
entry-sale-stopped = Кассир перестал ждать
entry-payment-seen = Оплату увидели на кассе
entry-sale-noted = Заметка
entry-language-chosen = Язык покупателя: { $language }
entry-tender-taken =
    { $way ->
        [cash] Оплачено наличными: { $amount }
        [card] Оплачено картой: { $amount }
       *[other] Оплачено ({ $way }): { $amount }
    }
entry-tender-taken-back = Оплата № { $tender } отменена
entry-sale-refunded =
    { $way ->
        [cash] Возвращено { $amount } наличными
        [by_hand] Возвращено { $amount } вручную
        [card] Возвращено { $amount } на карту
       *[other] Возвращено { $amount } ({ $way })
    }
entry-refund-taken-back = Возврат отменён
entry-review-closed = Расхождение разобрано
entry-invoice-watch-ended = Попытка { $attempt } больше не опрашивается
entry-payment-doubted = Шлюз больше не сообщает об оплате
entry-sale-written-off = Списана
entry-receipt-made =
    { $medium ->
        [printer]
            { $outcome ->
                [unconfirmed] Чек отправлен на принтер, подтверждения не было
                [failed] Чек напечатать не удалось
               *[other] Чек напечатан
            }
        [file] Чек сохранён
       *[other] Чек передан в окно печати
    }
entry-other = Запись вида { $kind }

## Исправления

reason = Почему
reason-wanted = Нужно несколько слов
reason-goods-back = Товар вернули
reason-wrong-amount = Неверная сумма
reason-paid-twice = Оплачено дважды
reason-mistake = Введено по ошибке
reason-not-paid-out = Не выдано
reason-sent-back = Возвращено покупателю
reason-gateway-forgot = Шлюз не знает этот счёт
reason-settled = Решено с покупателем
note-title = Заметка к продаже { $number }
note-hint = Прежние слова останутся в книге.
note-save = Сохранить заметку
refund-title = Возврат по продаже { $number }
refund-say = Шлюз деньги не возвращает. Верните их наличными или вручную, Ringup это запишет.
refund-goods = Что возвращают
refund-amount = Сумма ({ $sign })
refund-most = Не больше { $most }
refund-no-amount = Это не сумма
refund-way = Как возвращаете
refund-cash = Наличными
refund-by-hand = Вручную, переводом
refund-say-tenders = Ringup сам денег не возвращает. Верните их способом, выбранным ниже; Ringup это запишет.
refund-card = На карту
refund-tax = Налог { $rate } с { $gross } вычитается: { $tax }
refund-tip = В том числе чаевые: { $tip }
refund-rounded = Наличными: { $amount }, округление { $rounding }
refund-save = Записать возврат
refund-save-amount = Вернуть { $amount }
take-back = Отменить
take-back-title = Отмена возврата { $amount }
take-back-say = Только если деньги не выдавались. Возврат останется в книге, но учитываться не будет.
review-title = Разобрать продажу { $number }
review-say = Сначала проверьте кабинет cru.cash. Запишите, чем кончилось. Деньги, которые ещё не учтены, не войдут ни в один итог.
write-off = Списать
write-off-title = Списать продажу { $number }
write-off-say = Эту продажу больше никто не ждёт, и день закроется без неё. Если деньги всё же придут, они зачтутся, и касса подаст сигнал.
review-close = Разобрано

## Чеки

receipt-title = Чек продажи { $number }
receipt-is-first = Первый чек этой продажи.
receipt-is-copy = Чек уже был: этот помечен как копия.
receipt-print = Напечатать
receipt-saved = Сохранено
receipt-dialog = Печать через компьютер
receipt-pdf = Сохранить как PDF
receipt-png = Сохранить картинкой
receipt-no-printer = Чековый принтер можно подключить в настройках.

## День

day-earlier = Предыдущий день
day-later = Следующий день
day-export = Сохранить книгу
day-none = В этот день оплат не было
day-practice = Учебные деньги: этот отчёт ничего не значит
report-gateway = Шлюз: { $gateway }
totals-paid =
    { $count ->
        [one] { $count } оплата
        [few] { $count } оплаты
       *[other] { $count } оплат
    }
totals-average = В среднем
totals-tips = Из них чаевые
totals-late = С опозданием ({ $count })
totals-twice = Оплачено дважды ({ $count })
totals-refunds = Возвраты ({ $count })
totals-net = Осталось
totals-settled = Зачислено
totals-unsettled = Ещё не зачислено
totals-coin = { $coin } ({ $count })
totals-cashiers = По кассирам
totals-cashier = { $name } ({ $count })
totals-categories = По категориям
totals-category-none = Без категории
totals-category-refunded = Из них возвраты
totals-tax = Налог { $rate } с { $gross }
totals-tax-refunded = С учётом возвратов { $gross }
totals-tender =
    { $tender ->
        [crypto] Криптовалютой ({ $count })
        [cash] Наличными ({ $count })
        [card] Картой ({ $count })
       *[other] { $tender } ({ $count })
    }
totals-tender-refunds =
    { $tender ->
        [crypto] Криптовалютой: возвраты
        [cash] Наличными: возвраты
        [card] Картой: возвраты
       *[other] { $tender }: возвраты
    }
totals-tender-tips =
    { $tender ->
        [crypto] Криптовалютой: из них чаевые
        [cash] Наличными: из них чаевые
        [card] Картой: из них чаевые
       *[other] { $tender }: из них чаевые
    }
totals-rounding = Округление наличных
totals-taken-back =
    { $count ->
        [one] Отменено: { $count } оплата
        [few] Отменено: { $count } оплаты
       *[other] Отменено: { $count } оплат
    }
totals-refund-way =
    { $way ->
        [cash] Из них наличными ({ $count })
        [by_hand] Из них вручную ({ $count })
        [card] Из них на карту ({ $count })
       *[other] Из них { $way } ({ $count })
    }
hours-title = Оплаты по часам
hours-hour =
    { $count ->
        [one] С { $from } до { $to } часов: { $count } оплата, { $amount }
        [few] С { $from } до { $to } часов: { $count } оплаты, { $amount }
       *[other] С { $from } до { $to } часов: { $count } оплат, { $amount }
    }
close-next = С прошлого закрытия
close-never = Ни один день ещё не закрыт.
close-last = Z { $z }, { $at }
close-open =
    { $count ->
        [one] Ещё открыта { $count } продажа
        [few] Ещё открыты { $count } продажи
       *[other] Ещё открыто { $count } продаж
    }
day-open-sum = Если их оплатят
close-open-say = Их ещё могут оплатить. Эти деньги войдут в следующее закрытие.
close-day = Закрыть день
close-ask = Закрыть день?
close-say = Z-отчёт записывается в журнал и больше не меняется. Продавать можно и дальше.
close-carry =
    { $count ->
        [one] Закрыть и перенести { $count }
        [few] Закрыть и перенести { $count }
       *[other] Закрыть и перенести { $count }
    }
close-z = Z { $z }
close-at = Закрыто { $at } ({ $zone })
close-nothing = С прошлого закрытия оплат не было
close-written-off = Списано: { $numbers }
close-reviews-closed = Расхождения улажены вручную: { $numbers }
close-carts-held =
    { $count ->
        [one] { $count } отложенный чек
        [few] { $count } отложенных чека
       *[other] { $count } отложенных чеков
    }
close-carts-dropped =
    { $count ->
        [one] { $count } чек удалён без продажи
        [few] { $count } чека удалены без продажи
       *[other] { $count } чеков удалено без продажи
    }
close-carried =
    { $count ->
        [one] Перенесена { $count } открытая продажа
        [few] Перенесены { $count } открытые продажи
       *[other] Перенесено { $count } открытых продаж
    }
close-program = Программа { $version }
close-key = Отпечаток ключа: { $key }
close-events = Технические события
close-event =
    { $kind ->
        [drawer_opened] Ящик открыт
        [gateway_bound] Записан шлюз
        [journal_restored] Журнал восстановлен
        [key_changed] Ключ API изменён
        [pin_changed] PIN-код задан или снят
        [pin_refused] Неверные PIN-коды
        [practice_reset] Учебные продажи удалены
        [program_started] Программа запущена
        [settings_changed] Настройки изменены
        [stock_set] Остаток пересчитан
        [signed_on] Вход и выход кассиров
        [staff_changed] Кассиры изменены
       *[other] { $kind }
    }
close-head = Голова журнала
close-signed = Подписан бэк-офисом с записью { $entry }
close-signed-before = Бэк-офис подписал по запись { $entry }, до этого отчёта
close-print = Напечатать
close-done = Готово
closes = Закрытия
closes-more = Более ранние
grand = Общие итоги
export-title = Сохранить книгу продаж
export-period = Какие дни
export-day = Этот день
export-month = Этот месяц
export-all = Всё
export-range = С … по
export-from = Первый день
export-to = Последний день
export-wrong = Первый день раньше последнего
export-format = Как
export-xlsx = Excel (XLSX)
export-excel = CSV для Excel
export-csv = Таблица (CSV)
export-json = Для программ (JSON)
export-rows = Строки
export-rows-sales = Продажи
export-rows-tenders = Оплаты
export-rows-lines = Позиции
export-rows-cash = Движения наличных
export-rows-bookings = Проводки
export-datev = Кассовая книга DATEV
export-start = Сохранить как…
export-choosing = Выберите файл…
export-progress = { $done } из { $total }
export-done = Сохранено: { $file }

## Чеки: на экране, на бумаге и в PDF

slip-till = Касса { $till }
slip-test-page = Принтер работает. Что ниже читается, он умеет печатать.
slip-test-code-page = Кодовая страница { $page }:
slip-test-picture = Буквы картинкой:

## Кому можно: PIN и кто за кассой

lock-title = PIN-код
lock-pin = PIN-код
lock-open = Открыть
lock-back = Назад
lock-now = Закрыть
lock-wrong = Это не тот PIN-код
lock-wait = Слишком много ошибок. Следующая попытка через { $time }
sign-on-title = Кто за кассой?
sign-on-hint = Нажмите своё имя и введите PIN или приложите брелок. Начатая продажа останется.
sign-on-choose = Нажмите имя
sign-on-shop = PIN магазина
sign-off = Выйти
approve-title = Нужно чужое разрешение
approve-hint =
    { $right ->
        [discount] Эта скидка выше предела. Кто вправе её дать, разрешает один раз; за кассой остаётесь вы.
        [refund] На возврат нужно право. Кто его имеет, разрешает один раз; за кассой остаётесь вы.
        [take_back] На отмену нужно право. Кто его имеет, разрешает один раз; за кассой остаётесь вы.
        [open_drawer] Чтобы открыть ящик, нужно право. Кто его имеет, разрешает один раз; за кассой остаётесь вы.
        [drop_cart] Чтобы удалить отложенный чек, нужно право. Кто его имеет, разрешает один раз; за кассой остаётесь вы.
        [expected_cash] Сколько должно быть в ящике, видят не все. Кто имеет право, разрешает один раз; за кассой остаётесь вы.
        [close] На закрытие дня и выгрузку нужно право. Кто его имеет, разрешает один раз; за кассой остаётесь вы.
        [settings] На настройки нужно право. Кто его имеет, разрешает один раз; за кассой остаётесь вы.
        [key] На ключ нужно право. Кто его имеет, разрешает один раз; за кассой остаётесь вы.
       *[other] На это нужно право. Кто его имеет, разрешает один раз; за кассой остаётесь вы.
    }
role =
    { $role ->
        [supervisor] Старший
        [owner] Владелец
       *[cashier] Кассир
    }
role-hint =
    { $role ->
        [supervisor] Исправляет, закрывает день и разрешает кассирам то, чего им нельзя; настраивается под именами.
        [owner] Может всё и всегда.
       *[cashier] Продаёт. Остальное разрешает старший или владелец, либо оно отмечено под именами.
    }
right =
    { $right ->
        [discount] Скидки выше предела
        [refund] Возвраты
        [take_back] Отмены, проверки, списание
        [open_drawer] Открывать ящик
        [drop_cart] Удалять отложенные чеки
        [expected_cash] Видеть, сколько должно быть в ящике
        [close] Закрытие дня, выгрузка
        [settings] Настройки, товары, персонал
        [key] API-ключ
       *[other] { $right }
    }
rights-title = Кому что можно
rights-hint = Владелец может всё. Что не отмечено, можно разрешить на один раз.
rights-free-discount = Скидка, которую может дать любой, в процентах
access-title = PIN, брелоки и роли
access-hint = С PIN или брелоком имя стоит в книге, только если это действительно был этот человек. Сначала дайте PIN владельцу. Сохраняется сразу.
access-pin = PIN
access-fob = Брелок
access-change = Изменить
access-role = Роль
access-first-pin = PIN
access-new-pin = Новый PIN
access-pin-hint = От 4 до 12 цифр.
access-fob-none = Брелока нет
access-fob-set = Брелок записан.
access-fob-waiting = Приложите брелок …
access-fob-scanned = Брелок считан; он начнёт действовать после сохранения.
access-fob-scan = Считать брелок
access-fob-clear = Убрать брелок
access-pin-clear = Убрать PIN
access-remove = Убрать всё
access-save = Сохранить
pin-title = PIN-код
pin-set = PIN-код задан. Он нужен для настроек, возвратов, закрытия дня и выхода из киоска.
pin-none = PIN-кода нет: каждый, кто стоит здесь, может всё.
pin-new = Новый PIN-код
pin-hint = От 4 до 12 цифр. Если он забыт, его снимает команда «ringup pin clear».
pin-save = Задать PIN-код
pin-clear = Убрать PIN-код
cashiers-title = Кассиры
cashiers-hint = Их имена стоят в книге рядом с тем, что сделано, пока они за кассой. Пустой список — без имён.
cashiers-name = Имя кассира
cashiers-add = Добавить кассира
cashiers-remove = Убрать кассира
cashiers-who = Кто здесь?
cashiers-nobody = Никого
entry-by = { $name }
entry-approved-by = Разрешил(а): { $name }

## Экран покупателя

settings-counter = Прилавок
display-title = Экран покупателя
display-where = Где он
display-hint = На нём название магазина, сумма, код и галочка; ничего кассирского.
display-off = Нет
display-second-monitor = На втором мониторе, если он есть
display-window = В окне, которое можно передвинуть
customers-language = Язык покупателя
customers-languages-title = Языки покупателей
customers-languages-first = Сначала
customers-languages-screens = Как экраны кассы
customers-languages-hint = На нём экран покупателя, самообслуживание и чеки, пока никто не выбрал другой.
customers-languages-more = Покупатели могут выбрать ещё

## Киоск

kiosk-title = Киоск
kiosk-hint = Весь экран; закрыть можно только с PIN-кодом.
kiosk-enter = Перейти в киоск сейчас
kiosk-leave = Выйти из киоска
kiosk-quit = Закрыть Ringup
kiosk-no-pin = PIN-кода нет: выйти из киоска может каждый, кто откроет настройки.
kiosk-at-start = Всегда запускаться в режиме киоска
kiosk-autostart = Запускать Ringup при входе пользователя в систему
kiosk-return = Назад к набору суммы через … секунд
kiosk-return-hint = От 10 до 3600, в режиме киоска, когда никто ничего не трогает.
kiosk-self-service = Покупатели платят сами
kiosk-self-service-hint = Оплатить можно только суммы ниже. Для книги и настроек нужен PIN-код. Сначала задайте PIN-код.
kiosk-self-service-card = Покупатели могут выбрать оплату картой: её принимает персонал и подтверждает PIN-кодом
offer-name = За что
offer-amount = Сумма
offer-add = Добавить сумму
offer-remove = Убрать сумму

## Настройки: способы оплаты

settings-tenders = Оплата
settings-tenders-hint = В этом порядке стоят кнопки кассы; Enter выбирает первую. Если включена только крипта, кнопка одна.
settings-tender-own = Название, например «Талон»
settings-tender-add = Ещё способ оплаты
settings-tender-remove = Убрать { $name }
settings-tender-up = Раньше
settings-tender-down = Позже
settings-accounts = Счета
settings-accounts-hint = Для выгрузки проводок: так, как они называются в программе бухгалтера. Если счёта не хватает, выгрузка назовёт его.
settings-problem-accounts = Счёт не может быть длиннее 60 знаков.
account-sales-at = Продажи по ставке { $rate } %
account-tax-at = Налог по ставке { $rate } %
account-sales = Продажи без налога
account-tips = Чаевые
account-rounding = Округление наличных
account-overpaid = Уплачено лишнее
account-float = Первый размен
account-in = Внесения
account-out = Выплаты
account-drop = Сдано в банк
account-difference = Расхождения при пересчёте
settings-rounding = Округление наличных
settings-rounding-hint = Там, где мелких монет нет в обращении. Другие способы оплаты не округляются.
settings-rounding-of = Округление наличных: { $currency }
settings-rounding-none = Нет
settings-rounding-five = До 0,05
settings-rounding-whole = Вниз до целых

## Настройки

settings-selling = Продажи
settings-till-code = Код этой кассы
settings-till-code-hint = Он стоит перед номером каждой продажи: A-000042. У каждой кассы магазина должен быть свой.
settings-currency = Валюта
settings-lifetime = Время на оплату, минут
settings-lifetime-hint = От 3 до 1440
settings-entry = Набор суммы
settings-entry-auto = По валюте
settings-entry-cents = С копеек (1250)
settings-entry-decimal = С запятой (12,50)
settings-language = Язык
settings-language-system = Как в системе
settings-advanced = Ещё для шлюза
settings-description = Что прочтёт покупатель
settings-description-hint = Буквы, цифры, пробелы и #
settings-redirect = Куда перейдёт покупатель после оплаты
settings-redirect-hint = Веб-адрес, http или https
settings-webhook = Куда шлюз сообщает об оплатах
settings-webhook-hint = Веб-адрес вашей учётной системы, https
settings-calls = Запросов к шлюзу в минуту, не больше
settings-calls-hint = От 6 до 240. При большем числе шлюз может заблокировать магазин.
settings-save = Сохранить
settings-saved = Сохранено
settings-key-title = API-ключ
settings-key = Ключ от cru.cash
settings-key-hint = Попадёт в связку ключей этого компьютера и больше не будет показан.
settings-key-save = Сохранить ключ
settings-key-stored = Ключ сохранён
settings-key-none = Ключа нет
settings-key-unknown = Связка ключей не отвечает
settings-key-practice = Для обучения ключ не нужен. Ключ магазина виден вне обучения.
settings-key-clear = Удалить ключ
settings-key-clear-ask = Без ключа нельзя продавать, и за открытыми продажами никто не следит.
key-in-use-title = Коды ещё ждут оплаты
key-in-use-say =
    { $count ->
        [one] С нынешним ключом ещё можно оплатить { $count } код.
        [few] С нынешним ключом ещё можно оплатить { $count } кода.
       *[other] С нынешним ключом ещё можно оплатить { $count } кодов.
    } Шлюз не подтверждает, что они относятся к новому ключу. С ключом другого аккаунта или без ключа касса больше не увидит, оплачены ли они.
key-in-use-keep = Оставить ключ
key-in-use-change = Всё равно изменить
settings-practice-title = Обучение
settings-practice-off = Продажи вымышленному покупателю. Настоящие продажи останутся как есть.
settings-practice-on = Идёт обучение. Учебные продажи не смешиваются с настоящими.
settings-practice-enter = Начать обучение
settings-practice-leave = Закончить обучение
practice-reset = Начать обучение заново
practice-reset-ask = Учебные продажи будут забыты. Настоящие хранятся отдельно и останутся как есть.
settings-about = Ringup { $version } · { $gateway }
settings-updates = Новые версии
settings-updates-say = Раз в день и никогда во время продажи касса смотрит, не вышла ли новая версия. Она только сообщает и ничего не устанавливает.
settings-updates-address = Где смотреть
settings-updates-address-hint = Веб-адрес подписанного извещения, https. Пусто: касса никогда не смотрит.
settings-updates-key = Открытый ключ этого извещения
settings-updates-key-hint = Одна строка minisign; начинается с RW.
update-off = Касса нигде не смотрит.
update-waiting = Касса ещё не смотрела.
update-current = Это самая новая версия. Проверено { $at }.
update-newer = Вышла версия { $version } ({ $day }). Эта — { $own }.
update-refused = Проверено { $at }: о новой версии ничего не известно.
update-unreachable = Адрес недоступен.
update-slow = Ответ идёт слишком долго.
update-redirected = Сервер отсылает кассу по другому адресу, а туда она не идёт.
update-no-file = Сервер не отдаёт файл.
update-too-large = Ответ длиннее любого извещения.
update-not-signed = Файл не подписан этим ключом.
update-unreadable = Файл подписан, но эта версия его не понимает.
update-other-product = Файл подписан, но относится к другой программе.
update-older = Файл называет версию старше этой.
settings-shop = Магазин
settings-shop-name = Название
settings-shop-address = Адрес
settings-shop-tax-id = Налоговый номер
settings-shop-footer = Внизу каждого чека
settings-shop-footer-hint = Благодарность, часы работы, порядок возврата
settings-taxes = Налоги
settings-taxes-hint = Цены включают налог. В чеках и в отчёте за день он показан по ставкам.
settings-tax-name = Название
settings-tax-percent = Процент
settings-tax-remove = Удалить ставку
settings-tax-add = Добавить ставку
settings-tax-option = { $name } { $percent } %
settings-default-tax = Ставка для сумм с клавиатуры
settings-default-tax-none = Без налога

settings-items = Товары
items-none = Товаров пока нет. Каждый станет кнопкой рядом с клавишами.
items-import = Загрузить
items-export = Сохранить в CSV
items-labels = Ценники
labels-title = Ценники для полки
labels-hint = Печатаются на чековой ленте: название, цена и штрихкод, если это EAN.
labels-all = Все товары
labels-print =
    { $count ->
        [one] Напечатать { $count } ценник
        [few] Напечатать { $count } ценника
       *[many] Напечатать { $count } ценников
    }
items-import-hint = Файл CSV со столбцами name и price; по желанию currency, tax, barcode, colour и остальное, что есть у товара.
items-imported = Загружено: новых { $added }, изменено { $changed }.
import-title = Загрузка товаров
import-sums = Новых: { $added }, изменится: { $changed }, пропущено: { $refused }. Пока ничего не записано.
import-line = Строка { $line }
import-new = новый
import-changed = изменится
import-unchanged = без изменений
import-refused = пропущена
import-change = { $field }: { $from } → { $to }
import-field-name = Название
import-field-price = Цена
import-field-tax = Налог
import-field-barcode = Штрихкод
import-field-colour = Цвет
import-none = нет
import-why =
    { $problem ->
        [name] Нужно название от 1 до 60 знаков
        [price] «{ $cell }» — не цена. В ней не больше двух знаков после запятой и нет разделителя тысяч: 1.000 — это и один, и тысяча
        [currency] «{ $cell }» — не EUR, USD или RUB
        [tax] «{ $cell }» — не процент от 0 до 100
        [colour] Цвета «{ $cell }» нет
        [barcode] «{ $cell }» — не штрихкод: в нём от 4 до 64 знаков
        [barcode_uncertain] «{ $cell }» — число из таблицы, и по его цифрам штрихкод не узнать. Сделайте столбец текстовым и введите код заново
        [barcode_twice] Штрихкод { $cell } уже есть в строке выше
        [name_ambiguous] Товаров с названием { $cell } несколько, и без штрихкода не понять, о каком речь
        [too_many_cells] Для «{ $cell }» нет столбца. Цену с запятой нужно взять в кавычки
        [category] «{ $cell }» не может быть категорией
        [sold] «{ $cell }» — не each, open или weight
        [options] «{ $cell }» не прочитать как варианты, или с одним из них товар стал бы бесплатным. Пишите так: one Размер: малый +0.00 | большой +0.50
        [deposit] «{ $cell }» — не залог и не налог
        [sold_out] «{ $cell }» — не yes и не no
        [warn_at] «{ $cell }» — не целое число до 9999
        [too_many] Больше 500 товаров
       *[other] Строку нельзя сохранить
    }
import-repeats-name = Название как в строке { $line }. Это будет отдельный товар.
import-code-mended = Штрихкод прочитан из «{ $from }»; контрольная цифра верна.
import-zero-missing = Возможно, пропал ноль: с ним { $code } — штрихкод товара.
import-confirm =
    { $count ->
        [one] Загрузить { $count } товар
        [few] Загрузить { $count } товара
       *[other] Загрузить { $count } товаров
    }
import-nothing = Загружать нечего
item-add = Добавить товар
item-new = Новый товар
item-title = Изменить: { $name }
item-name = Название
item-no-name = Товару нужно название.
item-price = Цена с налогом
item-no-price = Цена, например 3,50.
item-tax = Налог в цене
item-tax-in = налог { $percent } %
item-barcode = Штрихкод
item-barcode-hint = Отсканируйте в это поле или оставьте пустым.
item-barcode-short = Не меньше 4 знаков.
item-colour = Цвет
item-save = Сохранить
item-remove = Удалить
item-up = { $name }: выше
item-down = { $name }: ниже
item-category = Категория
item-category-hint = Вкладка над товарами. Пусто — без вкладки.
item-sold = Продаётся
item-sold-each = по своей цене
item-sold-open = по цене, которую набирают каждый раз
item-sold-weight = на вес: цена за килограмм
item-options = Варианты
item-options-wrong = Группе и каждому варианту нужно название, а доплата — это сумма, например 0,50 или -0,50.
item-group-add = Добавить варианты
item-group-name = Что выбирают, например размер
item-group-choose = Сколько
item-group-one = один из
item-group-any = любые
item-group-remove = Убрать варианты { $name }
item-option-name = Вариант, например большой
item-option-difference = Цена ±
item-option-add = Ещё один
item-option-remove = Убрать вариант { $name }
item-deposit = Залог за тару
item-deposit-hint = Отдельной строкой. Пусто — без залога.
item-deposit-tax = Налог в залоге
item-deposit-tax-item = как у товара
item-sold-out = Закончилось
item-count-stock = Считать остаток
item-stock = Есть сейчас
item-stock-hint = Что будет продано дальше, вычтется.
item-warn-at = Предупредить, когда останется столько
item-no-count = Целое число до 9999.
yes = да
no = нет
colour-sand = Песочный
colour-rose = Розовый
colour-coral = Коралловый
colour-amber = Янтарный
colour-lemon = Лимонный
colour-sky = Голубой
colour-lilac = Сиреневый
colour-stone = Каменный
settings-tips = Чаевые
settings-tips-ask = Спрашивать о чаевых перед QR
settings-tips-round = Предлагать округление
settings-percents = Предлагаемые проценты
settings-discounts = Скидки
settings-discounts-offer = Кнопка скидки при наборе суммы
settings-hold = Отложенные чеки
settings-hold-offer = Кнопка при наборе суммы: отложить неоплаченный чек под именем или номером стола
settings-scanner = Сканер штрихкодов
settings-scanner-none = Не изучен. Большинство сканеров распознаются и так, а медленный с короткими кодами — только после изучения.
settings-scanner-waiting = Отсканируйте любой штрихкод.
settings-scanner-short = «{ $code }» — слишком коротко или слишком медленно. Отсканируйте штрихкод из шести или более знаков.
settings-scanner-learnt =
    Изучен: { $gap } мс между клавишами, { $ending ->
        [enter] затем Enter
        [tab] затем Tab
       *[none] затем ничего
    }.
settings-scanner-learn = Изучить по одному сканированию
settings-scanner-forget = Забыть
settings-scale-codes = Коды весов
settings-scale-codes-hint = EAN-13, который начинается с 20–29, содержит вес или цену. Штрихкод товара — префикс и цифры артикула, цена товара — цена килограмма.
settings-scale-prefix = Префикс
settings-scale-holds = Код содержит
settings-scale-weight = вес (г)
settings-scale-price = цену
settings-scale-article = Цифры артикула
settings-scale-article-digits = артикул: { $digits } цифр
settings-scale-value = Цифры значения
settings-scale-value-digits = значение: { $digits } цифр
settings-scale-remove = Убрать { $prefix }
settings-scale-add = Добавить префикс
settings-scale-wrong = Каждый префикс один раз, от 20 до 29. В артикуле и значении вместе не больше десяти цифр.
settings-large-times = Переспрашивать, если сумма во столько раз больше обычной
settings-large-times-hint = Обычная сумма — медиана последних 200 оплаченных продаж в этой валюте.
settings-large-times-wrong = Целое число от 2 до 10 000.
settings-large-at-least = Не ниже, { $currency }
settings-large-at-least-wrong = Сумма, которую можно принять.

settings-days = Дни
settings-zone = Часовой пояс
settings-zone-hint = По нему начинается и кончается день магазина
settings-printer = Чековый принтер
settings-printer-none = Нет
settings-printer-network = Сеть
settings-printer-usb = USB
settings-printer-serial = COM-порт
settings-printer-device = Файл устройства
settings-printer-queue = Очередь CUPS
settings-printer-look = Найти принтеры
settings-printer-looking = Идёт поиск, около трёх секунд…
settings-printer-nearby = Принтеры и порты
settings-printer-nearby-none = Принтер не найден. Он включён и подключён? Адрес можно ввести самим.
settings-printer-device-hint = Например /dev/usb/lp0 или /dev/lp0
settings-printer-queue-name = Имя очереди
settings-printer-queue-hint = Как его показывает lpstat -e. Чеки проходят через неё без изменений.
settings-letters = Буквы
settings-letters-printer = Свои у принтера
settings-letters-picture = Картинкой
settings-letters-hint = Картинкой любой принтер печатает по-гречески, по-польски, по-украински и по-казахски. Пробная печать покажет оба способа.
settings-printer-host = Адрес
settings-printer-port = Порт
settings-printer-vendor = Номер изготовителя
settings-printer-product = Номер модели
settings-printer-usb-hint = Четыре шестнадцатеричные цифры, например 04b8
settings-printer-path = Порт
settings-printer-path-hint = /dev/ttyUSB0 или COM3
settings-printer-baud = Бит в секунду
settings-paper = Бумага
settings-paper-58 = 58 мм
settings-paper-80 = 80 мм
settings-auto-print = Печатать сразу после оплаты
settings-drawer = Открывать денежный ящик с первым чеком
settings-printer-test = Пробная печать
settings-printer-tested = Напечатано. Выберите буквы, которые на ней читаются.
settings-printer-test-sent = Отправлено. Этот принтер не сообщает, напечатал ли он: посмотрите на бумагу.
settings-printer-save-first = Сначала сохраните, потом проверьте.
settings-unsaved = Ещё не сохранено
settings-unread = Некоторые настройки не удалось прочитать. Пока вы не сохраните их заново, действуют обычные значения.
settings-unread-all = Настройки не удалось прочитать. Пока вы не сохраните их заново, действуют обычные значения.
settings-problem-lifetime = От 3 до 1440 минут
settings-problem-description = Не меньше трёх латинских или русских букв или цифр
settings-problem-webhook = Веб-адрес, который начинается с https://
settings-problem-redirect = Веб-адрес, который начинается с https:// или http://
settings-problem-updates-address = Веб-адрес, который начинается с https://, без имени пользователя
settings-problem-updates-key = Открытый ключ minisign; адресу он нужен
settings-problem-till-code = От одной до трёх латинских букв или цифр
settings-problem-calls = Целое число от 6 до 240
settings-problem-text = Не больше 400 знаков
settings-problem-tenders = Выберите хотя бы один способ; каждому своему нужно название.
settings-problem-taxes = У каждой ставки должны быть название до 24 знаков и процент не больше 100; каждый процент — один раз.
settings-problem-default-tax = Выберите одну из ставок выше
settings-problem-zone = Этот компьютер не знает такого часового пояса. Выберите другой.
settings-problem-printer = Выберите подключение принтера заново
settings-problem-host = Только имя или адрес, например 192.168.1.40
settings-problem-port = Число от 1 до 65535
settings-problem-usb = Четыре шестнадцатеричные цифры, не все нули, например 04b8
settings-problem-serial = Последовательный порт: /dev/ttyUSB0 или COM3
settings-problem-percents = До четырёх процентов: больше 0 и не больше 100.
settings-problem-cashiers = У каждого кассира должно быть имя до 40 знаков, и каждое имя — один раз.
settings-problem-free-discount = От 0 до 100 процентов.
settings-problem-return = Целое число секунд от 10 до 3600
settings-problem-offers = У каждой суммы должны быть название и сумма, которую можно принять, например 3,50; для самообслуживания нужна хотя бы одна.
settings-problem-paid-after = Целое число секунд от 5 до 120
settings-problem-choice = Выберите заново
settings-problem-part = Эту часть не удалось прочитать целиком. Настройте её заново.
settings-problem-backup = Выберите папку заново
settings-looks = Вид и звук
looks-title = Вид
looks-theme = Цвета
looks-theme-system = Как в системе
looks-theme-light = Светлые
looks-theme-dark = Тёмные
looks-theme-high-contrast = Контрастные
looks-theme-hint = Экран покупателя выглядит так же.
looks-scale = Размер всего
looks-percent = { $percent } %
looks-paid = Когда продажа оплачена
looks-paid-returns = Возвращаться к набору суммы самостоятельно
looks-paid-after = Через … секунд
looks-paid-after-hint = От 5 до 120. Касание или диалог начинают отсчёт заново.

keyboard = Экранная клавиатура
keyboard-use = Когда показывать
keyboard-use-kiosk = В режиме киоска
keyboard-use-touch = Когда поля касается палец
keyboard-use-never = Никогда
keyboard-backspace = Удалить
keyboard-shift = Заглавные буквы
keyboard-signs = Цифры и знаки
keyboard-layout = Следующий язык
keyboard-space = Пробел
keyboard-enter = Ввод
keyboard-hide = Скрыть
sound-title = Звук
sound-on = Касса подаёт звуки
sound-volume = Громкость
sound-paid = Оплачено
sound-paid-when = Деньги пришли.
sound-ended = Не оплачено
sound-ended-when = Срок кода истёк, оплаты нет.
sound-error = Ошибка
sound-error-when = Что-то не удалось: прочтите.
sound-alarm = Тревога
sound-alarm-when = Оплата с опозданием или дважды. Звучит снова, пока её не увидят.
sound-listen = Послушать: { $sound }

settings-backup = Копии
backup-say = Каждый день Ringup копирует журнал в папку, лучше на другой диск или флешку, и проверяет каждую копию.
backup-sign = Нет копий
backup-off = Копии не делаются.
backup-waiting = Делается первая копия.
backup-good = С копиями всё хорошо.
backup-unflushed = Папка, как некоторые сетевые, не гарантирует, что копия переживёт отключение питания.
backup-folder-missing = Папки нет. Вставьте флешку или выберите другую папку.
backup-failed = Последняя копия не удалась.
backup-folder = Папка
backup-no-folder = Не выбрана
backup-last = Последняя исправная копия
backup-never = Ещё не было
backup-now = Скопировать сейчас
backup-choose = Выбрать папку
backup-stop = Больше не копировать
office = Бэк-офис
office-none = Эта касса не подключена к бэк-офису.
office-say = Бэк-офис получает каждую запись журнала этой кассы и подписывает то, что у него есть. Продажа никогда его не ждёт.
office-pair = Подключить
office-pair-again = Подключить заново
office-pair-title = Подключение к бэк-офису
office-pair-say = Бэк-офис показывает код для каждой кассы (ringup-office pair и её название). Отсканируйте его в поле, введите как есть или выберите файл, в котором он записан.
office-code = Код бэк-офиса
office-code-hint = Действует один раз и четверть часа
office-pair-file = Из файла
office-pair-save = Подключить
office-waiting =
    { $count ->
        [0] Всё получено.
        [one] { $count } запись в пути.
        [few] { $count } записи в пути.
       *[other] { $count } записей в пути.
    }
office-name = Название там
office-address = Адрес
office-fingerprint = Его сертификат
office-answered = Последняя связь
office-never = Ещё не было
office-signed = Подписано там
office-signed-entry = запись { $seq }, { $hash }, { $at }
settings-receipt-qr = Показывать покупателям код их чека
settings-receipt-qr-none = Код пока не показывается: у бэк-офиса нет публичного адреса, который мог бы открыть телефон.
settings-receipt-qr-at = Телефоны открывают его по адресу { $address }.
office-leave = Отключить
office-leave-title = Отключить от бэк-офиса?
office-leave-say = Больше ничего не отправляется. Полученное остаётся в бэк-офисе, касса продолжает продавать как прежде. Вернуться можно только с новым кодом.
office-leave-waiting =
    { $count ->
        [one] { $count } запись туда не попала.
        [few] { $count } записи туда не попали.
       *[other] { $count } записей туда не попало.
    }
office-stay = Остаться
office-sign-late = Не ушло
office-sign-asks = Бэк-офис

## Настройки, общие для магазина

shared-locked = Меняется в бэк-офисе, для всех касс магазина.
shared-local = Бэк-офис передаёт это всем кассам. Изменённое здесь действует на этой кассе, пока бэк-офис не изменит снова.
shared-changed = Изменено на этой кассе. Действует, пока бэк-офис не изменит снова.
office-shared = Общие настройки: версия { $number }, приняты { $at }
office-shared-refused = Не принято из бэк-офиса: { $field } ({ $problem }). Касса сохраняет прежнее.
office-offer = Предложить настройки этой кассы
office-offer-say = Товары, налоги, кассиры и тексты этой кассы — для всех касс магазина.
office-offered = Предложены. Они станут общими, когда их примут в бэк-офисе.

## Журнал, который не открывается

restore-title = Продолжить с копией журнала
restore-looking = Ищем целую копию…
restore-none = В папке для копий нет целой копии.
restore-found =
    { $sales ->
        [one] Целая копия от { $time }, в ней { $sales } продажа.
        [few] Целая копия от { $time }, в ней { $sales } продажи.
       *[other] Целая копия от { $time }, в ней { $sales } продаж.
    }
restore-lost =
    { $count ->
        [0] В ней есть всё, что есть в журнале здесь.
        [one] В ней нет { $count } более поздней записи.
        [few] В ней нет { $count } более поздних записей.
       *[other] В ней нет { $count } более поздних записей.
    }
restore-lost-unknown = Проданного после неё в ней нет.
restore-perhaps-incomplete = Она снята вручную без файла с окончанием -wal: последних продаж в ней, возможно, нет.
restore-kept = Журнал, что лежит здесь, сохранится под другим именем.
restore-accept = Взять эту копию
restore-sure = Да, продолжить с копией
restore-choose = Выбрать копию…

## Ошибки: что случилось, ушли ли деньги, что делать

error-money = Ушли ли деньги?
error-next = Что делать
error-dismiss = Понятно
error-again = Попробовать снова
error-open-settings = Открыть настройки

fault-amount-empty =
    .what = Сумма ещё не набрана
    .money = Нет. Ничего не выставлено к оплате.
    .next = Наберите сумму и попробуйте снова.
fault-amount-not-a-number =
    .what = Это не сумма
    .money = Нет. Ничего не выставлено к оплате.
    .next = Наберите сумму заново, цифрами.
fault-amount-too-many-decimals =
    .what = После запятой — не больше двух цифр
    .money = Нет. Ничего не выставлено к оплате.
    .next = Округлите сумму и попробуйте снова.
fault-amount-below-minimum =
    .what = Сумма слишком мала
    .money = Нет. Ничего не выставлено к оплате.
    .next = Наберите { $minimum } или больше.
fault-amount-above-maximum =
    .what = Сумма слишком велика
    .money = Нет. Ничего не выставлено к оплате.
    .next = Наберите { $maximum } или меньше либо разделите продажу.
fault-amount-unusual =
    .what = Сумма намного больше обычной
    .money = Нет. Ничего не выставлено к оплате.
    .next = Проверьте сумму. Если она верна, примите её ещё раз и подтвердите.
fault-currency-unknown =
    .what = В этой валюте принять оплату нельзя
    .money = Нет. Ничего не выставлено к оплате.
    .next = Выберите другую валюту.
fault-note-too-long =
    .what = Заметка слишком длинная
    .money = Нет. Ничего не выставлено к оплате.
    .next = Сократите заметку и попробуйте снова.
fault-basket-mismatch =
    .what = Строки не складываются в сумму
    .money = Нет. Ничего не выставлено к оплате.
    .next = Сбросьте набранное и введите продажу снова.
fault-items-invalid =
    .what =
        { $problem ->
            [name] Строка { $place }: нужно название от 1 до 60 знаков
            [price] Строка { $place }: это не цена. В ней не больше двух знаков после запятой и нет разделителя тысяч
            [currency] Строка { $place }: валюта должна быть EUR, USD или RUB
            [tax] Строка { $place }: налог — это процент от 0 до 100
            [colour] Строка { $place }: такого цвета нет
            [barcode] Строка { $place }: в штрихкоде от 4 до 64 знаков
            [barcode_twice] Строка { $place }: этот штрихкод у другого товара
            [barcode_uncertain] Строка { $place }: вместо штрихкода число из таблицы
            [name_ambiguous] Строка { $place }: товаров с таким названием несколько
            [too_many_cells] Строка { $place }: ячеек больше, чем столбцов. Цену с запятой нужно взять в кавычки
            [category] Строка { $place }: в категории от 1 до 60 знаков, и она не тире
            [options] Строка { $place }: у вариантов нет названий, или с одним из них товар стал бы бесплатным
            [deposit] Строка { $place }: залог должен быть больше нуля
            [warn_at] Строка { $place }: остаток для предупреждения — целое число до 9999
            [quote] Строка { $place }: ячейка в кавычках кончается не там, где должна
            [too_many] Больше 500 товаров
            [columns] В первой строке должны стоять столбцы: хотя бы name и price
            [not_text] Строка { $place }: файл не в кодировке UTF-8
            [too_large] Файл слишком большой
            [empty] В файле нет товаров
           *[other] Строку { $place } нельзя сохранить
        }
    .money = Нет. Это касается только товаров.
    .next = Исправьте и попробуйте снова. Товары остались прежними.
fault-items-unreadable =
    .what = Файл не удалось прочитать
    .money = Нет. Это касается только товаров.
    .next = Проверьте, что файл на месте и его можно читать, и загрузите снова.
fault-items-unwritable =
    .what = Товары не удалось записать
    .money = Нет. Это касается только товаров.
    .next = Проверьте, не заполнен и не заблокирован ли диск, и попробуйте снова.
fault-settings-invalid =
    .what = Настройку нельзя сохранить: { $field }
    .money = Нет. Речь только о настройках.
    .next = Исправьте её и сохраните снова. Пока действуют прежние.
fault-settings-shared =
    .what = Это меняется в бэк-офисе
    .money = Нет. Речь только о настройках.
    .next = Обратитесь к тому, кто ведёт бэк-офис. Там это меняют для всех касс или разрешают менять на кассах.
fault-settings-unwritable =
    .what = Настройки не удалось записать
    .money = Нет. Речь только о настройках.
    .next = Проверьте, не заполнен ли и не защищён ли диск, и сохраните снова.
fault-key-missing =
    .what = Ключа ещё нет
    .money = Нет. Ничего не выставлено к оплате.
    .next = Вставьте в настройках ключ из кабинета cru.cash.
fault-key-invalid =
    .what = Это не похоже на ключ
    .money = Нет. Ничего не отправлено.
    .next = Скопируйте ключ целиком из кабинета cru.cash и вставьте снова.
fault-key-in-use =
    .what = { $count ->
        [one] С нынешним ключом ещё можно оплатить { $count } код
        [few] С нынешним ключом ещё можно оплатить { $count } кода
       *[other] С нынешним ключом ещё можно оплатить { $count } кодов
    }
    .money = Возможно: кто-то как раз платит. Ключ не изменён.
    .next = Подождите, пока эти продажи закончатся, или возьмите ключ того же аккаунта.
fault-key-refused =
    .what = Шлюз не принимает ключ
    .money = Нет. Новый код не создан; показанные раньше ещё можно оплатить.
    .next = Вставьте действующий ключ в настройках. Открытые продажи сохранены.
fault-keychain-no-service =
    .what = На этом компьютере не запущена связка ключей
    .money = Нет. Ничего не выставлено к оплате.
    .next = Запустите её (в Linux: GNOME Keyring или KWallet) и попробуйте снова.
fault-keychain-locked =
    .what = Связка ключей заблокирована
    .money = Нет. Ничего не выставлено к оплате.
    .next = Разблокируйте связку ключей и попробуйте снова.
fault-keychain-hangs =
    .what = Связка ключей не отвечает
    .money = Нет. Ничего не выставлено к оплате.
    .next = Проверьте, не просит ли она где-то пароль, и попробуйте снова.
fault-keychain-failed =
    .what = Ошибка связки ключей
    .money = Нет. Ничего не выставлено к оплате.
    .next = Попробуйте снова. Если не поможет, перезагрузите компьютер.
fault-keychain-no-collection =
    .what = В связке ключей нет места для нового ключа
    .money = Нет. Ничего не выставлено к оплате.
    .next = Откройте программу связки ключей («Пароли и ключи», KWallet), создайте связку и сделайте её основной. Затем сохраните ключ ещё раз.
fault-keychain-ambiguous =
    .what = В связке ключей несколько ключей этой кассы
    .money = Нет. Ничего не выставлено к оплате.
    .next = Вставьте действующий ключ в настройках: он заменит все остальные.
fault-keychain-not-a-key =
    .what = В связке ключей лежит не ключ
    .money = Нет. Ничего не выставлено к оплате.
    .next = Скопируйте ключ в своём кабинете cru.cash и вставьте его в настройках.
fault-gateway-unreachable =
    .what = Нет связи со шлюзом
    .money = Нет. Ничего не отправлено.
    .next = Проверьте сеть и попробуйте снова.
fault-gateway-refused =
    .what =
        { $status ->
            [none] Шлюз отказал
           *[other] Шлюз отказал ({ $status })
        }
    .money = Нет. Код не создан.
    .next = Причина указана ниже. Если она непонятна, обратитесь в cru.cash.
fault-gateway-rate-limited =
    .what = Шлюз просит подождать
    .money = Нет. Код не создан.
    .next =
        { $seconds ->
            [0] Подождите немного и попробуйте снова.
            [one] Подождите { $seconds } секунду и попробуйте снова.
            [few] Подождите { $seconds } секунды и попробуйте снова.
           *[other] Подождите { $seconds } секунд и попробуйте снова.
        }
fault-pay-url-refused =
    .what = Шлюз прислал странный адрес оплаты
    .money = Нет. Адрес никому не показан.
    .next = Не повторяйте. Сообщите в cru.cash: это может быть обман.
fault-gateway-timeout =
    .what = Шлюз не ответил вовремя
    .money = Нет. Если код и создан, его никто не видел.
    .next = Попробуйте снова: продажа останется той же.
fault-gateway-failed =
    .what =
        { $status ->
            [none] Сбой на стороне шлюза
           *[other] Сбой на стороне шлюза ({ $status })
        }
    .money = Нет. Если код и создан, его никто не видел.
    .next = Попробуйте снова: продажа останется той же.
fault-gateway-unreadable =
    .what = Ответ шлюза нельзя прочесть
    .money = Нет. Если код и создан, его никто не видел.
    .next = Попробуйте снова: продажа останется той же.
fault-gateway-broken-connection =
    .what = Связь оборвалась
    .money = Нет. Если код и создан, его никто не видел.
    .next = Попробуйте снова: продажа останется той же.
fault-interrupted =
    .what = Касса закрылась до ответа
    .money = Нет. Если код и создан, его никто не видел.
    .next = Попробуйте снова: продажа останется той же.
fault-journal-unwritable =
    .what = Касса не может писать на диск
    .money = Ничего нового не продано. Показанные раньше коды ещё можно оплатить, касса проверит их снова.
    .next = Проверьте, не заполнен ли и не защищён ли диск. Продажи продолжатся сами, когда запись станет возможна.
fault-journal-newer =
    .what = Журнал записан более новой версией Ringup
    .money = Нет. Ничего не изменено.
    .next = Установите на этот компьютер новую версию Ringup.
fault-journal-corrupt =
    .what = Журнал повреждён
    .money = Из-за этого — нет. Показанные раньше коды ещё могут оплатить.
    .next = Не продавайте на этой кассе. Позовите того, кто её обслуживает, и сохраните файл.
fault-journal-unreadable =
    .what = Журнал не удаётся прочесть
    .money = Из-за этого — нет. Показанные раньше коды ещё могут оплатить.
    .next = Проверьте, доступен ли диск, и попробуйте снова.
fault-journal-in-use =
    .what = Журнал открыт другой программой
    .money = Нет. Ничего не изменено.
    .next = Закройте все окна Ringup на этом компьютере и попробуйте снова.
fault-journal-other-gateway =
    .what = В этом журнале деньги другого шлюза
    .money = Нет. Код не создан.
    .next = Закройте Ringup и запустите снова: он откроет журнал своего шлюза.
fault-journal-replaced =
    .what = Журнал при открытой кассе заменили другим файлом
    .money = Ничего нового не продано. Показанные раньше коды ещё можно оплатить. { $file ->
        [none] Записанное кассой ещё открыто и будет сохранено, как только найдётся место.
       *[other] Записанное кассой сохранено в { $file }.
    }
    .next = Не продавайте. Остановите программу, которая копирует или синхронизирует папку кассы, и позовите того, кто отвечает за кассу. Закройте кассу и восстановите сохранённый файл.
fault-backup-unwritable =
    .what = Копию не удалось записать
    .money = Нет. Сам журнал это не затрагивает.
    .next = Проверьте, не заполнен ли и не защищён ли диск для копий, и попробуйте снова.
fault-backup-taken =
    .what = На месте копии лежит другой файл
    .money = Нет. Ничего не перезаписано.
    .next = Выберите для копии другое имя или папку.
fault-backup-damaged =
    .what = Копия записана, но она не целая
    .money = Нет. Сам журнал это не затрагивает.
    .next = Возьмите другой диск или флешку: эта могла износиться.
fault-history-broken =
    .what = Журнал не тот, с которого снимали копию
    .money = Да: могут пропасть продажи. Копия не сделана, и ни одна не удалена.
    .next = Прекратите продажи. Возможно, вернули старый файл. Восстановите последнюю копию или позовите того, кто обслуживает кассу.
fault-backup-folder-missing =
    .what = Папки для копий нет на месте
    .money = Нет. Сам журнал это не затрагивает.
    .next = Вставьте флешку или выберите другую папку.
fault-backup-unflushed =
    .what = Копия целая, но её папка не защищена от отключения питания
    .money = Нет. Сам журнал это не затрагивает.
    .next = Ничего делать не нужно. После отключения питания проверьте, на месте ли копия; флешка надёжнее.
fault-restore-unusable =
    .what = Эта копия не годится
    .money = Нет. Ничего не изменено.
    .next = Выберите другую копию. Эту сохраните для того, кто обслуживает кассу.
fault-restore-loses =
    .what = В журнале здесь есть записи, которых нет в копии
    .money = Нет. Ничего не изменено.
    .next = Возьмите копию поновее.
fault-restore-other-till =
    .what = Это копия другой кассы
    .money = Нет. Ничего не изменено.
    .next = Выберите копию этой кассы.
fault-restore-other-gateway =
    .what = В копии деньги другого шлюза
    .money = Нет. Ничего не изменено.
    .next = Выберите копию журнала этого шлюза.
fault-restore-none =
    .what = Копии для восстановления нет
    .money = Нет. Ничего не изменено.
    .next = Выберите копию сами.
fault-sale-unknown =
    .what = На этой кассе нет такой продажи
    .money = Нет. Ничего не изменено.
    .next = Вернитесь к набору суммы.
fault-sale-not-retryable =
    .what = Эту продажу сейчас нельзя повторить
    .money = Ничего нового не выставлено.
    .next = Посмотрите на её состояние: она могла быть оплачена или ещё ждёт.
fault-qr-none =
    .what = Нет кода, который можно показать
    .money = Нет. Без кода никто не заплатит.
    .next = Попробуйте продажу снова.
fault-tender-off =
    .what = Эта касса так деньги не принимает и не выдаёт
    .money = Ничего не записано.
    .next = Чем можно платить, указано в настройках.
fault-tender-too-much =
    .what = Это больше, чем осталось оплатить
    .money = Ничего не принято.
    .next = Примите не больше { $most }.
fault-given-too-little =
    .what = Дано меньше, чем нужно заплатить
    .money = Ничего не принято.
    .next = Введите не меньше { $due } или примите как часть оплаты.
fault-tender-unknown =
    .what = Эта оплата больше не действует
    .money = Ничего не изменено.
    .next = Откройте продажу заново: возможно, оплату уже отменили.
fault-tender-refunded =
    .what = По этой продаже уже возвращали деньги
    .money = Ничего не изменено.
    .next = Сначала отмените возврат, потом оплату.
fault-tender-closed =
    .what = Эта оплата уже вошла в Z-отчёт
    .money = Ничего не изменено.
    .next = Оформите вместо этого возврат.
fault-drawer-off =
    .what = Магазин не ведёт счёт ящика
    .money = Деньги не двигались.
    .next = Включите денежный ящик в настройках.
fault-count-wrong =
    .what = Так насчитать нельзя
    .money = Ничего не записано.
    .next = Пересчитайте: купюры и монеты должны давать сумму, а остаться может не больше, чем было.
fault-refund-too-much =
    .what = Вернуть можно не больше, чем оплачено
    .money = Ничего не записано, возврата не было.
    .next = Введите не больше { $most }.
fault-refund-unknown =
    .what = Этот возврат уже не действует
    .money = Ничего не изменено.
    .next = Откройте продажу заново: возможно, он уже отменён.
fault-reason-missing =
    .what = Нужна причина
    .money = Ничего не записано.
    .next = Напишите в нескольких словах почему — для того, кто потом откроет книгу.
fault-cart-gone =
    .what = Чек «{ $label }» больше не отложен: его взяли, разделили или удалили в другом месте
    .money = Деньги не двигались, и всё набранное осталось на месте.
    .next = Прежде чем брать оплату, посмотрите продажи и отложенные чеки.
fault-cart-unnamed =
    .what = Отложенному чеку нужно имя или стол, не длиннее { $limit } знаков
    .money = Деньги не двигались.
    .next = Укажите, чей он.
fault-office-code-invalid =
    .what = Этот код не подключает кассу к бэк-офису
    .money = Ничего не изменилось, касса продолжает продавать.
    .next = Попросите в бэк-офисе новый код: каждый действует один раз и четверть часа.
fault-office-none =
    .what = Эта касса не подключена к бэк-офису
    .money = Ничего не отправлено, касса продолжает продавать.
    .next = Сначала подключите её кодом из бэк-офиса.
fault-office-quarantined =
    .what = В бэк-офис пришёл другой журнал этой кассы
    .money = Деньги не потеряны: всё записано в журнале этой кассы, бэк-офис хранит его рядом со своей книгой, и касса продолжает продавать.
    .next = Тот, кто ведёт бэк-офис, должен решить, какой из двух продолжается (ringup-office forks). Скажите ему, если эта касса восстановлена из копии или её ноутбук скопировали.
fault-office-refused =
    .what = Бэк-офис не принимает записи этой кассы
    .money = Деньги не потеряны: всё записано в журнале этой кассы, и она продолжает продавать.
    .next = Сообщите тому, кто ведёт бэк-офис.
fault-office-set-aside =
    .what = Бэк-офис выбрал другой журнал этой кассы
    .money = Деньги не потеряны: всё записано в журнале этой кассы, бэк-офис хранит его рядом со своей книгой, и касса продолжает продавать. Её продажи не входят там ни в одну сумму.
    .next = Спросите того, кто ведёт бэк-офис. Он может отменить это решение (ringup-office forks).
fault-office-token-refused =
    .what = Бэк-офис больше не знает эту кассу
    .money = Деньги не потеряны: всё записано в журнале этой кассы, и она продолжает продавать.
    .next = Подключите её заново кодом из бэк-офиса. Спросите там, отключили ли эту кассу намеренно и не скопировали ли её ноутбук.
fault-office-unreachable =
    .what = Бэк-офис не отвечает
    .money = Деньги не потеряны: всё записано в журнале этой кассы, и она продолжает продавать.
    .next = Проверьте сеть здесь и в бэк-офисе.
fault-sale-not-in-review =
    .what = В этой продаже нечего разбирать
    .money = Ничего не изменено.
    .next = Откройте продажу заново: её состояние изменилось.
fault-invoice-taken =
    .what = Шлюз прислал счёт другой продажи
    .money = Нет. Код никому не показан.
    .next = Попробуйте ещё раз. Если повторится, примите оплату иначе и сообщите в cru.cash.
fault-sale-not-to-write-off =
    .what = Эту продажу нельзя списать
    .money = Ничего не изменено.
    .next = Откройте продажу заново: возможно, она оплачена или ответ ещё в пути.
fault-day-open-sales =
    .what = { $count ->
        [one] Ещё открыта { $count } продажа
        [few] Ещё открыты { $count } продажи
       *[other] Ещё открыто { $count } продаж
    }
    .money = Возможно: кто-то ещё может заплатить. День не закрыт.
    .next = Посмотрите на них или закройте день и перенесите их.
fault-day-already-closed =
    .what = Этот день уже закрыт: Z { $z }
    .money = С тех пор деньги не двигались.
    .next = Ничего делать не нужно. Следующее закрытие — после следующей оплаты или завтра.
fault-receipt-none =
    .what = Чека нет: эта продажа не оплачена
    .money = Нет. Ничего не изменилось.
    .next = Дождитесь оплаты, потом сделайте чек.
fault-printer-none =
    .what = Принтер чеков не настроен
    .money = Нет. С продажей всё по-прежнему.
    .next = Настройте принтер или сохраните чек в файл.
fault-printer-unreachable =
    .what = Принтер чеков недоступен
    .money = Нет. С продажей всё по-прежнему, не хватает только чека.
    .next = Проверьте, включён ли принтер и подключён ли он, и напечатайте чек ещё раз.
fault-printer-out-of-paper =
    .what = В принтере чеков кончилась бумага
    .money = Нет. С продажей всё по-прежнему, не хватает только чека.
    .next = Вставьте новый рулон и напечатайте чек ещё раз.
fault-printer-not-ready =
    .what = Принтер чеков не готов
    .money = Нет. С продажей всё по-прежнему, не хватает только чека.
    .next = Проверьте, закрыта ли крышка и не мигает ли лампа, и напечатайте чек ещё раз.
fault-printer-failed =
    .what = Принтер чеков не допечатал
    .money = Нет. С продажей всё по-прежнему, но чек может быть неполным.
    .next = Посмотрите на бумагу. Если напечатано не всё, напечатайте чек ещё раз.
fault-printer-unconfirmed =
    .what = Принтер не сообщил, что чек напечатан
    .money = Нет. С продажей всё по-прежнему.
    .next = Посмотрите на бумагу. Если чека нет, напечатайте его ещё раз: на нём будет пометка КОПИЯ.
fault-file-unwritable =
    .what = Файл не удалось записать
    .money = Нет. В книге ничего не изменилось.
    .next = Выберите другую папку или проверьте, не заполнен ли диск и не закрыт ли он для записи.
fault-file-protected =
    .what = Это файл самой кассы или журнал, и он остаётся как есть
    .money = Нет. Ничего не записано.
    .next = Выберите другое имя или другую папку.
fault-accounts-missing =
    .what = Не указаны некоторые счета бухгалтерии: { $accounts }
    .money = Нет. Ничего не записано.
    .next = Укажите их в разделе «Настройки → Оплата → Счета» и повторите выгрузку.
fault-pin-needed =
    .what = Для этого нужен PIN-код
    .money = Нет. Ничего не изменено.
    .next = Введите PIN-код или спросите того, кто его знает.
fault-pin-wrong =
    .what = Это не тот PIN-код
    .money = Нет. Ничего не изменено.
    .next = Попробуйте ещё раз или спросите того, кто его знает.
fault-pin-wait =
    .what = Слишком много неверных PIN-кодов
    .money = Нет. Ничего не изменено.
    .next = Подождите до следующей попытки.
fault-pin-invalid =
    .what = Это не может быть PIN-кодом
    .money = Нет. PIN-код прежний.
    .next = Выберите от 4 до 12 цифр.
fault-pin-missing =
    .what = Для самообслуживания нужен PIN-код
    .money = Нет. Ничего не изменено.
    .next = Сначала задайте PIN-код; чтобы убрать его, сначала выключите самообслуживание.
fault-pin-unreadable =
    .what = Файл PIN-кода не читается
    .money = Нет. Касса остаётся закрытой.
    .next = Выполните на этом компьютере команду «ringup pin clear», затем задайте новый PIN-код.
fault-pin-unwritable =
    .what = Файл PIN-кода не записывается
    .money = Нет. С кассой всё по-прежнему.
    .next = Проверьте, есть ли место на диске, и попробуйте ещё раз.
fault-cashier-unknown =
    .what = Такого кассира в магазине нет
    .money = Нет. Ничего не изменено.
    .next = Добавьте имя в настройках.
fault-right-needed =
    .what = На это у вас нет права
    .money = Нет. Ничего не сделано.
    .next = Пусть тот, кому это можно, разрешит это своим PIN или брелоком.
fault-owner-missing =
    .what = Не останется владельца, который может войти
    .money = Нет. Ничего не изменено.
    .next = Сначала дайте PIN владельцу или задайте PIN магазина.
fault-fob-invalid =
    .what = Это не может быть кодом брелока
    .money = Нет.
    .next = Возьмите брелок или карту, в коде которой от 8 до 64 знаков без пробелов.
fault-fob-taken =
    .what = Этот код уже принадлежит другому человеку или товару
    .money = Нет. Ничего не изменено.
    .next = Возьмите другой брелок или сначала уберите этот у его владельца.
fault-staff-unreadable =
    .what = Файл кассиров пропал или повреждён
    .money = Нет. Продавать можно; права есть только по PIN магазина.
    .next = Введите PIN магазина. Или выполните на этом компьютере команду «ringup staff clear» и раздайте новые PIN.
fault-staff-unwritable =
    .what = Файл кассиров не записывается
    .money = Нет. Ничего не изменено.
    .next = Проверьте, не заполнен и не заблокирован ли диск, и попробуйте ещё раз.
fault-not-offered =
    .what = Такой суммы здесь нет
    .money = Нет. Ничего не списано.
    .next = Выберите одну из сумм на экране.
fault-practice-only =
    .what = Это работает только в обучении
    .money = Нет. Ничего не изменено.
    .next = Включите обучение в настройках.
fault-config-invalid =
    .what = Ringup запущен с недопустимым параметром
    .money = Нет. Ничего не выставлено к оплате.
    .next = Исправьте названное ниже и запустите Ringup снова.
fault-tls-unavailable =
    .what = На этом компьютере нет сертификатов, чтобы узнать шлюз
    .money = Нет. Шлюз не опрашивался.
    .next = Установите системные сертификаты (в Linux — пакет ca-certificates) и попробуйте ещё раз.
fault-clock-wrong =
    .what = Часы этого компьютера идут неверно
    .money = Нет. Ничего не отправлено: с такими часами шлюз не узнать. Показанные раньше коды ещё можно оплатить.
    .next = Установите дату и время, лучше всего по сети, и попробуйте снова.
fault-certificate-expired =
    .what = Сертификат шлюза истёк, или часы этого компьютера спешат
    .money = Нет. Ничего не отправлено. Показанные раньше коды ещё можно оплатить.
    .next = Проверьте дату и время компьютера. Если они верны, шлюз должен обновить сертификат: попробуйте позже.
fault-internal =
    .what = Внутренняя ошибка Ringup
    .money = Скорее всего, нет. Проверьте продажу, прежде чем повторять.
    .next = Попробуйте ещё раз. Если не поможет, перезапустите Ringup: все продажи сохранены.
fault-unknown =
    .what = Что-то пошло не так ({ $code })
    .money = Неизвестно. Проверьте продажу, прежде чем повторять.
    .next = Попробуйте ещё раз. Если не поможет, перезапустите Ringup: все продажи сохранены.

## Денежный ящик

booking-sale = Продажа
booking-taken-back = Отменено
booking-refund = Возврат
booking-refund-taken-back = Возврат отменён
booking-in = Внесение
booking-out = Выплата
booking-drop = Сдано в банк
booking-float = Размен
booking-count = Расхождение при пересчёте
booking-removed = Изъято при пересчёте
drawer-moves = Всё, что было с ящиком
drawer = Денежный ящик
drawer-start = В начале
drawer-taken = Принято наличными
drawer-refunded = Возвращено
drawer-in = Внесение
drawer-out = Изъятие
drawer-drop = Инкассация
drawer-float = Размен
drawer-count = Пересчёт
drawer-open = Открыть ящик
drawer-expected = Должно быть
drawer-counted = Насчитано
drawer-difference = Разница
drawer-removed = Изъято при пересчёте
drawer-left = Остаётся в ящике
drawer-pieces = Купюры и монеты
drawer-sum = Сумма ({ $sign })
drawer-left-next = Остаётся на размен ({ $sign })
drawer-left-hint = Пусто: всё
drawer-left-wrong = Не больше, чем насчитано
drawer-save = Записать
drawer-save-amount = Записать { $amount }
drawer-in-say = Деньги, которые кладут в ящик без продажи.
drawer-out-say = Деньги, которые берут из ящика, чтобы за что-то заплатить.
drawer-drop-say = Деньги, которые уходят в банк или в сейф.
drawer-open-say = Причина записывается до того, как ящик откроется.
drawer-done = Готово
drawer-currency = Валюта
settings-drawer-title = Денежный ящик
settings-drawer-on = Вести счёт наличных в ящике
settings-drawer-blind = Считать, не видя, сколько должно быть
reason-change = Размен из банка
reason-owner = Владелец
reason-delivery = Поставка оплачена наличными
reason-bank = В банк
reason-safe = В сейф
reason-change-for-customer = Размен для покупателя
reason-check = Проверка
