# Ringup's words. Short, plain, and never a guess about money.

starting = Kasa açılıyor…
broken = Kasa açılamıyor. Bu giderilene kadar hiçbir şey satılamaz.

## Shell

nav-sales = Satışlar
nav-day = Gün
nav-settings = Ayarlar

journal-failing = Satış durdu.
journal-failing-body = Kasa diskine yazamıyor. Yazabildiği anda kendiliğinden devam eder.
journal-replaced-body = Defterin yerinde başka bir dosya var ya da hiçbiri yok. Kasanın yazdıkları saklanıyor. Kasaya bakan kişiyi çağırın.
journal-retry = Yeniden dene

open-sales = Hâlâ açık
held-carts = Bekletilen
open-and-held = Açık ve bekletilen

state-requesting = isteniyor
state-awaiting = bekliyor
state-chosen = para seçildi
state-paid = ödendi
state-ended = ödenmeden bitti
state-stopped = durduruldu
state-refused = reddedildi
state-uncertain = belirsiz
state-review = buna bakın
state-part-paid = kısmen ödendi
spoken-sale = Satış { $number }: { $state }.

## Alarms

alarm-paid = Satış { $number } ödendi
alarm-late = Satış { $number } geç ödendi
alarm-twice = Satış { $number } iki kez ödendi: bir ödeme geri verilmeli
alarm-review = Satış { $number }: para şüpheli, buna bakın
alarm-more =
    { $count ->
        [one] { $count } tane daha
       *[other] { $count } tane daha
    }
alarm-show = Göster
alarm-dismiss = Anladım

## First run

setup-welcome = Üç dokunuşta kripto ödeme alın.
setup-practice-title = Önce deneyin
setup-practice-body = Uydurma bir müşteriyle baştan sona bir satış. Anahtar yok, ağ yok, gerçek para yok.
setup-practice = Alıştırma yap
setup-key-title = Satışa başla
setup-key-body = cru.cash hesabınızdaki API anahtarını yapıştırın. Bu bilgisayarın anahtarlığında saklanır ve bir daha gösterilmez.
setup-key-save = Anahtarı kaydet
setup-tenders = Yalnız nakit veya kart mı? Ödeme yollarını seçin

## Pad

pad-tape = Tutar
pad-amount = Alınacak tutar
pad-keys = Tuşlar
pad-note = Not ekle
pad-note-clear = Notu sil
pad-backspace = Son rakamı sil
pad-clear = Temizle
pad-plus = Başka tutar ekle
pad-point = Ondalık virgülü
pad-charge = Tahsil et
pad-items = Ürünler
pad-sum = Yazılan tutar
cart-less = Bir { $name } eksik
cart-more = Bir { $name } daha
cart-remove = Çıkar
cart-discount = İndirim
cart-discount-percent = İndirim %{ $percent }
cart-hold = Beklet
cart-of = { $labels } içinden. Çıkardıklarınız bekletilmeye devam eder.
cart-put-back = Geri koy
hold-title = Bu sepeti beklet
hold-say = Hiçbir şey tahsil edilmez. Yeniden başlatılsa da açık satışların yanında bekler.
hold-label = Ad veya masa
hold-label-wanted = Kimin olduğunu yazın: bir ad veya masa.
hold-drop = Satışsız bırak
hold-drop-title = { $labels } satışsız bırakılsın mı?
hold-drop-say = Defterde ve Z raporunda görünür. Para hareketi olmaz.
reason-left = Müşteriler gitti
reason-typed-twice = Yanlışlıkla girildi
scan-unknown = { $code } kodlu ürün yok
scan-sold-out = { $name } tükendi olarak işaretli. Yine de eklendi.
cart-deposit = Depozito
line-deposit = Depozito: { $name }
items-search = Ürün ara
items-search-clear = Aramayı sil
items-none-found = Adında “{ $search }” olan ürün yok.
items-all = Tümü
items-categories = Kategoriler
category-moved = { $name } artık { $place }. sekme
item-open-price = serbest
item-per-kilogram = { $price }/kg
item-sold-out-mark = Tükendi
item-left = { $count } kaldı
sell-sold-out = Tükendi olarak işaretli. Yine de var mı?
sell-missed = { $code } okutuldu ve eklenmedi. Önce bu ürünü ekleyin, sonra yeniden okutun.
sell-weight = Ağırlığı gram olarak yazın
sell-price = Fiyatı yazın
sell-kilograms = { $kilograms } kg
sell-per-kilogram = kilosu { $price }
sell-deposit = artı { $price } depozito
sell-add = { $price } ekle
item-weighed = { $name } { $kilograms } kg
confirm-amount-title = Bu tutar doğru mu?
confirm-amount-burst = Bir barkod okuyucu kadar hızlı veya düzenli yazıldı. Bir kod tutar olmamalı.
confirm-amount-unusual = Bu her zamankinden çok fazla. Bu dükkân genelde { $usual } kadar alır.
confirm-amount-unusual-first = Bu büyük bir tutar ve kasa neyin olağan olduğunu henüz bilmiyor.
confirm-amount-back = Geri
confirm-amount-charge = Evet, { $amount } tahsil et
tip-chosen = Müşteri { $tip } bahşiş vermek istiyor.
tip-chosen-none = Müşteri bahşiş vermek istemiyor.
discount-share = Yüzde
discount-take = { $amount } düş
discount-remove = İndirim yok

## Ways to pay

tenders = Ödeme yolları
tenders-more = Diğer
tenders-choose = Nasıl ödeniyor?
tenders-code-stands = Bu satışın kodu izlenmeye devam eder. O da ödenirse kasa çalar ve para geri verilmelidir.
tender-cash = Nakit
tender-crypto-minimum = en az { $minimum }
tender-crypto-no-key = anahtar yok
tender-crypto-key = anahtar reddedildi
tender-crypto-waits = ağ yok
tender-due = Ödenecek
tender-rounded = { $amount }, { $rounding } yuvarlandı
tender-exact = Tam
tender-given = Alınan
tender-amount = Tutar
tender-rest = Kalan
tender-rest-ways = Kalanın ödeme yolu: { $ways }
tender-rest-crypto = Kripto için çok az; { $minimum } tutarından başlar.
tender-too-little = Ödenecek { $due }: nakit yuvarlanır.
tender-too-much = Ödenecek en çok { $due }.
tender-take = { $tender }: { $amount }
tender-take-card = Kartla ödendi: { $amount }
tender-take-change = { $change } para üstü ver
tender-take-part = { $amount } kısmi ödeme al
tender-back-title = { $amount } geri al ({ $tender })
tender-back-say = Yanlışlıkla girildiyse bunu yapın. Defterde kalır, artık sayılmaz; para sizdeyse geri verin.
reason-other-way = Başka yolla ödendi
pad-crypto-waits = Ağ yok: kripto bekliyor. Diğer ödeme yolları sürüyor.
pad-update = Ringup { $version } sürümü çıktı. Kasaya bakan kişiye söyleyin.

## Payment

payment-awaiting-body = Müşteri kodu okutur ve öder. Henüz ödenmedi.
payment-gateway-says = Ödeme geçidi “{ $status }” diyor.
payment-part-sent = Ödeme geçidi “{ $status }” dedi: paranın bir kısmı gönderilmiş olabilir. cru.cash hesabınıza bakın.
payment-poll-refused = Ödeme geçidi bu anahtarla bu satış için yanıt vermiyor. Başka bir hesabın olabilir.
payment-ended-body = Ödeme geçidi bu kodu kapattı. Yine de para gelirse Ringup size söyler.
payment-part-paid = Kısmen ödendi
payment-stopped = Beklemeyi bıraktınız
payment-stopped-body = Müşteri, süresi bitene kadar bu kodu yine de ödeyebilir. Ringup izlemeyi sürdürür ve size söyler.
payment-review = Henüz hiçbir şey vermeyin
payment-review-body = Ödeme geçidi bu satışa uymayan bir ödeme bildiriyor. cru.cash hesabınıza bakın.
payment-refused = Ödeme geçidi reddetti
payment-uncertain = Açık bir yanıt yok
payment-unknown-body = Ringup henüz daha fazlasını bilmiyor.

payment-network-key-refused = Ödeme geçidi anahtarı reddediyor; Ringup ödenip ödenmediğini göremiyor. Ayarlarda anahtara bakın.

payment-check = Şimdi denetle
payment-stop = Beklemeyi bırak
payment-give-up = Bu satıştan vazgeç
payment-leave = Açık bırak, sonraki satış
payment-next = Sonraki satış
payment-retry = Yeniden dene
payment-back = Tutara dön
payment-parts = Şimdiye dek ödenen
payment-part-paid-body = Kalanı nasıl ödenecek?
payment-otherwise = Başka yolla öde

review-amount = Ödenen tutar farklı.
review-currency = Para birimi farklı.
review-test = Test parası ile gerçek para karışmış.
review-id = Yanıt başka bir faturayla ilgili.
review-payload = Ödeme başka bir satış için yapılmış.
review-taken-back = Ödeme geçidi artık ödendiğini söylemiyor.
review-other = Bir şey uyuşmuyor: { $reason }.

practice-customer = Müşteri sizsiniz
practice-choose = Para seç
practice-pay = Öde
practice-end = Süre dolsun
lesson-step = Adım { $step } / { $steps }
lesson-amount = Müşterinin borcunu yazın, örneğin { $amount }.
lesson-charge = Geniş düğmeye dokunun: müşterinin okutacağı kodu hazırlar.
lesson-coin = Müşteri kodu okutur ve bir para seçer. Müşteri olun: “Para seç” düğmesine dokunun.
lesson-pay = Kasa hangi para olacağını görür. Şimdi müşteri gibi ödeyin.
lesson-done = Ödendi ve kalıcı olarak yazıldı. Sonraki müşteri için bu ekranı kapatın.
lesson-learned = Bu baştan sona bir satıştı. Satışlar’da ve günün toplamlarında durur.
lesson-over = Bu ödenmedi. Sonraki satışa geçip bir kez daha deneyin.
lesson-skip = Atla
lesson-close = Anladım

## Paid

## The sales book

sales-search = Numara, not, tutar veya fatura
sales-none = Henüz satış yok
sales-none-found = Buna uyan satış yok
sales-show-all = Tüm satışları göster
sales-more = Öncekileri göster
filter-days = Günler
filter-any-day = Herhangi bir gün
filter-today = Bugün
filter-yesterday = Dün
filter-week = Bu hafta
filter-day = Bir gün
filter-states = Durum
filter-any-state = Herhangi bir durum
filter-open = hâlâ açık
filter-any-currency = Tüm para birimleri
filter-money = Gerçek veya test parası
filter-any-money = Tüm paralar
filter-real = Gerçek para
filter-test = Test parası
day-today = Bugün, { $day }
day-yesterday = Dün, { $day }
mark-late = geç
mark-twice = iki kez ödendi
mark-refunded = iade

## A sale's page

