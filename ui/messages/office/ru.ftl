# Слова страниц владельца.

back-office-name = бэк-офис
pages = Страницы
tab-tills = Кассы
tab-account = Профиль
language = Язык
language-en = English
language-ru = Русский
language-de = Deutsch
line-lost = Нет связи с бэк-офисом. Данные здесь могли устареть.
earlier = Раньше

## Вход

sign-in = Войти
owner-name = Имя
passphrase = Парольная фраза
code = Одноразовый код
code-note = Шесть цифр из приложения, если вы включили коды.
wrong-sign-in = Неверное имя, парольная фраза или код.
wrong-tries = Слишком много попыток. Подождите несколько минут и попробуйте снова.

## Первый запуск

setup = Первый владелец
setup-note = Кто вошёл, видит все кассы. Придумайте себе имя и парольную фразу; ссылка действует один раз.
setup-go = Начать
passphrase-note = Не меньше двенадцати знаков. Лучше несколько слов.
passphrase-again = Ещё раз
wrong-again = Парольные фразы не совпадают.
wrong-too-short = В парольной фразе меньше двенадцати знаков.
wrong-too-long = Парольная фраза слишком длинная.
wrong-name = В имени от 1 до 60 знаков.
wrong-name-taken = Владелец с таким именем уже есть.

## Кассы

tills = Кассы
tills-none = Пока не подключена ни одна касса. Подключите первую.
till-paired = подключена
till-revoked = отключена
till-quarantine = карантин
till-contact = Последние записи
till-never = ещё не было
till-head = Записей
pair = Подключить кассу
pair-go = Показать код
till-name = Как называется касса?
till-name-note = Как вы сами её назовёте: Прилавок 3, Бар, Вход.
pair-code = Код для кассы «{ $name }»
pair-step-open = На кассе откройте настройки и выберите бэк-офис.
pair-step-scan = Отсканируйте этот код сканером кассы или введите его.
pair-qr = Код подключения в виде QR-кода
pair-once = Действует один раз, в течение { $minutes } минут. Никому другому его не показывайте.
pair-done = Готово
revoke = Отключить
revoke-question = Отключить кассу «{ $name }»?
revoke-means = Она больше ничего не пришлёт, пока её не подключат заново. Продавать она сможет, а всё присланное останется здесь.
quarantine-forked = Пришли другие записи под номерами, которые в книге уже есть: кассу скопировали или вместо неё работает старый журнал. Её деньги показаны отдельно.
quarantine-restored = Касса сообщает, что восстановлена из копии. Её деньги показаны отдельно.
raised-forked = Пришла другая запись { $seq }, чем в книге.
raised-restored = Касса восстановлена, и запись { $seq } теперь другая.
raised-chain_broken = Пришли записи, цепочка которых нарушена на { $seq }.
raised-entry_missing = В базе данных нет записи { $seq }.
raised-entry_changed = Запись { $seq } изменена в базе данных.
raised-head_changed = Конец цепочки изменён в базе данных, у записи { $seq }.
raised-other = { $code }, запись { $seq }.

## Профиль

codes = Одноразовые коды
codes-on = При входе спрашивается одноразовый код.
codes-lost = Потеряли приложение? На компьютере бэк-офиса: ringup-office owner reset-codes NAME
codes-off = Второй ключ кроме парольной фразы: приложение в телефоне показывает шесть цифр, которые меняются каждые полминуты.
codes-switch-on = Включить коды
codes-scan = Отсканируйте это приложением для кодов или введите в него эти буквы.
codes-qr = Секрет ваших одноразовых кодов в виде QR-кода
codes-first = Шесть цифр, которые приложение показывает сейчас.
codes-go = Включить
wrong-code = Это не код из приложения. Отсканируйте ещё раз и проверьте часы телефона.
wrong-passphrase = Нынешняя парольная фраза неверна.
passphrase-now = Нынешняя парольная фраза
passphrase-new = Новая парольная фраза
passphrase-change = Сменить парольную фразу
done-passphrase = Парольная фраза изменена. В других браузерах вы вышли.
done-code = Теперь при входе спрашивается код.
sign-out = Выйти
sign-out-everywhere = Выйти везде

## Журнал действий

