// Scanning with a phone's camera, where the browser can read barcodes; else nothing is shown and
// the plain field does. What the camera reads goes through the scan form, as if it were typed.
"use strict";

const WANTED = ["code_128", "code_39", "codabar", "itf", "ean_13", "qr_code"];
const AGAIN_AFTER = 3000; // the same book lies before the camera longer than one look
const LOOK_EVERY = 200;

const place = document.querySelector("[data-camera]");
const eye = place?.querySelector("video");
const button = place?.querySelector("button");
const words = place?.querySelector("[role=status]");
let detector;
let last = { code: "", at: 0 };

async function readable() {
  if (!place || !("BarcodeDetector" in window) || !navigator.mediaDevices) return false;
  const known = await BarcodeDetector.getSupportedFormats();
  const formats = WANTED.filter((format) => known.includes(format));
  if (formats.length) detector = new BarcodeDetector({ formats });
  return Boolean(detector);
}

function submit(code) {
  const form = document.querySelector(".scan");
  if (!form) return close();
  form.elements.code.value = code;
  form.requestSubmit();
  navigator.vibrate?.(50);
}

async function look() {
  if (!eye.srcObject) return;
  try {
    const [found] = await detector.detect(eye);
    const code = found?.rawValue ?? "";
    const now = Date.now();
    if (code && (code !== last.code || now - last.at > AGAIN_AFTER)) submit(code);
    if (code) last = { code, at: now };
  } catch {
    // a frame that cannot be read: the next one comes
  }
  setTimeout(look, LOOK_EVERY);
}

function close() {
  eye.srcObject?.getTracks().forEach((track) => track.stop());
  eye.srcObject = null;
  eye.hidden = true;
  button.setAttribute("aria-pressed", "false");
}

async function open() {
  words.textContent = "";
  try {
    eye.srcObject = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: "environment" },
    });
  } catch {
    words.textContent = place.dataset.refused;
    return;
  }
  eye.hidden = false;
  button.setAttribute("aria-pressed", "true");
  await eye.play();
  look();
}

readable().then((can) => {
  if (!can) return;
  place.hidden = false;
  button.addEventListener("click", () => (eye.srcObject ? close() : open()));
  addEventListener("pagehide", close);
});
