# What the page of a receipt says that the receipt itself does not: at the back office, on a customer's phone.

receipt-paid = Ödendi
receipt-refunded = İade edildi
receipt-refunded-part = Ödendi, bir kısmı iade edildi
receipt-in-question = Kontrol ediliyor
receipt-of-test = Deneme, ödenmedi
receipt-test = Deneme parası: hiçbir şey ödenmedi ve bu fişin hiçbir değeri yok.
receipt-refunds = Size { $refunded } iade edildi. Kalan: { $left }.
receipt-late = Ödeme süresinden sonra geldi. Geçerlidir.
receipt-twice = İstenenden fazla ödendi. Mağaza size farkı borçludur.
receipt-as-pdf = PDF
receipt-as-png = Resim
receipt-until = Bu fişi { $day } tarihine kadar açabilirsiniz. Daha uzun süre gerekiyorsa kaydedin.
receipt-none = Burada fiş yok
receipt-none-wait = Az önce ödediyseniz fiş mağazanın kasasından yola çıktı. Bu sayfa kendiliğinden yeniden bakar.
receipt-none-next = Gelmezse mağazaya sorun. Fişler sınırlı bir süre açılabilir ve adres eksiksiz olmalıdır.
receipt-again = Yeniden bak
receipt-often = Çok sık denendi
receipt-often-next = Bir dakika bekleyin, sonra fişi yeniden açın.
receipt-busy = Şu anda olmuyor
receipt-busy-next = Fişi birkaç saniye sonra yeniden açın. Hiçbir şey kaybolmadı.
