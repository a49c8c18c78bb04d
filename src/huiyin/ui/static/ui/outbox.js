// The outbox: sheets that were filled in without a network wait here, in this browser's own database, until the server
// has answered for each of them. They are sent when a page opens, when the line is back, by the clock, and by a button.
huiyin.outbox = (() => {
  const { words, make, icon } = huiyin;
  const NAME = "huiyin-offline", USED = "huiyin.outbox", HOME = "/registers/offline/", EVERY = 15000;
  const UNREACHED = [502, 503, 504];
  const changed = () => document.dispatchEvent(new Event("huiyin:outbox"));
  const person = () => Number(document.body.dataset.person || 0);

  // ---- the database

  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  let opening = null;
  function database() {
    opening ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("orders", { keyPath: ["person", "kind", "number"] });
        request.result.createObjectStore("sheets", { keyPath: "id" });
        request.result.createObjectStore("files", { keyPath: ["sheet", "place"] });
      };
      request.onsuccess = () => {
        request.result.onversionchange = () => request.result.close();
        resolve(request.result);
      };
      request.onerror = () => reject(request.error);
    });
    return opening;
  }
  // Runs `work` on the stores; what it promises holds once the transaction is on the disk, as far as browsers say so.
  async function within(stores, mode, work) {
    const transaction = (await database()).transaction(stores, mode, { durability: "strict" });
    const ended = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
    });
    try {
      const result = await work(...stores.map((name) => transaction.objectStore(name)));
      await ended;
      return result;
    } catch (why) {
      ended.catch(() => {});
      try { transaction.abort(); } catch { /* it has ended by itself */ }
      throw why;
    }
  }
  const ofSheet = (id) => IDBKeyRange.bound([id, 0], [id, Infinity]);
  const sheets = async () => (await within(["sheets"], "readonly", (store) => done(store.getAll())))
    .sort((a, b) => a.created.localeCompare(b.created));
  const files = (id) => within(["files"], "readonly", (store) => done(store.getAll(ofSheet(id))));
  const orders = async () => (await within(["orders"], "readonly", (store) => done(store.getAll())))
    .filter((one) => one.person === person()).sort((a, b) => a.place - b.place);
  // Changes a sheet as long as it still says what it said; files that the server has are let go with it.
  const patch = (sheet, changes, drop = false) => within(["sheets", "files"], "readwrite", async (store, data) => {
    const now = await done(store.get(sheet.id));
    if (now?.digest !== sheet.digest) return false;
    if (drop) await done(data.delete(ofSheet(sheet.id)));
    await done(store.put({ ...now, ...changes }));
    return true;
  });
  const remove = (id) => within(["sheets", "files"], "readwrite", async (store, data) => {
    await done(data.delete(ofSheet(id)));
    await done(store.delete(id));
  });
  const keepOrders = (list) => within(["orders"], "readwrite", async (store) => {
    for (const one of await done(store.getAll())) {
      if (one.person === person()) await done(store.delete([one.person, one.kind, one.number]));
    }
    for (const [place, one] of list.entries()) await done(store.put({ ...one, person: person(), place }));
  });

  // What has no number yet is no record others could hang on; its number here names the form alone.
  const isNew = (one) => one.number.startsWith("+");

  const hex = async (bytes) => [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))]
    .map((one) => one.toString(16).padStart(2, "0")).join("");

  // Keeps a sheet with its files, and reads it back before it is said to be saved.
  async function keep(sheet, held) {
    localStorage.setItem(USED, "1");
    await within(["sheets", "files"], "readwrite", async (store, data) => {
      await done(data.delete(ofSheet(sheet.id)));
      for (const [place, one] of held.entries()) await done(data.put({ ...one, sheet: sheet.id, place }));
      await done(store.put(sheet));
    });
    const again = (await sheets()).find((one) => one.id === sheet.id);
    const whole = again && (await hex(new TextEncoder().encode(again.content))) === sheet.digest;
    const there = await files(sheet.id);
    const same = await Promise.all(there.map(async (one) => (await hex(one.data)) === one.sha256));
    if (!whole || there.length !== held.length || same.includes(false)) throw new Error("not read back");
    changed();
  }
  function sealed(sheet, said) {
    const content = JSON.stringify(said);
    return hex(new TextEncoder().encode(content)).then((digest) => ({ ...sheet, content, digest }));
  }

  // ---- sending

  const SIGNED_OUT = "signed-out", ANOTHER = "another", AWAY = "away", SENT = "sent", NOTHING = "nothing";
  async function ask(path, options = {}) {
    const answer = await fetch(HOME + path, { redirect: "manual", cache: "no-store", ...options });
    if (answer.type === "opaqueredirect") throw SIGNED_OUT;
    if (UNREACHED.includes(answer.status)) throw AWAY;
    if ((answer.headers.get("Content-Type") ?? "").includes("json")) return answer;
    if (answer.ok) throw AWAY;
    // The server is there and cannot do this one thing: that holds back no other.
    const why = words(`服务器处理不了（${answer.status}）`, `The server could not deal with it (${answer.status})`);
    return Response.json({ result: "refused", reasons: [why] }, { status: answer.status });
  }
  const post = (path, token, body) => ask(path, { method: "POST", body, headers: { "X-CSRFToken": token } });

  async function sendFiles(sheet, token) {
    const held = await files(sheet.id);
    if (!held.length) return null;
    const asked = JSON.stringify({ files: held.map((one) => one.sha256) });
    const found = await post("missing", token, asked);
    if (!found.ok) return found.json();
    const { missing } = await found.json();
    for (const one of held.filter((each) => missing.includes(each.sha256))) {
      const body = new FormData();
      body.append("file", new File([one.data], one.name, { type: one.type }));
      const answer = await post("files", token, body);
      if (!answer.ok) return answer.json();
    }
    return null;
  }
  async function sendOne(sheet, token) {
    const unfit = await sendFiles(sheet, token);
    await patch(sheet, { attempted: true });
    const answer = unfit ? null : await post("sheets", token,
      JSON.stringify({ id: sheet.id, digest: sheet.digest, content: sheet.content }));
    const said = unfit ?? await answer.json();
    const states = { taken: "taken", kept: "kept", asks: "asks", clash: "clash", files: "waiting" };
    const state = states[said.result] ?? "refused";
    // Changed while it was on its way, it stays and is sent once more.
    await patch(sheet, { state, answer: said, answered: new Date().toISOString() }, ["taken", "kept"].includes(state));
  }
  // The records as they are now, with the forms of their next steps, and the forms of new ones.
  async function takeAlong() {
    const said = await (await ask("orders")).json();
    if (!said.orders) throw AWAY;
    if (said.person !== person()) throw ANOTHER;
    await keepOrders([...said.orders, ...said.openings]);
    localStorage.setItem("huiyin.offline.at", said.at);
    return said.orders.length;
  }
  // Every sheet of this person in its turn; one that waits for an answer holds back those behind it on the same record.
  async function sendAll() {
    const mine = (await sheets()).filter((one) => one.person === person());
    if (!mine.some((one) => one.state === "waiting")) return NOTHING;
    const contact = await (await ask("contact")).json();
    if (!contact.person) throw AWAY;
    if (contact.person !== person()) return ANOTHER;
    const held = new Set();
    for (const sheet of mine) {
      const record = isNew(sheet) ? sheet.id : `${sheet.kind}/${sheet.number}`;
      if (["asks", "clash", "refused"].includes(sheet.state)) held.add(record);
      if (sheet.state !== "waiting" || held.has(record)) continue;
      await sendOne(sheet, contact.token);
      const now = (await sheets()).find((one) => one.id === sheet.id);
      if (!["taken", "kept"].includes(now?.state)) held.add(record);
      changed();
    }
    await takeAlong();
    return SENT;
  }
  let sending = null, again = false, last = "";
  function send() {
    if (sending) again = true;
    sending ??= (navigator.locks ? navigator.locks.request(NAME, sendAll) : sendAll())
      .catch((why) => (typeof why === "string" ? why : AWAY))
      .then((how) => {
        sending = null;
        last = how === NOTHING && last === SENT ? SENT : how;
        changed();
        if (!again) return how;
        again = false;
        return send();
      });
    return sending;
  }

  // ---- the count, always in sight

  const badge = make("a", { class: "outbox-count", href: HOME, role: "status" });
  async function count() {
    const waiting = (await sheets()).filter((one) => one.person === person() && !["taken", "kept"].includes(one.state));
    badge.replaceChildren(icon("upload"), words(`待发送 ${waiting.length}`, `Waiting ${waiting.length}`));
    if (waiting.length && person()) document.body.append(badge);
    else badge.remove();
    return waiting.length;
  }

  // ---- signing out

  async function copyOut() {
    const mine = (await sheets()).filter((one) => one.person === person() && !["taken", "kept"].includes(one.state));
    const whole = await Promise.all(mine.map(async (one) => ({ ...one, files: await Promise.all(
      (await files(one.id)).map(async (file) => ({ name: file.name, type: file.type, sha256: file.sha256,
        data: await coded(file) }))) })));
    const link = make("a", { download: `huiyin-${new Date().toISOString().slice(0, 16).replaceAll(":", "")}.json`,
      href: URL.createObjectURL(new Blob([JSON.stringify(whole, null, 1)], { type: "application/json" })) });
    document.body.append(link);
    link.click();
    link.remove();
  }
  const coded = (file) => new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.readAsDataURL(new Blob([file.data], { type: file.type }));
  });
  function warn(form, n) {
    const button = (kind, text) => make("button", { type: "button", class: `button is-${kind}` }, text);
    const stay = button("primary", words("不退出", "Stay signed in"));
    const copy = button("plain", words("导出备份", "Export a copy"));
    const go = button("danger", words("仍然退出", "Sign out all the same"));
    const said = words(`还有 ${n} 张单没有发送。退出后它们留在这台手机上，您再次登录后才会发送。`,
      `${n} not sent yet. They stay on this telephone and are sent only after you sign in here again.`);
    const box = make("dialog", { class: "dialog", "aria-label": said }, make("div", { class: "dialog-body" },
      make("p", {}, said), make("div", { class: "form-actions" }, stay, copy, go)));
    stay.addEventListener("click", () => box.close());
    copy.addEventListener("click", copyOut);
    go.addEventListener("click", () => leave(form));
    box.addEventListener("close", () => box.remove());
    document.body.append(box);
    box.showModal();
  }
  // Whoever leaves takes the records along no longer; what is not sent stays.
  async function leave(form) {
    await keepOrders([]);
    form.dataset.leaving = "1";
    form.requestSubmit();
  }
  const isUsed = () => localStorage.getItem(USED) === "1";
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form.getAttribute("action") ?? "").endsWith("/logout/") || form.dataset.leaving || !isUsed()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    count().then((n) => (n ? warn(form, n) : leave(form)), () => leave(form));
  }, true);

  let watching = false;
  function watch() {
    localStorage.setItem(USED, "1");
    count().catch(() => {});
    if (watching) return;
    watching = true;
    send();
    window.addEventListener("online", send);
    setInterval(send, EVERY);  // asks nobody while nothing waits
  }
  document.addEventListener("huiyin:outbox", () => count().catch(() => {}));
  if (isUsed() && window.indexedDB && person()) watch();
  return { sheets, files, orders, keep, sealed, patch, remove, send, ask, takeAlong, hex, copyOut, watch, changed,
    isNew, person, outcome: () => last };
})();
