// The phone page, livelier: texts appear by themselves, forms are sent in place. Without this file all of it works by reloading.
"use strict";

const cards = document.getElementById("cards");
const main = document.getElementById("phones");
const alone = document.body.dataset.alone;
let changes = main.dataset.changes;

function localTimes(root) {
  for (const time of root.querySelectorAll("time:not([data-local])")) {
    const options = { weekday: "short", month: "short", day: "numeric", hour: "numeric", minute: "2-digit" };
    time.textContent = new Date(time.dateTime).toLocaleString(undefined, options);
    time.dataset.local = "1";
  }
}

function toEnd(log) { log.scrollTop = log.scrollHeight; }

// New texts are appended and changed ones rewritten in place, so that a screen reader hears only what is new.
function syncLog(log, fresh) {
  const low = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  for (const old of [...log.children]) if (!old.id || !fresh.querySelector("#" + CSS.escape(old.id))) old.remove();
  for (const item of [...fresh.children]) {
    const old = item.id && document.getElementById(item.id);
    if (!old) log.append(item);
    else {
      const [line, now] = [old.querySelector("small"), item.querySelector("small")];
      if (line.textContent !== now.textContent) line.innerHTML = now.innerHTML;
      if (old.querySelector("p").textContent !== item.querySelector("p").textContent) old.replaceWith(item);
    }
  }
  if (low) toEnd(log);
}

function sync(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  localTimes(fresh);
  offerMicrophone(fresh);
  const empty = cards.querySelector(":scope > .empty");
  const wanted = [...fresh.querySelectorAll("section.phone")];
  const names = new Set(wanted.map((card) => card.id));
  if (empty && wanted.length) empty.remove();
  for (const card of wanted) {
    const old = document.getElementById(card.id);
    if (!old) { cards.append(card); toEnd(card.querySelector(".log")); continue; }
    syncLog(old.querySelector(".log"), card.querySelector(".log"));
    const [title, now] = [old.querySelector("h2"), card.querySelector("h2")];
    if (title.textContent !== now.textContent) title.replaceWith(now);
    const [call, newCall] = [old.querySelector(".calls"), card.querySelector(".calls")];
    if (call && newCall && call.dataset.state !== newCall.dataset.state) replaceCall(call, newCall);
  }
  for (const old of cards.querySelectorAll("section.phone")) if (!names.has(old.id)) old.remove();
}

// The keypad keeps its place under the fingers: focus returns to the control with the same name.
function replaceCall(old, now) {
  const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
  old.replaceWith(now);
  for (const words of now.querySelectorAll("[aria-live]")) toEnd(words);
  if (focused) document.getElementById(focused)?.focus();
}

function tell(id, words) {
  const place = document.getElementById(id);
  place.replaceChildren();
  if (!words) return;
  const line = document.createElement("p");
  line.className = id;
  line.textContent = words;
  place.append(line);
}

async function poll() {
  try {
    const query = new URLSearchParams({ changes, ...(alone ? { phone: alone } : {}) });
    const answer = await fetch("/page/cards?" + query);
    if (answer.status === 200) { changes = answer.headers.get("X-Changes"); sync(await answer.text()); }
    if (lost) { lost = false; tell("failed", ""); }
  } catch { lost = true; tell("failed", "The sandbox does not answer; still trying."); }
}

let lost = false;

async function showClock() {
  try {
    const answer = await fetch("/page/clock");
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    localTimes(fresh);
    const clock = document.getElementById("clock");
    if (clock.contains(document.activeElement) || clock.getAttribute("aria-busy") === "true") {
      const [old, now] = [clock.querySelector(".now"), fresh.querySelector(".now")];
      if (old && now) old.replaceWith(now);
    } else clock.replaceChildren(...fresh.body.childNodes);
  } catch { /* the poll says so */ }
}

async function submit(form, button) {
  const data = new FormData(form);
  if (button?.name) data.append(button.name, button.value);
  const panel = form.closest("section, details, .call") ?? form;
  panel.setAttribute("aria-busy", "true");
  try {
    const simple = form.enctype !== "multipart/form-data";
    const answer = await fetch(form.action, { method: "POST", body: simple ? new URLSearchParams(data) : data });
    const to = new URL(answer.url).searchParams;
    tell("said", to.get("said"));
    tell("failed", to.get("failed"));
    return answer.ok && !to.get("failed");
  } catch {
    tell("failed", "The sandbox does not answer.");
    return false;
  } finally { panel.removeAttribute("aria-busy"); }
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches(".compose, .calls form, #clock form")) return;
  event.preventDefault();
  if (form.closest("[aria-busy=true]")) return;
  const done = await submit(form, event.submitter);
  if (done && form.matches(".compose")) { form.querySelector("textarea").value = ""; count(form.querySelector("textarea")); }
  if (form.closest("#clock")) await showClock();
  await poll();
});

