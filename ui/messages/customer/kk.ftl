# What customers read: on their display, where they serve themselves, and on receipts.

## Whose money it is

badge-live = Жұмыста
badge-test = Тест
badge-practice = Жаттығу
badge-no-money = Нақты ақша қозғалмайды
badge-gateway = Шлюз { $gateway }, cru.cash емес

## Everywhere

app-name = Ringup
nav = Экрандар
nav-pad = Жаңа сатылым
network-online = Қосылған
network-retrying = Қайта байқап көруде
network-offline = Байланыс жоқ
network-key-refused = Кілт қабылданбады
close = Жабу
payment-awaiting = Сатып алушыны күтуде
payment-chosen = { $coin } таңдалды
payment-ended = Аяқталды, төленген жоқ
cancel = Бас тарту
back = Артқа
percent = { $percent }%
change = Қайтарым
language-choose = Тіл

## The customer's display

display-idle = Қош келдіңіз
display-requesting = Бір сәт…
display-tipped = Рақмет! Бір сәт…
display-scan = Төлеу үшін сканерлеңіз
display-exact = Дәл осы соманы жіберіңіз. Биржа одан өз комиссиясын ұстап қалуы мүмкін.
display-chosen = Төлеміңізді күтіп тұрмыз
display-paid = Төленді. Рақмет!
display-ended = Бұл код енді жарамсыз. Жаңасын сұраңыз.
display-time-up = Уақыт бітті
display-part-paid = Бір бөлігі төленді. Қалғанын қалай төлейсіз?
display-parts = { $amount } сомасының { $paid } төленді

## Tips

tip-title = Шайпұл қалдырасыз ба?
tip-own = Басқа сома
tip-total = Барлығы
tip-round = { $amount } дейін дөңгелектеу
tip-none = Шайпұлсыз
tip-charge = { $amount } төлеу

## Self-service

offers-title = Не қалайсыз?
offers-say = Төлеу үшін түртіңіз
offer-card-say = Қызметкерді шақырыңыз: ол терминалды әкеліп, төлегеніңізді осы жерде растайды.
offer-card-taken = Қызметкер: { $amount } картамен төленді
offers-again = Басынан бастау
offers-ended = Бұл код енді жарамсыз
offers-staff = Қызметкерлер
pad-charging = Бір сәт…
tender-crypto = Крипто
tender-card = Карта

## A sale that is being paid

payment-sale = Сату { $number }
payment-attempt = Код № { $attempt }
payment-qr = Төлем мекенжайы бар QR код
payment-requesting = Код дайындалуда…
payment-requesting-body = Қазір шығады.
payment-exact = Дәл осы сома түсуі керек: биржа одан өз комиссиясын ұстап қалуы мүмкін.
payment-coins = Сатып алушы жібереді: { $coins }
payment-elapsed = Уақыт бітті, бірақ әлі аяқталған жоқ: соңғы сөз шлюзде.
payment-outstanding = { $amount } сомасынан қалды
payment-network-retrying = Шлюз жауап бермейді. Ringup сұрай береді; сатып алушы бәрібір төлей алады.
payment-network-offline = Байланыс жоқ. Сатып алушы өз телефонымен төлей алады; Ringup мүмкін болған кезде сұрайды.
payment-new-code = Жаңа код
countdown-left = қалды
countdown-up = Уақыт бітті, шлюздің жауабын күтеміз
checked-never = Әлі тексерілмеген
checked-fresh =
    { $seconds ->
        [0] Жаңа ғана тексерілді
        [one] { $seconds } секунд бұрын тексерілді
       *[other] { $seconds } секунд бұрын тексерілді
    }
checked-stale =
    { $seconds ->
        [one] { $seconds } секунд бойы жауап жоқ
       *[other] { $seconds } секунд бойы жауап жоқ
    }
checked-stale-minutes =
    { $minutes ->
        [one] { $minutes } минут бойы жауап жоқ
       *[other] { $minutes } минут бойы жауап жоқ
    }

## Paid

paid = Төленді
paid-late = Кешігіп келді, бірақ есептелді
paid-test = Жаттығу немесе тест: ақша нақты емес
paid-done = Келесі сату
paid-returns = { $seconds ->
    [one] { $seconds } секундтан кейін сома теруге оралады
   *[other] { $seconds } секундтан кейін сома теруге оралады
}
sale-receipt = Түбіртек
receipt-printing = Басылуда…
receipt-printed = Басылды
receipt-sent = Жіберілді, расталмады
receipt-phone = Чекті алу үшін сканерлеңіз
receipt-phone-qr = Чектің QR-коды

## Receipts, on screen, paper and PDF

slip-practice = Жаттығу: ақша төленген жоқ
slip-test = Тест: ақша төленген жоқ
slip-gateway = Шлюз: { $gateway }
slip-copy = КӨШІРМЕ
slip-title = Түбіртек { $number }
slip-note = Ескертпе: { $note }
slip-goods = Тауарлар
slip-deposit = Ыдыс кепілі: { $name }
slip-weight = { $weight } кг × { $price }/кг
slip-kilogram = { $price }/кг
slip-discount = Жеңілдік
slip-discount-rate = Жеңілдік { $rate }
slip-tip = Шайпұл
slip-total = БАРЛЫҒЫ
slip-tax = { $name } { $rate }, { $gross } ішінде
slip-tax-any = Салық
slip-paid = Төлем: { $coin }
slip-again = Қайта төленді { $time }
slip-crypto = Крипто
slip-cash = Қолма-қол
slip-card = Карта
slip-given = Алынды
slip-change = Қайтарым
slip-rounding = Дөңгелектеу
slip-outstanding = ТӨЛЕУГЕ ҚАЛДЫ
slip-invoice = Шот { $id }
slip-journal = Журнал { $head }
slip-office = Бэк-офис { $office }: жазба { $seq } { $hash }, қолы { $signature }
slip-refund-cash = Қолма-қол қайтарылды { $time }
slip-refund-by-hand = Қайтарылды { $time }
slip-refund-card = Картаға қайтарылды { $time }
slip-refund-own = Қайтарылды, { $own } { $time }
slip-given-back = Берілді
slip-left = Қайтарудан кейін қалды