audit = Журнал действий
audit-note = Кто входил, смотрел продажу или что-то менял. Хранится год.
audit-open = Показать журнал
audit-none = Пока ничего.
audit-somebody = Кто-то
audit-signed_in = — вход
audit-sign_in_failed = — неудачная попытка входа
audit-signed_out = — выход
audit-signed_out_everywhere = — выход везде
audit-passphrase_set = — задана парольная фраза: { $about }
audit-codes_on = — включены одноразовые коды
audit-codes_off = — выключены одноразовые коды: { $about }
audit-owner_made = — добавлен владелец: { $about }
audit-owner_removed = — удалён владелец: { $about }
audit-pairing_shown = — показан код подключения: { $about }
audit-till_revoked = — отключена касса: { $about }
audit-sale_viewed = — просмотр продажи { $about }
audit-close_viewed = — просмотр Z-отчёта { $about }
audit-exported = — выгрузка: { $about }

## Если что-то не так

problem-home = На первую страницу
problem-not-found = Здесь ничего нет
problem-not-found-next = Адрес неверен, или того, что здесь было, больше нет. Ссылка для первого запуска действует один раз.
problem-form-over = Эта форма больше не действует
problem-form-over-next = Ничего не изменено. Откройте страницу заново и повторите.
problem-signed-out = Вы вышли
problem-signed-out-next = Ничего не изменено. Войдите снова.
problem-tries = Слишком много попыток
problem-tries-next = Подождите несколько минут и попробуйте снова.
problem-too-large = Слишком много сразу
problem-unreadable = Это не прочитать
problem-again-next = Ничего не изменено. Откройте страницу заново и повторите.
problem-busy = Бэк-офис занят
problem-busy-next = Попробуйте через несколько секунд. Кассы тем временем продают.

## День

tab-day = Сегодня
tab-sales = Продажи
tab-closes = Z-отчёты
day-tills = По кассам
day-apart = В карантине
day-apart-note = Не входит в суммы выше, пока кто-то не решит.
day-test = Тестовые деньги
day-test-note = Не входят в суммы настоящих денег.
day-behind =
    { $count ->
        [one] { $count } запись ещё не в суммах
        [few] { $count } записи ещё не в суммах
       *[other] { $count } записей ещё не в суммах
    }
attention-review = Проверить: { $count }
attention-twice = Оплачено дважды: { $count }
attention-unseen = Не замечено на кассе: { $count }
attention-late = Оплачено поздно: { $count }
attention-open = Ещё открыто: { $count }

## Книга продаж

search-go = Найти
filters = Фильтры
filters-go = Показать
filter-till = Касса
filter-any-till = Все кассы
filter-need = Требует внимания
filter-any-need = Любая продажа
filter-unseen = не замечено на кассе
filter-any-tender = Любой способ оплаты
filter-currency = Валюта
closes-none = Ещё ни один день не закрыт.
drawer-differs = Ящик
export-note = Те же строки и столбцы, что в выгрузке кассы. Касс в карантине здесь нет.
export-go = Сохранить файл
## Настройки, общие для магазина

shared = Общие настройки
shared-note = Изменённое здесь каждая касса магазина принимает в течение минуты или как только достигнет офиса. Начатая продажа сохраняет свои цены.
shared-sections = Что общее
shared-texts = Тексты на чеках
shared-off = не общее: у каждой кассы своё
shared-on = общее
shared-count =
    { $count ->
        [one] { $count } запись
        [few] { $count } записи
       *[other] { $count } записей
    }
shared-switches = Что кассы могут менять сами
shared-switches-note = Где касса может, её изменение действует, пока офис снова не изменит этот раздел. Где не может, оно отменяется.
shared-save = Сохранить
shared-moved = Тем временем настройки изменил кто-то другой. Ничего не сохранено: посмотрите снова и повторите изменение.
shared-version = Версия { $number }
shared-till = Общие настройки: версия { $number }
shared-till-none = ещё ничего не приняла
shared-till-changed = изменено там: { $section }
shared-offer = { $name } предлагает свои настройки
shared-offer-note = Принятые, они станут настройками всех касс. Прежние общие останутся в списке версий.
shared-offer-take = Принять эти
shared-offer-drop = Не принимать
shared-history = Версии
shared-history-note = Последние 200. Возвращённая старая становится новой версией.
shared-back = Вернуть
shared-none = Пока ничего общего нет.
shared-item-search = Название, категория или штрихкод
shared-items-none = Такого товара нет.
shared-tax-note = В процентах, например 20 или 5,5. Оставьте пустым, если налога нет.
shared-csv = Или вставьте строки сюда
shared-csv-file = Файл CSV
shared-csv-note = Те же столбцы, что при импорте на кассе. Чего в файле нет, остаётся как есть.
shared-csv-look = Показать, что изменится
shared-csv-take = Принять
shared-csv-counts = Новых: { $added }. Изменённых: { $changed }. Пропущено: { $refused }.
shared-csv-new = новый
shared-csv-changed = изменён
shared-taxes-note = Чтобы убрать ставку, очистите её строку.
shared-tax-default = Ставка набранных сумм
shared-cashiers-note = У кого есть PIN, входит с ним на каждой кассе. Сначала дайте его владельцу: касса, на которой никто не смог бы всё, кассиров не принимает.
shared-cashiers-none = Общих кассиров нет: у каждой кассы свои.
shared-pin-note = От 4 до 12 цифр. Оставьте пустым, чтобы не менять.
shared-cashier-remove = Убрать этого кассира
edit-item_added = { $about }: добавлено
edit-item_changed = { $about }: изменено
edit-item_removed = { $about }: удалено
edit-items_imported = товары из файла: { $about }
edit-taxes = налоги изменены
edit-cashier_added = кассир { $about } добавлен
edit-cashier_changed = кассир { $about } изменён
edit-cashier_removed = кассир { $about } удалён
edit-texts = тексты на чеках изменены
edit-switches = что могут менять кассы { $about }
edit-taken_from_till = приняты настройки кассы { $about }
edit-imported = настройки из файла { $about }
edit-taken_back = возвращена версия { $about }
audit-settings_shared = изменил общие настройки: { $about }

