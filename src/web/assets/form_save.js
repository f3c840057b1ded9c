/* form_save.js - sends each answer as it is given, and never loses one.
 *
 * form.js says "answer" (a variable, what it was, what it is); here they
 * wait, at most one request under way, later ones merged, tried again until
 * they are saved, and "saved" is said with the server's answer. Nothing is
 * kept in the browser's storage: what waits is in this page only, and the
 * page says how much. */
"use strict";
(() => {
  const main = document.querySelector("main[data-api]");
  if (!main) return;
  const texts = document.getElementById("form-texts").dataset;
  const saved = document.getElementById("saved");
  const conflicts = document.getElementById("conflicts");
  const relog = document.getElementById("relog");
  let csrf = main.dataset.csrf;
  let pending = new Map();
  let flight = null;
  let timer = null;
  let wait = 1000;
  let stopped = false;
  let resolveFlushed = [];

  const say = (kind, icon, ...nodes) => {
    saved.className = "saved" + (kind ? " saved--" + kind : "");
    saved.querySelector("use").setAttribute("href", "#i-" + icon);
    saved.querySelector("span").replaceChildren(...nodes);
  };
  const fill = (text, ...args) =>
    text.replace(/\{(\d)\}/g, (_, n) => args[n - 1]);
  const sayOffline = () => {
    const bold = document.createElement("b");
    bold.textContent = fill(texts.offline, pending.size);
    const help = document.createElement("span");
    help.className = "saved__help";
    help.textContent = " " + texts.offlineHelp;
    say("wait", "warn", bold, help);
  };
  const saySaved = (at) => {
    const time = document.createElement("span");
    time.className = "muted num";
    time.textContent = at;
    say("", "check", texts.saved + " ", time);
  };

  /* What was under way waits again; what came later stays on top of it. */
  const putBack = (skip) => {
    for (const [id, answer] of flight) {
      if (skip && id in skip) continue;
      const later = pending.get(id);
      pending.set(id, later ? { was: answer.was, to: later.to } : answer);
    }
    flight = null;
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(send, wait);
    wait = Math.min(wait * 2, 30000);
  };
  const flushed = () => {
    if (pending.size > 0 || flight) return;
    const all = resolveFlushed;
    resolveFlushed = [];
    all.forEach((resolve) => resolve());
  };

  const button = (text, act) => {
    const b = document.createElement("button");
    b.type = "button";
    b.className = "plain";
    b.textContent = text;
    b.addEventListener("click", act);
    return b;
  };
  const shown = (value) => document.dispatchEvent(
    Object.assign(new CustomEvent("show-value", { detail: value })));
  /* A value as the page words it: the label of the answer. */
  const words = (id, value) => {
    if (value === "") return texts.nothing;
    const input = main.querySelector(
      `[name="${CSS.escape(id)}"][value="${CSS.escape(value)}"]`);
    return input?.closest("label")?.textContent.trim() || value;
  };
  /* Somebody answered the same in another window. */
  const conflict = (id, now, answer) => {
    const box = document.createElement("div");
    box.className = "conflict";
    box.setAttribute("role", "alert");
    const head = document.createElement("p");
    head.className = "saved saved--wait";
    const label = main.querySelector(`[data-q="${id}"] .area__name, ` +
      `[data-q="${id}"] legend, [data-q="${id}"] label`)?.cloneNode(true);
    label?.querySelectorAll("[data-state]").forEach((s) => s.remove());
    head.textContent =
      (label ? label.textContent.trim() + ": " : "") + texts.conflict;
    const body = document.createElement("p");
    const there = words(id, now);
    const here = words(id, answer.to);
    const keep = () => {
      box.remove();
      pending.set(id, { was: now, to: answer.to });
      send();
    };
    const use = () => {
      box.remove();
      shown({ id, to: now });
    };
    body.append(fill(texts.conflictHelp, there, here) + " ",
      button(fill(texts.use, there), use), " ",
      button(fill(texts.keep, here), keep));
    box.append(head, body);
    conflicts.append(box);
  };
  const fault = (id, words) => document.dispatchEvent(
    new CustomEvent("fault", { detail: { id, words } }));

  const refresh = async () => {
    const r = await fetch("/api/v1/me", { cache: "no-store" });
    if (!r.ok) return r.status;
    csrf = (await r.json()).csrf;
    document.querySelectorAll("input[name=csrf]").forEach((input) => {
      input.value = csrf;
    });
    return 200;
  };
  const sessionOver = () => {
    putBack();
    sayOffline();
    if (!relog.open) relog.showModal();
  };

  const taken = (answer) => {
    wait = 1000;
    flight = null;
    conflicts.querySelectorAll(".is-done").forEach((box) => box.remove());
    if (pending.size === 0) saySaved(answer.saved_at);
    document.dispatchEvent(new CustomEvent("saved", { detail: answer }));
    document.dispatchEvent(new Event("alive"));
    send();
    flushed();
  };
  const refused = (answer) => {
    const bad = answer.conflicts || answer.faults;
    const sent = flight;
    if (!bad) {
      putBack();
      stopped = true;
      say("wait", "warn", texts.gone);
      return;
    }
    putBack(bad);
    for (const id of Object.keys(bad)) {
      if (answer.conflicts) conflict(id, bad[id], sent.get(id));
      else fault(id, bad[id]);
    }
    if (pending.size === 0) say("wait", "warn", answer.message);
    send();
    flushed();
  };

  const body = () => {
    const answers = {};
    const was = {};
    for (const [id, a] of flight) {
      answers[id] = a.to;
      was[id] = a.was;
    }
    return JSON.stringify({ answers, was });
  };
  async function send() {
    if (flight || pending.size === 0 || stopped) return;
    clearTimeout(timer);
    flight = pending;
    pending = new Map();
    const slow = setTimeout(() => say("busy", "clock", texts.saving), 500);
    let r;
    try {
      r = await fetch(main.dataset.api, {
        method: "PATCH",
        headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf },
        body: body(),
        signal: AbortSignal.timeout(20000),
      });
      clearTimeout(slow);
      if (r.ok) return taken(await r.json());
      if (r.status === 409 || r.status === 422 || r.status === 404)
        return refused(await r.json());
      if (r.status === 403 && (await refresh()) === 200) {
        putBack();
        return later();
      }
      if (r.status === 401 || r.status === 403) return sessionOver();
    } catch (e) {
      clearTimeout(slow);
    }
    if (flight) putBack();
    sayOffline();
    later();
  }

  document.addEventListener("answer", (event) => {
    const { id, was, to } = event.detail;
    const before = pending.get(id);
    pending.set(id, { was: before ? before.was : was, to });
    if (stopped) return;
    if (timer && wait > 1000) sayOffline();
    send();
  });
  window.addEventListener("online", () => {
    wait = 1000;
    send();
  });
  window.addEventListener("beforeunload", (event) => {
    if (pending.size > 0 || flight) event.preventDefault();
  });
  relog.querySelector("[data-retry]").addEventListener("click", async () => {
    if ((await refresh().catch(() => 0)) !== 200) return;
    relog.close();
    wait = 1000;
    send();
  });
  window.addEventListener("focus", async () => {
    if (relog.open && (await refresh().catch(() => 0)) === 200) {
      relog.close();
      wait = 1000;
      send();
    }
  });

  /* Resolves when nothing waits any more. */
  window.formFlushed = () => new Promise((resolve) => {
    resolveFlushed.push(resolve);
    send();
    flushed();
  });
})();
