/* Theme switch, the menu on a phone, and buttons that count once however often they are pressed. */
(() => {
  const root = document.documentElement;

  const remember = (theme) => {
    try {
      if (theme) localStorage.setItem("ok9-theme", theme);
      else localStorage.removeItem("ok9-theme");
    } catch { /* Storage may be closed; the choice then lasts for this page. */ }
  };

  const switchTheme = (group) => {
    const show = () => {
      const now = root.dataset.theme || "";
      for (const button of group.querySelectorAll("[data-theme-choice]")) {
        button.setAttribute("aria-pressed", String(button.dataset.themeChoice === now));
      }
    };
    group.addEventListener("click", (event) => {
      const button = event.target.closest("[data-theme-choice]");
      if (!button) return;
      const theme = button.dataset.themeChoice;
      if (theme) root.dataset.theme = theme;
      else delete root.dataset.theme;
      remember(theme);
      show();
    });
    group.hidden = false;
    show();
  };

  const openMenu = (button) => {
    const menu = document.getElementById(button.getAttribute("aria-controls"));
    const set = (open) => {
      button.setAttribute("aria-expanded", String(open));
      menu.classList.toggle("open", open);
    };
    button.addEventListener("click", () => set(button.getAttribute("aria-expanded") !== "true"));
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || button.getAttribute("aria-expanded") !== "true") return;
      set(false);
      button.focus();
    });
  };

  // A second press within the wait is swallowed; coming back to the page by the browser's Back frees the form again.
  const pressed = new WeakSet();
  const release = (form) => {
    pressed.delete(form);
    for (const button of form.querySelectorAll("[aria-disabled='true']")) button.removeAttribute("aria-disabled");
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (pressed.has(form)) {
      event.preventDefault();
      return;
    }
    pressed.add(form);
    if (event.submitter) event.submitter.setAttribute("aria-disabled", "true");
    setTimeout(() => release(form), 8000);
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form").forEach(release);
  });

  // The rest of the navigation closes like a menu: on Escape, and on a press anywhere else.
  const closeElsewhere = (more) => {
    document.addEventListener("click", (event) => {
      if (!more.contains(event.target)) more.open = false;
    });
    more.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !more.open) return;
      more.open = false;
      more.querySelector("summary").focus();
    });
  };

  // What one answer asks for is opened by it.
  const openWith = (details) => {
    const field = details.closest("form").elements[details.dataset.opensFor];
    const look = () => {
      if (field.value === details.dataset.opensWith) details.open = true;
    };
    field.addEventListener("change", look);
    look();
  };

  document.querySelectorAll("details[data-opens-for]").forEach(openWith);
  document.querySelectorAll("details.more").forEach(closeElsewhere);
  document.querySelectorAll("[data-theme-switch]").forEach(switchTheme);
  document.querySelectorAll("[data-menu-button]").forEach(openMenu);
})();
