// Draws a stand-in for a receipt; Rust draws the real one.
import type { ReceiptView } from "../src/bindings/ReceiptView";

const LINES = [
  "Café Morgenrot",
  "Lindenstraße 12, Berlin",
  "",
  "A-000042   21.11.2026",
  "Latte × 2          7,00 €",
  "Kuchen             5,50 €",
  "",
  "Summe             12,50 €",
];

export function drawReceipt(): ReceiptView {
  const canvas = document.createElement("canvas");
  canvas.width = 384;
  canvas.height = 520;
  const pen = canvas.getContext("2d");
  if (pen !== null) {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = "#000";
    pen.font = "20px monospace";
    LINES.forEach((line, index) => pen.fillText(line, 24, 48 + index * 32));
  }
  return { data_url: canvas.toDataURL(), copy: false, text: LINES.join("\n") };
}