sale-back = Tüm satışlar
sale-facts = Satış
sale-opened = Tahsil istendi
sale-paid = Ödendi
sale-coin = Kripto para
sale-coins = Gönderilen
sale-settlement = Alacak
sale-settled = Hesabınıza geçti
sale-not-settled = Henüz hesaba geçmedi
sale-tip = Bahşiş
sale-gateway-status = Ödeme geçidi
sale-written-off = Silindi
sale-note = Not
sale-no-note = Yok
sale-receipts = Makbuzlar
sale-receipts-count =
    { $count ->
        [0] Henüz yok
        [one] { $count } yapıldı
       *[other] { $count } yapıldı
    }
sale-lines = Satılanlar
sale-line = { $quantity } × { $name }
sale-refunds = İadeler
sale-refund-taken-back = Geri alındı:
sale-attempts =
    { $count ->
        [one] Ödeme kodu
       *[other] Ödeme kodları
    }
sale-no-invoice = Fatura yok
sale-history = Olanlar
sale-show = Kodu göster
sale-refund = İade
sale-add-note = Not ekle
sale-edit-note = Notu değiştir
sale-tenders = Ödeme
sale-tender-change = Alınan { $given }, para üstü { $change }
sale-tender-rounding = { $rounding } yuvarlandı
sale-outstanding = Kalan
sale-overpaid = Fazla ödenen
sale-show-rest = Kalanı al

## The entries of a sale

entry-sale-opened = { $amount } tahsil istendi
entry-invoice-requested = Ödeme geçidinden { $attempt }. kod istendi
entry-invoice-opened = { $attempt }. kod gösterildi
entry-invoice-refused = Ödeme geçidi reddetti ({ $code })
entry-invoice-uncertain = Açık bir yanıt yok ({ $code })
entry-invoice-reported =
    { $status ->
        [processing] Ödendi, para hesaba geçiyor
       *[other] Ödeme geçidi bildiriyor: { $status }
    }
entry-invoice-chosen =
    { $coins ->
        [none] Müşteri { $coin } seçti
       *[other] Müşteri { $coin } seçti: { $coins }
    }
entry-invoice-settled = Hesabınıza geçti
entry-invoice-paid =
    { $coins ->
        [none] Ödendi
       *[other] Ödendi: { $coins }
    }
entry-invoice-ended = { $attempt }. kod ödenmeden bitti
entry-invoice-questioned = Ödeme geçidi uymayan bir ödeme bildiriyor
entry-sale-stopped = Kasiyer beklemeyi bıraktı
entry-payment-seen = Ödeme kasada görüldü
entry-sale-noted = Not
entry-language-chosen = Müşterinin dili: { $language }
entry-tender-taken =
    { $way ->
        [cash] { $amount } nakit ödendi
        [card] { $amount } kartla ödendi
       *[other] { $amount } ödendi: { $way }
    }
entry-tender-taken-back = { $tender }. ödeme geri alındı
entry-sale-refunded =
    { $way ->
        [cash] { $amount } nakit iade edildi
        [by_hand] { $amount } elden iade edildi
        [card] { $amount } karta iade edildi
       *[other] { $amount } iade edildi: { $way }
    }
entry-refund-taken-back = Bir iade geri alındı
entry-review-closed = Çelişki giderildi
entry-invoice-watch-ended = { $attempt }. deneme artık sorulmuyor
entry-payment-doubted = Ödeme geçidi artık ödendi demiyor
entry-sale-written-off = Silindi
entry-receipt-made =
    { $medium ->
        [printer]
            { $outcome ->
                [unconfirmed] Makbuz yazıcıya gönderildi, yazıcı onaylamadı
                [failed] Makbuz yazdırılamadı
               *[other] Makbuz yazdırıldı
            }
        [file] Makbuz kaydedildi
       *[other] Makbuz yazdırma penceresine gönderildi
    }
entry-other = { $kind } türünde kayıt

## Corrections

reason = Neden
reason-wanted = Birkaç sözcük gerekli
reason-goods-back = Ürün geri geldi
reason-wrong-amount = Yanlış tutar
reason-paid-twice = İki kez ödendi
reason-mistake = Yanlışlıkla girildi
reason-not-paid-out = Verilmedi
reason-sent-back = Müşteriye geri gönderildi
reason-gateway-forgot = Ödeme geçidi faturayı bilmiyor
reason-settled = Müşteriyle halledildi
note-title = Satış { $number } için not
note-hint = Önceki sözler defterde kalır.
note-save = Notu sakla
refund-title = Satış { $number } için iade
refund-say = Ödeme geçidi para iade etmez. Müşteriye nakit veya elden verin; Ringup yazar.
refund-goods = Geri gelenler
refund-amount = Tutar ({ $sign })
refund-most = En çok { $most }
refund-no-amount = Bu bir tutar değil
refund-way = Nasıl iade ediliyor
refund-cash = Nakit
refund-by-hand = Elden, havale
refund-say-tenders = Ringup para iade etmez. Aşağıda seçildiği gibi verin; Ringup yazar.
refund-card = Karta
refund-tax = { $gross } içindeki { $rate } vergi geri gider: { $tax }
refund-tip = İçindeki bahşiş: { $tip }
refund-rounded = Nakit: { $amount }, { $rounding } yuvarlandı
refund-save = İadeyi yaz
refund-save-amount = { $amount } iade et
take-back = Geri al
take-back-title = { $amount } iadesini geri al
take-back-say = Para geri verilmediyse bunu yapın. İade defterde kalır, artık sayılmaz.
review-title = Satış { $number } için çelişkiyi gider
review-say = Önce cru.cash hesabınıza bakın. Sonucu yazın. Şimdiye dek sayılmayan para hiçbir toplama girmez.
write-off = Sil
write-off-title = Satış { $number } silinsin mi?
write-off-say = Artık kimse bu satışı beklemiyor ve gün onsuz kapanır. Yine de para gelirse sayılır ve kasa çalar.
review-close = Giderildi

## Receipts

receipt-title = Satış { $number } makbuzu
receipt-is-first = Bu satışın ilk makbuzu.
receipt-is-copy = Daha önce bir tane vardı: bu, kopya olarak işaretlenir.
receipt-print = Yazdır
receipt-saved = Kaydedildi
receipt-dialog = Bu bilgisayarla yazdır
receipt-pdf = PDF olarak kaydet
receipt-png = Resim olarak kaydet
receipt-no-printer = Ayarlarda bir makbuz yazıcısı kurabilirsiniz.

## The day

day-earlier = Önceki gün
day-later = Sonraki gün
day-export = Defteri kaydet
day-none = Bu gün hiçbir şey ödenmedi
day-practice = Alıştırma parası: bu rapor sayılmaz
report-gateway = Ödeme geçidi: { $gateway }
totals-paid =
    { $count ->
        [one] { $count } ödeme
       *[other] { $count } ödeme
    }
totals-average = Ortalama
totals-tips = İçindeki bahşiş
totals-late = Geç ödenen ({ $count })
totals-twice = İki kez ödenen ({ $count })
totals-refunds = İadeler ({ $count })
totals-net = Kalan
totals-settled = Hesaba geçen
totals-unsettled = Henüz geçmeyen
totals-coin = { $coin } ({ $count })
totals-cashiers = Kasiyere göre
totals-cashier = { $name } ({ $count })
totals-categories = Kategoriye göre
totals-category-none = Kategorisiz
totals-category-refunded = İçindeki iadeler
totals-tax = { $gross } içinde vergi { $rate }
totals-tax-refunded = İçindeki iadeler { $gross }
totals-tender =
    { $tender ->
        [crypto] Kripto ({ $count })
        [cash] Nakit ({ $count })
        [card] Kart ({ $count })
       *[other] { $tender } ({ $count })
    }
totals-tender-refunds =
    { $tender ->
        [crypto] Kripto: iadeler
        [cash] Nakit: iadeler
        [card] Kart: iadeler
       *[other] { $tender }: iadeler
    }
totals-tender-tips =
    { $tender ->
        [crypto] Kripto: içindeki bahşiş
        [cash] Nakit: içindeki bahşiş
        [card] Kart: içindeki bahşiş
       *[other] { $tender }: içindeki bahşiş
    }
totals-rounding = Nakit yuvarlaması
totals-taken-back =
    { $count ->
        [one] Geri alınan: { $count } ödeme
       *[other] Geri alınan: { $count } ödeme
    }
totals-refund-way =
    { $way ->
        [cash] Nakit olanlar ({ $count })
        [by_hand] Elden olanlar ({ $count })
        [card] Karta olanlar ({ $count })
       *[other] { $way } olanlar ({ $count })
    }
hours-title = Saatlere göre ödemeler
hours-hour =
    { $count ->
        [one] Saat { $from }–{ $to }: { $count } ödeme, { $amount }
       *[other] Saat { $from }–{ $to }: { $count } ödeme, { $amount }
    }
close-next = Son kapanıştan beri
close-never = Henüz hiçbir gün kapatılmadı.
close-last = Z { $z }, { $at }
close-open =
    { $count ->
        [one] { $count } satış hâlâ açık
       *[other] { $count } satış hâlâ açık
    }
day-open-sum = Ödenirlerse
close-open-say = Hâlâ ödenebilirler. Paraları o zaman sonraki kapanışta sayılır.
close-day = Günü kapat
close-ask = Gün kapatılsın mı?
close-say = Z raporu deftere yazılır ve hiç değişmez. Ardından satış sürer.
close-carry =
    { $count ->
        [one] Kapat, { $count } satışı devret
       *[other] Kapat, { $count } satışı devret
    }
close-z = Z { $z }
close-at = Kapandı { $at } ({ $zone })
close-nothing = Önceki kapanıştan beri hiçbir şey ödenmedi
close-written-off = Silinen: { $numbers }
close-reviews-closed = Elle giderilen çelişkiler: { $numbers }
close-carts-held =
    { $count ->
        [one] { $count } bekletilen sepet
       *[other] { $count } bekletilen sepet
    }
close-carts-dropped =
    { $count ->
        [one] { $count } sepet satışsız bırakıldı
       *[other] { $count } sepet satışsız bırakıldı
    }
close-carried =
    { $count ->
        [one] { $count } açık satış devredildi
       *[other] { $count } açık satış devredildi
    }
close-program = Program { $version }
close-key = Anahtarın parmak izi: { $key }
close-events = Teknik olaylar
close-event =
    { $kind ->
        [drawer_opened] Çekmece açıldı
        [gateway_bound] Ödeme geçidi not edildi
        [journal_restored] Defter geri yüklendi
        [key_changed] API anahtarı değişti
        [pin_changed] PIN kondu veya kaldırıldı
        [pin_refused] Yanlış PIN’ler
        [practice_reset] Alıştırma satışları silindi
        [program_started] Program başlatıldı
        [settings_changed] Ayarlar değişti
        [stock_set] Stok sayıldı
        [signed_on] Kasiyer girdi veya çıktı
        [staff_changed] Kasiyerler değişti
       *[other] { $kind }
    }
