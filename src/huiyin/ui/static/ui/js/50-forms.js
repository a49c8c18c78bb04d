// Forms: boxes that grow, no double sending by accident, the first mistake in sight.
(() => {
  const grow = (box) => {
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight + 2, 640)}px`;
  };
  huiyin.grow = grow;
  huiyin.each("textarea[data-grow]", (box) => box.value && grow(box));
  document.addEventListener("input", (event) => event.target.matches?.("textarea[data-grow]") && grow(event.target));
  huiyin.each("[data-refused]", (summary) => summary.focus());

  function release(form) {
    delete form.dataset.sending;
    for (const button of form.querySelectorAll(".is-sending")) {
      button.classList.remove("is-sending");
      button.disabled = false;
    }
  }
  // A second press while the first is on its way is dropped. Sending again later is harmless: the form carries a token.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-guard]")) return;
    if (form.dataset.sending) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sending = "1";
    const pressed = event.submitter ?? form.querySelector(".button.is-primary");
    setTimeout(() => {
      if (!pressed) return;
      pressed.classList.add("is-sending");
      pressed.disabled = true;
    });
    setTimeout(() => release(form), 15000);
  }, true);
  document.addEventListener("htmx:afterRequest",
    (event) => event.detail.elt.matches?.("form[data-guard]") && release(event.detail.elt));
  window.addEventListener("pageshow", (event) =>
    event.persisted && document.querySelectorAll("form[data-sending]").forEach(release));
})();
