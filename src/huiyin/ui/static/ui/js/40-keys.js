// Keyboard: / searches, c creates, g and a letter goes, j and k move, Enter opens, Ctrl+Enter sends, ? tells.
(() => {
  let going = 0;
  const rows = () =>
    [...document.querySelectorAll("main .table tbody tr, main .card")].filter((row) => row.offsetParent);
  function move(step) {
    const all = rows();
    if (!all.length) return;
    const at = all.findIndex((row) => row.classList.contains("is-here"));
    const to = all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + step))];
    if (at >= 0) all[at].classList.remove("is-here");
    to.classList.add("is-here");
    to.scrollIntoView({ block: "nearest" });
    (to.querySelector("a") ?? to).focus({ preventScroll: true });
  }
  function create() {
    const menu = document.querySelector("[data-create]");
    if (!menu) return;
    menu.open = true;
    menu.querySelector("a")?.focus();
  }
  function press(key) {
    const target = [...document.querySelectorAll("[data-shortcut]")]
      .find((one) => one.dataset.shortcut === key && one.offsetParent);
    target?.click();
    return Boolean(target);
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.closest("form");
      if (form) {
        event.preventDefault();
        const button = form.querySelector(".button.is-primary:not(:disabled), .button.is-danger:not(:disabled)");
        form.requestSubmit(button?.type === "submit" ? button : undefined);
      }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (huiyin.typing(event.target) || document.querySelector("dialog[open]")) return;
    const key = event.key;
    const menu = event.target.closest?.("details.menu[open]");
    if (menu && (key === "ArrowDown" || key === "ArrowUp")) {
      const items = [...menu.querySelectorAll(".menu-body a, .menu-body button")];
      const next = items.indexOf(document.activeElement) + (key === "ArrowDown" ? 1 : -1);
      items[(next + items.length) % items.length]?.focus();
      event.preventDefault();
      return;
    }
    if (going && Date.now() - going < 1200) {
      going = 0;
      const link = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
      if (link) {
        event.preventDefault();
        link.click();
      }
      return;
    }
    if (key === "g") going = Date.now();
    else if (key === "/") document.querySelector("[data-search] input")?.focus();
    else if (key === "?") document.getElementById("keys")?.showModal();
    else if (key === "j") move(1);
    else if (key === "k") move(-1);
    else if (key === "c") press("c") || create();
    else if (key.length !== 1 || !press(key)) return;
    if (key !== "g") event.preventDefault();
  });
})();