close-head = Defterin başı
close-signed = Merkez { $entry }. kayıtla imzaladı
close-signed-before = Merkez bu rapordan önceki { $entry }. kayda dek imzaladı
close-print = Yazdır
close-done = Tamam
closes = Kapanışlar
closes-more = Öncekiler
grand = Genel toplamlar
export-title = Satış defterini kaydet
export-period = Hangi günler
export-day = Bu gün
export-month = Bu ay
export-all = Hepsi
export-range = … ile … arası
export-from = İlk gün
export-to = Son gün
export-wrong = İlk gün son günden önce gelir
export-format = Biçim
export-xlsx = Excel (XLSX)
export-excel = Excel için CSV
export-csv = Tablo (CSV)
export-json = Programlar için (JSON)
export-rows = Her satır
export-rows-sales = Bir satış
export-rows-tenders = Bir ödeme
export-rows-lines = Bir kalem
export-rows-cash = Bir nakit hareketi
export-rows-bookings = Bir muhasebe kaydı
export-datev = DATEV kasa defteri
export-start = Farklı kaydet…
export-choosing = Bir dosya seçin…
export-progress = { $done } / { $total }
export-done = Kaydedildi: { $file }

## Receipts, on screen, paper and PDF

slip-till = Kasa { $till }
slip-test-page = Yazıcı çalışıyor. Aşağıda okunabileni yazdırabilir.
slip-test-code-page = Kod sayfası { $page }:
slip-test-picture = Resim olarak harfler:

## Who may: the PIN, and who is at the till

lock-title = PIN
lock-pin = PIN
lock-open = Kilidi aç
lock-back = Geri
lock-now = Kilitle
lock-wrong = PIN bu değil
lock-wait = Çok fazla yanlış deneme. Sonraki deneme: { $time }
sign-on-title = Kim burada?
sign-on-hint = Adınıza dokunup PIN’inizi yazın veya anahtarlığınızı okutun. Süren iş kalır.
sign-on-choose = Bir ada dokunun
sign-on-shop = Dükkânın PIN’i
sign-off = Çıkış
approve-title = Birinin buna izin vermesi gerek
approve-hint =
    { $right ->
        [discount] Bu indirim sınırın üstünde. Yetkisi olan bir kez izin verir; siz kasada kalırsınız.
        [refund] İade için yetki gerekir. Yetkisi olan bir kez izin verir; siz kasada kalırsınız.
        [take_back] Geri almak için yetki gerekir. Yetkisi olan bir kez izin verir; siz kasada kalırsınız.
        [open_drawer] Çekmeceyi açmak için yetki gerekir. Yetkisi olan bir kez izin verir; siz kasada kalırsınız.
        [drop_cart] Bekletilen sepeti bırakmak için yetki gerekir. Yetkisi olan bir kez izin verir; siz kasada kalırsınız.
        [expected_cash] Çekmecede ne olması gerektiğini herkes göremez. Yetkisi olan bir kez izin verir; siz kasada kalırsınız.
        [close] Günü kapatmak ve dışa aktarmak için yetki gerekir. Yetkisi olan bir kez izin verir; siz kasada kalırsınız.
        [settings] Ayarlar için yetki gerekir. Yetkisi olan bir kez izin verir; siz kasada kalırsınız.
        [key] Anahtar için yetki gerekir. Yetkisi olan bir kez izin verir; siz kasada kalırsınız.
       *[other] Bunun için yetki gerekir. Yetkisi olan bir kez izin verir; siz kasada kalırsınız.
    }
role =
    { $role ->
        [supervisor] Sorumlu
        [owner] Sahip
       *[cashier] Kasiyer
    }
role-hint =
    { $role ->
        [supervisor] Düzeltir, günü kapatır ve kasiyerlerin yapamadıklarına izin verir; adların altında belirlenir.
        [owner] Her zaman her şeyi yapabilir.
       *[cashier] Satar. Diğer her şeye sorumlu veya sahip izin verir ya da adların altında belirlenir.
    }
right =
    { $right ->
        [discount] Sınırın üstünde indirim
        [refund] İadeler
        [take_back] Geri alma, inceleme, silme
        [open_drawer] Çekmeceyi açma
        [drop_cart] Bekletilen sepetleri bırakma
        [expected_cash] Çekmecede olması gerekeni görme
        [close] Günü kapatma, dışa aktarma
        [settings] Ayarlar, ürünler, personel
        [key] API anahtarı
       *[other] { $right }
    }
rights-title = Yapabilecekleri
rights-hint = Sahip her şeyi yapabilir. İşaretlenmeyene her seferinde tek iş için izin verilebilir.
rights-free-discount = Herkesin verebileceği indirim, yüzde
access-title = PIN’ler, anahtarlıklar ve görevler
access-hint = PIN veya anahtarlıkla bir ad defterde yalnız sahibi için durur. Önce sahibe verin. Hemen kaydedilir.
access-pin = PIN
access-fob = Anahtarlık
access-change = Değiştir
access-role = Görev
access-first-pin = PIN
access-new-pin = Yeni PIN
access-pin-hint = 4 ile 12 rakam.
access-fob-none = Anahtarlık yok
access-fob-set = Bir anahtarlık var.
access-fob-waiting = Şimdi anahtarlığı okutun…
access-fob-scanned = Anahtarlık okutuldu; kaydedilince geçerli olur.
access-fob-scan = Anahtarlık okut
access-fob-clear = Anahtarlığı kaldır
access-pin-clear = PIN’i kaldır
access-remove = Hepsini kaldır
access-save = Kaydet
pin-title = PIN
pin-set = PIN var. Ayarlar, iadeler, gün kapanışı ve kiosk kipinden çıkış için sorulur.
pin-none = PIN yok: burada duran herkes her şeyi yapabilir.
pin-new = Yeni PIN
pin-hint = 4 ile 12 rakam. Unutulursa “ringup pin clear” komutu kaldırır.
pin-save = PIN koy
pin-clear = PIN’i kaldır
cashiers-title = Kasiyerler
cashiers-hint = Adları, kasadayken yapılanların yanında defterde durur. Kullanmamak için listeyi boş bırakın.
cashiers-name = Kasiyerin adı
cashiers-add = Kasiyer ekle
cashiers-remove = Kasiyeri çıkar
cashiers-who = Kim burada?
cashiers-nobody = Hiç kimse
entry-by = { $name }
entry-approved-by = İzin veren: { $name }

## The customer's display

settings-counter = Tezgâh
display-title = Müşteri ekranı
display-where = Nerede
display-hint = Dükkânın adını, tutarı, kodu ve onay işaretini gösterir; kasiyere ait hiçbir şeyi göstermez.
display-off = Yok
display-second-monitor = Varsa ikinci monitörde
display-window = Taşınabilir bir pencerede
customers-language = Müşterinin dili
customers-languages-title = Müşterilerin dilleri
customers-languages-first = Başlangıçta
customers-languages-screens = Kasanın ekranları gibi
customers-languages-hint = Biri seçene kadar müşteri ekranı, self servis ve makbuzlar bu dildedir.
customers-languages-more = Müşterilerin seçebileceği diğerleri

## Kiosk

kiosk-title = Kiosk
kiosk-hint = Tam ekran; yalnız PIN ile kapanır.
kiosk-enter = Kiosk kipine şimdi geç
kiosk-leave = Kiosk kipinden çık
kiosk-quit = Ringup’ı kapat
kiosk-no-pin = PIN yok: ayarları açan herkes kiosk kipinden çıkabilir.
kiosk-at-start = Hep kiosk kipinde başla
kiosk-autostart = Bu bilgisayarın kullanıcısı oturum açınca Ringup’ı başlat
kiosk-return = … saniye sonra tuşlara dön
kiosk-return-hint = 10 ile 3600 arası; kiosk kipinde, kimse bir şeye dokunmayınca.
kiosk-self-service = Müşteriler kendileri öder
kiosk-self-service-hint = Yalnız aşağıdaki tutarlar ödenebilir. Defter ve ayarlar PIN ister. Önce bir PIN koyun.
kiosk-self-service-card = Müşteriler kartla ödeyeceğini söyleyebilir: görevli kartı alır ve PIN’iyle onaylar
offer-name = Ne için
offer-amount = Tutar
offer-add = Tutar ekle
offer-remove = Tutarı çıkar

## Settings: ways to pay

settings-tenders = Ödeme yolları
settings-tenders-hint = Düğmeler bu sırayla durur; Enter ilkini alır. Yalnız kripto varsa tek düğme olur.
settings-tender-own = Ad, örneğin kupon
settings-tender-add = Başka ödeme yolu
settings-tender-remove = { $name } çıkar
settings-tender-up = Öne
settings-tender-down = Arkaya
settings-accounts = Hesaplar
settings-accounts-hint = Muhasebe kayıtlarını dışa aktarmak için: muhasebecinin programı nasıl biliyorsa. Biri eksikse dışa aktarma hangisi olduğunu söyler.
settings-problem-accounts = Hiçbir hesap 60 karakterden uzun olamaz.
account-sales-at = Satışlar %{ $rate }
account-tax-at = Vergi %{ $rate }
account-sales = Vergisiz satışlar
account-tips = Bahşişler
account-rounding = Nakit yuvarlaması
account-overpaid = Fazla ödenen
account-float = İlk bozuk para
account-in = Para girişleri
account-out = Para çıkışları
account-drop = Bankaya yatırılanlar
account-difference = Sayım farkları
settings-rounding = Nakit yuvarlaması
settings-rounding-hint = En küçük madeni paraların kullanılmadığı yerler için. Diğer ödeme yolları yuvarlanmaz.
settings-rounding-of = { $currency } nakit yuvarlaması
settings-rounding-none = Yok
settings-rounding-five = 0,05’e
settings-rounding-whole = Tama, aşağı

## Settings

settings-selling = Satış
settings-till-code = Bu kasanın kodu
settings-till-code-hint = Her satış numarasının önünde durur: A-000042. Dükkândaki her kasanın kendi kodu olmalı.
settings-currency = Para birimi
settings-lifetime = Ödeme süresi, dakika
settings-lifetime-hint = 3 ile 1440 arası
settings-entry = Tutar yazma
settings-entry-auto = Para birimine göre
settings-entry-cents = Önce kuruş (1250)
settings-entry-decimal = Virgülle (12,50)
settings-language = Dil
settings-language-system = Sistem gibi
settings-advanced = Ödeme geçidi için diğerleri
settings-description = Müşterinin okuduğu
settings-description-hint = Harfler, rakamlar, boşluklar ve #
settings-redirect = Müşterinin ödedikten sonra gittiği yer
settings-redirect-hint = Bir web adresi, http veya https
settings-webhook = Ödeme geçidinin ödemeleri bildirdiği yer
settings-webhook-hint = Merkezinizin web adresi, https
settings-calls = Ödeme geçidine dakikada en çok soru
settings-calls-hint = 6 ile 240 arası. Fazlası dükkânın engellenmesine yol açabilir.
settings-save = Kaydet
settings-saved = Kaydedildi
settings-key-title = API anahtarı
settings-key = cru.cash anahtarı
settings-key-hint = Bu bilgisayarın anahtarlığına girer ve bir daha gösterilmez.
settings-key-save = Anahtarı kaydet
settings-key-stored = Bir anahtar kayıtlı
settings-key-none = Kayıtlı anahtar yok
settings-key-unknown = Anahtarlık yanıt vermiyor
settings-key-practice = Alıştırma anahtar istemez. Dükkânınkini görmek için alıştırmadan çıkın.
settings-key-clear = Anahtarı kaldır
settings-key-clear-ask = Anahtar olmadan hiçbir şey satılamaz ve açık satışlar artık izlenmez.
key-in-use-title = Bekleyen kodlar var
key-in-use-say =
    { $count ->
        [one] Bir kod şimdiki anahtarla hâlâ ödenebilir.
       *[other] { $count } kod şimdiki anahtarla hâlâ ödenebilir.
    } Ödeme geçidi bunların yeni anahtara ait olduğunu doğrulamıyor. Başka hesabın anahtarıyla veya anahtarsız, kasa ödenip ödenmediklerini artık göremez.
