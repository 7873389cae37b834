(chosen, scale_percent) => {
  // As ui/src/theme/apply-theme.ts does for the rest of the page's life. A page that was loaded anew wears
  // what it wore.
  const kept = JSON.parse(sessionStorage.getItem("ringup.looks") ?? "null");
  const theme = kept?.theme ?? chosen;
  const wished = (query) => matchMedia(query).matches;
  const ofDesktop = () =>
    wished("(prefers-contrast: more)") || wished("(forced-colors: active)")
      ? "high-contrast"
      : wished("(prefers-color-scheme: dark)")
        ? "dark"
        : "light";
  const dress = (root) => {
    root.dataset.theme = theme === "system" ? ofDesktop() : theme;
    root.style.setProperty("--scale", String((kept?.scale_percent ?? scale_percent) / 100));
  };
  if (document.documentElement !== null) return dress(document.documentElement);
  // Some engines run this before there is anything to dress.
  new MutationObserver((_, watch) => {
    if (document.documentElement === null) return;
    watch.disconnect();
    dress(document.documentElement);
  }).observe(document, { childList: true });
}
