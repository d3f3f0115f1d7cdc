/* A handler's day: the break timer, the counters, and the dog's signs. Everything stays on this phone; without scripts
   the page says the same in words, and its forms work as they are. */
(() => {
  const store = (() => {
    try {
      localStorage.setItem("ok9-try", "1");
      localStorage.removeItem("ok9-try");
      return localStorage;
    } catch {
      return { getItem: () => null, setItem: () => {}, removeItem: () => {} };
    }
  })();
  const minute = 60000;

  /* Counts from the last break, the last session or the check-in, whichever is latest. */
  const startTimer = (box) => {
    const every = Number(box.dataset.every) * minute;
    const key = `ok9-break:${box.dataset.breakTimer}`;
    const gone = box.querySelector(".gone");
    const round = gone.getTotalLength();
    const label = box.querySelector("[data-break-label]");
    const clock = box.querySelector("[data-break-clock]");
    const worked = box.querySelector("[data-break-worked]");
    const news = box.querySelector("[data-break-news]");
    const ring = box.querySelector(".ring");
    const button = box.querySelector("[data-break-button]");
    // Nothing logged today yet: the first look at this page starts the clock.
    const told = Date.parse(box.dataset.since);
    const served = told || new Date().setHours(0, 0, 0, 0);
    let resting = 0;
    let since = told || Date.now();
    const remember = () => store.setItem(key, JSON.stringify({ since, resting }));
    try {
      const kept = JSON.parse(store.getItem(key) || "{}");
      if (kept.resting > served) resting = kept.resting;
      if (kept.since > served && kept.since <= Date.now()) since = kept.since;
    } catch { /* What was kept can't be read: the server's time counts. */ }

    const figures = (time) => {
      const seconds = Math.floor(Math.abs(time) / 1000);
      return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    };
    const say = (text) => {
      if (news.textContent !== text) news.textContent = text;
    };
    const draw = () => {
      const now = Date.now();
      const passed = resting ? 0 : now - since;
      const left = every - passed;
      const due = !resting && left <= 0;
      ring.classList.toggle("due", due);
      gone.setAttribute("stroke-dasharray", String(round));
      gone.setAttribute("stroke-dashoffset", String(round * (1 - Math.min(passed / every, 1))));
      label.textContent = resting ? box.dataset.wordsResting : due ? box.dataset.wordsDue : box.dataset.wordsIn;
      clock.textContent = figures(resting ? now - resting : left);
      worked.textContent = box.dataset.wordsWorked.replace("%n", String(Math.floor(passed / minute)));
      worked.hidden = Boolean(resting);
      button.textContent = resting ? box.dataset.wordsBack : box.dataset.wordsTake;
      say(due ? box.dataset.wordsNews : resting ? box.dataset.wordsRestNews : "");
    };
    button.addEventListener("click", () => {
      if (resting) {
        since = Date.now();
        resting = 0;
        addBreak();
      } else {
        resting = Date.now();
      }
      remember();
      draw();
    });
    if (!told) remember();
    box.hidden = false;
    draw();
    setInterval(draw, 1000);
  };

  /* A break that is over is counted in the form below. */
  const addBreak = () => {
    const field = document.querySelector("[data-counts-breaks] input[name='breaks']");
    if (field) step(field, 1);
  };

  /* One line for the whole page that is read out: what a tap on plus or minus has made of a number. */
  const aloud = document.createElement("p");
  aloud.className = "visually-hidden";
  aloud.setAttribute("role", "status");
  document.body.append(aloud);

  const step = (field, by) => {
    const next = Math.max((Number.parseInt(field.value, 10) || 0) + by, 0);
    field.value = String(next);
    aloud.textContent = `${field.labels?.[0]?.textContent.trim() || ""}: ${next}`;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };

  /* Taps on plus and minus are kept as typing is. The form's name changes with every session saved, so that a count
     that was taken does not come back. */
  const COUNT = "ok9-count:";
  const keepCount = (field) => {
    const form = field.form;
    if (!form?.matches("[data-counts-breaks]")) return;
    const key = `${COUNT}${form.dataset.keep}:${field.name}`;
    const kept = store.getItem(key);
    if (kept !== null && kept !== "") field.value = kept;
    field.addEventListener("input", () => store.setItem(key, field.value));
  };
  const forgetOldCounts = () => {
    const form = document.querySelector("[data-counts-breaks]");
    if (!form) return;
    for (const key of Object.keys(store)) {
      if (key.startsWith(COUNT) && !key.startsWith(`${COUNT}${form.dataset.keep}:`)) store.removeItem(key);
    }
  };

  const startCounter = (box) => {
    const field = box.querySelector("input");
    keepCount(field);
    for (const button of box.querySelectorAll("[data-step]")) {
      button.hidden = false;
      button.addEventListener("click", () => step(field, Number(button.dataset.step)));
    }
  };

  /* What was ticked today counts together, also over several sessions: it is kept until the day is over. */
  const watchSigns = (box) => {
    const news = box.querySelector("[data-signs-news]");
    const key = `ok9-signs:${box.dataset.signs}`;
    const today = new Date().toDateString();
    const boxes = [...box.querySelectorAll("input")];
    const draw = () => {
      const words = boxes.filter((sign) => sign.checked).length < 2 ? "" : news.dataset.words;
      if (news.textContent !== words) news.textContent = words;
    };
    try {
      const kept = JSON.parse(store.getItem(key) || "{}");
      if (kept.day === today) boxes.forEach((sign, at) => { sign.checked = kept.ticked.includes(at); });
    } catch { /* What was kept can't be read: nothing is ticked. */ }
    draw();
    box.addEventListener("change", () => {
      const ticked = boxes.flatMap((sign, at) => (sign.checked ? [at] : []));
      store.setItem(key, JSON.stringify({ day: today, ticked }));
      draw();
    });
  };

  forgetOldCounts();
  document.querySelectorAll("[data-break-timer]").forEach(startTimer);
  document.querySelectorAll("[data-counter]").forEach(startCounter);
  document.querySelectorAll("[data-signs]").forEach(watchSigns);
})();
