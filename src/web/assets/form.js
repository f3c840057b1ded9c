/* form.js - the registration form by keyboard: answers, conditions, tabs.
 *
 * What is asked, and under which condition, stands in the page (data-q,
 * data-kind, data-asked), made from the instrument; nothing here knows a
 * question. Saving is form_save.js's. */
"use strict";
(() => {
  const main = document.querySelector("main[data-api]");
  if (!main) return;
  const texts = document.getElementById("form-texts").dataset;
  const tabs = [...main.querySelectorAll(".tab")];
  const questions = [...main.querySelectorAll("[data-q]")];
  const rows = [...main.querySelectorAll("tr[data-service]")];
  const letters = document.getElementById("letters");
  const known = new Map();
  let tab = tabs.find((t) => !t.hidden) || tabs[0];
  let leaving = false;

  const inputs = (name) =>
    [...main.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
  /* The answer as the server writes it. */
  const valueOf = (name) => {
    const all = inputs(name).filter((i) => i.type !== "hidden");
    const chosen = all.filter((i) => i.type !== "text" && i.checked)
      .map((i) => i.value);
    if (chosen.includes("unknown")) return "unknown";
    const text = all.find((i) => i.type === "text");
    if (text) return text.value.trim();
    return chosen.filter((v) => v !== "").join("|");
  };
  const names = new Set([...main.querySelectorAll("form [name]")]
    .filter((i) => i.type !== "hidden").map((i) => i.name));
  for (const name of names) known.set(name, valueOf(name));
  const setValue = (name, to) => {
    const parts = to === "" ? [] : to.split("|");
    for (const i of inputs(name)) {
      if (i.type === "text") i.value = to === "unknown" ? "" : to;
      else if (i.type === "radio") i.checked = i.value === to && to !== "";
      else if (i.type === "checkbox")
        i.checked = parts.includes(i.value);
    }
  };

  /* Conditions, as expr_json writes them. */
  const conditions = new Map(questions.filter((q) => q.dataset.asked)
    .map((q) => [q.dataset.q, JSON.parse(q.dataset.asked)]));
  /* Numbers that can only be 0 as things are, and are no more. */
  const moots = new Map(questions.filter((q) => q.dataset.moot)
    .map((q) => [q.dataset.q, JSON.parse(q.dataset.moot)]));
  const isMoot = (values, name) => {
    const value = values.get(name) ?? "";
    if (!moots.has(name) || (value !== "" && value !== "0")) return false;
    const one = new Map(values).set(name, "1");
    return moots.get(name).some((x) => test(one, x));
  };
  const effective = (values, name) => {
    if (conditions.has(name) && !test(values, conditions.get(name)))
      return { value: "", asked: false };
    return { value: values.get(name) ?? "", asked: true };
  };
  const compare = (op, a, b) => {
    switch (op) {
      case "=": return a === b;
      case "!=": return a !== b;
      case "<": return Number(a) < Number(b);
      case "<=": return Number(a) <= Number(b);
      case ">": return Number(a) > Number(b);
      default: return Number(a) >= Number(b);
    }
  };
  const hasState = (state, v) => {
    const answered = v.asked && v.value !== "" && v.value !== "unknown";
    if (state === "answered") return answered;
    if (state === "blank") return !answered;
    if (state === "unknown") return v.asked && v.value === "unknown";
    return !v.asked;
  };
  function test(values, x) {
    const [op, ...rest] = x;
    if (op === "and") return rest.every((k) => test(values, k));
    if (op === "or") return rest.some((k) => test(values, k));
    if (op === "not") return !test(values, rest[0]);
    const v = effective(values, rest[0]);
    if (op === "is") return hasState(rest[1], v);
    if (!v.asked || v.value === "" || v.value === "unknown") return false;
    if (op === "in")
      return v.value.split("|").some((one) => rest[1].includes(one));
    return compare(op, v.value, rest[1]);
  }

  const labelOf = (q) => {
    const at = q.querySelector(".area__name") || q.querySelector("legend") ||
      q.querySelector("label");
    const copy = at.cloneNode(true);
    copy.querySelectorAll("[data-state]").forEach((s) => s.remove());
    return copy.textContent.trim();
  };
  const counts = (q) =>
    q.dataset.kind !== "text" && q.dataset.kind !== "codes";
  const isOpen = (q) => !q.hidden && counts(q) &&
    (known.get(q.dataset.q) ?? "") === "";
  const tabOf = (el) => el.closest(".tab");

  const showState = (q) => {
    const state = q.querySelector("[data-state]");
    if (!state) return;
    const value = known.get(q.dataset.q) ?? "";
    state.textContent = value === "" ? texts.open
      : value === "unknown" ? texts.unknown : texts.answered;
    state.classList.toggle("area__state--open", value === "");
  };
  const showAsked = () => {
    for (const q of questions)
      if (conditions.has(q.dataset.q) || moots.has(q.dataset.q))
        q.hidden = isMoot(known, q.dataset.q) ||
          (conditions.has(q.dataset.q) &&
            !test(known, conditions.get(q.dataset.q)));
    for (const box of main.querySelectorAll("[data-extra]"))
      box.hidden = [...box.querySelectorAll("[data-q]")]
        .every((q) => q.hidden);
  };
  const showFresh = (row) => {
    const [got, want] = row.querySelectorAll("input");
    row.querySelector(".new").hidden = !want.checked || got.checked;
  };
  const showLeft = () => {
    const list = document.getElementById("left-list");
    const all = questions.filter(isOpen);
    const open = [...all.filter((q) => tabOf(q) === tab),
      ...all.filter((q) => tabOf(q) !== tab)].slice(0, 5);
    const more = document.getElementById("left-more");
    more.hidden = all.length <= open.length;
    more.querySelector("a").textContent =
      texts.more.replace("{1}", all.length - open.length);
    list.replaceChildren(...open.map((q) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `${main.dataset.path}/${tabOf(q).dataset.tab}#${q.id}`;
      link.dataset.goto = tabOf(q).dataset.tab;
      link.dataset.question = q.dataset.q;
      link.textContent = labelOf(q);
      item.append(link);
      return item;
    }));
    document.getElementById("left-label").hidden = open.length === 0;
  };

  /* What would no longer be asked, of what is answered. */
  const cleared = (name, to) => {
    const after = new Map(known);
    after.set(name, to);
    return questions.filter((q) => !q.hidden && conditions.has(q.dataset.q) &&
      (known.get(q.dataset.q) ?? "") !== "" &&
      !test(after, conditions.get(q.dataset.q)));
  };
  const confirmClears = (list) => new Promise((resolve) => {
    const dialog = document.getElementById("clears");
    document.getElementById("clears-text").textContent = texts.clears;
    document.getElementById("clears-list").replaceChildren(
      ...list.map((q) => {
        const item = document.createElement("li");
        item.textContent = labelOf(q);
        return item;
      }));
    dialog.returnValue = "";
    dialog.onclick = (event) => {
      const b = event.target.closest("[data-answer]");
      if (b) dialog.close(b.dataset.answer);
    };
    dialog.onclose = () => resolve(dialog.returnValue === "yes");
    dialog.showModal();
  });
  const removeFault = (q) => {
    q?.classList.remove("is-missed");
    q?.querySelector(".ds-validation-message")?.remove();
  };
  const accept = (name, to) => {
    const was = known.get(name) ?? "";
    const q = questions.find((one) => one.dataset.q === name);
    if (was === to) return;
    known.set(name, to);
    removeFault(q);
    if (q) showState(q);
    showAsked();
    showLeft();
    document.dispatchEvent(new CustomEvent("answer",
      { detail: { id: name, was, to } }));
  };
  /* An input says something new; asks first where that takes answers away. */
  const changed = async (name) => {
    const to = valueOf(name);
    const gone = cleared(name, to);
    if (gone.length > 0 && !(await confirmClears(gone))) {
      setValue(name, known.get(name) ?? "");
      return;
    }
    accept(name, to);
  };

  main.addEventListener("change", (event) => {
    const input = event.target;
    if (!input.name || !names.has(input.name)) return;
    if (input.type === "checkbox" && input.checked) {
      /* "Vet ikke" and an answer exclude each other. */
      for (const other of inputs(input.name))
        if (other !== input && other.type === "checkbox" &&
            (input.value === "unknown" || other.value === "unknown"))
          other.checked = false;
      const text = inputs(input.name).find((i) => i.type === "text");
      if (text) text.value = "";
    }
    if (input.type === "text" && input.value !== "")
      inputs(input.name).forEach((i) => {
        if (i.type === "checkbox") i.checked = false;
      });
    const row = input.closest("tr[data-service]");
    if (row) showFresh(row);
    changed(input.name);
  });
  document.addEventListener("saved", (event) => {
    const answer = event.detail;
    document.getElementById("left-count").textContent = answer.answered;
    document.getElementById("who").textContent = answer.who;
    main.querySelectorAll("input[name=seen]").forEach((i) => {
      i.value = answer.revision;
    });
    for (const t of answer.tabs) {
      const step = document.getElementById("step-" + t.id);
      step.classList.toggle("is-done", t.done);
      step.querySelector("small").textContent = t.words;
    }
    for (const [id, to] of Object.entries(answer.also)) {
      if (known.get(id) !== "" || to === "") continue;
      known.set(id, to);
      setValue(id, to);
      const q = questions.find((one) => one.dataset.q === id);
      if (q) showState(q);
      showLeft();
    }
  });
  document.addEventListener("show-value", (event) => {
    const { id, to } = event.detail;
    known.set(id, to);
    setValue(id, to);
    const q = questions.find((one) => one.dataset.q === id);
    if (q) showState(q);
    showAsked();
    showLeft();
  });
  document.addEventListener("fault", (event) => {
    const { id, words } = event.detail;
    const q = questions.find((one) => one.dataset.q === id);
    if (!q) return;
    removeFault(q);
    q.classList.add("is-missed");
    const p = document.createElement("p");
    p.className = "ds-validation-message";
    p.setAttribute("role", "alert");
    p.textContent = words;
    (q.querySelector(".q__answer, .area__more") || q).append(p);
    known.set(id, "");
    showState(q);
    showLeft();
  });

  /* Where one is, and where one goes. */
  const stops = (t) => [...t.querySelectorAll("[data-q], tr[data-service]")]
    .filter((el) => !el.hidden && !el.closest("[hidden]"));
  const hereOf = (el) => el?.closest?.("tr[data-service], [data-q]");
  const focusOn = (stop) => {
    if (!stop) return;
    const all = [...stop.querySelectorAll("input:not([type=hidden])")]
      .filter((i) => !i.closest(".no-js"));
    const at = all.find((i) => i.type === "radio" && i.checked) ||
      all.find((i) => i.value !== "unknown") || all[0];
    at?.focus({ preventScroll: true });
    stop.scrollIntoView({ block: "nearest" });
  };
  const move = (from, step) => {
    const all = stops(tab);
    const to = all[all.indexOf(from) + step];
    focusOn(to);
    return to !== undefined;
  };
  /* Services begin with the first of them, other tabs with what is open. */
  const begin = (t) => t.querySelector("tr[data-service]") ||
    stops(t).find((s) => s.dataset.q && isOpen(s)) || stops(t)[0];
  const showTab = (to, stop) => {
    tab = to;
    for (const t of tabs) t.hidden = t !== to;
    for (const a of document.querySelectorAll(".steps [data-goto]")) {
      if (a.dataset.goto === to.dataset.tab)
        a.setAttribute("aria-current", "step");
      else a.removeAttribute("aria-current");
    }
    const at = tabs.indexOf(to);
    const name = (t) => document.querySelector(
      `#step-${t.dataset.tab} b`).textContent;
    const back = document.getElementById("go-back");
    const next = document.getElementById("go-next");
    if (back) {
      back.hidden = at === 0;
      if (at > 0) back.querySelector("span").textContent = name(tabs[at - 1]);
      next.hidden = at === tabs.length - 1;
      document.getElementById("go-new").hidden = !next.hidden;
      if (!next.hidden)
        document.getElementById("go-next-label").textContent =
          name(tabs[at + 1]);
      for (const b of document.querySelectorAll(".dock [name=go]"))
        b.setAttribute("form", "form-" + to.dataset.tab);
    }
    history.replaceState(null, "",
      `${main.dataset.path}/${to.dataset.tab}`);
    window.scrollTo(0, 0);
    showLeft();
    focusOn(stop || begin(to));
  };
  const goTab = (step) => {
    const to = tabs[tabs.indexOf(tab) + step];
    if (to) showTab(to);
    else if (step > 0) document.getElementById("go-new")?.focus();
  };
  const nextOpen = (from) => {
    const all = questions.filter(isOpen);
    const after = all.find((q) => from &&
      from.compareDocumentPosition(q) & Node.DOCUMENT_POSITION_FOLLOWING &&
      q !== from);
    const q = after || all[0];
    if (!q) return;
    if (tabOf(q) !== tab) showTab(tabOf(q), q);
    else focusOn(q);
  };
  const submit = async (go) => {
    if (leaving) return;
    document.activeElement?.blur?.();
    leaving = true;
    await window.formFlushed();
    leaving = false;
    const b = document.querySelector(`.dock [name=go][value="${go}"]`);
    document.getElementById("form-" + tab.dataset.tab)
      .requestSubmit(Object.assign(b, { hidden: false }));
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-goto]");
    if (link && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const q = link.dataset.question &&
        document.getElementById("q-" + link.dataset.question);
      showTab(tabs.find((t) => t.dataset.tab === link.dataset.goto), q);
      return;
    }
    const go = event.target.closest(".dock button[data-go]");
    if (go && event.isTrusted) {
      event.preventDefault();
      if (go.dataset.go === "next") goTab(1);
      else if (go.dataset.go === "back") goTab(-1);
      else submit(go.dataset.go);
      return;
    }
    if (event.target.closest("[data-keysheet]"))
      document.getElementById("keysheet").showModal();
    if (event.target.closest("[data-no-services]")) noServices();
  });
  main.addEventListener("focusin", (event) => {
    main.querySelectorAll(".is-here").forEach((el) =>
      el.classList.remove("is-here"));
    hereOf(event.target)?.classList.add("is-here");
  });

  /* Keys. */
  const pick = (input, here) => {
    if (!input) return;
    input.checked = true;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    move(here, 1);
  };
  const clear = (here) => {
    const name = here.dataset.q;
    setValue(name, "");
    changed(name);
  };
  const choices = (here) => [...here.querySelectorAll("input[type=radio]")]
    .filter((i) => !i.closest(".no-js"));
  const digit = (here, key) => {
    if (key === "0") return clear(here);
    if (here.dataset.kind === "score")
      return pick(choices(here).find((i) => i.value === key), here);
    return pick(choices(here)[Number(key) - 1], here);
  };
  const unknown = (here) => {
    const input = [...here.querySelectorAll("input")]
      .find((i) => i.value === "unknown");
    if (input && input.type === "checkbox") {
      input.checked = true;
      input.dispatchEvent(new Event("change", { bubbles: true }));
      move(here, 1);
    } else {
      pick(input, here);
    }
  };
  const tick = (row, got, want) => {
    const [first, second] = row.querySelectorAll("input");
    const both = got && want && first.checked && second.checked;
    for (const [input, on] of [[first, got], [second, want]]) {
      if (!on) continue;
      input.checked = got && want ? !both : !input.checked;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };
  const category = (key) => {
    const cat = tab.querySelector(`.cat[data-cat="${key}"]`);
    focusOn(cat && [...cat.querySelectorAll("tr[data-service]")]
      .find((row) => !row.hidden));
  };
  const skip = (row) => {
    const cats = [...tab.querySelectorAll(".cat")];
    const to = cats[cats.indexOf(row.closest(".cat")) + 1];
    if (to) focusOn(to.querySelector("tr[data-service]"));
    else document.getElementById("go-new")?.focus();
  };
  function noServices() {
    const q = tab.querySelector(".svc__done");
    if (!q || rows.some((row) => row.querySelector(":checked"))) return;
    const yes = q.querySelector("input[value='1']");
    yes.checked = true;
    yes.dispatchEvent(new Event("change", { bubbles: true }));
    document.getElementById("go-new")?.focus();
  }
  const serviceKey = (here, key) => {
    if (/^\d$/.test(key)) return category(key), true;
    if (key === "i") return noServices(), true;
    if (key === "/")
      return document.getElementById("find-service").focus(), true;
    const row = here?.matches("tr") ? here : null;
    if (!row) return false;
    if (key === "m") return tick(row, true, false), true;
    if (key === "e") return tick(row, false, true), true;
    if (key === "b") return tick(row, true, true), true;
    if (key === "h") return skip(row), true;
    return false;
  };
  const questionKey = (here, key) => {
    if (!here?.dataset.q) return false;
    if (/^\d$/.test(key)) return digit(here, key), true;
    if (key === "v") return unknown(here), true;
    return false;
  };
  const letter = (event, here) => {
    const key = event.key.toLowerCase();
    const services = tab.querySelector(".svc") !== null;
    if (!letters.checked && /^[a-zæøå]$/.test(key)) return false;
    if (key === "?")
      return document.getElementById("keysheet").showModal(), true;
    if (key === "u") return nextOpen(here), true;
    if (services) return serviceKey(here, key);
    return questionKey(here, key);
  };
  const enter = (event, here, typing) => {
    if (event.ctrlKey || event.metaKey) return submit("finish-new");
    if (event.shiftKey) return goTab(-1);
    if (typing && here) {
      document.activeElement.dispatchEvent(
        new Event("change", { bubbles: true }));
      return move(here, 1) || goTab(1);
    }
    return goTab(1);
  };
  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]")) return;
    const at = document.activeElement;
    const typing = at?.matches("input[type=text], input[type=search]");
    const here = hereOf(at);
    const inside = main.contains(at) || at === document.body;
    if (event.key === "Enter" && (inside || event.ctrlKey)) {
      event.preventDefault();
      return enter(event, here, typing);
    }
    if (!inside || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      return move(here, event.key === "ArrowDown" ? 1 : -1);
    }
    if (typing) {
      if (event.key === "Escape") at.blur();
      if (event.key.toLowerCase() === "v" && here?.dataset.kind === "int") {
        event.preventDefault();
        unknown(here);
      }
      return;
    }
    if (event.key.length === 1 && letter(event, here)) event.preventDefault();
  });

  const find = document.getElementById("find-service");
  find?.addEventListener("input", () => {
    const words = find.value.toLowerCase().trim();
    for (const row of rows)
      row.hidden = !row.textContent.toLowerCase().includes(words);
    for (const cat of main.querySelectorAll(".cat"))
      cat.hidden = [...cat.querySelectorAll("tr[data-service]")]
        .every((row) => row.hidden);
  });
  find?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "ArrowDown") return;
    event.preventDefault();
    event.stopPropagation();
    focusOn(rows.find((row) => !row.hidden));
    find.value = "";
    find.dispatchEvent(new Event("input"));
  });

  for (const form of main.querySelectorAll("form"))
    form.addEventListener("submit", () => { leaving = true; });
  showAsked();
  rows.forEach(showFresh);
  const wanted = location.hash && document.getElementById(
    location.hash.slice(1));
  showLeft();
  focusOn(wanted && tabOf(wanted) === tab ? wanted : begin(tab));
})();