key-in-use-keep = Anahtar kalsın
key-in-use-change = Yine de değiştir
settings-practice-title = Alıştırma
settings-practice-off = Uydurma bir müşteriye satın. Gerçek satışlarınız olduğu gibi kalır.
settings-practice-on = Alıştırma yapıyorsunuz. Alıştırma satışları gerçeklerle hiç karışmaz.
settings-practice-enter = Alıştırma yap
settings-practice-leave = Alıştırmadan çık
practice-reset = Alıştırmaya baştan başla
practice-reset-ask = Tüm alıştırma satışlarını unutur. Gerçek satışlarınız başka yerdedir ve olduğu gibi kalır.
settings-about = Ringup { $version } · { $gateway }
settings-updates = Yeni sürümler
settings-updates-say = Kasa günde bir kez, satış sırasında asla değil, yeni bir sürüm olup olmadığına bakar. Yalnızca haber verir, hiçbir şey kurmaz.
settings-updates-address = Nereye bakılacağı
settings-updates-address-hint = İmzalı bir bildirimin web adresi, https. Boşsa kasa hiç bakmaz.
settings-updates-key = O bildirimin açık anahtarı
settings-updates-key-hint = minisign’ın bir satırı; RW ile başlar.
update-off = Kasa hiçbir yere bakmıyor.
update-waiting = Henüz bakmadı.
update-current = Bu en yeni sürüm. Bakıldı: { $at }.
update-newer = { $version } sürümü ({ $day }) çıktı. Bu { $own }.
update-refused = Bakıldı: { $at }. Yeni bir sürüm bilinmiyor.
update-unreachable = Adrese ulaşılamıyor.
update-slow = Yanıt çok uzun sürüyor.
update-redirected = Sunucu kasayı başka bir adrese yolluyor; kasa oraya gitmez.
update-no-file = Sunucu dosyayı vermiyor.
update-too-large = Yanıt her bildirimden daha uzun.
update-not-signed = Dosya bu anahtarla imzalanmamış.
update-unreadable = Dosya imzalı, ama bu sürüm onu anlamıyor.
update-other-product = Dosya imzalı ve başka bir programa ait.
update-older = Dosya bundan daha eski bir sürümü bildiriyor.
settings-shop = Dükkân
settings-shop-name = Ad
settings-shop-address = Adres
settings-shop-tax-id = Vergi numarası
settings-shop-footer = Her makbuzun altında
settings-shop-footer-hint = Teşekkür, açılış saatleri, iade yolu
settings-taxes = Vergiler
settings-taxes-hint = Fiyatlara vergi dahildir. Makbuzlar ve gün, her oranda ne kadar olduğunu gösterir.
settings-tax-name = Adı
settings-tax-percent = Yüzde
settings-tax-remove = Bu oranı çıkar
settings-tax-add = Oran ekle
settings-tax-option = { $name } %{ $percent }
settings-default-tax = Tuşlarla yazılanın oranı
settings-default-tax-none = Vergi yok

settings-items = Ürünler
items-none = Henüz ürün yok. Her biri tuşların yanında bir düğme olur.
items-import = İçe aktar
items-export = CSV olarak kaydet
items-labels = Etiketler
labels-title = Raf etiketleri
labels-hint = Fiş kâğıdına basılır: ad, fiyat ve EAN ise barkod.
labels-all = Tüm ürünler
labels-print =
    { $count ->
        [one] Bir etiket yazdır
       *[other] { $count } etiket yazdır
    }
items-import-hint = name ve price sütunlu bir CSV dosyası; isterseniz para birimi, vergi, barkod, renk ve ürünün diğer özellikleri.
items-imported = İçe aktarıldı: { $added } yeni, { $changed } değişti.
import-title = Ürünleri içe aktar
import-sums = { $added } yeni, { $changed } değişen, { $refused } dışarıda. Henüz hiçbir şey yazılmadı.
import-line = Satır { $line }
import-new = yeni
import-changed = değişiyor
import-unchanged = aynı
import-refused = dışarıda
import-change = { $field }: { $from } → { $to }
import-field-name = Ad
import-field-price = Fiyat
import-field-tax = Vergi
import-field-barcode = Barkod
import-field-colour = Renk
import-none = yok
import-why =
    { $problem ->
        [name] 1 ile 60 karakterlik bir ad gerekli
        [price] “{ $cell }” bir fiyat değil. En çok iki ondalığı olur ve binler arasında işaret olmaz: 1.000 bir de olabilir bin de
        [currency] “{ $cell }” EUR, USD veya RUB değil
        [tax] “{ $cell }” 0 ile 100 arası bir yüzde değil
        [colour] “{ $cell }” diye bir renk yok
        [barcode] “{ $cell }” barkod değil: 4 ile 64 karakteri olur
        [barcode_uncertain] “{ $cell }” bir hesap tablosu sayısı ve rakamları barkod olduğunu kanıtlamıyor. Sütunu metin yapıp kodu yeniden girin
        [barcode_twice] Önceki bir satırda { $cell } barkodu var
        [name_ambiguous] Birkaç ürünün adı { $cell } ve hangisi olduğunu söyleyen barkod yok
        [too_many_cells] “{ $cell }” için sütun yok. Fiyattaki virgül tırnak ister
        [category] “{ $cell }” kategori olamaz
        [sold] “{ $cell }” each, open veya weight değil
        [options] “{ $cell }” seçenek olarak okunamıyor ya da biri ürünü bedava yapardı. Şöyle yazın: one Size: small +0.00 | large +0.50
        [deposit] “{ $cell }” depozito veya vergi değil
        [sold_out] “{ $cell }” yes veya no değil
        [warn_at] “{ $cell }” 9999’a kadar bir tam sayı değil
        [too_many] 500’den fazla ürün
       *[other] Saklanamaz
    }
import-repeats-name = Satır { $line } ile aynı adı taşıyor. Ayrı bir ürün olur.
import-code-mended = Barkod “{ $from }” değerinden okundu; denetim rakamı doğru.
import-zero-missing = Bir sıfır eksik olabilir: onunla { $code } bir ürünün barkodu olurdu.
import-confirm =
    { $count ->
        [one] 1 ürünü içe aktar
       *[other] { $count } ürünü içe aktar
    }
import-nothing = İçe aktarılacak bir şey yok
item-add = Ürün ekle
item-new = Yeni ürün
item-title = { $name } ürününü değiştir
item-name = Ad
item-no-name = Ürünün bir adı olmalı.
item-price = Fiyat, vergi dahil
item-no-price = 3,50 gibi bir fiyat.
item-tax = Fiyattaki vergi
item-tax-in = %{ $percent } vergi
item-barcode = Barkod
item-barcode-hint = Bu alana okutun veya boş bırakın.
item-barcode-short = En az 4 karakter.
item-colour = Renk
item-save = Kaydet
item-remove = Sil
item-up = { $name } yukarı
item-down = { $name } aşağı
item-category = Kategori
item-category-hint = Ürünlerin üstünde bir sekme. İstemezseniz boş bırakın.
item-sold = Satış
item-sold-each = kendi fiyatıyla
item-sold-open = her seferinde yazılan fiyatla
item-sold-weight = tartıyla: fiyat kilo içindir
item-options = Seçenekler
item-options-wrong = Her grubun ve seçeneğin bir adı olmalı; fark 0,50 veya -0,50 gibi bir tutardır.
item-group-add = Seçenek ekle
item-group-name = Ne seçilir, örneğin Boy
item-group-choose = Kaç tane
item-group-one = şunlardan biri
item-group-any = şunlardan istenildiği kadar
item-group-remove = { $name } seçeneklerini çıkar
item-option-name = Seçenek, örneğin büyük
item-option-difference = Fiyat ±
item-option-add = Bir tane daha
item-option-remove = { $name } seçeneğini çıkar
item-deposit = Depozito
item-deposit-hint = Kendi satırında. Yoksa boş bırakın.
item-deposit-tax = Depozitodaki vergi
item-deposit-tax-item = ürün gibi
item-sold-out = Tükendi
item-count-stock = Stok say
item-stock = Şu an stokta
item-stock-hint = Bundan sonra satılan düşülür.
item-warn-at = Şu kadar kalınca uyar
item-no-count = 9999’a kadar bir tam sayı.
yes = evet
no = hayır
colour-sand = Kum
colour-rose = Gül
colour-coral = Mercan
colour-amber = Kehribar
colour-lemon = Limon
colour-sky = Gök
colour-lilac = Leylak
colour-stone = Taş
settings-tips = Bahşişler
settings-tips-ask = QR’dan önce bahşiş sor
settings-tips-round = Yuvarlamayı öner
settings-percents = Önerilen yüzdeler
settings-discounts = İndirimler
settings-discounts-offer = Tuşlarda indirim düğmesi
settings-hold = Bekletilen sepetler
settings-hold-offer = Ödenmemiş sepeti bir ad veya masa altında bekletme düğmesi
settings-scanner = Barkod okuyucu
settings-scanner-none = Öğrenilmedi. Çoğu okuyucu yine de tanınır; kısa kodlu yavaş bir okuyucu ancak öğrenilince tanınır.
settings-scanner-waiting = Şimdi herhangi bir barkod okutun.
settings-scanner-short = “{ $code }” çok kısa veya çok yavaş geldi. Altı veya daha çok karakterli bir barkod okutun.
settings-scanner-learnt =
    Öğrenildi: tuştan tuşa { $gap } ms, { $ending ->
        [enter] sonra Enter
        [tab] sonra Tab
       *[none] sonra hiçbir şey
    }.
