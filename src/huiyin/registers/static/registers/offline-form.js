// A form that is filled in without a network: what stands in it at first, what it lacks, and how it is kept.
huiyin.offline = (() => {
  const { words, make, icon, outbox, toast } = huiyin;
  const zone = () => document.querySelector("[data-offline]").dataset.zone;
  const notice = (tone, text, ...more) => make("div", { class: `notice is-${tone}` },
    icon(tone === "bad" || tone === "warn" ? "alert" : "info"), make("div", {}, make("p", {}, text), ...more));
  const waitingOn = (order, sheets) => sheets.filter((one) => !outbox.isNew(order)
    && one.kind === order.kind && one.number === order.number
    && one.person === order.person && !["taken", "kept"].includes(one.state));

  const nameOfField = (name, step) => step.labels[name] ?? name;
  // The site's day and time of a moment, as boxes take them.
  function onSite(moment) {
    const parts = Object.fromEntries(new Intl.DateTimeFormat("en-CA", { timeZone: zone(), hourCycle: "h23",
      year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" })
      .formatToParts(new Date(moment)).map((one) => [one.type, one.value]));
    return { day: `${parts.year}-${parts.month}-${parts.day}`, time: `${parts.hour}:${parts.minute}` };
  }
  function start(form, step) {
    const { day, time } = onSite(Date.now());
    for (const [name, what] of Object.entries(step.starts)) {
      if (form.elements[name] && !step.base[name]) form.elements[name].value = what === "now" ? `${day}T${time}` : day;
    }
  }
  // What the form still lacks, as far as it can be told without the server; the server judges again.
  function lacking(form, step, said) {
    const found = [];
    const place = (name) => form.querySelector(`[data-field="${CSS.escape(name)}"]`);
    const isThere = (name) => (said.values[name] ?? []).some((one) => one.trim())
      || said.files.some((one) => one.field === name) || (said.values[`${name}_key`] ?? []).some(Boolean);
    for (const name of step.required) {
      if (!place(name) || place(name).hidden) continue;
      const rows = Object.entries(said.values).some(([one, values]) => one.startsWith(`${name}-`)
        && !/-(item|pk)$/.test(one) && values.some((value) => value.trim()));
      if (!isThere(name) && !rows) found.push([place(name), nameOfField(name, step)]);
    }
    for (const name of step.checked) {
      const rows = [...(place(name)?.querySelectorAll("[data-row]") ?? [])];
      if (rows.some((row) => ![...row.querySelectorAll("[type=radio]")].some((box) => box.checked && box.value)))
        found.push([place(name), nameOfField(name, step)]);
    }
    for (const box of form.querySelectorAll("[inputmode=decimal], [inputmode=numeric]")) {
      const typed = box.value.trim().normalize("NFKC");
      if (typed && typed !== "/" && !/^[-+]?[\d.,。\s¥]+$/.test(typed))
        found.push([box.closest(".field"), words(`不是数字：${box.value}`, `no number: ${box.value}`)]);
    }
    const isBefore = (one, other) => one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
    return found.sort(([one], [other]) => (one === other ? 0 : isBefore(one, other) ? -1 : 1));
  }
  async function read(form) {
    const values = {}, files = [];
    for (const [name, value] of new FormData(form)) {
      if (["csrfmiddlewaretoken", "submission", "version"].includes(name)) continue;
      if (typeof value === "string") (values[name] ??= []).push(value);
      else if (value.size || value.name) {
        const data = await value.arrayBuffer();
        const sha256 = await outbox.hex(data);
        files.push({ field: name, name: value.name || "photo.jpg", type: value.type, sha256, data });
      }
    }
    return { values, files };
  }
  function complain(form, found) {
    form.querySelectorAll(".offline-lacks").forEach((one) => one.remove());
    if (!found.length) return;
    const list = make("ul", { class: "reasons" }, ...found.map(([, text]) => make("li", {}, text)));
    const box = notice("bad", words("还不能保存，请填写：", "Not saved yet. Fill in:"), list);
    box.classList.add("offline-lacks");
    form.prepend(box);
    box.scrollIntoView({ block: "center" });
  }
  async function save(form, order, step, before) {
    let said;
    try {
      said = await read(form);
    } catch {
      return complain(form, [[null, words("照片读不出来，请重新选择", "A photograph cannot be read; choose it again")]]);
    }
    const found = lacking(form, step, said);
    complain(form, found);
    if (found.length) return;
    const sheets = await outbox.sheets();
    const earlier = waitingOn(order, sheets).filter((one) => one.id !== before?.id
      && (!before || one.created < before.created)).map((one) => one.id);
    const created = before?.created ?? new Date().toISOString();
    const content = { person: outbox.person(), kind: order.kind,
      number: outbox.isNew(order) ? "" : order.number, verb: step.verb,
      ticket: order.ticket, stated_at: new Date().toISOString(), values: said.values, base: before?.base ?? step.base,
      after: before?.after ?? earlier, files: said.files.map(({ field, name, sha256 }) => ({ field, name, sha256 })) };
    const sheet = await outbox.sealed({ id: before?.id ?? crypto.randomUUID(), person: outbox.person(), created,
      kind: order.kind, number: order.number, subject: order.subject, verb: step.verb, label: step.label, to: step.to,
      base: content.base, after: content.after, state: "waiting", attempted: before?.attempted ?? false }, content);
    try {
      await outbox.keep(sheet, said.files);
    } catch (why) {
      return complain(form, [[null, why?.name === "QuotaExceededError"
        ? words("手机存储空间不够，没有保存。请腾出空间再存。", "The telephone's storage is full: not saved. Make room and save again.")
        : words("没有保存成功，请再存一次。", "It was not saved. Save again.")]]);
    }
    huiyin.dropDraft(form);
    toast(words("已保存在这台手机上，等待发送", "Saved on this telephone, waiting to be sent"), "success");
    location.hash = "";
    outbox.send();
  }

  return { notice, waitingOn, onSite, start, save };
})();
