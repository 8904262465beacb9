/* Nothing here is needed to read: it only makes things quicker. */
"use strict";

/* j and k go through the changes, as in a mail reader; they do nothing while one types. */
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || (event.key !== "j" && event.key !== "k")) return;
  const stops = [...document.querySelectorAll("[data-stop], .front > li a:first-of-type, .revisions > li a:first-of-type")];
  const here = stops.indexOf(document.activeElement);
  const next = stops[Math.max(0, here + (event.key === "j" ? 1 : -1))];
  if (next) next.focus();
});

/* Two revisions chosen on a static site: lead there when that comparison was written. */
for (const form of document.querySelectorAll("form[data-compare]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const [a, b] = [form.elements.old.value, form.elements.new.value].map(Number).sort((x, y) => x - y);
    location.href = `${form.dataset.compare}/${a}-${b}.html`;
  });
}

/* A tip that Escape puts away (WCAG 1.4.13). */
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.activeElement.closest(".age")) document.activeElement.blur();
});
