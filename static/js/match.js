/* The send bar counts the ticked teams and names them. Without scripts it says how many teams are short. */
(() => {
  const form = document.getElementById("match");
  const bar = form && form.querySelector("[data-ready]");
  if (!bar) return;
  const short = [...bar.childNodes];
  const list = new Intl.ListFormat(document.documentElement.lang, { type: "conjunction" });

  const count = () => {
    const names = [...form.querySelectorAll("input[name='teams']:checked")].map((box) => box.dataset.name);
    if (!names.length) {
      bar.replaceChildren(...short);
      return;
    }
    const words = names.length === 1 ? bar.dataset.one : bar.dataset.many.replace("%n", names.length);
    const [before, after] = words.split("%s");
    const number = document.createElement("b");
    number.textContent = before;
    bar.replaceChildren(number, list.format(names) + after);
  };
  form.addEventListener("change", count);
  window.addEventListener("pageshow", count);
})();
