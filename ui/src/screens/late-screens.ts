// The screens with which no sale begins.
import { LateComponent } from "../late-component.svelte";

export const LATE_SCREENS = {
  setup: new LateComponent(() => import("./SetupScreen.svelte")),
  settings: new LateComponent(() => import("./SettingsScreen.svelte")),
  sales: new LateComponent(() => import("./SalesScreen.svelte")),
  day: new LateComponent(() => import("./DayScreen.svelte")),
  offers: new LateComponent(() => import("./OffersScreen.svelte")),
} as const;

export const SCREEN_KEYBOARD = new LateComponent(() => import("../parts/ScreenKeyboard.svelte"));
