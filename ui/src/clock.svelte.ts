// The time as the screen shows it, a few times a second. One place, so that tests can hold it still.

let now = $state(Date.now());

/** Unix milliseconds, reactive. */
export function nowMs(): number {
  return now;
}

/** Lets the time run; returns how to stop it. */
export function runClock(): () => void {
  now = Date.now();
  const timer = setInterval(() => {
    now = Date.now();
  }, 250);
  return () => clearInterval(timer);
}
