/* Nothing here is needed to read: it only makes things quicker. */
"use strict";

/* j and k go through a list while the focus is in it; elsewhere they are letters (WCAG 2.1.4). */
document.addEventListener("keydown", (event) => {
  const list = event.target.closest(".front, .revisions");
  if (!list || event.ctrlKey || event.metaKey || event.altKey || (event.key !== "j" && event.key !== "k")) return;
  const stops = [...document.querySelectorAll(".front h2 a, .front h3 a, .revisions .says a")];
  const item = event.target.closest("li:not(.chips li)");
  const here = stops.findIndex((stop) => item && item.contains(stop));
  const next = stops[here + (event.key === "j" ? 1 : -1)];
  if (next) next.focus();
});

/* A tip that Escape puts away (WCAG 1.4.13). */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.documentElement.classList.add("no-tips");
  document.addEventListener("pointermove", () => document.documentElement.classList.remove("no-tips"), { once: true });
  document.addEventListener("focusin", () => document.documentElement.classList.remove("no-tips"), { once: true });
});
