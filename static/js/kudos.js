/* A paw stamped in place. Without this script, or when it fails, the form is sent and the server says thank you. */
(() => {
  const give = async (form) => {
    const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };

  const stamp = (form, told) => {
    form.classList.add("given");
    form.querySelector("[data-kudos-said]").textContent = told.said;
    form.querySelector("[data-kudos-paws]").textContent = told.paws;
    form.querySelector("button").setAttribute("aria-disabled", "true");
  };

  document.querySelectorAll("form[data-kudos]").forEach((form) => {
    let sent = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (sent) return;
      sent = true;
      give(form).then((told) => stamp(form, told), () => form.submit());
    });
  });
})();
