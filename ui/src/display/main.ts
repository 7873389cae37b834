// Brings the customer's display up: a page of its own, which asks one thing and is told each change.
import { mount } from "svelte";
import { runClock } from "../clock.svelte";
import { guardWindow } from "../guard";
import { hearDisplay } from "../ipc";
import "../theme/fonts.css";
import "../theme/tokens.css";
import "../theme/base.css";
import { followDesktop } from "../theme/wear";
import Display from "./Display.svelte";
import { Shown } from "./shown.svelte";

const place = document.getElementById("app");
if (place === null) throw new Error("display.html has no #app");

guardWindow(window);
runClock();
followDesktop();
const shown = new Shown();
mount(Display, { target: place, props: { shown } });
void shown.hear(hearDisplay);
