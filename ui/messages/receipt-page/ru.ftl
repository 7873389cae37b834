# What the page of a receipt says that the receipt itself does not: at the back office, on a customer's phone.

receipt-paid = Оплачено
receipt-refunded = Деньги возвращены
receipt-refunded-part = Оплачено, часть возвращена
receipt-in-question = Проверяется
receipt-of-test = Тест, не оплачено
receipt-test = Тестовые деньги: ничего не оплачено, этот чек недействителен.
receipt-refunds = Вам возвращено { $refunded }. Осталось { $left }.
receipt-late = Оплата пришла после срока. Она засчитана.
receipt-twice = Заплачено больше, чем было нужно. Магазин должен вам разницу.
receipt-as-pdf = PDF
receipt-as-png = Картинка
receipt-until = Чек можно открыть до { $day } — сохраните его, если он нужен дольше.
receipt-none = Здесь нет чека
receipt-none-wait = Если вы только что заплатили, он в пути с кассы магазина. Страница проверит это сама.
receipt-none-next = Если чек не появится, спросите в магазине. Чеки доступны ограниченное время, и адрес должен быть полным.
receipt-again = Проверить ещё раз
receipt-often = Слишком часто
receipt-often-next = Подождите минуту и откройте чек снова.
receipt-busy = Сейчас не получается
receipt-busy-next = Откройте чек снова через несколько секунд. Ничего не потеряно.
