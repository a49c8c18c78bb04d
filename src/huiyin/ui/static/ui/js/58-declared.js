// Forms that a pack declares: fields that hang on others, child tables that grow, a pad to sign on, the camera.
(() => {
  const { words, make, icon } = huiyin;
  const tell = (element) => element.dispatchEvent(new Event("input", { bubbles: true }));

  // ---- what is shown on conditions; the server judges again

  function boxesOf(form, name) {
    return [...form.elements].filter((box) => box.name === name && box.type !== "submit");
  }
  // Everything by which conditions may know what stands in a field: keys, and the words of an option.
  function valuesOf(frame, name) {
    const place = frame.querySelector(`[data-field="${CSS.escape(name)}"]`);
    if (!place) return JSON.parse(frame.dataset.known || "{}")[name] ?? [];
    if (place.hidden) return [];
    const made = place.querySelector(":scope > .reckoned > output");
    if (made) return made.value === "—" ? [] : [made.value];
    const form = place.closest("form");
    if (place.dataset.type === "rows") {
      const boxes = [...place.querySelectorAll("[data-row] [name]")];
      return boxes.some((box) => box.value && !["hidden", "radio", "checkbox"].includes(box.type)) ? ["rows"] : [];
    }
    return wordsOf(boxesOf(form, `${name}_key`), boxesOf(form, name));
  }
  // The same of a cell of a row: conditions there speak of the row alone.
  function valuesIn(row, name) {
    const cell = row.querySelector(`[data-cell="${CSS.escape(name)}"]`);
    if (!cell || isAway(cell)) return [];
    const made = cell.querySelector("output");
    if (made) return made.value === "—" ? [] : [made.value];
    const boxes = [...cell.querySelectorAll("[name]")];
    return wordsOf(boxes.filter((box) => box.name.endsWith(`-${name}_key`)),
      boxes.filter((box) => box.name.endsWith(`-${name}`)));
  }
  function wordsOf(keys, boxes) {
    const found = keys.map((box) => box.value);
    for (const box of boxes) {
      if (["radio", "checkbox"].includes(box.type)) {
        if (box.checked) found.push(box.value);
      } else if (box.type === "file") {
        if (box.files.length) found.push("file");
      } else {
        found.push(box.value.trim());
        if (box.tagName === "SELECT" && box.value) found.push(box.selectedOptions[0].textContent.trim());
      }
    }
    return found.filter(Boolean);
  }
  function holds(read, one) {
    if (one.any?.length) return one.any.some((each) => holds(read, each));
    if (!one.field || one.field.includes(".") || one.older_than) return true;
    const said = read(one.field);
    const number = numberIn(said);
    if (one.is?.length && !one.is.some((word) => said.includes(word))) return false;
    if (one.not?.length && one.not.some((word) => said.includes(word))) return false;
    if ("filled" in one && one.filled !== null && said.length > 0 !== one.filled) return false;
    if (one.over != null && !(said.length && number > Number(one.over))) return false;
    return one.under == null || (said.length > 0 && number < Number(one.under));
  }
  // ---- what is reckoned from other boxes; the server reckons again

  const numberIn = (said) => Number((said[0] ?? "").replace(/[,，\s¥￥]/g, ""));
  const momentIn = (said) => Date.parse(said[0]?.length === 10 ? said[0] : `${said[0]}Z`);
  const saysSomething = (row) => [...row.querySelectorAll("[name]")].some((box) =>
    ["radio", "checkbox"].includes(box.type) ? box.checked && box.value : box.type !== "hidden" && box.value.trim());
  function reckon({ how, of }, read, rowsIn) {
    if (how === "count" || how === "total") {
      const [table, column] = of[0].split(".");
      const rows = rowsIn(table);
      if (how === "count") return rows.filter(saysSomething).length || null;
      const amounts = rows.map((row) => valuesIn(row, column)).filter((said) => said.length).map(numberIn);
      const sound = amounts.filter(Number.isFinite);
      return sound.length ? sound.reduce((one, other) => one + other, 0) : null;
    }
    const said = of.map(read);
    if (said.some((one) => !one.length)) return null;
    if (how === "days_between" || how === "hours_between") {
      if (said[0][0].length !== said[1][0].length) return null; // a day and a moment: the site's clock decides
      const hours = (momentIn(said[1]) - momentIn(said[0])) / 3_600_000;
      return how === "days_between" ? Math.floor(hours / 24) : Math.round(hours * 100) / 100;
    }
    const [first, ...rest] = said.map(numberIn);
    return rest.reduce((one, other) => how === "difference" ? one - other : one * other, first);
  }
  function reckonIn(scope, read, rowsIn) {
    for (const place of scope) {
      const made = reckon(JSON.parse(place.dataset.reckon), read, rowsIn);
      place.value = Number.isFinite(made) ? String(Number(made.toFixed(9))) : "—";
    }
  }
  function settle(frame) {
    const rowsIn = (name) => [...frame.querySelectorAll(
      `[data-child-table="${CSS.escape(name)}"] [data-rows] > [data-row]`)];
    // What hangs on a sum may have a part in another one.
    for (let round = 0; round < 3; round += 1) {
      for (const row of frame.querySelectorAll("[data-rows] > [data-row]"))
        reckonIn(row.querySelectorAll("[data-reckon]"), (name) => valuesIn(row, name), rowsIn);
      reckonIn(frame.querySelectorAll(":scope > .declared > .reckoned > [data-reckon]"),
        (name) => valuesOf(frame, name), rowsIn);
      show(frame);
      if (!frame.querySelector("[data-reckon]")) return;
    }
  }
  function show(frame) {
    settleIn(frame.querySelectorAll("[data-shown]"), (name) => valuesOf(frame, name));
    for (const row of frame.querySelectorAll("[data-rows] > [data-row]"))
      settleIn(row.querySelectorAll("[data-cell-shown]"), (name) => valuesIn(row, name));
  }
  // A cell that is not asked keeps its place on wide screens, where the cells below one another are a column.
  const isAway = (place) => place.hidden || place.classList.contains("is-unasked");
  const putAway = (place, hide) => {
    if (place.dataset.shown) place.hidden = hide;
    else place.classList.toggle("is-unasked", hide);
  };
  function settleIn(places, read) {
    for (let round = 0; round < 12; round += 1) {
      let changed = false;
      for (const place of places) {
        const asked = JSON.parse(place.dataset.shown ?? place.dataset.cellShown);
        const hide = !asked.every((one) => holds(read, one));
        changed ||= isAway(place) !== hide;
        putAway(place, hide);
      }
      if (!changed) return;
    }
  }
  huiyin.each("[data-declared]", (frame) => {
    for (const box of frame.querySelectorAll(".is-needed > .field [name]")) box.setAttribute("aria-required", "true");
    settle(frame);
    frame.closest("form").addEventListener("input", () => settle(frame));
    frame.closest("form").addEventListener("change", () => settle(frame));
  });
  document.addEventListener("huiyin:filled", (event) =>
    event.target.querySelectorAll("[data-declared]").forEach(settle));

  // ---- child tables

  const rowsOf = (table) => [...table.querySelectorAll("[data-rows] > [data-row]")];
  function numberOf(row, table) {
    const name = row.querySelector("[name]")?.name ?? "";
    return Number(name.slice(table.dataset.childTable.length + 1).split("-")[0]);
  }
  function addRow(table, number) {
    const next = number ?? Math.max(-1, ...rowsOf(table).map((row) => numberOf(row, table))) + 1;
    const blank = table.querySelector("template[data-blank]");
    const made = document.createElement("template");
    made.innerHTML = blank.innerHTML.replaceAll("__n__", String(next));
    const row = made.content.firstElementChild;
    table.querySelector("[data-rows]").append(row);
    row.querySelector("[data-drop-row]").hidden = false;
    huiyin.prepareIn(row);
    return row;
  }
  huiyin.each("[data-child-table]", (table) => {
    const add = table.querySelector("[data-add-row]");
    if (!add) return;
    add.parentElement.hidden = false;
    table.querySelectorAll("[data-rows] [data-drop-row]").forEach((button) => { button.hidden = false; });
    add.addEventListener("click", () => {
      addRow(table).querySelector("input:not([type=hidden]), select, textarea")?.focus();
      tell(table);
    });
    table.addEventListener("htmx:afterSwap", () => {
      table.querySelectorAll("[data-rows] [data-drop-row]").forEach((button) => { button.hidden = false; });
      tell(table);
    });
    table.addEventListener("click", (event) => {
      const row = event.target.closest("[data-drop-row]")?.closest("[data-row]");
      if (!row) return;
      row.remove();
      if (!rowsOf(table).length) addRow(table);
      tell(table);
    });
  });
  // A draft that is put back brings its own rows: those that are missing are made, those it had taken away go.
  document.addEventListener("huiyin:fill", (event) => {
    const names = event.detail.map(([name]) => name);
    for (const table of event.target.querySelectorAll("[data-child-table]")) {
      if (!table.querySelector("template[data-blank]")) continue;
      const start = `${table.dataset.childTable}-`;
      const mine = names.filter((name) => name.startsWith(start));
      const numbers = mine.map((name) => name.slice(start.length).split("-")[0]);
      const wanted = new Set(numbers.filter((one) => /^\d+$/.test(one)).map(Number));
      if (!wanted.size) continue;
      for (const row of rowsOf(table)) if (!wanted.delete(numberOf(row, table))) row.remove();
      [...wanted].sort((a, b) => a - b).forEach((number) => addRow(table, number));
    }
  });

  // ---- signatures

  huiyin.each("[data-pad]", (pad) => {
    const kept = pad.querySelector("[data-drawn]");
    const canvas = make("canvas", { width: 840, height: 280, "aria-label": words("手写签名", "Sign by hand") });
    const clear = make("button", { type: "button", class: "button is-quiet is-small" }, words("重签", "Sign again"));
    const hint = make("span", {}, words("需要时在框内用手指或鼠标手写",
      "Draw the signature with finger or mouse where it is wanted"));
    const under = make("div", { class: "pad-under" }, hint, clear);
    const pen = canvas.getContext("2d");
    let drawing = false;
    pad.append(canvas, under);
    Object.assign(pen, { lineWidth: 4, lineCap: "round", lineJoin: "round", strokeStyle: "#111" });
    const draw = () => {
      pen.clearRect(0, 0, canvas.width, canvas.height);
      if (!kept.value) return;
      const before = new Image();
      before.addEventListener("load", () => pen.drawImage(before, 0, 0, canvas.width, canvas.height));
      before.src = kept.value;
    };
    draw();
    kept.form?.addEventListener("huiyin:filled", draw);
    const point = (event) => {
      const box = canvas.getBoundingClientRect();
      const across = (event.clientX - box.left) / box.width;
      const down = (event.clientY - box.top) / box.height;
      return [across * canvas.width, down * canvas.height];
    };
    canvas.addEventListener("pointerdown", (event) => {
      drawing = true;
      canvas.setPointerCapture(event.pointerId);
      pen.beginPath();
      pen.moveTo(...point(event));
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!drawing) return;
      pen.lineTo(...point(event));
      pen.stroke();
    });
    const end = () => {
      if (drawing) {
        kept.value = canvas.toDataURL("image/png");
        tell(kept);
      }
      drawing = false;
    };
    canvas.addEventListener("pointerup", end);
    canvas.addEventListener("pointercancel", end);
    clear.addEventListener("click", () => {
      kept.value = "";
      draw();
      tell(kept);
    });
  });

  // ---- photographs: on a telephone one button takes a picture, the other chooses one that is there

  huiyin.each("[data-type=photo] [data-drop]", (zone) => {
    const input = zone.querySelector("input[type=file]");
    if (!matchMedia("(pointer: coarse)").matches) return;
    const shoot = make("button", { type: "button", class: "button is-primary" }, icon("camera"),
      make("span", {}, words("拍照", "Take a picture")));
    shoot.addEventListener("click", () => {
      input.setAttribute("capture", "environment");
      input.click();
      input.removeAttribute("capture");
    });
    zone.prepend(shoot);
  });
})();
