// The choice of light or dark takes effect at once and is kept by the server.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-preferences] button[name=theme]");
  if (!button) return;
  event.preventDefault();
  document.documentElement.dataset.theme = button.value;
  for (const other of button.form.querySelectorAll("button[name=theme]")) {
    other.toggleAttribute("aria-pressed", false);
    if (other === button) other.setAttribute("aria-pressed", "true");
  }
  const sent = new FormData(button.form);
  sent.set("theme", button.value);
  fetch(button.form.action, { method: "POST", body: sent, redirect: "manual" }).catch(() => {});
});
