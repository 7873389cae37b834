// The current time for all components, updated four times a second. One place, so that tests can stop it.

let now = $state(Date.now());

/** Unix milliseconds; reactive. */
export function nowMs(): number {
  return now;
}

/** Starts the updates; returns how to stop them. */
export function runClock(): () => void {
  now = Date.now();
  const timer = setInterval(() => {
    now = Date.now();
  }, 250);
  return () => clearInterval(timer);
}
