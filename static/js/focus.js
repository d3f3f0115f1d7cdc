/* A tap on the photo says where the dog's face is; without scripts the nine places below do. A photo that was only
   just chosen is shown from the phone itself, before it is sent. */
(() => {
  const start = (box) => {
    const picture = box.querySelector("[data-focus-picture]");
    const image = picture.querySelector("img");
    const mark = picture.querySelector("ellipse");
    const news = picture.querySelector("[data-focus-news]");
    const exact = box.querySelector("input[name='exact']");
    const form = exact.form;

    const show = (x, y) => {
      mark.setAttribute("cx", String(x));
      mark.setAttribute("cy", String(y));
    };
    const choose = (x, y) => {
      exact.value = `${x},${y}`;
      show(x, y);
      news.textContent = box.dataset.wordsTapped.replace("%x", String(x)).replace("%y", String(y));
    };

    image.addEventListener("click", (event) => {
      const { left, top, width, height } = image.getBoundingClientRect();
      const percent = (at, from, size) => Math.min(Math.max(Math.round(((at - from) / size) * 100), 0), 100);
      choose(percent(event.clientX, left, width), percent(event.clientY, top, height));
    });
    for (const radio of box.querySelectorAll("input[name='focus']")) {
      radio.addEventListener("change", () => {
        exact.value = "";
        news.textContent = "";
        show(...radio.value.split("-"));
      });
    }

    const file = form.querySelector("input[type='file']");
    file?.addEventListener("change", () => {
      const [chosen] = file.files;
      picture.hidden = !chosen;
      exact.value = "";
      news.textContent = "";
      if (!chosen) return;
      const reader = new FileReader();
      reader.addEventListener("load", () => { image.src = reader.result; });
      reader.addEventListener("error", () => { picture.hidden = true; });
      reader.readAsDataURL(chosen);
    });
    image.addEventListener("error", () => { picture.hidden = true; });

    if (image.dataset.focusX) {
      show(image.dataset.focusX, image.dataset.focusY);
      picture.hidden = false;
    }
  };

  document.querySelectorAll("[data-focus]").forEach(start);
})();
