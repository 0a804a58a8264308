// What came of a scan, to be heard across the room: made here, no files. The button turns it off.
"use strict";

const KEY = "yz-desk-silent";
// By named state, else by tone, of the banner: notes in hertz, each so many seconds long.
const SOUNDS = {
  done: [[880, 0.09]],
  note: [[660, 0.06]],
  "in-transit": [[660, 0.09], [880, 0.12]],
  attention: [[587, 0.12], [587, 0.12]],
  wrong: [[220, 0.35]],
};
let ears;

const silent = () => {
  try {
    return localStorage.getItem(KEY) === "1";
  } catch {
    return false; // a browser that keeps nothing still sounds
  }
};

function play(notes) {
  ears ??= new AudioContext();
  let at = ears.currentTime;
  for (const [pitch, length] of notes) {
    const tone = ears.createOscillator();
    const volume = ears.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.25, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + length);
    tone.connect(volume).connect(ears.destination);
    tone.start(at);
    tone.stop(at + length);
    at += length + 0.04;
  }
}

function sound() {
  const banner = document.querySelector(".banner");
  const notes = SOUNDS[banner?.dataset.sound] ?? SOUNDS[banner?.dataset.state];
  if (notes && !silent() && window.AudioContext) play(notes);
}

function show(button) {
  button.hidden = false;
  button.setAttribute("aria-pressed", String(!silent()));
  button.querySelector("[data-said-on]").hidden = silent();
  button.querySelector("[data-said-off]").hidden = !silent();
}

document.addEventListener("htmx:afterSwap", sound);
document.addEventListener("htmx:sendError", () => setTimeout(sound));

const button = document.querySelector("[data-sounds]");
if (button && window.AudioContext) {
  show(button);
  button.addEventListener("click", () => {
    try {
      localStorage.setItem(KEY, silent() ? "0" : "1");
    } catch {
      return;
    }
    show(button);
    if (!silent()) play(SOUNDS.done);
  });
}
