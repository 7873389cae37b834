# What the page of a receipt says that the receipt itself does not: at the back office, on a customer's phone.

receipt-paid = Zaplaceno
receipt-refunded = Vráceno
receipt-refunded-part = Zaplaceno, část vrácena
receipt-in-question = Ověřuje se
receipt-of-test = Test, nezaplaceno
receipt-test = Testovací peníze: nic nebylo zaplaceno a tato účtenka nemá žádnou hodnotu.
receipt-refunds = Bylo vám vráceno { $refunded }. Zbývá { $left }.
receipt-late = Platba přišla po lhůtě. Platí.
receipt-twice = Bylo zaplaceno více, než bylo třeba. Obchod vám dluží rozdíl.
receipt-as-pdf = PDF
receipt-as-png = Obrázek
receipt-until = Tuto účtenku lze otevřít do { $day }. Uložte si ji, pokud ji potřebujete déle.
receipt-none = Zde není žádná účtenka
receipt-none-wait = Pokud jste právě zaplatili, účtenka je na cestě z pokladny obchodu. Tato stránka se sama podívá znovu.
receipt-none-next = Pokud se neobjeví, zeptejte se v obchodě. Účtenky lze otevřít jen po omezenou dobu a adresa musí být úplná.
receipt-again = Podívat se znovu
receipt-often = To bylo příliš často
receipt-often-next = Počkejte minutu a otevřete účtenku znovu.
receipt-busy = Teď to nejde
receipt-busy-next = Otevřete účtenku za několik sekund znovu. Nic se neztratilo.
