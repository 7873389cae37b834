# What the page of a receipt says that the receipt itself does not: at the back office, on a customer's phone.

receipt-paid = Betaald
receipt-refunded = Terugbetaald
receipt-refunded-part = Betaald, deels terugbetaald
receipt-in-question = Wordt nagekeken
receipt-of-test = Test, niet betaald
receipt-test = Testgeld: er is niets betaald en deze bon is niets waard.
receipt-refunds = U hebt { $refunded } teruggekregen. Er blijft { $left } over.
receipt-late = De betaling kwam na de tijd. Zij telt.
receipt-twice = Er is meer betaald dan gevraagd. De winkel is u het verschil schuldig.
receipt-as-pdf = PDF
receipt-as-png = Afbeelding
receipt-until = U kunt deze bon openen tot { $day }. Bewaar hem als u hem langer nodig hebt.
receipt-none = Hier is geen bon
receipt-none-wait = Als u net hebt betaald, is de bon onderweg vanaf de kassa van de winkel. Deze pagina kijkt vanzelf opnieuw.
receipt-none-next = Blijft hij weg, vraag het dan in de winkel. Bonnen zijn een beperkte tijd te openen, en het adres moet volledig zijn.
receipt-again = Opnieuw kijken
receipt-often = Dat was te vaak
receipt-often-next = Wacht een minuut en open de bon opnieuw.
receipt-busy = Dat gaat nu niet
receipt-busy-next = Open de bon over een paar seconden opnieuw. Er is niets verloren.
