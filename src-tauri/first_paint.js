(chosen, scale_percent) => {
  // Does what ui/src/theme/apply-theme.ts does later. A reloaded page keeps the theme that it had.
  const saved = JSON.parse(sessionStorage.getItem("ringup.looks") ?? "null");
  const theme = saved?.theme ?? chosen;
  const prefers = (query) => matchMedia(query).matches;
  const desktopTheme = () =>
    prefers("(prefers-contrast: more)") || prefers("(forced-colors: active)")
      ? "high-contrast"
      : prefers("(prefers-color-scheme: dark)")
        ? "dark"
        : "light";
  const apply = (root) => {
    root.dataset.theme = theme === "system" ? desktopTheme() : theme;
    root.style.setProperty("--scale", String((saved?.scale_percent ?? scale_percent) / 100));
  };
  if (document.documentElement !== null) return apply(document.documentElement);
  // Some engines run this before the document has an element.
  new MutationObserver((_, watch) => {
    if (document.documentElement === null) return;
    watch.disconnect();
    apply(document.documentElement);
  }).observe(document, { childList: true });
}