## Сообщения

word = Сообщения вам
word-note = О том, что происходит на кассах и требует вас, сообщается по этим адресам: по почте или подписанным вебхуком в программу.
word-open = Выбрать, о чём сообщать
word-addresses = Адреса
word-none = Пока никому не сообщается.
word-no-mail = У этого бэк-офиса нет почтового сервера, поэтому письма ждут. Его задают параметром --smtp.
word-add-mail = Добавить адрес почты
word-add-hook = Добавить вебхук
word-mail = Адрес почты
word-hook = URL вебхука
word-hook-note = Только https. Каждое сообщение подписано по соглашению Standard Webhooks; секрет показывается один раз.
word-events = Сообщать
word-kind-paid_late = Оплачено поздно
word-kind-paid_twice = Оплачено дважды
word-kind-review = На проверке
word-kind-refund = Крупный возврат
word-kind-drawer = Расхождение в ящике
word-kind-closed = День закрыт, с Z-отчётом
word-kind-silent = Касса молчит
word-kind-quarantine = Карантин и решение о нём
word-language = Язык сообщений
word-save = Сохранить
word-try = Проверка
word-try-note = Отправляет сообщение о том, что ничего не произошло.
word-try-go = Отправить проверку
word-secret = Секрет вебхука
word-secret-once = Передайте его программе, которая принимает сообщения. Он показывается только сейчас.
word-secret-renew = Новый секрет
word-secret-renew-note = Прежний подписывает вместе с ним до следующей смены, чтобы ничего не пропало.
word-remove = Удалить
word-remove-note = Туда больше ничего не уйдёт. Неотправленное не будет отправлено.
word-limits = С какого порога
word-refund-above = Возвраты свыше, { $currency }
word-silent-hours = Касса молчит, если прошло часов
word-sent = Что отправлено
word-sent-none = Пока ничего.
delivery-waiting = ждёт
delivery-delivered = доставлено
delivery-given_up = не доставлено
word-next = Следующая попытка: { $at }
word-resend = Отправить ещё раз
word-done-saved = Сохранено.
word-done-tried = Проверка отправлена. Что из неё вышло, указано ниже.
word-done-removed = Адрес удалён.
wrong-word-mail = Это не адрес почты.
wrong-word-url = Вебхук отправляется на адрес https без имени и пароля.
wrong-word-private = Это адрес частной сети. Его может разрешить тот, кто управляет бэк-офисом.
wrong-word-events = Выберите хотя бы одно.
wrong-word-many = Адресов уже двадцать.
wrong-word-trials = Десяти проверок за час достаточно.
wrong-word-limits = Не удаётся прочитать сумму или число часов. Часы: от 1 до 720.
told-sale-paid_late = { $till }: продажа { $sale } оплачена поздно
told-sale-paid_late-say = Продажа { $sale } на { $amount } оплачена, когда её код уже истёк или кассир перестал ждать. Проверьте, отдан ли товар.
told-sale-paid_twice = { $till }: продажа { $sale } оплачена дважды
told-sale-paid_twice-say = За продажу { $sale } заплачено больше, чем { $amount }. Покупателю следует вернуть деньги.
told-sale-in_review = { $till }: продажу { $sale } нужно проверить
told-sale-in_review-say = Ответ шлюза противоречит продаже { $sale } на { $amount }. Посмотрите там и завершите проверку на кассе.
told-sale-refunded = { $till }: возврат { $refunded }
told-sale-refunded-say = По продаже { $sale } на { $amount } возвращено { $refunded }.
told-drawer-differs = { $till }: расхождение в ящике { $difference }
told-drawer-differs-say = Насчитано { $counted }, а должно быть { $expected }. Расхождение: { $difference }.
told-day-closed = { $till }: Z { $z } за { $day }
told-day-closed-say = День { $day } закрыт. Его Z-отчёт, номер { $z }, приложен.
told-till-silent = { $till } молчит
told-till-silent-say = От этой кассы ничего не слышно с { $since }. Возможно, она выключена или без сети; продавать она может.
told-till-quarantined = { $till } в карантине
told-till-quarantined-say = Начиная с записи { $seq } пришёл другой журнал этой кассы, чем в книге. В обоих могут быть настоящие деньги; они показаны отдельно, пока вы не решите.
told-till-decided = { $till }: решено
told-till-decided-say = Решение { $number } об этой кассе: { $verdict }.
told-test = Проверка от Ringup
told-test-say = Ничего не случилось: кто-то проверяет, приходят ли сюда сообщения.
told-till = Касса: { $till }
told-at = Когда: { $at }
told-look = Посмотреть: { $link }
told-why = Это отправил ваш бэк-офис, потому что так выбрано: { $link }
audit-word_added = — сообщения теперь идут на { $about }
audit-word_changed = — изменено, о чём сообщается на { $about }
audit-word_secret_renewed = — новый секрет для { $about }
audit-word_removed = — удалён адрес { $about }
audit-word_limits_set = — изменены пороги сообщений
audit-word_tried = — отправлена проверка на { $about }
audit-word_resent = — сообщение отправлено ещё раз: { $about }
audit-till_decided = — решение о кассе: { $about }

