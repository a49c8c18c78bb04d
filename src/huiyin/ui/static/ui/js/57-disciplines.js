// On a telephone the bar of disciplines is longer than the screen: the one that is open stands in sight.
huiyin.each(".disciplines", (bar) => {
  const here = bar.querySelector("[aria-current]");
  if (here) bar.scrollLeft = here.offsetLeft - bar.offsetLeft - (bar.clientWidth - here.offsetWidth) / 2;
});
