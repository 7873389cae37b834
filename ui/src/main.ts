// Starts the cashier's window.
import { mount } from "svelte";
import App from "./App.svelte";
import { blockBrowserActions } from "./block-browser-actions";
import { runClock } from "./clock.svelte";
import { ipc } from "./ipc";
import { loadLanguage, money } from "./language.svelte";
import { createStores } from "./state/stores";
import "./theme/fonts.css";
import "./theme/tokens.css";
import "./theme/base.css";
import { followSystemTheme } from "./theme/apply-theme";

const target = document.getElementById("app");
if (target === null) throw new Error("index.html has no #app");

blockBrowserActions(window);
runClock();
followSystemTheme();
const stores = createStores(ipc);
// Rust answers while the components are created and the engine loads its data for currencies.
void stores.startup.open();
// Without its texts a window is poor, but not blank.
await loadLanguage(null, "").catch(() => undefined);
mount(App, { target, props: { stores } });
money({ minor: 0, currency: "EUR" });
