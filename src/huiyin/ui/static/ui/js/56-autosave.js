// Forms that save themselves: on a pause, on leaving a box, and once more when the line or the session is back.
// What is typed stays in this browser until the server has it; when somebody else was faster both texts are shown in
// place.
(() => {
  const { words, make } = huiyin;
  const PREFIX = "huiyin.draft.";
  const PAUSE = 1200, RETRY = 15000, SETTLED = 5000;
  const address = (form) => form.getAttribute("action");  // `form.action` is the box of that name where there is one
  const key = (form) =>
    `${PREFIX}${document.body.dataset.person ?? ""}.auto.`
    + (form.dataset.autosave || form.dataset.adds || address(form));
  const boxes = (form) =>
    [...form.elements].filter((box) => box.name
      && !["csrfmiddlewaretoken", "version", "submission"].includes(box.name)
      && !["submit", "button", "file"].includes(box.type));
  const value = (box) => (box.type === "checkbox" || box.type === "radio" ? (box.checked ? box.value : "") : box.value);
  const slot = (box) => (box.type === "radio" ? `${box.name}=${box.value}` : box.name);
  const read = (form) => Object.fromEntries(boxes(form).map((box) => [slot(box), value(box)]));
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

  function put(form, values) {
    for (const box of boxes(form)) {
      const wanted = values[slot(box)];
      if (wanted === undefined) continue;
      if (box.type === "checkbox" || box.type === "radio") box.checked = Boolean(wanted);
      else box.value = wanted;
      if (box.matches("textarea[data-grow]")) huiyin.grow(box);
      const lookup = box.closest("[data-lookup]");
      if (lookup) lookup.classList.toggle("is-chosen", Boolean(lookup.querySelector("[type=hidden]").value));
    }
    // The segment that stands for nothing has no value of its own: it is chosen where no other one of its name is.
    for (const box of boxes(form)) {
      if (box.type === "radio" && !box.value && ![...form.elements[box.name]].some((one) => one.checked))
        box.checked = true;
    }
  }
  const kept = (form) => {
    try { return JSON.parse(localStorage.getItem(key(form))); } catch { return null; }
  };
  // `base` is what stood there when the typing began. While somebody is asked which text stays, the former one is kept
  // on: whoever leaves without an answer is asked again.
  function keep(form, values, base = {}, saved = false) {
    const asked = form.querySelector("[data-conflict]") ? kept(form) : null;
    const version = asked?.version ?? form.elements.version?.value ?? "";
    const draft = { at: Date.now(), token: "", version, base: asked?.base ?? base, values, saved };
    try { localStorage.setItem(key(form), JSON.stringify(draft)); } catch { /* full or forbidden */ }
  }
  const forget = (form) => localStorage.removeItem(key(form));

  function say(form, text, tone = "") {
    const place = form.querySelector("[data-state]");
    if (!place) return;
    place.textContent = text;
    place.className = `save-state${tone ? ` is-${tone}` : ""}`;
  }
  function errors(form, said) {
    form.querySelectorAll(".field-error[data-live]").forEach((one) => one.remove());
    form.querySelectorAll(".field.has-error").forEach((one) => one.classList.remove("has-error"));
    const rest = [...(said?.reasons ?? [])];
    for (const [name, reason] of Object.entries(said?.errors ?? {})) {
      const field = [...form.elements].find((box) => box.name === name && box.type !== "hidden")?.closest(".field");
      if (!field) rest.push(reason);
      else {
        field.classList.add("has-error");
        field.append(make("p", { class: "field-error", "data-live": true }, huiyin.icon("alert"), reason));
      }
    }
    return rest;
  }
  // Parts of the page that follow from what was saved: totals, remarks, progress.
  function replace(pieces) {
    for (const [id, html] of Object.entries(pieces ?? {})) {
      const place = document.getElementById(id);
      if (!place) continue;
      place.innerHTML = html;
      huiyin.prepareIn(place);
    }
  }
  async function send(form, body, quick = false) {
    const headers = { "Huiyin-Autosave": "1", Accept: "application/json" };
    const answer = await fetch(address(form), { method: "POST", body, headers, redirect: "manual", keepalive: quick });
    if (!(answer.headers.get("Content-Type") ?? "").includes("json")) return { status: answer.status, said: null };
    return { status: answer.status, said: await answer.json() };
  }
  const lost = (status) => (status === 403 ? words("页面放得太久：刷新后继续，写的都留在本机。",
      "The page was open too long: reload; what you typed is kept here.")
    : status === 404 ? words("已经没有了，或不再归你看；写的留在本机。",
      "It is gone or no longer yours to see; what you typed is kept here.")
    : status === 0 ? words("登录已结束：在另一个窗口登录，这里会接着保存。", "Signed out: sign in in another window and saving goes on here.")
    : words("没有保存，写的留在本机，稍后再试。", "Not saved; it is kept here and tried again."));

  huiyin.each("form[data-autosave]", (form) => {
    let base = read(form), wait = 0, sending = false, again = false;
    form.classList.add("is-live");

    const dirty = () => !same(read(form), base);
    function later(pause) {
      clearTimeout(wait);
      wait = setTimeout(save, pause);
    }
    async function save(quick = false) {
      clearTimeout(wait);
      if (form.querySelector("[data-conflict]")) return;
      if (!dirty()) return forget(form);
      if (sending) return void (again = true);
      sending = true;
      const sent = read(form);
      say(form, words("正在保存…", "Saving…"));
      try {
        const { status, said } = await send(form, new FormData(form), quick);
        if (status === 200 && said) saved(sent, said);
        else if (status === 409 && said?.piece) clash(sent, said);
        else if (status === 422 && said) {
          const rest = errors(form, said);
          say(form, rest.join(" ") || words("还没有保存：见标出的框", "Not saved yet: see the marked box"), "bad");
        } else {
          say(form, lost(status), "bad");
          if (status !== 403 && status !== 404) later(RETRY);
        }
      } catch {
        say(form, words("没有连上服务器；写的留在本机，连上就保存。", "No connection; kept here and saved when the line is back."), "bad");
        later(RETRY);
      }
      sending = false;
      if (again) {
        again = false;
        save();
      }
    }
    function saved(sent, said) {
      errors(form, null);
      base = { ...sent, ...settled(sent, said.boxes ?? {}) };
      if (form.elements.version) form.elements.version.value = said.version;
      replace(said.pieces);
      say(form, words(`已保存 ${said.saved}`, `Saved ${said.saved}`), "good");
      if (dirty()) return void later(PAUSE);
      // A page that is being fetched just now may be older than what was saved: it finds it here.
      keep(form, base, base, true);
      setTimeout(() => kept(form)?.saved && forget(form), SETTLED);
    }
    // What the server set otherwise than it was sent, a proof that counts no longer say, unless it was changed again
    // since.
    function settled(sent, stands) {
      const now = read(form);
      const other = Object.fromEntries(Object.entries(stands)
        .filter(([name, one]) => name in now && now[name] === sent[name] && one !== sent[name]));
      put(form, other);
      return other;
    }
    // Boxes that only the other one changed follow the other one; the rest is asked.
    function clash(sent, said) {
      const mine = Object.keys(said.theirs)
        .filter((name) => ![base[name], said.theirs[name]].includes(sent[name]) && base[name] !== said.theirs[name]);
      const follow = Object.fromEntries(Object.entries(said.theirs).filter(([name]) => same(sent[name], base[name])));
      put(form, follow);
      form.elements.version.value = said.version;
      base = { ...base, ...said.theirs };
      if (!mine.length) {
        if (dirty()) return void later(50);
        forget(form);
        return say(form, words("已保存", "Saved"), "good");
      }
      const place = form.querySelector("[data-clash]");
      place.innerHTML = said.piece;
      for (const one of place.querySelectorAll("[data-differs]")) {
        if (!mine.some((name) => name === one.dataset.differs || name.startsWith(`${one.dataset.differs}=`)))
          one.remove();
      }
      say(form, words("有人同时改过：请选择留下哪一个", "Changed meanwhile: choose which text stays"), "bad");
      place.onclick = (event) => {
        const choice = event.target.closest("[data-choose]")?.dataset.choose;
        if (!choice) return;
        const theirs = Object.fromEntries(mine.map((name) => [name, said.theirs[name]]));
        if (choice === "theirs") put(form, theirs);
        if (choice === "both") {
          for (const box of boxes(form)) {
            if (mine.includes(box.name) && box.tagName === "TEXTAREA" && theirs[box.name]) {
              put(form, { [box.name]: `${theirs[box.name]}\n${box.value}` });
            }
          }
        }
        place.replaceChildren();
        keep(form, read(form), base);
        if (dirty()) save();
        else {
          forget(form);
          say(form, words("留下了现在保存着的", "The saved text stays"), "good");
        }
      };
    }
    form.addEventListener("input", () => {
      keep(form, read(form), base);
      say(form, words("正在写…", "Typing…"));
      later(PAUSE);
    });
    form.addEventListener("change", () => later(120));
    form.addEventListener("submit", (event) => {
      if (event.submitter?.name === "do") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (dirty()) save();
      else say(form, words("没有改动", "Nothing changed"));
    });
    window.addEventListener("online", () => dirty() && save());
    document.addEventListener("visibilitychange", () => document.hidden && dirty() && save(true));
    form.addEventListener("huiyin:save", () => save());

    const draft = kept(form);
    const newer = Number(draft?.version ?? 0) > Number(form.elements.version?.value ?? 0);
    if (draft?.saved && newer) {
      form.elements.version.value = draft.version;
      put(form, draft.values);
      base = read(form);
      say(form, words("已保存", "Saved"), "good");
    } else if (draft && !draft.saved && !same({ ...base, ...draft.values }, base)) {
      if (String(draft.version) !== (form.elements.version?.value ?? "")) base = draft.base ?? {};
      if (form.elements.version) form.elements.version.value = draft.version;
      put(form, draft.values);
      say(form, words("找回了上次没有保存的内容", "Restored what was not saved last time"));
      later(300);
    } else if (draft) forget(form);
  });

  // A row that is added: it appears above, and the empty one waits for the next.
  huiyin.each("form[data-adds]", (form) => {
    const empty = read(form);
    form.addEventListener("input", () => keep(form, read(form)));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (form.dataset.busy) return;
      form.dataset.busy = "1";
      say(form, words("正在保存…", "Saving…"));
      try {
        const { status, said } = await send(form, new FormData(form));
        if (status === 200 && said) {
          forget(form);
          if (said.again) return void location.reload();  // it was added before; only the answer was lost
          errors(form, null);
          const into = document.getElementById(said.into);
          into.insertAdjacentHTML("beforeend", said.row);
          huiyin.prepareIn(into.lastElementChild);
          replace(said.pieces);
          put(form, empty);
          form.elements.submission.value = said.submission;
          say(form, words(`已添加 ${said.saved}`, `Added ${said.saved}`), "good");
          const first = boxes(form).find((box) => box.type !== "hidden");
          first?.focus();
          form.closest("details[data-folds]")?.removeAttribute("open");
        } else if (status === 422 && said) {
          const rest = errors(form, said);
          say(form, rest.join(" ") || words("还没有添加：见标出的框", "Not added yet: see the marked box"), "bad");
        } else say(form, lost(status), "bad");
      } catch {
        say(form, words("没有连上服务器；写的留在本机。", "No connection; what you typed is kept here."), "bad");
      }
      delete form.dataset.busy;
    });
    const draft = kept(form);
    if (draft && !same(draft.values, empty)) {
      put(form, draft.values);
      form.closest("details")?.setAttribute("open", "");
    }
  });
})();
