// Brings the screen up. Nothing else runs at load.
import { mount } from "svelte";
import App from "./App.svelte";
import { runClock } from "./clock.svelte";
import { blockBrowserActions } from "./block-browser-actions";
import { ipc } from "./ipc";
import { money } from "./language.svelte";
import "./theme/fonts.css";
import "./theme/tokens.css";
import "./theme/base.css";
import { followSystemTheme } from "./theme/apply-theme";
import { Till } from "./till/till.svelte";

const place = document.getElementById("app");
if (place === null) throw new Error("index.html has no #app");

blockBrowserActions(window);
runClock();
followSystemTheme();
const till = new Till(ipc);
// While the till is asked, the shell is made, and the engine reads what it needs to write figures.
void till.open();
mount(App, { target: place, props: { till } });
money("0.00", "EUR");