settings-scanner-learn = Bir okutmadan öğren
settings-scanner-forget = Unut
settings-scale-codes = Terazi kodları
settings-scale-codes-hint = 20 ile 29 arasıyla başlayan bir EAN-13, ağırlık veya fiyat taşır. Ürünün barkodu önek ve ürünün rakamlarıdır; fiyatı kilo fiyatıdır.
settings-scale-prefix = Önek
settings-scale-holds = Kodun taşıdığı
settings-scale-weight = ağırlık (g)
settings-scale-price = fiyat
settings-scale-article = Ürünün rakamları
settings-scale-article-digits = ürün: { $digits } rakam
settings-scale-value = Değerin rakamları
settings-scale-value-digits = değer: { $digits } rakam
settings-scale-remove = { $prefix } çıkar
settings-scale-add = Önek ekle
settings-scale-wrong = Her önek bir kez, 20 ile 29 arası. Ürün ve değer birlikte en çok on rakamdır.
settings-large-times = Olağan tutarın kaç katından sonra yeniden sorulsun
settings-large-times-hint = Olağan tutar, o para birimindeki son 200 ödenmiş satışın ortancasıdır.
settings-large-times-wrong = 2 ile 10.000 arası bir tam sayı.
settings-large-at-least = Şunun altında hiç, { $currency }
settings-large-at-least-wrong = Tahsil edilebilecek bir tutar.

settings-days = Günler
settings-zone = Saat dilimi
settings-zone-hint = Dükkânın günü buna göre başlar ve biter
settings-printer = Makbuz yazıcısı
settings-printer-none = Yok
settings-printer-network = Ağ
settings-printer-usb = USB
settings-printer-serial = Seri
settings-printer-device = Aygıt dosyası
settings-printer-queue = CUPS kuyruğu
settings-printer-look = Yazıcı ara
settings-printer-looking = Aranıyor, yaklaşık üç saniye …
settings-printer-nearby = Yazıcılar ve bağlantı noktaları
settings-printer-nearby-none = Yazıcı bulunamadı. Açık ve bağlı mı? Adresi yazılabilir.
settings-printer-device-hint = Örneğin /dev/usb/lp0 veya /dev/lp0
settings-printer-queue-name = Kuyruğun adı
settings-printer-queue-hint = lpstat -e nasıl gösteriyorsa. Makbuzlar değişmeden geçer.
settings-letters = Harfler
settings-letters-printer = Yazıcının harfleri
settings-letters-picture = Resim olarak
settings-letters-hint = Resim; Yunanca, Lehçe, Ukraynaca veya Kazakçayı her yazıcıda gösterir. Test sayfası ikisini de gösterir.
settings-printer-host = Adres
settings-printer-port = Bağlantı noktası
settings-printer-vendor = Üretici numarası
settings-printer-product = Model numarası
settings-printer-usb-hint = Dört onaltılık rakam, örneğin 04b8
settings-printer-path = Bağlantı noktası
settings-printer-path-hint = /dev/ttyUSB0 veya COM3
settings-printer-baud = Saniyede bit
settings-paper = Kâğıt
settings-paper-58 = 58 mm
settings-paper-80 = 80 mm
settings-auto-print = Satış ödenir ödenmez yazdır
settings-drawer = Çekmeceyi ilk makbuzla aç
settings-printer-test = Test sayfası yazdır
settings-printer-tested = Yazdırıldı. Üzerinde okunabilen harfleri seçin.
settings-printer-test-sent = Gönderildi. Bu yazıcı yazdırıp yazdırmadığını söylemez: kâğıda bakın.
settings-printer-save-first = Önce kaydedin, sonra deneyin.
settings-unsaved = Henüz kaydedilmedi
settings-unread = Bazı ayarlar okunamadı. Yeniden kaydedene kadar olağan değerlerindeler.
settings-unread-all = Ayarlar okunamadı. Yeniden kaydedene kadar her şey olağan değerinde.
settings-problem-lifetime = 3 ile 1440 dakika arası
settings-problem-description = En az üç Latin veya Rus harfi ya da rakam
settings-problem-webhook = https:// ile başlayan bir web adresi
settings-problem-redirect = https:// veya http:// ile başlayan bir web adresi
settings-problem-updates-address = https:// ile başlayan, kullanıcı adı içermeyen bir web adresi
settings-problem-updates-key = minisign’ın bir açık anahtarı; adres için gereklidir
settings-problem-till-code = Bir ile üç harf (A–Z) veya rakam
settings-problem-calls = 6 ile 240 arası bir tam sayı
settings-problem-text = En çok 400 karakter
settings-problem-tenders = En az birini seçin; kendi yollarınızın her birinin adı olmalı.
settings-problem-taxes = Her oranın en çok 24 karakterlik bir adı ve en çok 100 yüzdesi olmalı; her yüzde burada bir kez durabilir.
settings-problem-default-tax = Yukarıdaki oranlardan birini seçin
settings-problem-zone = Bu bilgisayar bu saat dilimini bilmiyor. Başkasını seçin.
settings-problem-printer = Yazıcının nasıl bağlı olduğunu yeniden seçin
settings-problem-host = Yalnız bir ad veya adres, örneğin 192.168.1.40
settings-problem-port = 1 ile 65535 arası bir sayı
settings-problem-usb = Dört onaltılık rakam, hepsi sıfır değil, örneğin 04b8
settings-problem-serial = Bir seri bağlantı noktası: /dev/ttyUSB0 veya COM3
settings-problem-percents = 0’dan büyük, 100’e kadar en çok dört yüzde.
settings-problem-cashiers = Her kasiyerin en çok 40 karakterlik bir adı olmalı; her ad burada bir kez durabilir.
settings-problem-free-discount = Yüzde 0 ile 100 arası.
settings-problem-return = 10 ile 3600 saniye arası bir tam sayı
settings-problem-offers = Her tutarın bir adı ve tahsil edilebilecek bir tutarı olmalı, örneğin 3,50; self servis için en az biri gerekli.
settings-problem-paid-after = 5 ile 120 saniye arası bir tam sayı
settings-problem-choice = Bunu yeniden seçin
settings-problem-part = Bu bölümün tümü okunamadı. Yeniden ayarlayın.
settings-problem-backup = Klasörü yeniden seçin
settings-looks = Görünüm ve ses
looks-title = Görünüm
looks-theme = Renkler
looks-theme-system = Bilgisayar gibi
looks-theme-light = Açık
looks-theme-dark = Koyu
looks-theme-high-contrast = Yüksek karşıtlık
looks-theme-hint = Müşteri ekranında da aynıdır.
looks-scale = Her şeyin boyutu
looks-percent = %{ $percent }
looks-paid = Bir satış ödenince
looks-paid-returns = Kendiliğinden tuşlara dön
looks-paid-after = … saniye sonra
looks-paid-after-hint = 5 ile 120 arası. Bir dokunuş veya pencere süreyi yeniden başlatır.

keyboard = Ekran klavyesi
keyboard-use = Ne zaman gösterilsin
keyboard-use-kiosk = Kiosk modunda
keyboard-use-touch = Bir parmak bir alana dokunduğunda
keyboard-use-never = Hiçbir zaman
keyboard-backspace = Sil
keyboard-shift = Büyük harf
keyboard-signs = Rakamlar ve işaretler
keyboard-layout = Sonraki dil
keyboard-space = Boşluk
keyboard-enter = Giriş
keyboard-hide = Gizle
sound-title = Ses
sound-on = Kasa ses çıkarır
sound-volume = Ses düzeyi
sound-paid = Ödendi
sound-paid-when = Para geldi.
sound-ended = Bitti
sound-ended-when = Bir kod ödenmeden bitti.
sound-error = Hata
sound-error-when = Bir şey ters gitti: okuyun.
sound-alarm = Alarm
sound-alarm-when = Geç veya iki kez ödendi. Biri görene kadar yeniden çalar.
sound-listen = Dinle: { $sound }

settings-backup = Yedek
backup-say = Ringup her gün defterini bir klasöre, en iyisi başka bir diske veya USB belleğe kopyalar ve her kopyayı denetler.
backup-sign = Yedek yok
backup-off = Kopya alınmıyor.
backup-waiting = İlk kopya alınıyor.
backup-good = Kopyalar sağlam.
backup-unflushed = Klasörü, bazı ağ paylaşımlarında olduğu gibi, elektrik kesintisini atlatacağına güvence vermez.
backup-folder-missing = Klasör yerinde değil. Belleği takın veya başka klasör seçin.
backup-failed = Son kopya başarısız oldu.
backup-folder = Klasör
backup-no-folder = Seçilmedi
backup-last = Son sağlam kopya
backup-never = Henüz yok
backup-now = Şimdi kopyala
backup-choose = Klasörü seç
backup-stop = Kopyalamayı bırak
office = Merkez
office-none = Bu kasa bir merkeze bağlı değil.
office-say = Merkez bu kasanın defterindeki her kaydı alır ve elindekini imzalar. Satış onu hiç beklemez.
office-pair = Bağla
office-pair-again = Yeniden bağla
office-pair-title = Bir merkeze bağla
office-pair-say = Merkez her kasa için bir kod gösterir (ringup-office pair ve bir ad). Alana okutun, olduğu gibi yazın veya içinde olduğu dosyayı seçin.
office-code = Bağlama kodu
office-code-hint = Bir kez, on beş dakika geçerlidir
office-pair-file = Dosyadan
office-pair-save = Bağla
office-waiting =
    { $count ->
        [0] Her şey ulaştı.
        [one] Bir kayıt yolda.
       *[other] { $count } kayıt yolda.
    }
office-name = Oradaki adı
office-address = Adres
office-fingerprint = Sertifikası
office-answered = Son bağlantı
office-never = Henüz yok
office-signed = Orada imzalı
office-signed-entry = kayıt { $seq }, { $hash }, { $at }
settings-receipt-qr = Müşterilere fişlerinin kodunu göster
settings-receipt-qr-none = Henüz kod gösterilmiyor: merkezin telefonların açabileceği herkese açık bir adresi yok.
settings-receipt-qr-at = Telefonlar onu { $address } adresinde açar.
office-leave = Ayrıl
office-leave-title = Merkezden ayrılınsın mı?
office-leave-say = Artık hiçbir şey gönderilmez. Ulaşanlar merkezde kalır, kasa önceki gibi satar. Dönmek için yeni kod gerekir.
office-leave-waiting =
    { $count ->
        [one] Bir kayıt oraya ulaşmadı.
       *[other] { $count } kayıt oraya ulaşmadı.
    }
office-stay = Bağlı kal
office-sign-late = Gönderilmedi
office-sign-asks = Merkez

shared-locked = Mağazanın tüm kasaları için merkezde değiştirilir.
shared-local = Merkez bunu tüm kasalarla paylaşır. Burada değiştirilen, merkez yeniden değiştirene kadar bu kasada geçerlidir.
shared-changed = Bu kasada değiştirildi. Merkez yeniden değiştirene kadar geçerlidir.
office-shared = Paylaşılan ayarlar: sürüm { $number }, alındı: { $at }
office-shared-refused = Merkezden alınmadı: { $field }. Neden: { $problem }. Bu kasa elindekini korur.
office-offer = Bu kasanın ayarlarını sun
office-offer-say = Bu kasanın ürünleri, vergileri, kasiyerleri ve metinleri, mağazanın tüm kasaları için.
office-offered = Sunuldu. Merkezde biri kabul edince tüm kasalar için geçerli olur.

## A journal that cannot be opened

