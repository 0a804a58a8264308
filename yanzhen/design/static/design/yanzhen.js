/* Small helps over pages that work without them. Loaded with defer; no dependency. */
(() => {
  "use strict";
  const root = document.documentElement;

  /* Mode and theme: the links work by themselves (?display=…); here they need no new page. */
  const MODES = ["standard", "elder", "contrast"];
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-display]");
    if (!link) return;
    event.preventDefault();
    const choice = link.dataset.display;
    const key = MODES.includes(choice) ? "mode" : "theme";
    root.dataset[key] = choice;
    document.cookie = `yz_${key}=${choice};path=/;max-age=31536000;samesite=lax`;
    for (const other of document.querySelectorAll("a[data-display]")) {
      if (MODES.includes(other.dataset.display) !== (key === "mode")) continue;
      if (other.dataset.display === choice) other.setAttribute("aria-current", "true");
      else other.removeAttribute("aria-current");
    }
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });

  /* Type-ahead: the ARIA combobox pattern. The address answers [{text, hint, url}]. */
  let lists = 0;
  function suggest(input) {
    const list = document.createElement("ul");
    list.className = "suggest";
    list.id = `suggest-${++lists}`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.getAttribute("aria-label") || input.labels?.[0]?.textContent || "");
    list.hidden = true;
    const holder = input.closest(".search, .has-suggest") || input.parentElement;
    holder.classList.add("has-suggest");
    holder.append(list);
    const set = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
    for (const [name, value] of Object.entries(set)) input.setAttribute(name, value);
    let at = -1, timer = 0, asked = null, composing = false;

    const close = () => { list.hidden = true; at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
    const mark = (next) => {
      const rows = list.children;
      rows[at]?.setAttribute("aria-selected", "false");
      at = (next + rows.length + 1) % (rows.length + 1);
      if (at === rows.length) at = -1;
      if (at < 0) return input.removeAttribute("aria-activedescendant");
      rows[at].setAttribute("aria-selected", "true");
      rows[at].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", rows[at].id);
    };
    const take = (row) => {
      close();
      if (row.dataset.url) { location.assign(row.dataset.url); return; }
      input.value = row.dataset.text;
      input.form?.requestSubmit();
    };
    const show = (found) => {
      list.replaceChildren(...found.map((one, index) => {
        const row = document.createElement("li");
        row.id = `${list.id}-${index}`;
        row.setAttribute("role", "option");
        row.setAttribute("aria-selected", "false");
        row.dataset.text = one.text;
        if (one.url) row.dataset.url = new URL(one.url, location.origin).origin === location.origin ? one.url : "";
        const word = document.createElement("span");
        word.textContent = one.text;
        row.append(word);
        if (one.hint) { const hint = document.createElement("small"); hint.textContent = one.hint; row.append(hint); }
        return row;
      }));
      at = -1;
      input.removeAttribute("aria-activedescendant");
      list.hidden = !found.length;
      input.setAttribute("aria-expanded", String(found.length > 0));
    };
    const ask = async () => {
      asked?.abort();
      const typed = input.value.trim();
      if (!typed) return close();
      asked = new AbortController();
      const address = new URL(input.dataset.suggestUrl, location.href);
      address.searchParams.set("q", typed);
      try {
        const answer = await fetch(address, { signal: asked.signal, headers: { Accept: "application/json" } });
        if (answer.ok && document.activeElement === input) show(await answer.json());
      } catch { /* Offline or overtaken by the next key: the search itself still works. */ }
    };
    input.addEventListener("compositionstart", () => { composing = true; });
    input.addEventListener("compositionend", () => { composing = false; input.dispatchEvent(new Event("input")); });
    input.addEventListener("input", () => { clearTimeout(timer); if (!composing) timer = setTimeout(ask, 120); });
    input.addEventListener("blur", () => setTimeout(close, 150));
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || list.hidden) return;
      if (event.key === "ArrowDown") { event.preventDefault(); mark(at + 1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); mark(at < 0 ? list.children.length - 1 : at - 1); }
      else if (event.key === "Escape") { event.preventDefault(); close(); }
      else if (event.key === "Enter" && at >= 0) { event.preventDefault(); take(list.children[at]); }
    });
    list.addEventListener("mousedown", (event) => { const row = event.target.closest("li"); if (row) { event.preventDefault(); take(row); } });
  }

  /* Desk: the scan line takes the focus back whenever nothing else needs it. */
  const needs = "input, select, textarea, button, a, summary, [tabindex]";
  function hold() {
    const line = document.querySelector("[data-autofocus-always]");
    if (line && (document.activeElement === document.body || !document.activeElement)) line.focus();
  }
  document.addEventListener("click", (event) => { if (!event.target.closest(needs) && !String(getSelection())) hold(); });
  addEventListener("focus", hold);
  addEventListener("pageshow", hold);

  /* Desk: a state flashes once; the desk itself lets it be heard (desk/sounds.js). */
  function announce(banner) {
    banner.classList.remove("flash");
    requestAnimationFrame(() => banner.classList.add("flash"));
  }

  function wake(part) {
    const all = (query) => [...(part.matches?.(query) ? [part] : []), ...part.querySelectorAll(query)];
    all("input[data-suggest-url]:not([role=combobox])").forEach(suggest);
    all("[data-state]").forEach(announce);
    all("[data-needs-script]").forEach((one) => { one.hidden = false; });
    if (matchMedia("(max-width: 56rem)").matches) all(".facets details").forEach((one) => { one.open = false; });
    all("[data-focus]").forEach((one) => one.focus());
  }
  wake(document);
  document.addEventListener("htmx:load", (event) => { if (event.target !== document.body) { wake(event.target); hold(); } });
  hold();
})();
