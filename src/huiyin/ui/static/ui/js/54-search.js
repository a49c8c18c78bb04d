// The search box of every page: what may be meant appears under it; Enter alone searches, as without script.
huiyin.each("form[data-suggest]", (form) => {
  const box = form.querySelector("input[type=search]");
  const list = huiyin.make("ul", {
    class: "lookup-list", id: "search-list", role: "listbox", hidden: true,
    "aria-label": huiyin.words("搜索建议", "Suggestions"),
  });
  form.append(list);
  const roles = { role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": list.id };
  for (const [name, value] of Object.entries(roles)) box.setAttribute(name, value);

  // The address answers the page of links that somebody without script would read.
  async function ask(typed, signal) {
    const url = new URL(form.dataset.suggest, location.href);
    url.searchParams.set("q", typed);
    const answer = await fetch(url, { signal, headers: { "HX-Request": "true" } });
    if (answer.status !== 200 || answer.redirected) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return [...page.querySelectorAll(".suggestions a")].map((link) => ({
      url: link.getAttribute("href"),
      label: link.querySelector("span").textContent,
      hint: link.querySelector("small").textContent,
    }));
  }
  huiyin.combobox(box, list, {
    ask, choose: (item) => location.assign(item.url), none: huiyin.words("没有找到", "Nothing found"),
    least: 2, first: false,
  });
});
