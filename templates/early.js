/* Before the first paint: that scripts run, and the theme the reader chose on this device. */
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const chosen = localStorage.getItem("ok9-theme");
    if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  } catch { /* Storage may be closed; the system's theme is used. */ }
})();
