// Brings the customer's display up: a page of its own, which is told each change and may answer one question.
import { mount } from "svelte";
import { runClock } from "../clock.svelte";
import { guardWindow } from "../guard";
import { chooseTip, hearDisplay } from "../ipc";
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
// An answer that came too late counts for nothing: the cashier has charged already.
const onchoose = (ask: number, offer: number) => void chooseTip(ask, offer).catch(() => undefined);
mount(Display, { target: place, props: { shown, onchoose } });
void shown.hear(hearDisplay);
