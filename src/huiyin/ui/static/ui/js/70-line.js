// The line: says when it is gone, when a part of a page could not be fetched, and when the session has ended.
(() => {
  const { words, make } = huiyin;
  const banner = make("div", { class: "offline", role: "status" });
  window.addEventListener("offline", () => {
    banner.textContent = words("网络断了。写的内容留在本机，恢复后再提交。",
      "No connection. What you type is kept here; send it when the line is back.");
    document.body.append(banner);
  });
  window.addEventListener("online", () => banner.remove());
  document.addEventListener("htmx:sendError", () =>
    huiyin.toast(words("没有连上服务器，请再试一次。", "The server could not be reached. Try again."), "error"));
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    huiyin.toast(status === 409 ? words("有人同时改过这条记录，请刷新后再办。", "Somebody changed this record meanwhile. Reload first.")
      : status === 403 ? words("这一步不归你办，或页面放得太久。", "Not yours to do, or the page was open too long.")
      : words("没有办成，请再试一次。", "That did not work. Try again."), "error");
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!event.detail.xhr.responseText?.includes('data-page="signin"')) return;
    event.detail.shouldSwap = false;
    location.reload();
  });
})();