restore-title = Defterin bir kopyasıyla sürdür
restore-looking = Sağlam bir kopya aranıyor…
restore-none = Kopya klasöründe sağlam kopya bulunamadı.
restore-found =
    { $sales ->
        [one] { $time } tarihli tam bir kopya, { $sales } satışlı.
       *[other] { $time } tarihli tam bir kopya, { $sales } satışlı.
    }
restore-lost =
    { $count ->
        [0] Buradaki defterde olan her şeyi içerir.
        [one] Sonraki { $count } kayıt içinde değil.
       *[other] Sonraki { $count } kayıt içinde değil.
    }
restore-lost-unknown = Ondan sonra satılanlar içinde değil.
restore-perhaps-incomplete = -wal ile biten dosya olmadan elle kopyalanmış: son satışları eksik olabilir.
restore-kept = Buradaki defter başka bir adla saklanır.
restore-accept = Bu kopyayı kullan
restore-sure = Evet, kopyayla sürdür
restore-choose = Bir kopya seç…

## Errors: what happened, whether money moved, what to do

error-money = Para hareketi oldu mu?
error-next = Ne yapmalı
error-dismiss = Anladım
error-again = Yeniden dene
error-open-settings = Ayarları aç

fault-amount-empty =
    .what = Henüz tutar yok
    .money = Hayır. Hiçbir şey tahsil edilmedi.
    .next = Tutarı yazıp yeniden tahsil edin.
fault-amount-not-a-number =
    .what = Bu bir tutar değil
    .money = Hayır. Hiçbir şey tahsil edilmedi.
    .next = Tutarı rakamla yeniden yazın.
fault-amount-too-many-decimals =
    .what = Bir tutarın en çok iki ondalığı olur
    .money = Hayır. Hiçbir şey tahsil edilmedi.
    .next = Tutarı yuvarlayıp yeniden tahsil edin.
fault-amount-below-minimum =
    .what = Tutar çok küçük
    .money = Hayır. Hiçbir şey tahsil edilmedi.
    .next = { $minimum } veya daha fazlasını tahsil edin.
fault-amount-above-maximum =
    .what = Tutar çok büyük
    .money = Hayır. Hiçbir şey tahsil edilmedi.
    .next = { $maximum } veya daha azını tahsil edin ya da satışı bölün.
fault-amount-unusual =
    .what = Tutar her zamankinden çok fazla
    .money = Hayır. Hiçbir şey tahsil edilmedi.
    .next = Tutarı denetleyin. Doğruysa yeniden tahsil edip onaylayın.
fault-currency-unknown =
    .what = Bu para biriminde tahsil edilemez
    .money = Hayır. Hiçbir şey tahsil edilmedi.
    .next = Başka bir para birimi seçin.
fault-note-too-long =
    .what = Not çok uzun
    .money = Hayır. Hiçbir şey tahsil edilmedi.
    .next = Notu kısaltıp yeniden tahsil edin.
fault-basket-mismatch =
    .what = Kalemlerin toplamı tutar etmiyor
    .money = Hayır. Hiçbir şey tahsil edilmedi.
    .next = Tuşları temizleyip satışı yeniden girin.
fault-items-invalid =
    .what =
        { $problem ->
            [name] Satır { $place }: 1 ile 60 karakterlik bir ad gerekli
            [price] Satır { $place }: bu bir fiyat değil. En çok iki ondalığı olur ve binler arasında işaret olmaz
            [currency] Satır { $place }: para birimi EUR, USD veya RUB olmalı
            [tax] Satır { $place }: vergi 0 ile 100 arası bir yüzde olmalı
            [colour] Satır { $place }: böyle bir renk yok
            [barcode] Satır { $place }: barkodun 4 ile 64 karakteri olur
            [barcode_twice] Satır { $place }: bu barkod başka bir üründe var
            [barcode_uncertain] Satır { $place }: barkod bir hesap tablosu sayısı
            [name_ambiguous] Satır { $place }: bu ad birkaç üründe var
            [too_many_cells] Satır { $place }: sütundan çok hücre var. Fiyattaki virgül tırnak ister
            [category] Satır { $place }: kategorinin 1 ile 60 karakteri olur ve tire değildir
            [options] Satır { $place }: seçeneklerin adı yok ya da bir seçim ürünü bedava yapardı
            [deposit] Satır { $place }: depozito sıfırdan büyük olmalı
            [warn_at] Satır { $place }: uyarı stoku 9999’a kadar bir tam sayıdır
            [quote] Satır { $place }: tırnaklı bir hücre gereken yerde bitmiyor
            [too_many] 500’den fazla ürün
            [columns] İlk satır sütunları adlandırmalı: en az name ve price
            [not_text] Satır { $place }: dosya UTF-8 metin değil
            [too_large] Dosya çok büyük
            [empty] Dosyada ürün yok
           *[other] Satır { $place } saklanamaz
        }
    .money = Hayır. Bu yalnız ürünlerle ilgili.
    .next = Düzeltip yeniden deneyin. Ürünler olduğu gibi.
fault-items-unreadable =
    .what = Dosya okunamadı
    .money = Hayır. Bu yalnız ürünlerle ilgili.
    .next = Dosyanın yerinde ve okunabilir olup olmadığına bakıp yeniden içe aktarın.
fault-items-unwritable =
    .what = Ürünler yazılamadı
    .money = Hayır. Bu yalnız ürünlerle ilgili.
    .next = Diskin dolu veya kilitli olup olmadığına bakıp yeniden deneyin.
fault-settings-invalid =
    .what = Bir ayar saklanamıyor: { $field }
    .money = Hayır. Bu yalnız ayarlarla ilgili.
    .next = Düzeltip yeniden kaydedin. Eski ayarlar hâlâ geçerli.
fault-settings-shared =
    .what = Bu, merkezde değiştirilir
    .money = Hayır. Yalnızca ayarlarla ilgilidir.
    .next = Merkezi yönetene sorun. Orada tüm kasalar için değiştirilir veya kasaların kendilerinin değiştirmesine izin verilir.
fault-settings-unwritable =
    .what = Ayarlar yazılamadı
    .money = Hayır. Bu yalnız ayarlarla ilgili.
    .next = Diskin dolu veya kilitli olup olmadığına bakıp yeniden kaydedin.
fault-key-missing =
    .what = Henüz anahtar yok
    .money = Hayır. Hiçbir şey tahsil edilmedi.
    .next = cru.cash hesabınızdaki anahtarı ayarlara yapıştırın.
fault-key-invalid =
    .what = Bu bir anahtar olamaz
    .money = Hayır. Hiçbir şey gönderilmedi.
    .next = cru.cash hesabınızdaki anahtarın tamamını kopyalayıp yeniden yapıştırın.
fault-key-in-use =
    .what = { $count ->
        [one] Bir kod şimdiki anahtarla hâlâ ödenebilir
       *[other] { $count } kod şimdiki anahtarla hâlâ ödenebilir
    }
    .money = Belki: biri ödüyor olabilir. Anahtar değişmedi.
    .next = Bu satışlar bitene kadar bekleyin veya aynı hesabın bir anahtarını kullanın.
fault-key-refused =
    .what = Ödeme geçidi anahtarı kabul etmiyor
    .money = Hayır. Yeni kod hazırlanmadı; önce gösterilenler hâlâ ödenebilir.
    .next = Ayarlara geçerli bir anahtar yapıştırın. Tüm açık satışlar saklanıyor.
fault-keychain-no-service =
    .what = Bu bilgisayarda çalışan bir anahtarlık yok
    .money = Hayır. Hiçbir şey tahsil edilmedi.
    .next = Anahtarlık hizmetini başlatıp (Linux’ta: GNOME Keyring veya KWallet) yeniden deneyin.
fault-keychain-locked =
    .what = Anahtarlık kilitli
    .money = Hayır. Hiçbir şey tahsil edilmedi.
    .next = Anahtarlığın kilidini açıp yeniden deneyin.
fault-keychain-hangs =
    .what = Anahtarlık yanıt vermiyor
    .money = Hayır. Hiçbir şey tahsil edilmedi.
    .next = Bir yerde parola sorup sormadığına bakıp yeniden deneyin.
fault-keychain-failed =
    .what = Anahtarlık bir hata bildiriyor
    .money = Hayır. Hiçbir şey tahsil edilmedi.
    .next = Yeniden deneyin. Sürerse bilgisayarı yeniden başlatın.
fault-keychain-no-collection =
    .what = Anahtarlıkta yeni anahtar için yer yok
    .money = Hayır. Hiçbir şey tahsil edilmedi.
    .next = Anahtarlık programını (Parolalar ve Anahtarlar, KWallet Manager) açın, bir anahtarlık oluşturup varsayılan yapın. Sonra anahtarı yeniden kaydedin.
fault-keychain-ambiguous =
    .what = Anahtarlıkta bu kasa için birkaç anahtar var
    .money = Hayır. Hiçbir şey tahsil edilmedi.
    .next = Geçerli anahtarı ayarlara yapıştırın: hepsinin yerine geçer.
fault-keychain-not-a-key =
    .what = Anahtarlıktaki bir anahtar değil
    .money = Hayır. Hiçbir şey tahsil edilmedi.
    .next = cru.cash hesabınızdaki anahtarı kopyalayıp ayarlara yapıştırın.
fault-gateway-unreachable =
    .what = Ödeme geçidine ulaşılamıyor
    .money = Hayır. Hiçbir şey gönderilmedi.
    .next = Ağı denetleyip yeniden deneyin.
fault-gateway-refused =
    .what =
        { $status ->
            [none] Ödeme geçidi reddetti
           *[other] Ödeme geçidi reddetti ({ $status })
        }
    .money = Hayır. Kod hazırlanmadı.
    .next = Aşağıdaki nedeni okuyun. Yardımcı olmazsa cru.cash’e sorun.
fault-gateway-rate-limited =
    .what = Ödeme geçidi ara istiyor
    .money = Hayır. Kod hazırlanmadı.
    .next =
        { $seconds ->
            [0] Biraz bekleyip yeniden deneyin.
            [one] { $seconds } saniye bekleyip yeniden deneyin.
           *[other] { $seconds } saniye bekleyip yeniden deneyin.
        }
fault-pay-url-refused =
    .what = Ödeme geçidi garip bir ödeme adresi gönderdi
    .money = Hayır. Adres kimseye gösterilmedi.
    .next = Yeniden denemeyin. cru.cash’e bildirin: dolandırıcılık olabilir.
fault-gateway-timeout =
    .what = Ödeme geçidi zamanında yanıt vermedi
    .money = Hayır. Bir kod hazırlandıysa kimse görmedi.
    .next = Yeniden deneyin: aynı satış olarak kalır.
fault-gateway-failed =
    .what =
        { $status ->
            [none] Ödeme geçidinde arıza var
           *[other] Ödeme geçidinde arıza var ({ $status })
        }
    .money = Hayır. Bir kod hazırlandıysa kimse görmedi.
    .next = Yeniden deneyin: aynı satış olarak kalır.
fault-gateway-unreadable =
    .what = Ödeme geçidinin yanıtı okunamıyor
    .money = Hayır. Bir kod hazırlandıysa kimse görmedi.
    .next = Yeniden deneyin: aynı satış olarak kalır.
