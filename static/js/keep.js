/* Keeps what was typed in `<form data-keep="key">`: saved on this device while typing, brought back after a lost
   connection or an expired session, forgotten once the server has taken it. Passwords, files and tokens are never kept. */
(() => {
  const PREFIX = "ok9-keep:";
  const SENT = "ok9-sent:";
  const OWN_ADDRESS = document.currentScript.src;
  const DAYS = 3;
  const SKIP = new Set(["password", "file", "hidden", "submit", "button", "reset", "image"]);

  const store = (() => {
    try {
      localStorage.setItem("ok9-try", "1");
      localStorage.removeItem("ok9-try");
      return localStorage;
    } catch {
      return null;
    }
  })();
  if (!store) return;

  const kept = (form) => [...form.elements].filter(
    (field) => field.name && !SKIP.has(field.type) && !field.disabled && !field.hasAttribute("data-keep-never"),
  );
  const read = (key) => {
    try {
      const saved = JSON.parse(store.getItem(key) || "null");
      return saved && Date.now() - saved.at < DAYS * 86400000 ? saved : null;
    } catch {
      return null;
    }
  };
  const write = (key, value) => {
    try {
      store.setItem(key, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  };

  const values = (form) => {
    const found = {};
    for (const field of kept(form)) {
      const list = (found[field.name] ||= []);
      if (field.type === "radio" || field.type === "checkbox") {
        if (field.checked) list.push(field.value);
      } else if (field.type === "select-multiple") {
        list.push(...[...field.selectedOptions].map((option) => option.value));
      } else {
        list.push(field.value);
      }
    }
    return found;
  };

  const put = (form, saved) => {
    const place = {};
    for (const field of kept(form)) {
      const list = saved[field.name];
      if (!list) continue;
      if (field.type === "radio" || field.type === "checkbox") field.checked = list.includes(field.value);
      else if (field.type === "select-multiple") {
        for (const option of field.options) option.selected = list.includes(option.value);
      } else {
        const at = (place[field.name] = (place[field.name] ?? -1) + 1);
        if (list[at] !== undefined) field.value = list[at];
      }
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };

  // The line is there, empty, from the start: one that appeared while a button is being pressed would move the button.
  const addNote = (form) => {
    const line = document.createElement("p");
    line.className = "saved";
    line.dataset.keepNote = "";
    line.setAttribute("role", "status");
    form.prepend(line);
  };

  const say = (form, text) => {
    const line = form.querySelector("[data-keep-note]");
    if (line.textContent !== text) line.textContent = text;
  };

  const words = (form, name) => form.dataset[name] || document.body.dataset[name] || "";

  const warnOffline = (form, submitter) => {
    let box = form.querySelector("[data-keep-lost]");
    if (!box) {
      box = document.createElement("div");
      box.className = "offline";
      box.dataset.keepLost = "";
      box.setAttribute("role", "alert");
      const text = document.createElement("p");
      text.textContent = words(form, "keepOffline");
      const again = document.createElement("button");
      again.type = "button";
      again.className = "btn";
      again.textContent = words(form, "keepAgain");
      again.addEventListener("click", () => form.requestSubmit(submitter || undefined));
      box.append(text, again);
      form.prepend(box);
    }
    box.scrollIntoView({ block: "center" });
  };

  // A browser may think that it is offline on a network without the internet: ask the server itself before believing it.
  const reached = new WeakSet();
  const answers = async () => {
    try {
      const response = await fetch(OWN_ADDRESS, {
        method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(5000),
      });
      return response.ok;
    } catch {
      return false;
    }
  };

  const watch = (form) => {
    const key = PREFIX + form.dataset.keep;
    let wait = 0;
    addNote(form);
    const save = () => {
      clearTimeout(wait);
      if (write(key, { at: Date.now(), values: values(form) })) say(form, words(form, "keepSaved"));
    };
    const saved = read(key);
    // A page that the server sent back with errors already carries what was typed.
    if (saved && !form.hasAttribute("data-keep-bound") && !form.querySelector(".govuk-error-message")) {
      put(form, saved.values);
      clearTimeout(wait);
      say(form, words(form, "keepRestored"));
    }
    form.addEventListener("input", (event) => {
      if (!event.isTrusted) return;
      clearTimeout(wait);
      wait = setTimeout(save, 400);
    });
    form.addEventListener("change", (event) => event.isTrusted && save());
    window.addEventListener("pagehide", () => wait && save());
    form.addEventListener("submit", (event) => {
      save();
      if (navigator.onLine === false && !reached.has(form)) {
        event.preventDefault();
        const { submitter } = event;
        answers().then((there) => {
          if (!there) {
            warnOffline(form, submitter);
            return;
          }
          reached.add(form);
          form.requestSubmit(submitter || undefined);
        });
        return;
      }
      sessionStorage.setItem(SENT + form.dataset.keep, location.pathname);
    }, true);
    window.addEventListener("online", () => form.querySelector("[data-keep-lost]")?.remove());
  };

  // The server took the form when its answer is another page reached from the form's own, or the same page with a note
  // of success. Sign-in and error pages (data-keep-hold) say nothing either way, and neither does a page opened afresh.
  const cameFrom = (path) => {
    try {
      return new URL(document.referrer).pathname === path;
    } catch {
      return false;
    }
  };
  const forgetTaken = () => {
    const hold = document.body.hasAttribute("data-keep-hold");
    for (const sent of Object.keys(sessionStorage).filter((name) => name.startsWith(SENT))) {
      const name = sent.slice(SENT.length);
      const path = sessionStorage.getItem(sent);
      sessionStorage.removeItem(sent);
      const shown = document.querySelector(`form[data-keep="${CSS.escape(name)}"]`);
      const done = !shown || document.querySelector(".govuk-notification-banner--success");
      if (!hold && done && cameFrom(path)) store.removeItem(PREFIX + name);
    }
  };

  forgetTaken();
  document.querySelectorAll("form[data-keep]").forEach(watch);
})();
