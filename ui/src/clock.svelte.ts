// The current time for all components, updated as each second begins: all that is shown of it is whole seconds, and
// each update wakes the machine. There is no timer while no component shows the time or the window is hidden. One
// place, so that tests can stop it.
import { createSubscriber } from "svelte/reactivity";

let now = Date.now();
let running = false;
let restart = () => {};

const watch = createSubscriber((update) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const next = () => {
    clearTimeout(timer);
    if (!running) return;
    now = Date.now();
    timer = document.hidden ? undefined : setTimeout(tick, 1000 - (now % 1000));
  };
  const tick = () => {
    next();
    update();
  };
  next();
  restart = tick;
  document.addEventListener("visibilitychange", tick);
  return () => {
    clearTimeout(timer);
    restart = () => {};
    document.removeEventListener("visibilitychange", tick);
  };
});

/** Unix milliseconds; reactive. */
export function nowMs(): number {
  watch();
  return now;
}

/** Starts the updates; returns how to stop them. */
export function runClock(): () => void {
  running = true;
  now = Date.now();
  restart();
  return () => {
    running = false;
    restart();
  };
}
