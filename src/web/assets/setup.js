/* setup.js - the setting up of a round: sums while one types, and blank rows
 * one at a time. Without it the sums come when one saves, and all blank rows
 * are there. */
"use strict";
(() => {
  /* Units a day, below the schedule. */
  for (const table of document.querySelectorAll(".days-table")) {
    const sums = table.querySelectorAll("[data-sum]");
    table.addEventListener("change", () => {
      sums.forEach((sum, i) => {
        sum.textContent = [...table.tBodies[0].rows].filter((row) =>
          row.cells[i + 1].querySelector("input").checked).length;
      });
    });
  }

  /* What all expect together. */
  const total = document.querySelector("[data-total]");
  const parts = document.querySelectorAll("[data-add]");
  for (const part of total ? parts : [])
    part.addEventListener("input", () => {
      total.textContent = [...parts].reduce((sum, one) =>
        sum + (/^\d+$/.test(one.value.trim()) ? Number(one.value) : 0), 0);
    });

  /* Blank rows but the first are hidden until they are asked for. */
  const more = document.querySelector("[data-more]");
  const blank = [...document.querySelectorAll("[data-blank]")];
  if (more && blank.length > 0) {
    const hidden = blank.slice(1).filter((row) =>
      !row.querySelector('[aria-invalid="true"]'));
    for (const row of hidden) row.hidden = true;
    more.hidden = hidden.length === 0;
    more.addEventListener("click", () => {
      const row = hidden.shift();
      row.hidden = false;
      row.querySelector("input, select, textarea").focus();
      more.hidden = hidden.length === 0;
    });
  }
})();
