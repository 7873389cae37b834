# What the page of a receipt says that the receipt itself does not: at the back office, on a customer's phone.

receipt-paid = Bezahlt
receipt-refunded = Erstattet
receipt-refunded-part = Bezahlt, zum Teil erstattet
receipt-in-question = Wird geprüft
receipt-of-test = Test, nicht bezahlt
receipt-test = Testgeld: Es wurde nichts bezahlt, dieser Beleg ist nichts wert.
receipt-refunds = { $refunded } gingen an Sie zurück. Es bleiben { $left }.
receipt-late = Die Zahlung kam nach Ablauf der Zeit. Sie zählt.
receipt-twice = Es wurde mehr bezahlt als verlangt. Das Geschäft schuldet Ihnen den Unterschied.
receipt-as-pdf = PDF
receipt-as-png = Bild
receipt-until = Sie können diesen Beleg bis { $day } öffnen. Speichern Sie ihn, wenn Sie ihn länger brauchen.
receipt-none = Hier ist kein Beleg
receipt-none-wait = Wenn Sie gerade bezahlt haben, ist er von der Kasse hierher unterwegs. Diese Seite sieht von selbst wieder nach.
receipt-none-next = Kommt er nicht, fragen Sie im Geschäft. Belege lassen sich nur eine Zeit lang öffnen, und die Adresse muss vollständig sein.
receipt-again = Noch einmal nachsehen
receipt-often = Das war zu oft
receipt-often-next = Warten Sie eine Minute und öffnen Sie den Beleg dann noch einmal.
receipt-busy = Das geht gerade nicht
receipt-busy-next = Öffnen Sie den Beleg in ein paar Sekunden noch einmal. Es geht nichts verloren.
