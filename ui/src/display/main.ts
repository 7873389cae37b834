// Brings the customer's display up: a page of its own, which is told each change and may answer one question.
import { mount } from "svelte";
import { runClock } from "../clock.svelte";
import { blockBrowserActions } from "../block-browser-actions";
import { displayIpc } from "../ipc";
import { loadLanguage, showCustomersPartAlone } from "../language.svelte";
import type { Language } from "../messages";
import "../theme/fonts.css";
import "../theme/tokens.css";
import "../theme/base.css";
import { followSystemTheme } from "../theme/apply-theme";
import Display from "./Display.svelte";
import { DisplayModel } from "./display-model.svelte";

const place = document.getElementById("app");
if (place === null) throw new Error("display.html has no #app");

blockBrowserActions(window);
runClock();
followSystemTheme();
showCustomersPartAlone();
const model = new DisplayModel();
// A choice that comes too late is refused: the cashier has charged already.
const onchoose = (ask: number, offer: number) =>
  void displayIpc.chooseTip(ask, offer).catch(() => undefined);
// A language that is not offered any more is refused; the display stays as it is.
const onlanguage = (language: Language) =>
  void displayIpc.chooseLanguage(language).catch(() => undefined);
// Without its texts a window is poor, but not blank.
await loadLanguage(null, "").catch(() => undefined);
mount(Display, { target: place, props: { model, onchoose, onlanguage } });
void model.follow(displayIpc.displayState);
