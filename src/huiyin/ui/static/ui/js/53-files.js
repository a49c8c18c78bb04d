// Files: chosen, dropped or pasted; shown before they are sent; taken back one by one.
(() => {
  const { make, icon, words } = huiyin;
  const size = (n) => (n < 1e6 ? `${Math.max(1, Math.round(n / 1e3))} kB` : `${(n / 1e6).toFixed(1)} MB`);
  const drops = new WeakMap();

  huiyin.each("[data-drop]", (zone) => {
    const input = zone.querySelector("input[type=file]");
    const list = zone.querySelector("[data-drop-files]");
    let chosen = [];
    zone.classList.add("is-live");

    function draw() {
      const held = new DataTransfer();
      chosen.forEach((file) => held.items.add(file));
      input.files = held.files;
      list.querySelectorAll("img").forEach((img) => URL.revokeObjectURL(img.src));
      list.replaceChildren(...chosen.map((file) => {
        const name = words(`去掉 ${file.name}`, `Remove ${file.name}`);
        const remove = make("button", { class: "drop-remove", type: "button", "aria-label": name }, icon("close"));
        remove.addEventListener("click", () => {
          chosen = chosen.filter((one) => one !== file);
          draw();
        });
        const kind = file.name.split(".").pop().slice(0, 5);
        const face = file.type.startsWith("image/") ? make("img", { src: URL.createObjectURL(file), alt: "" })
          : make("span", { class: "thumb-kind" }, icon("file"), make("b", {}, kind));
        return make("li", {}, make("div", { class: "thumb" }, face,
          make("span", { class: "thumb-name" }, file.name),
          make("span", { class: "thumb-under" }, size(file.size)), remove));
      }));
    }
    function add(files) {
      const fits = [...files].filter((file) => !input.accept || input.accept.split(",").some((one) =>
        one.trim().endsWith("/*")
          ? file.type.startsWith(one.trim().slice(0, -1))
          : file.type === one.trim() || file.name.toLowerCase().endsWith(one.trim())));
      if (fits.length < files.length) {
        huiyin.toast(words("有的文件不是这里能收的类型。", "Some files are of a type not taken here."), "warning");
      }
      chosen = input.multiple ? [...chosen, ...fits] : fits.slice(-1).concat(fits.length ? [] : chosen);
      draw();
    }
    input.addEventListener("change", () => add([...input.files]));
    zone.addEventListener("dragover", (event) => {
      event.preventDefault();
      zone.classList.add("is-over");
    });
    zone.addEventListener("dragleave", () => zone.classList.remove("is-over"));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      zone.classList.remove("is-over");
      add([...event.dataTransfer.files]);
    });
    drops.set(zone, add);
  });
  huiyin.addFiles = (zone, files) => drops.get(zone)(files);

  document.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    const near = event.target.closest?.("form")?.querySelector("[data-drop]")
      ?? document.querySelector("main [data-drop]");
    if (!near) return;
    event.preventDefault();
    const stamp = new Date().toTimeString().slice(0, 8).replaceAll(":", "");
    const pasted = (i) => `${words("粘贴", "pasted")}-${stamp}${i ? `-${i}` : ""}.png`;
    const named = (file) => file.name && file.name !== "image.png";
    drops.get(near)(files.map((file, i) => (named(file) ? file : new File([file], pasted(i), { type: file.type }))));
  });
})();
