/* Keeps what was typed in `<form data-keep="key">`: saved on this device while typing, brought back after a lost
   connection or an expired session, forgotten once the server has taken it. Passwords, files and tokens are never kept.
   Whoever is signed in finds their own words only, and signing out takes them away. What somebody types who has not
   signed in stays in their own tab: the next person at the machine finds nothing. A form that says what was read
   (`as_read`) keeps that beside the words: brought back, they are still an answer to what stood there then. */
(() => {
  const ALL = "ok9-keep:";
  const OWNED = /^ok9-keep:[0-9a-f-]{36}:/;
  const SENT = "ok9-sent:";
  const owner = document.body.dataset.keepOwner || "";
  const PREFIX = `${ALL}${owner || "nobody"}:`;
  const OWN_ADDRESS = document.currentScript.src;
  const DAYS = 3;
  const SKIP = new Set(["password", "file", "hidden", "submit", "button", "reset", "image"]);

  const store = (() => {
    try {
      const own = owner ? localStorage : sessionStorage;
      own.setItem("ok9-try", "1");
      own.removeItem("ok9-try");
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith(ALL) && !OWNED.test(key)) localStorage.removeItem(key); // (of before there were owners)
      }
      return own;
    } catch {
      return null;
    }
  })();
  if (!store) return;

  const forgetAll = () => {
    for (const key of Object.keys(store)) if (key.startsWith(PREFIX)) store.removeItem(key);
  };
  for (const form of document.querySelectorAll("form[data-sign-out]")) form.addEventListener("submit", forgetAll);

  const kept = (form) => [...form.elements].filter(
    (field) => field.name && (!SKIP.has(field.type) || field.name === "as_read") && !field.disabled
      && !field.hasAttribute("data-keep-never"),
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

  // Says whether that changed anything: a form without a word typed has nothing to bring back.
  const put = (form, saved) => {
    const before = JSON.stringify(values(form));
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
    return JSON.stringify(values(form)) !== before;
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
    const text = box?.querySelector("p") || document.createElement("p");
    text.textContent = words(form, "keepOffline");
    if (!box) {
      box = document.createElement("div");
      box.className = "offline";
      box.dataset.keepLost = "";
      box.setAttribute("role", "alert");
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
    const saved = read(key);
    // Where somebody pressed the button and the server could not be reached: the page on which it is still to be sent.
    let unsent = saved?.unsent || "";
    const save = () => {
      clearTimeout(wait);
      if (write(key, { at: Date.now(), values: values(form), unsent })) say(form, words(form, "keepSaved"));
    };
    // A page that the server sent back with errors already carries what was typed.
    if (saved && !form.hasAttribute("data-keep-bound") && !form.querySelector(".govuk-error-message")) {
      const isOther = put(form, saved.values);
      clearTimeout(wait);
      if (isOther) say(form, words(form, "keepRestored"));
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
            unsent = location.pathname + location.search;
            save();
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
    // The button stays where it is: whoever is about to press it finds it.
    window.addEventListener("online", () => {
      const text = form.querySelector("[data-keep-lost] p");
      if (text) text.textContent = words(form, "keepOnline");
    });
  };

  // On every other page: what was never sent, with a way to it and a way to be rid of it.
  const remind = (key) => {
    const { unsent } = read(key) || {};
    if (!unsent || unsent.split("?")[0] === location.pathname) return;
    const box = document.createElement("div");
    box.className = "offline";
    const text = document.createElement("p");
    text.textContent = document.body.dataset.keepUnsent;
    const open = document.createElement("a");
    open.className = "btn";
    open.href = unsent;
    open.textContent = document.body.dataset.keepOpen;
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "link-button";
    drop.textContent = document.body.dataset.keepDrop;
    drop.addEventListener("click", () => {
      store.removeItem(key);
      box.remove();
    });
    box.append(text, open, " ", drop);
    document.getElementById("main")?.prepend(box);
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
  if (owner && !document.body.hasAttribute("data-keep-hold")) {
    for (const key of Object.keys(store)) if (key.startsWith(PREFIX)) remind(key);
  }
})();
