/* The preview follows what is typed: one drawing at a time, a breath after the last key. Without this, the button does it. */
(() => {
  const form = document.querySelector("[data-promotion]");
  const target = form && form.querySelector("[data-preview]");
  if (!target || !window.fetch) return;
  let waiting = 0;
  let drawing = false;
  let again = false;

  const draw = async () => {
    if (drawing) {
      again = true;
      return;
    }
    drawing = true;
    const typed = new FormData(form);
    typed.set("preview", "yes");
    typed.set("fragment", "yes");
    try {
      const answer = await fetch(form.action || location.href, { method: "POST", body: typed, credentials: "same-origin" });
      if (answer.ok || answer.status === 422) target.innerHTML = await answer.text();
    } catch { /* No signal: the last picture stays. */ }
    drawing = false;
    if (again) {
      again = false;
      draw();
    }
  };

  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(draw, 700);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.querySelector("[data-preview-button]").hidden = true;
})();
