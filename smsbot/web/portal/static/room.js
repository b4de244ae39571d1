/* The player of the room page. Without it each track has the browser's own player; nothing ever plays by itself. */
(function () {
  "use strict";
  const room = document.querySelector("[data-room]");
  if (!room) {
    return;
  }
  const part = (name) => room.querySelector("[data-room-" + name + "]");
  const sound = room.querySelector("audio");
  const toggle = part("toggle");
  const stop = part("stop");
  const status = part("status");
  const bar = part("progress");
  const level = part("volume").querySelector("input");
  const forms = Array.from(document.querySelectorAll("[data-room-track]"));
  let current = forms.find((form) => form.dataset.roomTrack === sound.dataset.name) || null;
  let begun = false;

  function show(words) {
    const playing = !sound.paused && !sound.ended;
    toggle.textContent = playing ? "Pause" : begun ? "Go on" : "Play";
    toggle.disabled = stop.disabled = !current;
    if (words) {
      status.textContent = words;
    }
  }

  function end(words) {
    begun = false;
    sound.pause();
    if (sound.readyState > 0) {
      sound.currentTime = 0;
    }
    bar.value = 0;
    show(words);
  }

  /* The sound begins at once, because some devices allow it only in the very touch; if it is not written down, it ends. */
  async function start(form) {
    const other = form !== current || !sound.src;
    current = form;
    part("title").textContent = form.dataset.title;
    if (other) {
      sound.src = form.dataset.sound;
    }
    begun = true;
    const playing = sound.play();
    show("It begins.");
    toggle.focus();
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        headers: { "X-Requested-With": "room" },
        credentials: "same-origin",
        cache: "no-store",
        redirect: "manual", /* to the sign-in page */
      });
      if (answer.status !== 204) {
        return end(answer.type === "opaqueredirect" ? room.dataset.lost : room.dataset.failed);
      }
      await playing;
      return show("Playing: " + form.dataset.title + ".");
    } catch (error) {
      return end(room.dataset.failed);
    }
  }

  for (const form of forms) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      start(form);
    });
  }
  toggle.addEventListener("click", () => {
    if (!sound.paused) {
      sound.pause();
      show("Paused.");
    } else if (begun) {
      sound.play().then(() => show("Playing: " + current.dataset.title + "."), () => end(room.dataset.failed));
    } else if (current) {
      start(current);
    }
  });
  stop.addEventListener("click", () => end("Stopped."));
  level.addEventListener("input", () => { sound.volume = Number(level.value) / 100; });
  sound.addEventListener("ended", () => end("It has ended."));
  sound.addEventListener("error", () => { if (begun) { end(room.dataset.failed); } });
  sound.addEventListener("timeupdate", () => {
    bar.value = sound.duration > 0 ? (100 * sound.currentTime) / sound.duration : 0;
  });

  sound.hidden = true;
  sound.controls = false;
  part("controls").hidden = false;
  sound.volume = Number(level.value) / 100;
  if (Math.abs(sound.volume - Number(level.value) / 100) > 0.01) { /* a device whose keys alone set it */
    part("volume").hidden = true;
    part("keys").hidden = false;
  }
  show();
})();