## Ящики и решения

drawers = Расхождения в ящике
drawers-note = Пересчёты, при которых сумма оказалась другой.
drawers-none = Ни один пересчёт не показал расхождения.
till-heard = Последняя связь
till-last-z = Последний Z-отчёт
till-version = Программа
till-printer = Принтер чеков
printer-none = нет
printer-unused = ещё не использовался
printer-ready = печатает
printer-no_paper = нет бумаги
printer-failing = не печатает
till-copies = Копии журнала
copies-off = выключены
copies-waiting = создаётся первая
copies-good = в порядке
copies-folder_missing = папки нет
copies-failed = не удалась
till-decide = Посмотреть и решить
decide = { $name }: что не сходится с книгой
decide-none = От этой кассы не пришло ничего, что не сходится с книгой.
branch-entries = Записи с { $first } по { $last }
branch-undecided = не решено
branch-aside = отложено решением { $number }
branch-restored = Касса сообщает, что восстановлена из копии.
branch-copied = Компьютер скопирован, или возвращён старый файл.
branch-came = Пришло с { $from } по { $to }.
branch-missing = Предыдущих записей здесь нет, поэтому книга пока не может их принять.
side-branch = Что пришло
side-book = Что вместо этого в книге
side-no-money = без денег
decide-refuse = Оставить книгу
decide-refuse-means = Книга остаётся как есть. Пришедшее хранится рядом и не входит в суммы, как и то, что ещё придёт.
decide-follow = Принять пришедшее
decide-follow-after-all = Всё же принять
decide-back = Ничего не удаляется, и другое решение отменит это.
decide-reason = Почему
decisions = Что решено
decision = Решение { $number }: { $verdict }
verdict-refuse = книга оставлена
verdict-follow = книга приняла пришедшее
wrong-reason = Укажите, почему.
wrong-branch-missing = Здесь не хватает записей. Принять можно, когда касса их пришлёт.
wrong-branch-decided = Это уже решено.
word-tries =
    { $count ->
        [one] { $count } попытка
        [few] { $count } попытки
       *[other] { $count } попыток
    }
side-sales =
    { $count ->
        [one] { $count } продажа
        [few] { $count } продажи
       *[other] { $count } продаж
    }
decide-follow-means =
    { $count ->
        [one] Пришедшее войдёт в книгу с первой своей записи; { $count } запись книги будет отложена.
        [few] Пришедшее войдёт в книгу с первой своей записи; { $count } записи книги будут отложены.
       *[other] Пришедшее войдёт в книгу с первой своей записи; { $count } записей книги будет отложено.
    }
