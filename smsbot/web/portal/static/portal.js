/* What plain forms cannot do: blank a page nobody uses, keep the count of waiting alerts fresh, go to the first fault. */
(function () {
  "use strict";
  const body = document.body;
  const COUNT_EVERY = 30000;
  const STILL_HERE_EVERY = 60000;
  const WARN_BEFORE = 60000;

  function toFirstFault() {
    const summary = document.getElementById("faults");
    const first = document.querySelector("[aria-invalid='true'], fieldset[aria-describedby$='-fault']");
    if (first) {
      first.focus();
    } else if (summary) {
      summary.focus();
    }
  }

  /* Nothing of a patient stays on the screen or in the page. */
  function blank(words) {
    body.replaceChildren();
    body.className = "blank";
    document.title = "Signed out";
    const main = document.createElement("main");
    main.className = "narrow";
    const heading = document.createElement("h1");
    heading.textContent = "Signed out";
    const said = document.createElement("p");
    said.textContent = words;
    const link = document.createElement("a");
    link.href = body.dataset.out + "?next=" + encodeURIComponent(location.pathname);
    link.className = "btn btn-primary";
    link.textContent = "Sign in again";
    main.append(heading, said, link);
    body.append(main);
    link.focus();
  }

  function watch() {
    const idle = Number(body.dataset.idle) * 1000;
    let touched = Date.now();
    let told = Date.now();
    let over = false;
    const warning = document.getElementById("warning");

    function end(words) {
      if (!over) {
        over = true;
        blank(words);
      }
    }

    async function ask(address, options) {
      try {
        const answer = await fetch(address, Object.assign({ credentials: "same-origin", cache: "no-store" }, options));
        if (answer.status === 401 || answer.redirected) {
          end("This sign-in has ended.");
          return null;
        }
        return answer.ok ? await answer.json() : null;
      } catch (error) {
        return null; /* offline for a moment: the page's own clock goes on */
      }
    }

    function stillHere() {
      told = Date.now();
      const form = new URLSearchParams({ csrf_token: body.dataset.token });
      return ask(body.dataset.here, { method: "POST", body: form });
    }

    function used() {
      touched = Date.now();
      warning.hidden = true;
      if (touched - told > STILL_HERE_EVERY) {
        stillHere();
      }
    }

    async function refreshCount() {
      const found = await ask(body.dataset.count, {});
      const badge = document.getElementById("waiting");
      if (!found || !badge) {
        return;
      }
      const before = Number(badge.dataset.waiting);
      badge.dataset.waiting = found.open;
      badge.querySelector("b").textContent = found.open;
      badge.hidden = found.open === 0;
      const word = document.getElementById("alerts-word");
      if (word) {
        word.hidden = found.open === 0;
      }
      if (found.open > before) {
        document.getElementById("live").textContent =
          found.open === 1 ? "One alert is waiting." : found.open + " alerts are waiting.";
      }
    }

    function check() {
      const unused = Date.now() - touched;
      if (unused >= idle) {
        end("Nobody used this page for 15 minutes.");
      } else if (!over && unused >= idle - WARN_BEFORE && warning.hidden) {
        warning.hidden = false;
        document.getElementById("stay").focus();
      }
    }

    for (const kind of ["keydown", "pointerdown", "input", "wheel", "touchstart"]) {
      document.addEventListener(kind, used, { passive: true });
    }
    document.getElementById("stay").addEventListener("click", () => { told = 0; used(); });
    document.addEventListener("visibilitychange", () => { if (!document.hidden) { check(); refreshCount(); } });
    setInterval(check, 1000);
    setInterval(refreshCount, COUNT_EVERY);
  }

  /* A page kept by the browser's back button shows what may no longer be shown. */
  window.addEventListener("pageshow", (event) => { if (event.persisted) { location.reload(); } });
  toFirstFault();
  if (body.dataset.idle) {
    watch();
  }
})();
