// Brings the screen up. Nothing else runs at load.
import { mount } from "svelte";
import App from "./App.svelte";
import { runClock } from "./clock.svelte";
import { guardWindow } from "./guard";
import { ipc } from "./ipc";
import "./theme/fonts.css";
import "./theme/tokens.css";
import "./theme/base.css";
import { followDesktop } from "./theme/wear";
import { Till } from "./till/till.svelte";

const place = document.getElementById("app");
if (place === null) throw new Error("index.html has no #app");

guardWindow(window);
runClock();
followDesktop();
const till = new Till(ipc);
mount(App, { target: place, props: { till } });
void till.open();
