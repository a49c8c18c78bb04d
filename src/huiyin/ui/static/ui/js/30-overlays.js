// Menus, dialogs, questions before a step, the drawer of the telephone, toasts.
(() => {
  const { words, make } = huiyin;
  const openMenus = () => document.querySelectorAll("details.menu[open]");

  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
    const opener = event.target.closest("[data-dialog]");
    if (opener) {
      openMenus().forEach((menu) => (menu.open = false));
      document.getElementById(opener.dataset.dialog)?.showModal();
    }
    if (event.target.closest("[data-close]") || event.target.matches("dialog[open]"))
      event.target.closest("dialog")?.close();
    event.target.closest("[data-dismiss]")?.closest("[data-toast]")?.remove();
    if (location.hash === "#navigation" && !event.target.closest("#navigation, [href='#navigation']"))
      location.hash = "#main";
    const copier = event.target.closest("[data-copy]");
    if (copier)
      navigator.clipboard?.writeText(copier.dataset.copy).then(() => huiyin.toast(words("已复制", "Copied"), "success"));
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    if (location.hash === "#navigation") location.hash = "#main";
  });

  // Asks first; going on repeats the press.
  document.addEventListener("click", (event) => {
    const asked = event.target.closest("[data-confirm]");
    if (!asked || asked.dataset.confirmed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const go = make("button", { class: "button is-primary", type: "button", autofocus: true }, words("继续", "Go on"));
    const stop = make("button", { class: "button is-quiet", type: "button" }, words("取消", "Cancel"));
    const box = make("dialog", { class: "dialog", "aria-label": asked.dataset.confirm },
      make("div", { class: "dialog-body" }, make("p", {}, asked.dataset.confirm),
        make("div", { class: "form-actions" }, go, stop)));
    go.addEventListener("click", () => {
      box.close();
      asked.dataset.confirmed = "1";
      asked.click();
      delete asked.dataset.confirmed;
    });
    stop.addEventListener("click", () => box.close());
    box.addEventListener("close", () => box.remove());
    document.body.append(box);
    box.showModal();
  }, true);

  huiyin.each("[data-toast]", (toast) => {
    if (toast.matches(".is-error, .is-warning")) return;
    let wait = setTimeout(() => toast.remove(), 6000);
    toast.addEventListener("mouseenter", () => clearTimeout(wait));
    toast.addEventListener("mouseleave", () => (wait = setTimeout(() => toast.remove(), 2000)));
  });
})();
