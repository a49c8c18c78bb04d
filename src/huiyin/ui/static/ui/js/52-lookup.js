// Type-ahead: asks an address while somebody types; arrows, Enter and Escape work; without it the box is a plain box.
huiyin.each("[data-lookup]", (frame) => {
  const box = frame.querySelector("input[type=text]");
  const key = frame.querySelector("input[type=hidden]");
  const list = frame.querySelector("ul");
  let items = [], at = -1, wait = 0, asked = null, filled = {};

  const mark = () => frame.classList.toggle("is-chosen", Boolean(key.value));
  const tell = (element) => element.dispatchEvent?.(new Event("input", { bubbles: true }));
  function put(value) {
    if (key.value === value) return;
    key.value = value;
    mark();
    tell(key);
  }
  // What another choice filled in gives way to this one; what somebody typed stays.
  function fill(values) {
    for (const [name, value] of Object.entries({ ...Object.fromEntries(Object.keys(filled).map((name) => [name, ""])), ...values })) {
      const other = box.form?.elements[name];
      if (!other || !("value" in other) || (other.value && other.value !== filled[name])) continue;
      other.value = value;
      tell(other);
    }
    filled = values;
  }
  function close() {
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
    at = -1;
  }
  function show(found) {
    items = found;
    list.replaceChildren(...found.map((item, index) => {
      const row = huiyin.make("li", { role: "option", id: `${list.id}-${index}` }, item.label, item.hint ? huiyin.make("small", {}, item.hint) : null);
      row.addEventListener("mousedown", (event) => {
        event.preventDefault();
        choose(index);
      });
      return row;
    }));
    if (!found.length) list.append(huiyin.make("li", { class: "lookup-none", role: "option", "aria-disabled": "true" }, huiyin.words("没有找到，可按所写的登记", "Nothing found; it can be kept as typed")));
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
    select(found.length ? 0 : -1);
  }
  function select(index) {
    at = index;
    [...list.children].forEach((row, i) => row.setAttribute("aria-selected", String(i === index)));
    if (index >= 0) {
      box.setAttribute("aria-activedescendant", `${list.id}-${index}`);
      list.children[index].scrollIntoView({ block: "nearest" });
    }
  }
  function choose(index) {
    const item = items[index];
    if (!item) return;
    box.value = item.label;
    put(item.key);
    close();
    fill(item.fill);
    box.dispatchEvent(new CustomEvent("huiyin:chosen", { bubbles: true, detail: item }));
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }
  async function ask() {
    const typed = box.value.trim();
    if (!typed) return close();
    asked?.abort();
    asked = new AbortController();
    try {
      const url = new URL(frame.dataset.lookup, location.href);
      url.searchParams.set("q", typed);
      for (const chosen of box.form?.querySelectorAll("[data-lookup] > input[type=hidden]") ?? []) {
        if (chosen !== key && chosen.value) url.searchParams.set(chosen.name, chosen.value);
      }
      const answer = await fetch(url, { signal: asked.signal, headers: { Accept: "application/json" } });
      if (answer.ok && document.activeElement === box) show((await answer.json()).items);
    } catch { /* typed on, or no line: the box stays a plain box */ }
  }
  box.addEventListener("input", (event) => {
    if (event.isComposing) return;
    put("");
    clearTimeout(wait);
    wait = setTimeout(ask, 140);
  });
  box.addEventListener("compositionend", () => box.dispatchEvent(new Event("input", { bubbles: true })));
  box.addEventListener("keydown", (event) => {
    if (list.hidden) {
      if (event.key === "ArrowDown") ask();
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (items.length) select((at + (event.key === "ArrowDown" ? 1 : items.length - 1)) % items.length);
    } else if (event.key === "Enter" && !event.ctrlKey && at >= 0) {
      event.preventDefault();
      choose(at);
    } else if (event.key === "Tab" && at >= 0 && items.length === 1) choose(at);
    else if (event.key === "Escape") {
      event.stopPropagation();
      close();
    }
  });
  box.addEventListener("blur", () => setTimeout(close, 120));
  mark();
});
