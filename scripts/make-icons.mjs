// Draws the home-screen icons from public/icon.svg with the system's Chromium; run after changing the drawing.
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { findChromium } from "./find-chromium.mjs";

const icons = [
  { name: "icon-192", size: 192, margin: 0 },
  { name: "icon-512", size: 512, margin: 0 },
  // A maskable icon keeps what matters within the middle 80 percent.
  { name: "icon-maskable-512", size: 512, margin: 64 },
];

const drawing = readFileSync("public/icon.svg", "utf8");
const browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox"] });
const page = await browser.newPage();
for (const { name, size, margin } of icons) {
  await page.setViewportSize({ width: size, height: size });
  const ground = margin > 0 ? "#1f5b57" : "transparent";
  await page.setContent(
    `<body style="margin:0;background:${ground}"><div style="padding:${margin}px">${drawing}</div></body>`,
  );
  await page.screenshot({ path: `public/${name}.png`, omitBackground: true });
}
await browser.close();
