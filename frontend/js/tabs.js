// On a phone the tabs of a file are wider than the page: the one that is open is brought into sight.
for (const current of document.querySelectorAll(".tabs [aria-current]")) {
  const strip = current.closest("ul");
  strip.scrollLeft = current.offsetLeft - (strip.clientWidth - current.offsetWidth) / 2;
}
