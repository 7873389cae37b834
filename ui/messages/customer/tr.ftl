# What customers read: on their display, where they serve themselves, and on receipts.

## Whose money it is

badge-live = Canlı
badge-test = Test
badge-practice = Alıştırma
badge-no-money = Gerçek para hareketi yok
badge-gateway = Ödeme geçidi { $gateway }, cru.cash değil

## Everywhere

app-name = Ringup
nav = Ekranlar
nav-pad = Yeni satış
network-online = Bağlı
network-retrying = Yeniden deneniyor
network-offline = Bağlantı yok
network-key-refused = Anahtar reddedildi
close = Kapat
payment-awaiting = Müşteri bekleniyor
payment-chosen = { $coin } seçildi
payment-ended = Bitti, ödenmedi
cancel = Vazgeç
back = Geri
percent = %{ $percent }
change = Para üstü
language-choose = Dil

## The customer's display

display-idle = Hoş geldiniz
display-requesting = Bir dakika…
display-tipped = Teşekkürler! Bir dakika…
display-scan = Ödemek için okutun
display-exact = Lütfen tam bu tutarı gönderin. Borsa kendi ücretini bundan kesebilir.
display-chosen = Ödemenizi bekliyoruz
display-paid = Ödendi. Teşekkürler!
display-ended = Bu kod artık geçerli değil. Lütfen yenisini isteyin.
display-time-up = Süre doldu
display-part-paid = Bir kısmı ödendi. Kalanını nasıl ödemek istersiniz?
display-parts = toplam { $amount }, ödenen { $paid }

## Tips

tip-title = Bahşiş bırakmak ister misiniz?
tip-own = Başka tutar
tip-total = Toplam
tip-round = Yuvarla: { $amount }
tip-none = Bahşiş yok
tip-charge = { $amount } öde

## Self-service

offers-title = Ne arzu edersiniz?
offers-say = Ödemek için dokunun
offer-card-say = Lütfen bir görevli çağırın: kart cihazını getirir ve ödediğinizi burada onaylar.
offer-card-taken = Görevli: { $amount } kartla ödendi
offers-again = Baştan başla
offers-ended = Bu kod artık geçerli değil
offers-staff = Görevli
pad-charging = Bir dakika…
tender-crypto = Kripto
tender-card = Kart

## A sale that is being paid

payment-sale = Satış { $number }
payment-attempt = Kod no. { $attempt }
payment-qr = Ödeme adresini içeren QR kodu
payment-requesting = Kod hazırlanıyor…
payment-requesting-body = Birazdan burada olacak.
payment-exact = Tam bu tutar ulaşmalı: borsa kendi ücretini bundan kesebilir.
payment-coins = Müşterinin göndereceği: { $coins }
payment-elapsed = Süre doldu ama henüz bitmedi: son sözü ödeme geçidi söyler.
payment-outstanding = kalan, toplam { $amount }
payment-network-retrying = Ödeme geçidi yanıt vermiyor. Ringup sormayı sürdürüyor; müşteri yine de ödeyebilir.
payment-network-offline = Bağlantı yok. Müşteri telefonuyla yine de ödeyebilir; Ringup ilk fırsatta sorar.
payment-new-code = Yeni kod
countdown-left = kaldı
countdown-up = Süre doldu, ödeme geçidinin yanıtı bekleniyor
checked-never = Henüz denetlenmedi
checked-fresh =
    { $seconds ->
        [0] Az önce denetlendi
        [one] { $seconds } saniye önce denetlendi
       *[other] { $seconds } saniye önce denetlendi
    }
checked-stale =
    { $seconds ->
        [one] { $seconds } saniyedir yanıt yok
       *[other] { $seconds } saniyedir yanıt yok
    }
checked-stale-minutes =
    { $minutes ->
        [one] { $minutes } dakikadır yanıt yok
       *[other] { $minutes } dakikadır yanıt yok
    }

## Paid

paid = Ödendi
paid-late = Geç geldi ama geçerli
paid-test = Alıştırma veya test: gerçek para değil
paid-done = Sonraki satış
paid-returns = { $seconds ->
    [one] { $seconds } saniye sonra tuşlara dönülür
   *[other] { $seconds } saniye sonra tuşlara dönülür
}
sale-receipt = Makbuz
receipt-printing = Yazdırılıyor…
receipt-printed = Yazdırıldı
receipt-sent = Gönderildi, onaylanmadı
receipt-phone = Fişiniz için okutun
receipt-phone-qr = Fişin QR kodu

## Receipts, on screen, paper and PDF

slip-practice = Alıştırma: para ödenmedi
slip-test = Test: para ödenmedi
slip-gateway = Ödeme geçidi: { $gateway }
slip-copy = KOPYA
slip-title = Makbuz { $number }
slip-note = Not: { $note }
slip-goods = Ürünler
slip-deposit = Depozito { $name }
slip-weight = { $weight } kg × { $price }/kg
slip-kilogram = { $price }/kg
slip-discount = İndirim
slip-discount-rate = İndirim { $rate }
slip-tip = Bahşiş
slip-total = TOPLAM
slip-tax = { $name } { $rate }, { $gross } içinde
slip-tax-any = Vergi
slip-paid = Ödeme: { $coin }
slip-again = Yeniden ödendi { $time }
slip-crypto = Kripto
slip-cash = Nakit
slip-card = Kart
slip-given = Alınan
slip-change = Para üstü
slip-rounding = Yuvarlama
slip-outstanding = KALAN BORÇ
slip-invoice = Fatura { $id }
slip-journal = Defter { $head }
slip-office = Merkez { $office }: kayıt { $seq } { $hash }, imza { $signature }
slip-refund-cash = Nakit iade { $time }
slip-refund-by-hand = İade { $time }
slip-refund-card = Karta iade { $time }
slip-refund-own = İade, { $own } { $time }
slip-given-back = Verilen
slip-left = İadelerden sonra kalan
