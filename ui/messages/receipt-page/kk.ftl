# What the page of a receipt says that the receipt itself does not: at the back office, on a customer's phone.

receipt-paid = Төленді
receipt-refunded = Ақша қайтарылды
receipt-refunded-part = Төленді, бір бөлігі қайтарылды
receipt-in-question = Тексерілуде
receipt-of-test = Сынақ, төленген жоқ
receipt-test = Сынақ ақшасы: ештеңе төленген жоқ, бұл чек жарамсыз.
receipt-refunds = Сізге { $refunded } қайтарылды. Қалғаны: { $left }.
receipt-late = Төлем мерзімінен кейін келді. Ол есепке алынды.
receipt-twice = Қажет болғаннан көп төленді. Дүкен сізге айырмасын қайтаруы керек.
receipt-as-pdf = PDF
receipt-as-png = Сурет
receipt-until = Чекті { $day } дейін ашуға болады. Ұзағырақ керек болса, сақтап қойыңыз.
receipt-none = Мұнда чек жоқ
receipt-none-wait = Жаңа ғана төлесеңіз, чек дүкеннің кассасынан келе жатыр. Бет оны өзі қайта тексереді.
receipt-none-next = Чек шықпаса, дүкеннен сұраңыз. Чектер шектеулі уақыт ашылады, ал мекенжай толық болуы керек.
receipt-again = Қайта тексеру
receipt-often = Тым жиі
receipt-often-next = Бір минут күтіп, чекті қайта ашыңыз.
receipt-busy = Қазір мүмкін емес
receipt-busy-next = Чекті бірнеше секундтан кейін қайта ашыңыз. Ештеңе жоғалған жоқ.