// The extended and basic GSM characters; anything else makes the text UCS-2.
const BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const EXTENDED = "\f^{}\\[~]|€";

function parts(text) {
  const all = [...text];
  const gsm = all.every((c) => BASIC.includes(c) || EXTENDED.includes(c));
  const [single, part] = gsm ? [160, 153] : [70, 67];
  const sizes = all.map((c) => (gsm ? (EXTENDED.includes(c) ? 2 : 1) : c.length));
  if (sizes.reduce((a, b) => a + b, 0) <= single) return 1;
  let [number, room] = [1, part];
  for (const size of sizes) { if (size > room) { number += 1; room = part; } room -= size; }
  return number;
}

function count(area) {
  const note = area.form.querySelector(".count");
  const number = parts(area.value);
  note.textContent = area.value ? `${[...area.value].length} characters, ${number} part${number > 1 ? "s" : ""}` : "";
}

document.addEventListener("input", (event) => { if (event.target.matches(".compose textarea")) count(event.target); });
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.matches(".compose textarea")) {
    event.preventDefault();
    if (event.target.value) event.target.form.requestSubmit();
  }
});

// A voice note from the microphone leaves as the telephone has it: 8 kHz, 16 bit, one channel, WAV.
async function asWav(blob) {
  const sound = await new AudioContext().decodeAudioData(await blob.arrayBuffer());
  const offline = new OfflineAudioContext(1, Math.ceil(sound.duration * 8000), 8000);
  const source = offline.createBufferSource();
  source.buffer = sound;
  source.connect(offline.destination);
  source.start();
  const samples = (await offline.startRendering()).getChannelData(0);
  const bytes = new DataView(new ArrayBuffer(44 + samples.length * 2));
  const words = (at, text) => [...text].forEach((c, i) => bytes.setUint8(at + i, c.charCodeAt(0)));
  words(0, "RIFF"); bytes.setUint32(4, 36 + samples.length * 2, true); words(8, "WAVEfmt ");
  bytes.setUint32(16, 16, true); bytes.setUint16(20, 1, true); bytes.setUint16(22, 1, true);
  bytes.setUint32(24, 8000, true); bytes.setUint32(28, 16000, true); bytes.setUint16(32, 2, true); bytes.setUint16(34, 16, true);
  words(36, "data"); bytes.setUint32(40, samples.length * 2, true);
  samples.forEach((s, i) => bytes.setInt16(44 + i * 2, Math.max(-1, Math.min(1, s)) * 32767, true));
  return new File([bytes.buffer], "note.wav", { type: "audio/wav" });
}

let recorder = null;

async function microphone(button) {
  if (recorder) { recorder.stop(); return; }
  const form = button.closest(".call").querySelector(".note-form");
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const pieces = [];
    recorder = new MediaRecorder(stream);
    recorder.ondataavailable = (event) => pieces.push(event.data);
    recorder.onstop = async () => {
      recorder = null;
      for (const track of stream.getTracks()) track.stop();
      const files = new DataTransfer();
      files.items.add(await asWav(new Blob(pieces)));
      form.querySelector("[type=file]").files = files.files;
      form.requestSubmit();
    };
    recorder.start();
    button.textContent = "Stop and send";
  } catch { tell("failed", "The microphone is not available; send a file instead."); }
}

function offerMicrophone(root) {
  if (navigator.mediaDevices?.getUserMedia) for (const button of root.querySelectorAll(".mic")) button.hidden = false;
}

document.addEventListener("click", (event) => { if (event.target.matches(".mic")) microphone(event.target); });

offerMicrophone(document);
localTimes(document);
for (const log of document.querySelectorAll(".log, .call [aria-live]")) toEnd(log);
setInterval(() => { if (!document.hidden) poll(); }, 1000);
setInterval(() => { if (!document.hidden) showClock(); }, 5000);
