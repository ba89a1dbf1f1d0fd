import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { _electron, type ElectronApplication, type Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Display, startDisplay } from "../../testing/display.ts";
import { findElectron } from "../electron-launch.ts";
import { openElectronSuspect } from "../testing/electron-suspect.ts";
import { type Attempt, runEscapes } from "../testing/escape-run.ts";

const KIOSK = fileURLToPath(new URL("../../../", import.meta.url));
const run = promisify(execFile);
const executablePath = findElectron();
if (executablePath === undefined) {
  process.stderr.write(
    "NOT RUN: the Electron shell's suite and its ways out. Electron's binary is not on this machine.\n",
  );
}

describe.skipIf(executablePath === undefined)("the Electron app", () => {
  let display: Display;
  let data: string;
  let app: ElectronApplication;
  let page: Page;
  const server = createServer((_request, response) => response.writeHead(503).end());

  beforeAll(async () => {
    for (const part of ["main", "preload"]) {
      await run("vite", ["build", "-c", `vite.electron-${part}.config.ts`, "--logLevel", "error"], {
        cwd: KIOSK,
      });
    }
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = address === null || typeof address === "string" ? 0 : address.port;
    display = await startDisplay(1280, 720);
    data = await mkdtemp(join(tmpdir(), "vitrine-electron-"));
    app = await _electron.launch({
      executablePath: executablePath ?? "",
      cwd: KIOSK,
      env: { ...definedOnly(process.env), DISPLAY: display.name },
      args: [
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "dist/electron/main.js",
        "--",
        ...["--server", `http://127.0.0.1:${port}`, "--data", data, "--window", "800x450"],
      ],
    });
    page = await app.firstWindow();
  });
  afterAll(async () => {
    await app?.close();
    server.close();
    await display?.[Symbol.asyncDispose]();
    if (data) await rm(data, { recursive: true, force: true });
  });

  it("shows the stage, in the wanted size, with a picture of its own", async () => {
    expect(page.url()).toBe("vitrine://stage/");
    await page.getByText("127.0.0.1").waitFor();
    expect(await page.evaluate(() => [innerWidth, innerHeight])).toEqual([800, 450]);
  });

  it("keeps every page in a sandbox apart from us", async () => {
    const preferences = await app.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map(
        (
          contents, // Undocumented, and the one place that tells what really applies.
        ) => Reflect.apply(Reflect.get(contents, "getLastWebPreferences"), contents, []),
      ),
    );
    expect(preferences).toHaveLength(1);
    for (const preference of preferences) {
      expect(preference).toMatchObject({
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
      });
    }
    expect(
      await page.evaluate(() => [
        typeof Reflect.get(window, "require"),
        typeof Reflect.get(window, "process"),
      ]),
    ).toEqual(["undefined", "undefined"]);
    expect(await page.evaluate(() => Object.keys(Reflect.get(window, "vitrineShell")))).toEqual([
      "send",
      "listen",
    ]);
  });

  it("opens no window, leaves the stage for no page, and grants nothing", async () => {
    expect(await page.evaluate(() => window.open("about:blank") === null)).toBe(true);
    await page.evaluate(() => {
      location.href = "https://example.com/";
    });
    expect(await page.evaluate(() => Notification.requestPermission())).toBe("denied");
    expect(page.url()).toBe("vitrine://stage/");
    expect(app.windows()).toHaveLength(1);
  });

  it("brings back a stage whose process died", async () => {
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    );
    await expect
      .poll(
        () =>
          app.evaluate(
            ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.isCrashed() ?? true,
          ),
        { timeout: 60_000 },
      )
      .toBe(false);
  });
});

it.skipIf(executablePath === undefined)(
  "lets nobody out of the Electron shell, by the list that is tried against Chromium",
  { timeout: 240_000 },
  async () => {
    await using suspect = await openElectronSuspect(executablePath ?? "");
    const attempts: Attempt[] = [];
    await runEscapes(suspect, (attempt) => void attempts.push(attempt));
    expect(attempts.filter(({ wayOut }) => wayOut !== null)).toEqual([]);
  },
);

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
