// What is typed stays in this browser until the server has accepted it: through a lost session, a lost line, a crash.
(() => {
  const PREFIX = "huiyin.draft.";
  const OLDEST = 7 * 24 * 3600 * 1000;
  const { words, make } = huiyin;
  const person = () => document.body.dataset.person ?? "";
  const slot = (form) => `${PREFIX}${person()}.${form.dataset.draftKey}`;
  const kept = (key) => {
    try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
  };
  const drop = (key) => localStorage.removeItem(key);
  const all = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));

  const wanted = (box) => box.name && !["password", "file", "submit", "button"].includes(box.type)
    && (box.type !== "hidden" || box.closest(".lookup") || "drawn" in box.dataset);

  function read(form) {
    const values = [];
    for (const box of form.elements) {
      if (!wanted(box)) continue;
      if (box.type === "checkbox" || box.type === "radio") values.push([box.name, box.value, box.checked]);
      else if (box.multiple) values.push([box.name, [...box.selectedOptions].map((one) => one.value)]);
      else values.push([box.name, box.value]);
    }
    return values;
  }
  function save(form) {
    const draft = { at: Date.now(), token: form.elements.submission?.value ?? "", values: read(form) };
    try { localStorage.setItem(slot(form), JSON.stringify(draft)); } catch { /* full or forbidden: nothing to do */ }
  }
  function fill(form, values) {
    form.dispatchEvent(new CustomEvent("huiyin:fill", { bubbles: true, detail: values }));
    for (const [name, value, checked] of values) {
      for (const box of form.elements) {
        if (box.name !== name || !wanted(box)) continue;
        if (box.type === "checkbox" || box.type === "radio") {
          if (box.value === value) box.checked = checked;
        } else if (box.multiple) for (const one of box.options) one.selected = value.includes(one.value);
        else box.value = value;
        if (box.matches("textarea[data-grow]")) huiyin.grow(box);
      }
    }
    form.dispatchEvent(new CustomEvent("huiyin:filled", { bubbles: true }));
  }
  huiyin.fill = fill;
  huiyin.dropDraft = (form) => drop(slot(form));
  function restore(form) {
    const draft = kept(slot(form));
    if (!draft) return;
    const before = read(form);
    if (Date.now() - draft.at > OLDEST || JSON.stringify(before) === JSON.stringify(draft.values)) return;
    fill(form, draft.values);
    const at = new Date(draft.at).toLocaleTimeString(huiyin.english ? "en-GB" : "zh-CN",
      { hour: "2-digit", minute: "2-digit" });
    const discard = make("button", { type: "button" }, words("放弃草稿", "Discard draft"));
    const note = make("div", { class: "draft-note", role: "status" },
      make("span", {}, words(`已恢复 ${at} 写了没交的内容。`, `Restored what you typed at ${at} and had not sent.`)),
      discard);
    discard.addEventListener("click", () => {
      drop(slot(form));
      fill(form, before);
      note.remove();
    });
    form.prepend(note);
  }
  function clearAccepted() {
    const found = document.cookie.match(/(?:^|; )huiyin_saved=([0-9A-Za-z]+)/);
    if (!found) return;
    for (const key of all()) if (kept(key)?.token === found[1]) drop(key);
    document.cookie = "huiyin_saved=; Max-Age=0; Path=/; SameSite=Lax";
  }
  clearAccepted();
  for (const key of all()) if (Date.now() - (kept(key)?.at ?? 0) > OLDEST) drop(key);

  const waits = new WeakMap();
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form?.dataset.draftKey) return;
    clearTimeout(waits.get(form));
    waits.set(form, setTimeout(() => save(form), 400));
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.dataset.draftKey) return;
    clearTimeout(waits.get(event.target));
    save(event.target);
  }, true);
  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt, successful, xhr } = event.detail;
    if (elt.matches?.("form[data-draft-key]") && successful && xhr.status < 300) drop(slot(elt));
  });
  huiyin.each("form[data-draft-key]", (form) => (form.querySelector("[data-refused]") ? save(form) : restore(form)));
})();
