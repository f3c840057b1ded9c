/* publish.js - the editor of a publication's texts: a preview that follows
 * what is typed, places of remarks, saving by Ctrl+S. Without it there is a
 * button that shows the preview. */
"use strict";
(() => {
  const form = document.querySelector("[data-preview]");
  const field = form && form.querySelector("textarea");
  const side = document.querySelector("#preview");
  const say = (text) => { document.querySelector("#say").textContent = text; };
  const WAIT = 900;
  let timer, asked = 0, changed = false;

  /* What stands there is always of what was typed last: an answer to an
   * older question is dropped. */
  async function look() {
    const number = ++asked;
    side.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.dataset.preview, {
        method: "POST", body: new URLSearchParams(new FormData(form)),
        credentials: "same-origin",
      });
      const text = await answer.text();
      if (number !== asked) return;
      if (!answer.ok && answer.status !== 422) throw new Error();
      const page = new DOMParser().parseFromString(text, "text/html");
      const fresh = page.querySelector("#preview");
      if (!fresh) throw new Error();
      const old = side.querySelector(".pub-paper");
      const top = old ? old.scrollTop : 0;
      side.replaceChildren(...fresh.childNodes);
      const paper = side.querySelector(".pub-paper");
      if (paper) paper.scrollTop = top;
      say(side.querySelector("[data-said]")?.dataset.said || "");
      document.dispatchEvent(new Event("alive"));
    } catch {
      if (number === asked) say(form.dataset.failed);
    } finally {
      if (number === asked) side.removeAttribute("aria-busy");
    }
  }

  if (form && field && side && !field.readOnly) {
    field.addEventListener("input", () => {
      changed = true;
      clearTimeout(timer);
      timer = setTimeout(look, WAIT);
    });
    form.addEventListener("submit", () => { changed = false; });
    form.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey))
        return;
      event.preventDefault();
      form.requestSubmit(form.querySelector('[value="save"]'));
    });
    window.addEventListener("beforeunload", (event) => {
      if (changed) event.preventDefault();
    });
  }

  /* A remark's button goes to its line and column (in bytes). */
  document.addEventListener("click", (event) => {
    const to = event.target.closest("[data-line]");
    if (!to || !field) return;
    const lines = field.value.split("\n");
    const line = Math.min(Number(to.dataset.line), lines.length) - 1;
    const before = lines.slice(0, line).join("\n").length + (line > 0 ? 1 : 0);
    const bytes = new TextEncoder().encode(lines[line]);
    const column = new TextDecoder().decode(
      bytes.slice(0, Math.max(Number(to.dataset.column) - 1, 0))).length;
    field.focus();
    field.setSelectionRange(before + column, before + column);
    /* The line is brought into sight. */
    const high = field.scrollHeight / Math.max(lines.length, 1);
    field.scrollTop = Math.max(line * high - field.clientHeight / 3, 0);
  });

  /* data-insert on a button: its text goes where the cursor stands. */
  document.addEventListener("click", (event) => {
    const from = event.target.closest("[data-insert]");
    if (!from || !field || field.readOnly) return;
    field.focus();
    field.setRangeText(from.dataset.insert, field.selectionStart,
      field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });

  /* Blank rows but the first are hidden in the lists. */
  const blank = [...document.querySelectorAll("[data-blank]")];
  for (const row of blank.slice(1))
    if (!row.querySelector('[aria-invalid="true"]')) row.hidden = true;
  blank.forEach((row, i) => row.addEventListener("input", () => {
    if (blank[i + 1]) blank[i + 1].hidden = false;
  }));
})();
