// Makes a fresh clone ready, before node_modules exists: plain Node 20 or newer, no dependencies.
//   node scripts/setup.mjs            packages
//   node scripts/setup.mjs --tests    packages, Chromium (its headless shell too), Xvfb, ffmpeg, xdotool and xrandr
//   node scripts/setup.mjs --faults   these, network namespaces and a C compiler
//   node scripts/setup.mjs --kiosk    packages and Chromium
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

const root = resolve(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "..");
const needsFaults = process.argv.includes("--faults");
const needsTests = needsFaults || process.argv.includes("--tests");
const needsKiosk = process.argv.includes("--kiosk");

const major = Number(process.versions.node.split(".")[0]);
if (major < 20)
  fail(`Vitrine needs Node 20 or newer to set itself up; this is ${process.version}. Install a newer Node.`);

installPackages();
if (needsTests || needsKiosk) installPrograms();
if (needsTests) tryHeadlessShell();

function installPackages() {
  const marker = join(root, "node_modules", ".vitrine-setup");
  const wanted = fingerprint();
  if (existsSync(marker) && readFileSync(marker, "utf8") === wanted) return;
  say("Installing packages (a minute or two the first time) …");
  const npm = process.env.npm_execpath;
  const args = ["install", "--no-audit", "--no-fund", "--loglevel=error"];
  const [command, all] = npm ? [process.execPath, [npm, ...args]] : ["npm", args];
  run(command, all, { ELECTRON_SKIP_BINARY_DOWNLOAD: "1", PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1" });
  writeFileSync(marker, fingerprint());
  say("Packages are installed.");
}

function fingerprint() {
  const hash = createHash("sha256");
  for (const file of ["package.json", "package-lock.json", ...workspaceManifests()]) {
    if (existsSync(join(root, file))) hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.update(process.arch).digest("hex");
}

function workspaceManifests() {
  const folders = ["apps", "packages"].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => join(group, name)),
  );
  return [...folders, "bench"].map((folder) => join(folder, "package.json")).sort();
}

function installPrograms() {
  const missing = [];
  if (!process.env.VITRINE_CHROMIUM && !has("chromium", "chromium-browser", "google-chrome"))
    missing.push("chromium");
  if (needsTests && !has("Xvfb")) missing.push("xvfb");
  if (needsTests && !has("ffmpeg")) missing.push("ffmpeg");
  if (needsTests && !has("xdotool")) missing.push("xdotool");
  if (needsTests && !has("xrandr")) missing.push("x11-xserver-utils");
  if (needsFaults && !has("ip")) missing.push("iproute2");
  if (needsFaults && !has("cc")) missing.push("gcc", "libc6-dev");
  if (missing.length === 0) return;
  const advice = `apt-get install ${missing.join(" ")}`;
  if (process.getuid?.() !== 0 || !has("apt-get")) {
    const sudo = has("apt-get") ? `sudo ${advice}` : `your system's packages for: ${missing.join(", ")}`;
    fail(
      `Missing: ${missing.join(", ")}. Install them with ${sudo}, or set VITRINE_CHROMIUM to a Chromium binary.`,
    );
  }
  say(`Installing ${missing.join(", ")} with apt-get …`);
  run("apt-get", ["update", "-qq"]);
  run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...missing], {
    DEBIAN_FRONTEND: "noninteractive",
  });
}

// Opens pages twice as fast as the whole browser; not every system has it, and the tests go on without. Tried once.
function tryHeadlessShell() {
  const tried = join(root, "node_modules", ".vitrine-headless-shell");
  const canInstall = process.getuid?.() === 0 && has("apt-get") && !process.env.VITRINE_CHROMIUM;
  if (has("chromium-headless-shell") || !canInstall || existsSync(tried)) return;
  say("Installing chromium-headless-shell with apt-get, where there is one …");
  tryRun("apt-get", ["update", "-qq"]);
  tryRun("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium-headless-shell"], {
    DEBIAN_FRONTEND: "noninteractive",
  });
  writeFileSync(tried, "");
}

function has(...names) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return names.some((name) => folders.some((folder) => existsSync(join(folder, name))));
}

function run(command, args, env = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } });
  if (result.status !== 0) fail(`${command} ${args.join(" ")} did not succeed; its own message is above.`);
}

function tryRun(command, args, env = {}) {
  spawnSync(command, args, { cwd: root, stdio: "ignore", env: { ...process.env, ...env } });
}

function say(text) {
  process.stdout.write(`[setup] ${text}\n`);
}

function fail(text) {
  process.stderr.write(`[setup] ${text}\n`);
  process.exit(1);
}
