// Tables: the head stays in sight where the table fits, numbers keep their label on a telephone, rows are chosen.
(() => {
  const fit = (frame) => {
    frame.classList.remove("fits");
    frame.classList.toggle("fits", frame.scrollWidth <= frame.clientWidth + 1);
  };
  const watcher = new ResizeObserver((seen) => seen.forEach((one) => fit(one.target)));
  huiyin.each(".table-frame", (frame) => {
    const heads = [...frame.querySelectorAll("thead th")];
    for (const row of frame.querySelectorAll(".is-stacked tbody tr")) {
      [...row.cells].forEach((cell, i) => {
        if (cell.classList.contains("number") && heads[i]) cell.dataset.label = heads[i].textContent.trim();
      });
    }
    watcher.observe(frame);
  });

  function count(form) {
    const chosen = form.querySelectorAll("[data-check]:checked").length;
    for (const bar of form.querySelectorAll("[data-bulk]")) {
      bar.hidden = chosen === 0;
      bar.querySelector("[data-bulk-count]").textContent = chosen;
    }
  }
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-check], [data-check-all]")) return;
    const around = event.target.form ?? document;
    if (event.target.matches("[data-check-all]")) {
      for (const box of event.target.closest("table").querySelectorAll("[data-check]")) {
        box.checked = event.target.checked;
      }
    }
    count(around);
  });
})();