fault-gateway-broken-connection =
    .what = Bağlantı koptu
    .money = Hayır. Bir kod hazırlandıysa kimse görmedi.
    .next = Yeniden deneyin: aynı satış olarak kalır.
fault-interrupted =
    .what = Yanıt gelmeden kasa durdu
    .money = Hayır. Bir kod hazırlandıysa kimse görmedi.
    .next = Yeniden deneyin: aynı satış olarak kalır.
fault-journal-unwritable =
    .what = Kasa diskine yazamıyor
    .money = Yeni bir şey satılmadı. Önce gösterilen kodlar hâlâ ödenebilir ve yeniden sorulur.
    .next = Diskin dolu veya kilitli olup olmadığına bakın. Yazılabildiğinde satış kendiliğinden sürer.
fault-journal-newer =
    .what = Defteri daha yeni bir Ringup yazmış
    .money = Hayır. Hiçbir şey değişmedi.
    .next = Bu bilgisayara en yeni Ringup’ı kurun.
fault-journal-corrupt =
    .what = Defter hasarlı
    .money = Bundan dolayı değil. Önce gösterilen kodlar hâlâ ödenebilir.
    .next = Bu kasada satmayın. Kasaya bakan kişiyi çağırın ve dosyayı saklayın.
fault-journal-unreadable =
    .what = Defter okunamıyor
    .money = Bundan dolayı değil. Önce gösterilen kodlar hâlâ ödenebilir.
    .next = Diskin yerinde ve okunabilir olup olmadığına bakıp yeniden deneyin.
fault-journal-in-use =
    .what = Defter başka bir programda açık
    .money = Hayır. Hiçbir şey değişmedi.
    .next = Bu bilgisayardaki tüm Ringup’ları kapatıp yeniden deneyin.
fault-journal-other-gateway =
    .what = Bu defterde başka bir ödeme geçidinin parası var
    .money = Hayır. Kod hazırlanmadı.
    .next = Ringup’ı kapatıp yeniden açın: o zaman kendi ödeme geçidinin defterini açar.
fault-journal-replaced =
    .what = Kasa açıkken defterin yerine başka bir dosya kondu
    .money = Yeni bir şey satılmadı. Önce gösterilen kodlar hâlâ ödenebilir. { $file ->
        [none] Kasanın yazdıkları hâlâ açık ve yer olur olmaz saklanır.
       *[other] Kasanın yazdıkları { $file } içinde saklanıyor.
    }
    .next = Satmayın. Kasanın klasörünü kopyalayan veya eşitleyen şeyi durdurun ve kasaya bakan kişiyi çağırın. Kasayı kapatıp saklanan dosyayı geri yükleyin.
fault-backup-unwritable =
    .what = Kopya yazılamadı
    .money = Hayır. Defterin kendisi bundan etkilenmez.
    .next = Kopya belleğinin veya diskinin dolu ya da kilitli olup olmadığına bakıp yeniden deneyin.
fault-backup-taken =
    .what = Kopyanın gideceği yerde başka bir dosya var
    .money = Hayır. Hiçbir şeyin üzerine yazılmadı.
    .next = Kopya için başka bir ad veya klasör seçin.
fault-backup-damaged =
    .what = Kopya yazıldı ama tam değil
    .money = Hayır. Defterin kendisi bundan etkilenmez.
    .next = Başka bir bellek veya disk kullanın: bu eskiyor olabilir.
fault-history-broken =
    .what = Defter daha önce kopyalanan defter değil
    .money = Evet: satışlar eksik olabilir. Kopya alınmadı, hiçbiri silinmedi.
    .next = Satışı durdurun. Eski bir dosya geri konmuş olabilir. En yeni kopyayı geri yükleyin veya kasaya bakan kişiyi çağırın.
fault-backup-folder-missing =
    .what = Kopya klasörü yerinde değil
    .money = Hayır. Defterin kendisi bundan etkilenmez.
    .next = Belleği takın veya başka klasör seçin.
fault-backup-unflushed =
    .what = Kopya tam, ama klasörü elektrik kesintisine karşı güvence vermiyor
    .money = Hayır. Defterin kendisi bundan etkilenmez.
    .next = Yapacak bir şey yok. Elektrik kesintisinden sonra kopyanın durup durmadığına bakın; USB bellek güvence verir.
fault-restore-unusable =
    .what = Bu kopya kullanılamaz
    .money = Hayır. Hiçbir şey değişmedi.
    .next = Başka bir kopya seçin. Bunu kasaya bakan kişi için saklayın.
fault-restore-loses =
    .what = Buradaki defterde kopyada olmayan kayıtlar var
    .money = Hayır. Hiçbir şey değişmedi.
    .next = Daha yeni bir kopya kullanın.
fault-restore-other-till =
    .what = Kopya başka bir kasanın
    .money = Hayır. Hiçbir şey değişmedi.
    .next = Bu kasanın bir kopyasını seçin.
fault-restore-other-gateway =
    .what = Kopyada başka bir ödeme geçidinin parası var
    .money = Hayır. Hiçbir şey değişmedi.
    .next = Bu ödeme geçidinin defterinden bir kopya seçin.
fault-restore-none =
    .what = Geri yüklenecek kopya yok
    .money = Hayır. Hiçbir şey değişmedi.
    .next = Bir kopyayı kendiniz seçin.
fault-sale-unknown =
    .what = Bu kasada böyle bir satış yok
    .money = Hayır. Hiçbir şey değişmedi.
    .next = Tuşlara dönün.
fault-sale-not-retryable =
    .what = Bu satış şimdi yeniden denenemez
    .money = Yeni bir şey tahsil edilmedi.
    .next = Durumuna bakın: ödenmiş veya hâlâ bekliyor olabilir.
fault-qr-none =
    .what = Gösterilecek kod yok
    .money = Hayır. Kod olmadan kimse ödeyemez.
    .next = Satışı yeniden deneyin.
fault-tender-off =
    .what = Bu kasa bunu almaz ve vermez
    .money = Hiçbir şey yazılmadı.
    .next = Müşterilerin neyle ödeyebileceği ayarlarda yazar.
fault-tender-too-much =
    .what = Bu, kalandan fazla
    .money = Hiçbir şey alınmadı.
    .next = En çok { $most } alın.
fault-given-too-little =
    .what = Ödenecekten az verildi
    .money = Hiçbir şey alınmadı.
    .next = En az { $due } girin veya kısmi ödeme olarak alın.
fault-tender-unknown =
    .what = Bu ödeme artık geçerli değil
    .money = Hiçbir şey değişmedi.
    .next = Satışı yeniden açın: çoktan geri alınmış olabilir.
fault-tender-refunded =
    .what = Bu satışın parası zaten iade edildi
    .money = Hiçbir şey değişmedi.
    .next = Önce iadeyi, sonra ödemeyi geri alın.
fault-tender-closed =
    .what = Bu ödeme zaten bir Z raporunda
    .money = Hiçbir şey değişmedi.
    .next = Bunun yerine bir iade girin.
fault-drawer-off =
    .what = Dükkân çekmece saymıyor
    .money = Para hareketi olmadı.
    .next = Çekmeceyi ayarlarda açın.
fault-count-wrong =
    .what = Bu sayım doğru olamaz
    .money = Hiçbir şey yazılmadı.
    .next = Yeniden sayın: banknot ve madeni paralar toplamı tutmalı ve olandan fazlası kalamaz.
fault-refund-too-much =
    .what = Ödenenden fazlası iade edilemez
    .money = Hiçbir şey yazılmadı: iade yapılmadı.
    .next = En çok { $most } girin.
fault-refund-unknown =
    .what = Bu iade artık geçerli değil
    .money = Hiçbir şey değişmedi.
    .next = Satışı yeniden açın: çoktan geri alınmış olabilir.
fault-reason-missing =
    .what = Bir neden gerekli
    .money = Hiçbir şey yazılmadı.
    .next = Defteri sonra okuyacaklar için birkaç sözcükle nedenini yazın.
fault-cart-gone =
    .what = { $label } artık bekletilmiyor: başka yerde alındı, bölündü veya bırakıldı
    .money = Para hareketi olmadı ve tuşlardaki hâlâ duruyor.
    .next = Tahsil etmeden önce satışlara ve şimdi bekletilenlere bakın.
fault-cart-unnamed =
    .what = Bekletilen sepet için en çok { $limit } karakterlik bir ad veya masa gerekli
    .money = Para hareketi olmadı.
    .next = Kimin olduğunu yazın.
fault-office-code-invalid =
    .what = Bu kod kasayı bir merkeze bağlamıyor
    .money = Hiçbir şey değişmedi ve kasa satmayı sürdürüyor.
    .next = Merkezden yeni bir kod isteyin: her biri bir kez, on beş dakika geçerlidir.
fault-office-none =
    .what = Bu kasa bir merkeze bağlı değil
    .money = Hiçbir şey gönderilmedi ve kasa satmayı sürdürüyor.
    .next = Önce merkezden bir kodla bağlayın.
fault-office-quarantined =
    .what = Merkeze bu kasanın başka bir defteri geldi
    .money = Para kaybı yok: her şey bu kasanın defterinde, merkez onu kendi defterinin yanında saklıyor ve kasa satmayı sürdürüyor.
    .next = Merkezi yürüten, ikisinden hangisinin süreceğine karar vermeli (ringup-office forks). Bu kasa bir kopyadan geri yüklendiyse veya dizüstü kopyalandıysa söyleyin.
fault-office-refused =
    .what = Merkez bu kasanın kayıtlarını kabul etmiyor
    .money = Para kaybı yok: her şey bu kasanın defterinde ve kasa satmayı sürdürüyor.
    .next = Merkezi yürütene söyleyin.
fault-office-set-aside =
    .what = Merkez bu kasanın başka bir defterinden yana karar verdi
    .money = Para kaybı yok: her şey bu kasanın defterinde, merkez onu kendi defterinin yanında saklıyor ve kasa satmayı sürdürüyor. Satışları orada hiçbir toplama girmez.
    .next = Merkezi yürütene sorun. Kararı geri alabilir (ringup-office forks).
fault-office-token-refused =
    .what = Merkez bu kasayı artık tanımıyor
    .money = Para kaybı yok: her şey bu kasanın defterinde ve kasa satmayı sürdürüyor.
    .next = Merkezden bir kodla yeniden bağlayın. Kasanın bilerek mi çıkarıldığını, dizüstünün kopyalanıp kopyalanmadığını orada sorun.
fault-office-unreachable =
    .what = Merkez yanıt vermiyor
    .money = Para kaybı yok: her şey bu kasanın defterinde ve kasa satmayı sürdürüyor.
    .next = Ağı burada ve merkezde denetleyin.
fault-sale-not-in-review =
    .what = Bu satışta giderilecek bir şey yok
    .money = Hiçbir şey değişmedi.
    .next = Satışı yeniden açın: durumu değişmiş.
