/* A paw stamped in place. Without this script, or when it fails, the form is sent and the server says thank you.
   The page itself may be some minutes old: on the giver's own device the paw stays given for the day. */
(() => {
  const key = (form) => `ok9-paw:${new URL(form.action).pathname}`;
  const today = () => new Date().toDateString();
  const figure = (words) => Number(words.replace(/\D/g, ""));
  const remember = (form, told) => {
    try {
      localStorage.setItem(key(form), JSON.stringify({ ...told, day: today() }));
    } catch { /* Nothing is kept on this device. */ }
  };
  const remembered = (form) => {
    try {
      const told = JSON.parse(localStorage.getItem(key(form)) || "null");
      return told && told.day === today() ? told : null;
    } catch {
      return null;
    }
  };

  const give = async (form) => {
    const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };

  const stamp = (form, told) => {
    form.classList.add("given");
    form.querySelector("[data-kudos-said]").textContent = told.said;
    const paws = form.querySelector("[data-kudos-paws]");
    if (figure(told.paws) >= figure(paws.textContent)) paws.textContent = told.paws;
    form.querySelector("button").setAttribute("aria-disabled", "true");
  };

  document.querySelectorAll("form[data-kudos]").forEach((form) => {
    const told = remembered(form);
    let sent = Boolean(told);
    if (told) stamp(form, told);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (sent) return;
      sent = true;
      give(form).then((answer) => {
        stamp(form, answer);
        remember(form, answer);
      }, () => form.submit());
    });
  });
})();
