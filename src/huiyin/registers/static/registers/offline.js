// Work without a network: what was taken along, its forms, what waits in the outbox, what became of it.
(() => {
  const { words, make, icon, outbox, toast } = huiyin;
  const { notice, waitingOn } = huiyin.offline;
  const CACHE = "huiyin-offline";
  const CHATS = /MicroMessenger|DingTalk|Feishu|Lark|wxwork/i;
  let main = null;
  const button = (kind, text, act, picture = null) => {
    const made = make("button", { type: "button", class: `button is-${kind}` }, picture && icon(picture),
      make("span", {}, text));
    made.addEventListener("click", act);
    return made;
  };
  function clock(moment) {
    const { day, time } = huiyin.offline.onSite(moment);
    return `${day.slice(5)} ${time}`;
  }
  const here = (kind, number) => `#${kind}/${encodeURIComponent(number)}`;
  const numberOf = (sheet) => (!outbox.isNew(sheet) ? sheet.number
    : sheet.answer?.number || words("新单，收到后编号", "New, numbered on receipt"));

  // ---- whether this browser can do it

  function hindrance() {
    if (CHATS.test(navigator.userAgent)) {
      return words("聊天软件里的浏览器不能可靠地离线保存。请用手机自带的浏览器打开本页，再“添加到主屏幕”。",
        "The browser inside a chat program cannot be relied on to keep things. "
        + "Open this page in the telephone's own browser and add it to the home screen.");
    }
    if (!window.isSecureContext || !crypto.subtle) {
      return words("这里没有加密连接（https），浏览器不允许离线保存。请找管理员。",
        "This is no encrypted connection (https), and the browser keeps nothing without one. Ask the administrator.");
    }
    if (!("serviceWorker" in navigator) || !window.indexedDB || !window.caches) {
      return words("这个浏览器不能离线保存，可能是无痕窗口。请换手机自带的浏览器。",
        "This browser cannot keep things offline, perhaps because the window is private. "
        + "Use the telephone's own browser.");
    }
    return "";
  }

  // ---- taking along

  // The page with everything on it first, so that what is kept is never half of it.
  async function keepPage() {
    const cache = await caches.open(CACHE);
    const sprite = document.querySelector("svg use").href.baseVal.split("#")[0];
    const mine = [...document.scripts].map((one) => one.src).concat(sprite,
      [...document.querySelectorAll("link[href]")].map((one) => one.href)).filter(Boolean);
    const page = await fetch("/registers/offline/", { cache: "no-store" });
    if (!page.ok || page.redirected) throw new Error("signed out");
    await Promise.all(mine.map(async (address) => cache.put(address, await fetch(address))));
    await cache.put("/registers/offline/", page);
  }
  async function takeAlongAndSay() {
    try {
      const count = await outbox.takeAlong();
      await keepPage();
      const persistent = await navigator.storage?.persist?.();
      toast(words(`已带走 ${count} 张单`, `${count} taken along`), "success");
      if (persistent === false && !matchMedia("(display-mode: standalone)").matches) {
        localStorage.setItem("huiyin.offline.loose", "1");
      } else localStorage.removeItem("huiyin.offline.loose");
    } catch (why) {
      if (why === "another") return location.reload();
      toast(why === "signed-out" ? words("登录已结束，请重新登录。", "You are signed out. Sign in again.")
        : words("没有连上服务器，用的是上次带走的。", "The server cannot be reached; these are from last time."), "warning");
    }
    draw();
  }

  // ---- where a record stands when what waits is counted in

  function stateOf(order, sheets) {
    const ahead = sheets.filter((one) => one.kind === order.kind && one.number === order.number
      && one.person === order.person && one.to && ["waiting", "asks"].includes(one.state));
    return ahead.length ? ahead[ahead.length - 1].to : order.state;
  }
  // ---- pages

  function top(title, under, back) {
    return make("header", { class: "heading" }, make("div", { class: "heading-words" },
      back && make("a", { class: "heading-back", href: back }, icon("left"), words("返回", "Back")),
      make("h1", {}, title), under && make("div", { class: "heading-under" }, make("span", {}, under))));
  }
  const OUTCOMES = {
    "signed-out": () => notice("warn", words("登录已结束。单子都还在这里，重新登录后发送。",
      "You are signed out. Everything is still here and is sent once you have signed in."),
      make("a", { class: "button is-plain is-small", href: "/accounts/login/?next=/registers/offline/" },
        words("登录", "Sign in"))),
    another: () => notice("warn", words("现在登录的是另一个人，您的单子等您本人登录后发送。",
      "Somebody else is signed in. Your sheets are sent when you sign in yourself.")),
    away: () => notice("info", words("现在连不上服务器。可以照常填写，连上后自动发送。",
      "The server cannot be reached now. Go on filling in; it is sent when the line is back.")),
  };
  async function home() {
    const [kept, sheets] = await Promise.all([outbox.orders(), outbox.sheets()]);
    const orders = kept.filter((one) => !outbox.isNew(one)), openings = kept.filter(outbox.isNew);
    const mine = sheets.filter((one) => one.person === outbox.person());
    const others = sheets.length - mine.length;
    const waiting = mine.filter((one) => !["taken", "kept"].includes(one.state));
    const sent = mine.filter((one) => ["taken", "kept"].includes(one.state)).reverse();
    const when = localStorage.getItem("huiyin.offline.at");
    const contact = when ? words(`上次联系 ${clock(when)}`, `Last contact ${clock(when)}`) : "";
    const said = [top(words("离线填写", "Without a network"), contact)];
    const away = navigator.onLine ? OUTCOMES[outbox.outcome()] : OUTCOMES.away;
    if (away) said.push(away());
    if (localStorage.getItem("huiyin.offline.loose")) {
      said.push(notice("info", words("浏览器可能在空间不足时清除没有发送的单子。把本页“添加到主屏幕”更可靠。",
        "Short of room, the browser might clear what is not sent. Adding this page to the home screen is safer.")));
    }
    said.push(make("div", { class: "offers offline-tools" },
      button("primary", words("带走我的单子", "Take my records along"), takeAlongAndSay, "download"),
      waiting.length ? button("plain", words(`发送 ${waiting.length} 张`, `Send ${waiting.length}`),
        outbox.send, "upload") : null));
    if (openings.length) {
      said.push(make("div", { class: "offers" }, ...openings.map((one) => make("a", { class: "button is-plain",
        href: `${here(one.kind, one.number)}/${one.steps[0].verb}` }, icon("plus"),
        make("span", {}, `${one.label}${words("：", ": ")}${one.steps[0].label}`)))));
    }
    if (waiting.length) said.push(waitingPart(waiting, kept));
    if (others) {
      said.push(notice("info", words(`这台手机上还有别人的 ${others} 张单，等他本人登录后发送。`,
        `${others} of somebody else's are on this telephone; they are sent when that person signs in.`)));
    }
    const none = when
      ? words("眼下没有要您办、能离线填写的单子。", "None of your open records can be filled in without a network now.")
      : words("还没有带走单子。有网络时按“带走我的单子”。",
        "Nothing is taken along yet. Press the button while there is a network.");
    said.push(part(words("带在身边", "Taken along"), orders.length ? orders.map((one) => orderCard(one, sheets))
      : [make("p", { class: "quiet" }, none)], orders.length));
    if (sent.length) said.push(part(words("已送到", "Arrived"), sent.map(sentCard), sent.length));
    return said;
  }
  const part = (title, cards, n) => make("section", { class: "section" }, make("div", { class: "section-head" },
    make("h2", {}, title, " ", make("span", { class: "count" }, String(n)))),
    make("div", { class: "section-body offline-cards" }, ...cards));
  const waitingPart = (waiting, orders) =>
    part(words("待发送", "Waiting to be sent"), waiting.map((one) => waitingCard(one, orders)), waiting.length);
  function orderCard(order, sheets) {
    const state = order.states[stateOf(order, sheets)] ?? "";
    const waits = waitingOn(order, sheets).length;
    return make("a", { class: "offline-card", href: here(order.kind, order.number) },
      make("span", { class: "offline-over" }, `${order.label} ${order.number}`),
      make("b", {}, order.subject), make("span", { class: "offline-chips" },
        make("span", { class: "badge" }, state),
        waits ? make("span", { class: "badge is-warn" }, words(`待发送 ${waits}`, `Waiting ${waits}`)) : null));
  }
  function waitingCard(sheet, orders) {
    const has = orders.some((one) => one.kind === sheet.kind && one.number === sheet.number);
    const card = make("div", { class: "offline-card", "data-digest": sheet.digest },
      make("span", { class: "offline-over" },
        `${numberOf(sheet)} · ${words("填写于", "filled in")} ${clock(sheet.created)}`),
      make("b", {}, `${sheet.label}：${sheet.subject}`.replace("：", words("：", ": "))));
    const tools = make("div", { class: "offers" });
    const again = has && button("plain", words("改一改", "Change it"), () => { location.hash = `edit/${sheet.id}`; });
    const away = button("danger", words("丢弃", "Throw away"), async () => {
      await outbox.remove(sheet.id);
      outbox.changed();
      draw();
    });
    away.dataset.confirm = words("这张单会从手机上删掉，不会发送。确定吗？", "It is deleted from this telephone and never sent. Go on?");
    const reasons = sheet.answer?.reasons?.length
      ? make("ul", { class: "reasons" }, ...sheet.answer.reasons.map((one) => make("li", {}, one))) : null;
    if (sheet.state === "asks") card.append(...questions(sheet));
    else if (sheet.state === "clash") {
      card.append(notice("warn", words(
        `这张单先前已经收到（${clock(sheet.answer.at)}），您后来又改过。改动没有丢：可以交给负责人决定。`,
        `This sheet had arrived before (${clock(sheet.answer.at)}), and you changed it since. `
        + "Nothing is lost: hand the changed one in to be decided.")));
      tools.append(button("primary", words("把改动交给负责人", "Hand the changes in"), () => handIn(sheet)));
    } else if (sheet.state === "refused") {
      card.append(notice("bad", words("服务器没有收下：", "The server did not take it:"), reasons));
      tools.append(button("plain", words("再发一次", "Send again"), async () => {
        await outbox.patch(sheet, { state: "waiting" });
        await outbox.send();
      }));
    }
    if (again && ["waiting", "refused"].includes(sheet.state)) tools.append(again);
    tools.append(button("quiet", words("导出", "Export"), outbox.copyOut), away);
    card.append(tools);
    return card;
  }
  function questions(sheet) {
    const chosen = {};
    const asked = Object.entries(sheet.answer.questions).map(([name, one]) => {
      const pick = (value, text, who) => {
        const box = make("input", { type: "radio", name: `${sheet.id}-${name}`, value });
        box.addEventListener("change", () => { chosen[name] = value; });
        return make("label", { class: "offline-pick" }, box, make("span", {}, make("small", {}, who), text));
      };
      return make("fieldset", { class: "offline-question" }, make("legend", { class: "field-label" }, one.label),
        pick("mine", one.mine, words("我在手机上写的", "What I wrote")),
        pick("theirs", one.theirs, words("别人在系统里写的", "What somebody else wrote meanwhile")));
    });
    const go = button("primary", words("就这样发送", "Send it so"), async () => {
      if (Object.keys(chosen).length < asked.length) {
        return toast(words("每一项都要选一个。", "Choose one for each field."), "warning");
      }
      const said = JSON.parse(sheet.content);
      for (const [name, one] of Object.entries(sheet.answer.questions)) said.base[name] = one.now;
      said.follow = [...(said.follow ?? []), ...Object.keys(chosen).filter((name) => chosen[name] === "theirs")];
      const sealed = await outbox.sealed({ ...sheet, base: said.base, state: "waiting", answer: null }, said);
      await outbox.keep(sealed, await outbox.files(sheet.id));
      await outbox.send();
    });
    return [notice("warn", words("您离线时别人也改了这几项，请选择：", "Somebody changed these meanwhile. Choose:")), ...asked, go];
  }
  // The changed sheet goes by an id of its own: the record has moved on, so whoever is responsible decides on it.
  async function handIn(sheet) {
    const held = await outbox.files(sheet.id);
    const said = { ...JSON.parse(sheet.content), number: sheet.answer.number };
    const changed = { ...sheet, id: crypto.randomUUID(), number: said.number, state: "waiting", attempted: false,
      answer: null };
    await outbox.keep(await outbox.sealed(changed, said), held);
    await outbox.remove(sheet.id);
    await outbox.send();
  }
  function sentCard(sheet) {
    const kept = sheet.state === "kept";
    const reasons = make("ul", { class: "reasons" }, ...(sheet.answer.reasons ?? []).map((one) => make("li", {}, one)));
    const gone = button("quiet", words("收起", "Put away"), async () => {
      await outbox.remove(sheet.id);
      draw();
    });
    return make("div", { class: "offline-card" },
      make("span", { class: "offline-over" }, `${numberOf(sheet)} · ${clock(sheet.answer.at || sheet.answered)}`),
      make("b", {}, `${sheet.label}${words("：", ": ")}${sheet.subject}`),
      make("span", { class: "offline-chips" }, make("span", { class: `badge is-${kept ? "warn" : "good"}` },
        kept ? words("已收到，未办理", "Received, not taken") : words("已办理", "Done"))),
      kept ? notice("warn", words("负责人会决定怎样办：", "Whoever is responsible decides:"), reasons) : null,
      make("div", { class: "offers" }, make("a", { class: "button is-quiet", href: sheet.answer.url },
        words("打开记录", "Open the record")), gone));
  }
  async function orderPage(kind, number) {
    const [orders, sheets] = await Promise.all([outbox.orders(), outbox.sheets()]);
    const order = orders.find((one) => one.kind === kind && one.number === number);
    if (!order) return home();
    const state = stateOf(order, sheets);
    const steps = order.steps.filter((one) => one.from.includes(state));
    const offers = steps.map((one) => make("a", { class: `button is-${one.aside ? "plain" : "primary"}`,
      href: `${here(kind, number)}/${one.verb}` }, one.label));
    const facts = order.facts.map(([label, value, href]) => make("div", { class: "fact" }, make("dt", {}, label),
      make("dd", {}, href.startsWith("tel:") ? make("a", { href }, value) : value)));
    const waits = waitingOn(order, sheets);
    return [top(order.subject, `${order.label} ${number} · ${order.states[state] ?? ""}`, "#"),
      make("div", { class: "offers" }, ...offers), waits.length ? waitingPart(waits, orders) : null,
      make("dl", { class: "facts is-2" }, ...facts)];
  }
  async function formPage(kind, number, verb, before = null) {
    const order = (await outbox.orders()).find((one) => one.kind === kind && one.number === number);
    const step = order?.steps.find((one) => one.verb === verb);
    if (!step) return home();
    const place = make("div", { class: "offline-fill" });
    place.innerHTML = step.html;
    const form = place.querySelector("form");
    const back = outbox.isNew(order) ? "#" : here(kind, number);
    form.querySelector("a.button").setAttribute("href", back);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      huiyin.offline.save(form, order, step, before);
    });
    const said = before ? JSON.parse(before.content) : null;
    if (before) {
      form.removeAttribute("data-draft-key");
      for (const box of form.querySelectorAll("[data-drawn]")) box.value = said.values[box.name]?.[0] ?? "";
    } else huiyin.offline.start(form, step);
    const filled = async () => {
      huiyin.prepareIn(place);
      if (!before) return;
      const boxes = Object.entries(said.values).flatMap(([name, values]) => values.map((one) => [name, one, true]));
      huiyin.fill(form, boxes);
      for (const one of await outbox.files(before.id)) {
        const zone = form.querySelector(`[data-field="${CSS.escape(one.field)}"] [data-drop]`);
        if (zone) huiyin.addFiles(zone, [new File([one.data], one.name, { type: one.type })]);
      }
    };
    const under = outbox.isNew(order) ? order.label : `${number} · ${order.subject}`;
    return [top(step.label, under, back), place, filled];
  }
  let drawing = 0, drawn = "";
  async function draw() {
    const turn = ++drawing;
    const [kind, number = "", verb] = location.hash.slice(1).split("/").map(decodeURIComponent);
    // Nobody loses what they are typing.
    if (main.querySelector("form.offline-form") && main.dataset.here === location.hash) return;
    let page;
    if (kind === "edit") {
      const sheet = (await outbox.sheets()).find((one) => one.id === number && one.person === outbox.person());
      page = sheet ? await formPage(sheet.kind, sheet.number, sheet.verb, sheet) : await home();
    } else if (verb) page = await formPage(kind, number, verb);
    else page = kind ? await orderPage(kind, number) : await home();
    if (turn !== drawing) return;
    const after = page.filter((one) => typeof one === "function");
    const parts = page.filter((one) => one && typeof one !== "function");
    // What looks alike stays: no finger finds another button than it aimed at, no choice is lost.
    const looks = location.hash + parts.map((one) => one.outerHTML).join("");
    if (looks === drawn) return;
    drawn = looks;
    main.replaceChildren(...parts);
    if (main.dataset.here !== location.hash) window.scrollTo(0, 0);
    main.dataset.here = location.hash;
    for (const act of after) await act();
  }

  document.addEventListener("DOMContentLoaded", async () => {
    main = document.querySelector("[data-offline]");
    const why = hindrance();
    if (why) {
      main.replaceChildren(top(words("离线填写", "Without a network"), ""), notice("bad", why));
      return;
    }
    outbox.watch();
    window.addEventListener("hashchange", draw);
    window.addEventListener("offline", draw);
    document.addEventListener("huiyin:outbox", () => draw());
    await navigator.serviceWorker.register(main.dataset.worker, { scope: "/" }).catch(() => {});
    await draw();
    if (!navigator.onLine) return;
    await outbox.send();
    await outbox.takeAlong().then(keepPage).catch(() => {});
    draw();
  });
})();
