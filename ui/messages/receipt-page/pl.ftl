# What the page of a receipt says that the receipt itself does not: at the back office, on a customer's phone.

receipt-paid = Zapłacono
receipt-refunded = Zwrócono
receipt-refunded-part = Zapłacono, częściowo zwrócono
receipt-in-question = W trakcie sprawdzania
receipt-of-test = Test, nie zapłacono
receipt-test = Pieniądze testowe: nic nie zapłacono, a ten paragon nie ma żadnej wartości.
receipt-refunds = Zwrócono Państwu { $refunded }. Pozostało { $left }.
receipt-late = Płatność przyszła po czasie. Jest ważna.
receipt-twice = Zapłacono więcej, niż było trzeba. Sklep jest Państwu winien różnicę.
receipt-as-pdf = PDF
receipt-as-png = Obraz
receipt-until = Ten paragon można otworzyć do { $day }. Proszę go zapisać, jeśli będzie potrzebny dłużej.
receipt-none = Tu nie ma paragonu
receipt-none-wait = Jeśli właśnie zapłacono, paragon jest w drodze z kasy sklepu. Ta strona sprawdzi to sama.
receipt-none-next = Jeśli się nie pojawi, proszę zapytać w sklepie. Paragony można otwierać przez ograniczony czas, a adres musi być pełny.
receipt-again = Sprawdź ponownie
receipt-often = Zbyt często
receipt-often-next = Proszę odczekać minutę i otworzyć paragon ponownie.
receipt-busy = Teraz to niemożliwe
receipt-busy-next = Proszę otworzyć paragon ponownie za kilka sekund. Nic nie zginęło.
