# What the page of a receipt says that the receipt itself does not: at the back office, on a customer's phone.

receipt-paid = Paid
receipt-refunded = Refunded
receipt-refunded-part = Paid, refunded in part
receipt-in-question = Being checked
receipt-of-test = Test, not paid
receipt-test = Test money: nothing was paid, and this receipt is worth nothing.
receipt-refunds = { $refunded } went back to you. What is left: { $left }.
receipt-late = The payment came after its time. It counts.
receipt-twice = More was paid than was asked for. The shop owes you the difference.
receipt-as-pdf = PDF
receipt-as-png = Picture
receipt-until = You can open this receipt until { $day }. Save it if you need it longer.
receipt-none = No receipt is here
receipt-none-wait = If you have just paid, it is on its way from the shop’s till. This page looks again by itself.
receipt-none-next = If it stays away, ask the shop. Receipts can be opened for a limited time, and the address must be complete.
receipt-again = Look again
receipt-often = That was too often
receipt-often-next = Wait a minute, then open the receipt again.
receipt-busy = This is not possible just now
receipt-busy-next = Open the receipt again in a few seconds. Nothing is lost.
