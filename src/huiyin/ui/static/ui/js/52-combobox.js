// A list of things to choose under a box: asks while somebody types; arrows move, Enter chooses, Escape closes.
// `ask(typed, signal)` gives the items ({ label, hint }), null to leave the list as it is; `choose(item)` takes one.
// `first`: the first one is chosen by Enter alone; without it Enter does what the box does by itself.
huiyin.combobox = (box, list, { ask, choose, none, least = 1, first = true }) => {
  let items = [], at = -1, wait = 0, asked = null;

  function close() {
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
    at = -1;
  }
  function select(index) {
    at = index;
    [...list.children].forEach((row, i) => row.setAttribute("aria-selected", String(i === index)));
    if (index < 0) return box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-activedescendant", `${list.id}-${index}`);
    list.children[index].scrollIntoView({ block: "nearest" });
  }
  function take(index) {
    const item = items[index];
    if (!item) return;
    close();
    choose(item);
  }
  function show(found) {
    items = found;
    list.replaceChildren(...found.map((item, index) => {
      const row = huiyin.make("li", { role: "option", id: `${list.id}-${index}` },
        item.label, item.hint ? huiyin.make("small", {}, item.hint) : null);
      row.addEventListener("mousedown", (event) => {
        event.preventDefault();
        if (event.button === 0) take(index);
      });
      return row;
    }));
    if (!found.length)
      list.append(huiyin.make("li", { class: "lookup-none", role: "option", "aria-disabled": "true" }, none));
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
    select(found.length && first ? 0 : -1);
  }
  async function look() {
    const typed = box.value.trim();
    asked?.abort();
    if (typed.length < least) return close();
    asked = new AbortController();
    try {
      const found = await ask(typed, asked.signal);
      if (found && document.activeElement === box) show(found);
    } catch { /* typed on, or no line: the box stays a plain box */ }
  }
  function move(step) {
    if (!items.length) return;
    const places = items.length + (first ? 0 : 1);  // one of them is the box itself, when Enter is its own
    const from = first ? at : at + 1;
    const to = (from + step + places) % places;
    select(first ? to : to - 1);
  }
  box.addEventListener("input", (event) => {
    if (event.isComposing) return;
    clearTimeout(wait);
    wait = setTimeout(look, 140);
  });
  box.addEventListener("compositionend", () => box.dispatchEvent(new Event("input", { bubbles: true })));
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (list.hidden) {
      if (event.key === "ArrowDown") look();
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && !event.ctrlKey && at >= 0) {
      event.preventDefault();
      take(at);
    } else if (event.key === "Tab" && first && at >= 0 && items.length === 1) take(at);
    else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  box.addEventListener("blur", () => {
    clearTimeout(wait);
    setTimeout(close, 120);
  });
};
