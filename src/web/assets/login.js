/* login.js - a slip's code from the address; what was typed, sent again.
 *
 * The link that `brukerplan init` prints ends in #CODE: a fragment is never
 * sent to a server. It goes into the field and out of the address. */
"use strict";
(() => {
  const code = document.querySelector("#slip-code");
  if (code && location.hash.length > 1) {
    code.value = decodeURIComponent(location.hash.slice(1));
    history.replaceState(null, "", location.pathname);
    code.form.querySelector("button").focus();
  }
  const again = document.querySelector("form[data-send]");
  if (again) again.requestSubmit();
})();
