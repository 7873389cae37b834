// What happens when nobody has touched the till for a while: the pad comes back, locked, for whoever is next.
import { setCustomersLanguage } from "../language.svelte";
import type { Stores } from "./stores";

export function returnToPad({
  currentSale,
  dialogs,
  errors,
  lock,
  navigation,
  settings,
  staff,
}: Pick<
  Stores,
  "currentSale" | "dialogs" | "errors" | "lock" | "navigation" | "settings" | "staff"
>): void {
  const { sale } = currentSale;
  if (sale?.state === "paid" && staff.selfService) currentSale.dismissPaid(sale);
  else if (!["pad", "setup", "starting"].includes(navigation.screen)) currentSale.next();
  dialogs.close();
  if (staff.selfService) {
    errors.dismissAll();
    setCustomersLanguage(settings.current.customer_language);
  }
  if (lock.asking || lock.open) void lock.lockNow();
}
