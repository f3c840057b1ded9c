/* app.js - what every page gains where there is script; each works without.
 *
 * Texts come from the page, nothing is stored, and pages' own scripts are
 * files of their own. Attributes: src/web/assets/README.md. */
"use strict";
(() => {
  const $ = (selector) => document.querySelector(selector);
  const say = (text) => { $("#say").textContent = text; };

  /* Asks TEXT in the page's dialog; true if the answer was yes. */
  function ask(dialog, text) {
    if (text) dialog.querySelector("p").textContent = text;
    return new Promise((resolve) => {
      let answer = false;
      for (const button of dialog.querySelectorAll("[data-answer]"))
        button.onclick = () => {
          answer = button.dataset.answer === "yes";
          dialog.close();
        };
      dialog.onclose = () => resolve(answer);
      dialog.showModal();
    });
  }

  /* data-confirm on a button or link: asks, then does what it does. */
  document.addEventListener("click", async (event) => {
    const asker = event.target.closest("[data-confirm]");
    if (!asker || asker.dataset.confirmed) return;
    event.preventDefault();
    if (!await ask($("#ask"), asker.dataset.confirm)) {
      asker.focus();
      return;
    }
    asker.dataset.confirmed = "1";
    asker.click();
    delete asker.dataset.confirmed;
  });

  /* data-find="#ID": only the rows of #ID that hold every word. */
  function rowsOf(list) {
    return list.querySelectorAll(
      list.querySelector("tbody") || list.matches("tbody") ? "tbody tr"
        : "li");
  }
  document.addEventListener("input", (event) => {
    const list = event.target.dataset.find && $(event.target.dataset.find);
    if (!list) return;
    const words = event.target.value.toLowerCase().split(/\s+/);
    for (const row of rowsOf(list)) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
    }
  });

  /* data-auto on a control: its form is sent when it changes. */
  document.addEventListener("change", (event) => {
    if ("auto" in event.target.dataset) event.target.form.requestSubmit();
  });

  /* data-print, data-copy */
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-print], [data-copy]");
    if (!button) return;
    if ("print" in button.dataset) {
      window.print();
      return;
    }
    const from = button.dataset.copy && $(button.dataset.copy);
    const text = from ? from.value ?? from.textContent : location.href;
    try {
      await navigator.clipboard.writeText(text.trim());
      say(button.dataset.said || "");
    } catch {
      if (from && from.select) from.select();
    }
  });

  /* data-key="n" on a link or button: that letter, outside of fields. */
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea, dialog");
    if (typing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (!/^[a-zæøå?/]$/i.test(event.key)) return;
    const to = $(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!to) return;
    event.preventDefault();
    to.click();
  });

  /* A refused form: the summary takes the focus. A link in it goes to the
   * first control of a group. */
  const faults = $("#faults");
  if (faults) {
    faults.focus();
    faults.addEventListener("click", (event) => {
      const id = event.target.getAttribute("href");
      const group = id && id[0] === "#" && $(`fieldset#${CSS.escape(id.slice(1))}`);
      const first = group && group.querySelector("input, select, textarea");
      if (!first) return;
      event.preventDefault();
      first.focus();
    });
  }

  /* A minute before the session ends for want of requests: asks. Whatever
   * the page fetches meanwhile (the form saves) begins it anew: document's
   * event "alive". */
  const idle = $("#idle");
  if (idle) {
    const wait = (Number(idle.dataset.minutes) - 1) * 60000;
    let timer;
    /* What was typed and not sent yet is not left behind: the log-in that
     * the server then asks for in place keeps it. */
    let typed = false;
    document.addEventListener("input", (event) => {
      if (event.target.closest("main form[method=post]")) typed = true;
    });
    document.addEventListener("saved", () => { typed = false; });
    const leave = () => {
      if (typed) idle.close();
      else location.assign(idle.dataset.login);
    };
    const begin = () => {
      clearTimeout(timer);
      timer = setTimeout(warn, wait);
    };
    const warn = async () => {
      const over = setTimeout(leave, 60000);
      const stay = await ask(idle);
      clearTimeout(over);
      if (!stay) return;
      const answer = await fetch(idle.dataset.keep).catch(() => null);
      if (answer && answer.ok) begin();
      else leave();
    };
    document.addEventListener("alive", begin);
    begin();
  }
})();
