// Keeps an open page up to date: when the office says that something has changed, the page is asked for once more, and
// what stands in its live parts is put in the place of what stood there.
"use strict";

const parts = () => document.querySelectorAll("[data-live][id]");
const line = document.getElementById("line");

let running = false;
let again = false;

async function refresh() {
  if (running) {
    again = true;
    return;
  }
  running = true;
  try {
    const answer = await fetch(location.href, { cache: "no-store", credentials: "same-origin" });
    // The session is over: the page that asks to sign in has come in its place.
    if (answer.redirected || answer.status === 401) {
      location.reload();
      return;
    }
    if (answer.ok) show(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    // The stream of events tells when the office is back.
  }
  running = false;
  if (again) {
    again = false;
    refresh();
  }
}

function show(page) {
  for (const part of parts()) {
    const next = page.getElementById(part.id);
    if (next === null || next.innerHTML === part.innerHTML) continue;
    const focused = part.contains(document.activeElement) ? document.activeElement : null;
    // Nobody's typing is thrown away.
    if (focused !== null && focused.matches("input, select, textarea")) continue;
    const address = focused?.getAttribute("href") ?? null;
    part.replaceChildren(...next.childNodes);
    if (address !== null) part.querySelector(`a[href="${CSS.escape(address)}"]`)?.focus();
  }
}

if (parts().length > 0) {
  const events = new EventSource("/events");
  events.addEventListener("changed", refresh);
  events.addEventListener("open", () => {
    line.hidden = true;
    document.documentElement.dataset.line = "open";
  });
  events.addEventListener("error", () => {
    line.hidden = false;
    document.documentElement.dataset.line = "lost";
    // A stream that the office has ended is not opened again by the browser.
    if (events.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 5000);
  });
}

// A file that somebody chooses is put into a field of the form, so that they see what is sent.
document.documentElement.dataset.script = "yes";
for (const chooser of document.querySelectorAll("input[type=file][data-into]")) {
  chooser.addEventListener("change", async () => {
    const field = document.getElementById(chooser.dataset.into);
    const file = chooser.files?.[0];
    if (file && field) field.value = await file.text();
  });
}
