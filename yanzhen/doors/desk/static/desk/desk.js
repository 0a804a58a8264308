// The desk's keys, and the scan box that is always ready. Everything here also has a button.
"use strict";

const box = () => document.querySelector(".scan input[name=code]");

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const next = document.querySelector("form[data-next]");
    if (next) next.requestSubmit();
    else if (box()) box().value = "";
  } else if (event.altKey && event.key.toLowerCase() === "z") {
    event.preventDefault();
    document.querySelector(".banner form button")?.click();
  } else if (event.altKey && event.key.toLowerCase() === "p") {
    event.preventDefault();
    document.querySelector("a[data-slip]")?.click();
  }
});

document.addEventListener("htmx:afterSwap", () => box()?.focus());

// A scan that got no answer must not be lost: say so, keep what was scanned.
document.addEventListener("htmx:sendError", () => {
  const banner = document.querySelector(".banner");
  const text = document.querySelector("#offline-words");
  if (banner && text) banner.outerHTML = text.innerHTML;
});

// Undo buttons answer in place as well.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!window.htmx || !form.closest("#board") || form.hasAttribute("hx-post")) return;
  event.preventDefault();
  const values = Object.fromEntries(new FormData(form));
  values.reader = document.querySelector(".scan input[name=reader]")?.value ?? "";
  window.htmx.ajax("POST", form.action, { target: "#board", swap: "outerHTML", values });
});