fault-invoice-taken =
    .what = Ödeme geçidi başka bir satışın faturasını gönderdi
    .money = Hayır. Kod kimseye gösterilmedi.
    .next = Yeniden deneyin. Tekrarlanırsa başka ödeme yolu seçip cru.cash’e bildirin.
fault-sale-not-to-write-off =
    .what = Bu satış silinemez
    .money = Hiçbir şey değişmedi.
    .next = Satışı yeniden açın: ödenmiş olabilir veya bir yanıt yoldadır.
fault-day-open-sales =
    .what = { $count ->
        [one] Bir satış hâlâ açık
       *[other] { $count } satış hâlâ açık
    }
    .money = Belki: biri hâlâ ödeyebilir. Gün kapatılmadı.
    .next = Onlara bakın veya günü kapatıp devredin.
fault-day-already-closed =
    .what = Bu gün zaten Z { $z } olarak kapatıldı
    .money = O zamandan beri para hareketi olmadı.
    .next = Yapacak bir şey yok. Sonraki kapanış, sonraki ödemeden sonra veya yarın yapılabilir.
fault-receipt-none =
    .what = Makbuz yok: bu satış ödenmedi
    .money = Hayır. Hiçbir şey değişmedi.
    .next = Ödenene kadar bekleyin, sonra makbuzu yapın.
fault-printer-none =
    .what = Makbuz yazıcısı kurulu değil
    .money = Bundan dolayı değil. Satış olduğu gibi.
    .next = Ayarlarda yazıcıyı kurun veya makbuzu dosya olarak kaydedin.
fault-printer-unreachable =
    .what = Makbuz yazıcısına ulaşılamıyor
    .money = Bundan dolayı değil. Satış olduğu gibi; yalnız makbuzu eksik.
    .next = Yazıcının açık ve bağlı olup olmadığına bakıp makbuzu yeniden yazdırın.
fault-printer-out-of-paper =
    .what = Makbuz yazıcısında kâğıt bitti
    .money = Bundan dolayı değil. Satış olduğu gibi; yalnız makbuzu eksik.
    .next = Yeni rulo takıp makbuzu yeniden yazdırın.
fault-printer-not-ready =
    .what = Makbuz yazıcısı hazır değil
    .money = Bundan dolayı değil. Satış olduğu gibi; yalnız makbuzu eksik.
    .next = Kapağının kapalı olduğuna ve lambanın yanıp sönmediğine bakıp makbuzu yeniden yazdırın.
fault-printer-failed =
    .what = Makbuz yazıcısı bitirmedi
    .money = Bundan dolayı değil. Satış olduğu gibi; makbuzu eksik olabilir.
    .next = Kâğıda bakın. Tamamı yoksa makbuzu yeniden yazdırın.
fault-printer-unconfirmed =
    .what = Yazıcı makbuzun yazdırıldığını söylemedi
    .money = Bundan dolayı değil. Satış olduğu gibi.
    .next = Kâğıda bakın. Makbuz yoksa yeniden yazdırın: KOPYA yazacaktır.
fault-file-unwritable =
    .what = Dosya yazılamadı
    .money = Bundan dolayı değil. Defterde hiçbir şey değişmedi.
    .next = Başka klasör seçin veya diskin dolu ya da kilitli olup olmadığına bakın.
fault-file-protected =
    .what = Bu dosya kasanın kendisine ait veya bir defter ve olduğu gibi kalır
    .money = Hayır. Hiçbir şey yazılmadı.
    .next = Başka bir ad veya klasör seçin.
fault-accounts-missing =
    .what = Muhasebenin bazı hesapları belirlenmemiş: { $accounts }
    .money = Hayır. Hiçbir şey yazılmadı.
    .next = Ayarlar → Ödeme yolları → Hesaplar altında girip yeniden dışa aktarın.
fault-pin-needed =
    .what = Bunun için PIN gerekli
    .money = Hayır. Hiçbir şey değişmedi.
    .next = PIN’i yazın veya bilene sorun.
fault-pin-wrong =
    .what = PIN bu değil
    .money = Hayır. Hiçbir şey değişmedi.
    .next = Yeniden deneyin veya bilene sorun.
fault-pin-wait =
    .what = Çok fazla yanlış PIN
    .money = Hayır. Hiçbir şey değişmedi.
    .next = Sonraki denemeye izin verilene kadar bekleyin.
fault-pin-invalid =
    .what = Bu bir PIN olamaz
    .money = Hayır. PIN olduğu gibi.
    .next = 4 ile 12 rakam seçin.
fault-pin-missing =
    .what = Self servis kasa için PIN gerekli
    .money = Hayır. Hiçbir şey değişmedi.
    .next = Önce bir PIN koyun; kaldırmak için önce self servisi bitirin.
fault-pin-unreadable =
    .what = PIN’in dosyası okunamıyor
    .money = Hayır. Kasa kilitli kalır.
    .next = Bu bilgisayarda “ringup pin clear” komutunu çalıştırtın, sonra yeni PIN koyun.
fault-pin-unwritable =
    .what = PIN’in dosyası yazılamıyor
    .money = Hayır. Kasa olduğu gibi kalır.
    .next = Diskin dolu olup olmadığına bakıp yeniden deneyin.
fault-cashier-unknown =
    .what = Dükkânda bu adla kasiyer yok
    .money = Hayır. Hiçbir şey değişmedi.
    .next = Adı ayarlarda ekleyin.
fault-right-needed =
    .what = Bu sizin yetkiniz değil
    .money = Hayır. Hiçbir şey yapılmadı.
    .next = Yetkili birinden PIN veya anahtarlıkla izin isteyin.
fault-owner-missing =
    .what = Giriş yapabilen bir sahip kalmazdı
    .money = Hayır. Hiçbir şey değişmedi.
    .next = Önce bir sahibe PIN verin veya dükkânın PIN’ini koyun.
fault-fob-invalid =
    .what = Bu bir anahtarlık kodu olamaz
    .money = Hayır.
    .next = Kodu boşluksuz 8 ile 64 karakter olan bir anahtarlık veya kart alın.
fault-fob-taken =
    .what = Bu kod başka birinin veya bir ürünün
    .money = Hayır. Hiçbir şey değişmedi.
    .next = Başka bir anahtarlık alın veya önce bunu taşıyandan alın.
fault-staff-unreadable =
    .what = Kasiyerlerin dosyası yok veya hasarlı
    .money = Hayır. Satış sürer; dükkânın PIN’i dışında kimsenin yetkisi yok.
    .next = Dükkânın PIN’ini yazın. Veya bu bilgisayarda “ringup staff clear” komutunu çalıştırtıp yeni PIN’ler verin.
fault-staff-unwritable =
    .what = Kasiyerlerin dosyası yazılamıyor
    .money = Hayır. Hiçbir şey değişmedi.
    .next = Diskin dolu veya kilitli olup olmadığına bakıp yeniden deneyin.
fault-not-offered =
    .what = Bu tutar burada sunulmuyor
    .money = Hayır. Hiçbir şey tahsil edilmedi.
    .next = Ekrandaki tutarlardan birini seçin.
fault-practice-only =
    .what = Bu yalnız alıştırmada çalışır
    .money = Hayır. Hiçbir şey değişmedi.
    .next = Ayarlardan alıştırmaya girin.
fault-config-invalid =
    .what = Ringup olamayacak bir ayarla başlatıldı
    .money = Hayır. Hiçbir şey tahsil edilmedi.
    .next = Aşağıda yazanı düzeltip Ringup’ı yeniden başlatın.
fault-tls-unavailable =
    .what = Bu bilgisayarda ödeme geçidini tanıyacak sertifikalar yok
    .money = Hayır. Ödeme geçidine sorulmadı.
    .next = Sistemin sertifikalarını kurup (Linux’ta ca-certificates paketi) yeniden deneyin.
fault-clock-wrong =
    .what = Bu bilgisayarın saati yanlış
    .money = Hayır. Hiçbir şey gönderilmedi: bu saatle ödeme geçidi tanınamaz. Önce gösterilen kodlar hâlâ ödenebilir.
    .next = Tarih ve saati, en iyisi ağdan, ayarlayıp yeniden deneyin.
fault-certificate-expired =
    .what = Ödeme geçidinin sertifikası sona ermiş veya bu bilgisayarın saati ileride
    .money = Hayır. Hiçbir şey gönderilmedi. Önce gösterilen kodlar hâlâ ödenebilir.
    .next = Bu bilgisayarın tarih ve saatinin doğru olup olmadığına bakın. Doğruysa ödeme geçidi sertifikasını yenilemeli: sonra yeniden deneyin.
fault-internal =
    .what = Ringup içinde bir şey ters gitti
    .money = Herhâlde hayır. Yeniden tahsil etmeden önce satışa bakın.
    .next = Bir kez daha deneyin. Sürerse Ringup’ı yeniden başlatın: her satış saklanıyor.
fault-unknown =
    .what = Bir şey ters gitti ({ $code })
    .money = Bilinmiyor. Yeniden tahsil etmeden önce satışa bakın.
    .next = Bir kez daha deneyin. Sürerse Ringup’ı yeniden başlatın: her satış saklanıyor.

## The cash drawer

booking-sale = Satış
booking-taken-back = Geri alındı
booking-refund = İade
booking-refund-taken-back = İade geri alındı
booking-in = Para girişi
booking-out = Para çıkışı
booking-drop = Bankaya
booking-float = Bozuk para
booking-count = Sayım farkı
booking-removed = Sayımda çıkarılan
drawer-moves = Çekmece, tek tek
drawer = Çekmece
drawer-start = Başlangıçtaki bozuk para
drawer-taken = Alınan nakit
drawer-refunded = Geri ödenen
drawer-in = Para girişi
drawer-out = Para çıkışı
drawer-drop = Bankaya
drawer-float = Bozuk para
drawer-count = Sayım
drawer-open = Çekmeceyi aç
drawer-expected = Olması gereken
drawer-counted = Sayılan
drawer-difference = Fark
drawer-removed = Sayımda çıkarılan
drawer-left = Çekmecede kalan
drawer-pieces = Banknot ve madeni para
drawer-sum = Toplam ({ $sign })
drawer-left-next = Sonraki bozuk para olarak kalan ({ $sign })
drawer-left-hint = Boş: hepsi
drawer-left-wrong = Sayılandan fazla olamaz
drawer-save = Yaz
drawer-save-amount = { $amount } yaz
drawer-in-say = Satış olmadan çekmeceye konan para.
drawer-out-say = Bir şey ödemek için çekmeceden alınan para.
drawer-drop-say = Bankaya veya kasaya giden para.
drawer-open-say = Neden, çekmece açılmadan önce yazılır.
drawer-done = Tamam
drawer-currency = Para birimi
settings-drawer-title = Para çekmecesi
settings-drawer-on = Çekmecedeki nakdi say
settings-drawer-blind = Ne olması gerektiği söylenmeden say
reason-change = Bankadan bozuk para
reason-owner = Sahip
reason-delivery = Nakit ödenen teslimat
reason-bank = Bankaya
reason-safe = Kasaya
reason-change-for-customer = Müşteriye para bozma
reason-check = İçine bakmak için
