# What the page of a receipt says that the receipt itself does not: at the back office, on a customer's phone.

receipt-paid = Сплачено
receipt-refunded = Гроші повернуто
receipt-refunded-part = Сплачено, частину повернуто
receipt-in-question = Перевіряється
receipt-of-test = Тест, не сплачено
receipt-test = Тестові гроші: нічого не сплачено, цей чек недійсний.
receipt-refunds = Вам повернуто { $refunded }. Залишилося { $left }.
receipt-late = Оплата надійшла після строку. Її зараховано.
receipt-twice = Сплачено більше, ніж було потрібно. Магазин винен вам різницю.
receipt-as-pdf = PDF
receipt-as-png = Зображення
receipt-until = Чек можна відкрити до { $day } — збережіть його, якщо він потрібен довше.
receipt-none = Тут немає чека
receipt-none-wait = Якщо ви щойно заплатили, він у дорозі з каси магазину. Сторінка перевірить це сама.
receipt-none-next = Якщо чек не з’явиться, запитайте в магазині. Чеки доступні обмежений час, і адреса має бути повною.
receipt-again = Перевірити ще раз
receipt-often = Надто часто
receipt-often-next = Зачекайте хвилину й відкрийте чек знову.
receipt-busy = Зараз не вдається
receipt-busy-next = Відкрийте чек знову за кілька секунд. Нічого не втрачено.
