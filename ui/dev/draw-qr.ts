// Draws a stand-in for a QR code with the size of a real one: 37 modules, a quiet zone of 4, one pixel per module. It
// cannot be scanned; Rust draws the real code.
import type { QrImage } from "../src/bindings/QrImage";

const MODULES = 37;
const QUIET = 4;

export function drawQr(): QrImage {
  const across = MODULES + 2 * QUIET;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = across;
  const pen = canvas.getContext("2d");
  if (pen !== null) {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, across, across);
    pen.fillStyle = "#000";
    for (let y = 0; y < MODULES; y += 1) {
      for (let x = 0; x < MODULES; x += 1) {
        if (dark(x, y)) pen.fillRect(x + QUIET, y + QUIET, 1, 1);
      }
    }
  }
  return { modules: across, data_url: canvas.toDataURL() };
}

function dark(x: number, y: number): boolean {
  for (const [left, top] of [
    [0, 0],
    [MODULES - 7, 0],
    [0, MODULES - 7],
  ] as const) {
    const ring = Math.max(Math.abs(x - left - 3), Math.abs(y - top - 3));
    if (ring <= 4) return ring !== 2 && ring !== 4;
  }
  return ((x * 7919 + y * 104729 + x * y * 31) % 13) % 2 === 0;
}
