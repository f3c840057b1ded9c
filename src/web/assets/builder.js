/* builder.js - the table builder's expression: completion, and at once
 * whether it is good. Everything else is the form itself.
 *
 * The words are the API's (variables); whether the text is good is asked of
 * the API (check), which reads nothing of the round. */
"use strict";
(() => {
  const form = document.getElementById("builder");
  const field = document.getElementById("where");
  const list = document.getElementById("complete");
  const fault = document.getElementById("where-fault");
  const ok = document.getElementById("where-ok");
  if (!form || !field) return;

  const WAIT = 350, MOST = 12;
  const AFTER_TEST = ["and", "or"];
  const SIGNS = ["=", "!=", "in {", "is", "<", "<=", ">", ">="];
  const STATES = ["answered", "blank", "unknown", "unasked"];
  let variables = null, choices = [], at = -1, from = 0;

  async function load() {
    if (variables) return variables;
    const answer = await fetch(`${form.dataset.api}/variables`);
    variables = answer.ok ? (await answer.json()).variables : [];
    document.dispatchEvent(new Event("alive"));
    return variables;
  }

  /* What may stand at the cursor: from what stands before it. */
  function wanted(before) {
    const tokens = before.match(/"(?:[^"\\]|\\.)*"?|[\w+.-]+|!=|<=|>=|[^\s]/g)
      || [];
    const typing = /[\w+.-]$/.test(before) ? tokens.pop() : "";
    const last = tokens[tokens.length - 1] || "";
    const known = (id) => variables.find((v) => v.id === id);
    let name = null, within = false;
    for (const token of tokens) {
      if (known(token) && !within) name = known(token);
      if (token === "{") within = true;
      if (token === "}") within = false;
    }
    const values = name ? name.values : [];
    if (within) return { typing, list: last === "{" || last === ","
      ? values : [{ id: "," }, { id: "}" }] };
    if (["=", "!=", "<", "<=", ">", ">="].includes(last))
      return { typing, list: values };
    if (last === "is")
      return { typing, list: STATES.map((id) => ({ id })) };
    if (last === "in") return { typing, list: [{ id: "{" }] };
    if (known(last))
      return { typing, list: SIGNS.map((id) => ({ id })) };
    if (["", "and", "or", "not", "("].includes(last))
      return { typing, list: [...variables, { id: "not" }, { id: "(" }] };
    return { typing, list: AFTER_TEST.map((id) => ({ id })) };
  }

  function close() {
    list.hidden = true;
    at = -1;
    field.removeAttribute("aria-activedescendant");
  }

  function mark(n) {
    at = (n + choices.length) % choices.length;
    [...list.children].forEach((item, i) => {
      item.setAttribute("aria-selected", String(i === at));
      if (i === at) item.scrollIntoView({ block: "nearest" });
    });
    field.setAttribute("aria-activedescendant", `complete-${at}`);
  }

  async function open() {
    await load();
    const before = field.value.slice(0, field.selectionStart);
    const { typing, list: all } = wanted(before);
    const word = typing.toLowerCase();
    const fits = (v) => v.id.toLowerCase().startsWith(word) ? 2
      : `${v.id} ${v.label || ""}`.toLowerCase().includes(word) ? 1 : 0;
    from = before.length - typing.length;
    choices = all.filter(fits).sort((a, b) => fits(b) - fits(a))
      .slice(0, MOST);
    if (choices.length === 1 && choices[0].id === typing) choices = [];
    if (choices.length === 0) {
      close();
      return;
    }
    list.replaceChildren(...choices.map((choice, i) => {
      const item = document.createElement("li");
      const code = document.createElement("code");
      const label = document.createElement("span");
      item.id = `complete-${i}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      code.textContent = choice.id;
      label.textContent = choice.label || "";
      item.append(code, label);
      item.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        take(i);
      });
      return item;
    }));
    list.hidden = false;
    at = -1;
    field.removeAttribute("aria-activedescendant");
  }

  function take(i) {
    const word = choices[i].id;
    const end = field.selectionStart;
    const text = `${word}${word === "(" ? "" : " "}`;
    field.setRangeText(text, from, end, "end");
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /* ---- whether it is good ---- */

  function show(answer) {
    const bad = answer !== null && !answer.valid;
    fault.hidden = !bad;
    ok.hidden = bad || field.value.trim() === "";
    if (bad) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    if (bad) {
      fault.querySelector("pre").textContent = answer.at > 0
        ? `${field.value}\n${" ".repeat(answer.at - 1)}^` : "";
      fault.querySelector("p span").textContent = answer.message;
    } else {
      ok.querySelector("span").textContent = ok.dataset.valid;
    }
  }

  let timer, asked = 0;
  async function check() {
    const mine = ++asked;
    const query = new URLSearchParams({ where: field.value });
    const answer = await fetch(`${form.dataset.api}/check?${query}`)
      .catch(() => null);
    if (mine !== asked || !answer || !answer.ok) return;
    show(await answer.json());
    document.dispatchEvent(new Event("alive"));
  }

  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", "complete");
  field.setAttribute("aria-haspopup", "listbox");

  field.addEventListener("input", () => {
    open();
    clearTimeout(timer);
    timer = setTimeout(check, WAIT);
  });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (!list.hidden && at >= 0) take(at);
      else form.requestSubmit();
      return;
    }
    if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      open();
    }
    if (list.hidden) return;
    if (event.key === "Escape") close();
    else if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp") mark(at < 0 ? -1 : at - 1);
    else if (event.key === "Tab" && at >= 0) take(at);
    else return;
    event.preventDefault();
  });

  /* "/" goes to the list of variables, as its key says. */
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea, dialog");
    if (typing || event.key !== "/" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    document.getElementById("find").focus();
  });

  /* Looking for a variable opens the groups. */
  document.getElementById("find").addEventListener("input", () => {
    for (const group of document.querySelectorAll("#vars details"))
      group.open = true;
  });

  /* A choice changed is a new question. */
  for (const id of ["sum", "share", "chart", "view"])
    document.getElementById(id).addEventListener("change",
      () => form.requestSubmit());

  const first = document.querySelector("#pick input");
  if (first) first.focus();
})();
