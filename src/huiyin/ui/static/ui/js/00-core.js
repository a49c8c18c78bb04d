// What the other scripts share. Every script enhances a page that works without it.
const huiyin = (() => {
  const english = document.documentElement.lang === "en";
  const words = (zh, en) => (english ? en : zh);
  const ready = [];

  // Runs `prepare` on every element that matches, now and in whatever htmx brings later.
  function each(selector, prepare) {
    ready.push([selector, prepare]);
  }
  function prepareIn(root) {
    for (const [selector, prepare] of ready) {
      if (root.matches?.(selector)) prepare(root);
      root.querySelectorAll(selector).forEach(prepare);
    }
  }
  document.addEventListener("DOMContentLoaded", () => prepareIn(document));
  document.addEventListener("htmx:load", (event) => {
    if (event.detail.elt !== document.body) prepareIn(event.detail.elt);
  });

  function make(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === true) made.setAttribute(name, "");
      else if (value !== false && value != null) made.setAttribute(name, value);
    }
    made.append(...children.filter((child) => child != null));
    return made;
  }
  function icon(name) {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    const use = document.createElementNS(space, "use");
    const sprite = document.querySelector("svg use")?.getAttribute("href").split("#")[0] ?? "";
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    use.setAttribute("href", `${sprite}#${name}`);
    svg.append(use);
    return svg;
  }
  function toast(text, kind = "info") {
    let place = document.getElementById("toasts");
    if (!place) {
      place = make("div", { class: "toasts", id: "toasts", "aria-live": "polite" });
      document.body.append(place);
    }
    const shown = make("div", { class: `toast is-${kind}`, "data-toast": true },
      icon(kind === "success" ? "check" : "info"), make("p", {}, text),
      make("button", { class: "button is-quiet is-icon", type: "button",
        "data-dismiss": true, "aria-label": words("关闭", "Close") }, icon("close")));
    place.append(shown);
    prepareIn(shown);
  }
  const typing = (element) =>
    element?.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  return { words, english, each, make, icon, toast, typing, prepareIn };
})();
