import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright";

/** The one without a browser's own windows opens pages twice as fast. */
const CANDIDATES = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

/** The system's Chromium, without a sandbox only where we are root and it cannot have one. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = process.env.VITRINE_CHROMIUM ?? CANDIDATES.find((path) => existsSync(path));
  if (executablePath === undefined) throw new Error("No Chromium: install it or set VITRINE_CHROMIUM");
  const quiet = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
  ];
  const root = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath, args: [...root, "--disable-gpu", ...quiet] });
}
