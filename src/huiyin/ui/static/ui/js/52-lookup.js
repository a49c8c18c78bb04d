// Type-ahead of a form: what is chosen is kept by its key beside the words; without script the box is a plain box.
huiyin.each("[data-lookup]", (frame) => {
  const box = frame.querySelector("input[type=text]");
  const key = frame.querySelector("input[type=hidden]");
  let filled = {};

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
    const cleared = Object.fromEntries(Object.keys(filled).map((name) => [name, ""]));
    for (const [name, value] of Object.entries({ ...cleared, ...values })) {
      const other = box.form?.elements[name];
      if (!other || !("value" in other) || (other.value && other.value !== filled[name])) continue;
      other.value = value;
      tell(other);
    }
    filled = values;
  }
  function choose(item) {
    box.value = item.label;
    put(item.key);
    fill(item.fill);
    box.dispatchEvent(new CustomEvent("huiyin:chosen", { bubbles: true, detail: item }));
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }
  async function ask(typed, signal) {
    const url = new URL(frame.dataset.lookup, location.href);
    url.searchParams.set("q", typed);
    for (const chosen of box.form?.querySelectorAll("[data-lookup] > input[type=hidden]") ?? []) {
      if (chosen !== key && chosen.value) url.searchParams.set(chosen.name, chosen.value);
    }
    const answer = await fetch(url, { signal, headers: { Accept: "application/json" } });
    return answer.ok ? (await answer.json()).items : null;
  }
  box.addEventListener("input", (event) => event.isComposing || put(""));
  const none = "mustExist" in frame.dataset
    ? huiyin.words("没有找到，请换个说法", "Nothing found; try other words")
    : huiyin.words("没有找到，可按所写的登记", "Nothing found; it can be kept as typed");
  huiyin.combobox(box, frame.querySelector("ul"), { ask, choose, none });
  mark();
});
