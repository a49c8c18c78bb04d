// A region filled from what a form holds: when the page comes with something written, or a draft brings it, at once.
huiyin.each("[data-watch]", (region) => setTimeout(() => {
  const boxes = [...document.querySelectorAll(region.getAttribute("hx-include"))];
  if (boxes.some((box) => box.value)) htmx.trigger(region, "known");
}));
