import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FromStage } from "../../shared/messages.ts";
import type { Shell, ShellCrash, WindowMode } from "../../shared/shell.ts";
import { type Display, startDisplay } from "../../testing/display.ts";
import { type MediaFolder, makeMediaFolder } from "../../testing/media-folder.ts";
import { colourOf, pictureSize } from "../../testing/pixels.ts";
import { media, plan, sequence, web } from "../../testing/plans.ts";
import { STAGE_FOLDER } from "../../testing/stage-page.ts";
import { createChromiumShell } from "./chromium-shell.ts";

let display: Display;
let folder: MediaFolder;
let lime: string;
let blue: string;

beforeAll(async () => {
  [display, folder] = await Promise.all([startDisplay(1280, 720), makeMediaFolder()]);
  [lime, blue] = await Promise.all([folder.addImage("lime"), folder.addImage("blue")]);
});
afterAll(async () => {
  await folder?.[Symbol.asyncDispose]();
  await display?.[Symbol.asyncDispose]();
});

const FULLSCREEN: WindowMode = { kind: "fullscreen" };
const soon = () => AbortSignal.timeout(30_000);

/** An open shell, with everything that it told. */
interface OpenShell extends AsyncDisposable {
  shell: Shell;
  dataFolder: string;
  said: FromStage[];
  crashes: ShellCrash[];
  isClosed(): boolean;
}

async function openShell(window = FULLSCREEN, env: Record<string, string> = {}): Promise<OpenShell> {
  const dataFolder = await mkdtemp(join(tmpdir(), "vitrine-shell-"));
  const shell = createChromiumShell({
    stageFolder: STAGE_FOLDER,
    env: { ...process.env, DISPLAY: display.name, ...env },
    isRoot: process.getuid?.() === 0,
  });
  const said: FromStage[] = [];
  const crashes: ShellCrash[] = [];
  let isClosed = false;
  const events = {
    onMessage: (message: FromStage) => void said.push(message),
    onCrash: (crash: ShellCrash) => void crashes.push(crash),
    onClosed: () => {
      isClosed = true;
    },
  };
  shell.setPrivateHosts(["127.0.0.1"]);
  await shell.open({ media: folder, window, dataFolder }, events, soon());
  return {
    shell,
    dataFolder,
    said,
    crashes,
    isClosed: () => isClosed,
    async [Symbol.asyncDispose]() {
      await shell[Symbol.asyncDispose]();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

const kindsOf = (said: FromStage[]) => said.map((message) => message.kind);
const has = (said: FromStage[], kind: FromStage["kind"]) =>
  expect.poll(() => kindsOf(said), { timeout: 15_000 }).toContain(kind);
const show = (sha256: string) =>
  plan(sequence(Date.now(), [{ item: media("image", sha256), durationMs: 600_000 }]));
const glassColour = async (shell: Shell) => colourOf(await shell.capture(soon()));

/** The processes of the browser that uses this data folder, by their command lines. */
async function findBrowser(dataFolder: string): Promise<number> {
  const [all, typed] = await Promise.all([
    listProcesses(dataFolder, "--remote-debugging-pipe"),
    listProcesses(dataFolder, "--type="),
  ]);
  const main = all.find((pid) => !typed.includes(pid));
  if (main === undefined) throw new Error("There is no browser");
  return main;
}

async function listProcesses(dataFolder: string, type: string): Promise<number[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const line = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
      return line.includes(dataFolder) && line.includes(type) ? [Number(pid)] : [];
    }),
  );
  return found.flat();
}

describe("the window", () => {
  it("fills the display, shows what it is told, and can be captured from the glass", async () => {
    await using open = await openShell();
    await has(open.said, "ready");
    expect(open.said[0]).toMatchObject({ kind: "ready", widthPixels: 1280, heightPixels: 720 });
    open.shell.send(show(lime));
    await has(open.said, "shown");
    const picture = await open.shell.capture(soon());
    expect(await colourOf(picture)).toBe("lime");
    expect(await pictureSize(picture)).toEqual({ width: 1280, height: 720, format: "jpeg" });
  });

  it("has the wanted size, and says when a person closes it", async () => {
    await using open = await openShell({ kind: "window", widthPixels: 800, heightPixels: 450 });
    await has(open.said, "ready");
    expect(open.said[0]).toMatchObject({ widthPixels: 800, heightPixels: 450 });
    process.kill(await findBrowser(open.dataFolder), "SIGTERM");
    await expect.poll(open.isClosed, { timeout: 10_000 }).toBe(true);
    expect(open.crashes).toEqual([]);
  });

  it("fills the display when it is as large", async () => {
    await using open = await openShell({ kind: "window", widthPixels: 1280, heightPixels: 720 });
    await has(open.said, "ready");
    expect(open.said[0]).toMatchObject({ widthPixels: 1280, heightPixels: 720 });
  });

  it("can do without a display", async () => {
    await using open = await openShell(
      { kind: "window", widthPixels: 640, heightPixels: 360 },
      { DISPLAY: "", VITRINE_HEADLESS: "1" },
    );
    await has(open.said, "ready");
    expect(open.said[0]).toMatchObject({ widthPixels: 640, heightPixels: 360 });
    open.shell.send(show(blue));
    await has(open.said, "shown");
    expect(await glassColour(open.shell)).toBe("blue");
  });

  it("says what to do when there is no display, and no browser", async () => {
    await expect(openShell(FULLSCREEN, { DISPLAY: "", WAYLAND_DISPLAY: "" })).rejects.toThrow("set DISPLAY");
    await expect(openShell(FULLSCREEN, { VITRINE_CHROMIUM: "/nowhere" })).rejects.toThrow("VITRINE_CHROMIUM");
  });
});

describe("when something dies", () => {
  it("tells that the stage's process did, and brings it back", async () => {
    await using open = await openShell();
    await has(open.said, "ready");
    for (const pid of await listProcesses(open.dataFolder, "--type=renderer")) process.kill(pid, "SIGKILL");
    await expect.poll(() => open.crashes.map(({ kind }) => kind), { timeout: 10_000 }).toEqual(["stage"]);

    open.said.length = 0;
    await open.shell.reloadStage(soon());
    await has(open.said, "ready");
    open.shell.send(show(lime));
    await has(open.said, "shown");
    expect(await glassColour(open.shell)).toBe("lime");
  });

  it("tells that the browser did, and opens another", async () => {
    await using open = await openShell();
    await has(open.said, "ready");
    process.kill(await findBrowser(open.dataFolder), "SIGKILL");
    await expect.poll(() => open.crashes.map(({ kind }) => kind), { timeout: 10_000 }).toEqual(["shell"]);
    await expect(open.shell.capture(soon())).rejects.toThrow("not running");

    open.said.length = 0;
    await open.shell.relaunch(soon());
    await has(open.said, "ready");
    expect(open.crashes).toHaveLength(1);
  });

  it("leaves no process and no profile behind when it is closed", async () => {
    const open = await openShell();
    await has(open.said, "ready");
    expect((await listProcesses(open.dataFolder, "--type=")).length).toBeGreaterThan(1);
    await open.shell[Symbol.asyncDispose]();
    await expect.poll(() => listProcesses(open.dataFolder, "")).toEqual([]);
    expect(await readdir(join(open.dataFolder, "chromium"))).toEqual([]);
    expect(open.crashes).toEqual([]);
    await open[Symbol.asyncDispose]();
  });
});

const BUSY_PAGE = `<!doctype html><body style="background:yellow"><script>
  setInterval(() => { const until = performance.now() + 90; while (performance.now() < until); }, 100);
</script>`;

/** Processor time that a process has used, in hundredths of a second. */
async function cpuTicks(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
}

/** A web site on this machine; its pages are of another site than the stage. */
async function startSite(answer: RequestListener): Promise<{ url: string } & AsyncDisposable> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port");
  return {
    url: `http://localhost:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

describe("web pages", () => {
  it("that refuse to be framed are shown; those that fail never are", async () => {
    await using site = await startSite(({ url }, response) => {
      if (url === "/error") {
        response
          .writeHead(502, { "Content-Type": "text/html" })
          .end("<body style='background:red'>Bad gateway");
        return;
      }
      if (url === "/moved") {
        response.writeHead(302, { Location: "/refuses" }).end();
        return;
      }
      response.writeHead(200, {
        "Content-Type": "text/html",
        "X-Frame-Options": "DENY",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      });
      // The rest of its policy still holds: the script that would turn it red must not run.
      response.end(
        "<!doctype html><body style='background:yellow'><script>document.body.style.background='red'</script>",
      );
    });
    await using open = await openShell();
    await has(open.said, "ready");
    open.shell.send(
      plan(
        sequence(Date.now(), [
          { item: web(`${site.url}/moved`), durationMs: 3000 },
          { item: web(`${site.url}/error`), durationMs: 1500 },
          { item: web("http://localhost:9/nothing"), durationMs: 1500 },
          { item: web("http://127.0.0.2:8099/near"), durationMs: 1500 },
          { item: media("image", blue), durationMs: 600_000 },
        ]),
      ),
    );
    await has(open.said, "shown");
    await expect.poll(() => glassColour(open.shell), { timeout: 3000 }).toBe("yellow");
    const failed = () =>
      open.said.flatMap((message) =>
        message.kind === "failed" ? [`${message.slotId} ${message.text}`] : [],
      );
    await expect.poll(failed, { timeout: 10_000 }).toHaveLength(3);
    expect(failed()).toEqual([
      "b HTTP 502",
      expect.stringContaining("c Not reached"),
      "d Not reached: 127.0.0.2 is in a private network, which this screen may not reach",
    ]);
    await expect.poll(() => glassColour(open.shell), { timeout: 6000 }).toBe("blue");
  });

  it("have a process of their own, and one that dies is replaced without the stage noticing more than that", async () => {
    await using site = await startSite((_request, response) => {
      response.writeHead(200, { "Content-Type": "text/html" }).end(BUSY_PAGE);
    });
    await using open = await openShell();
    await has(open.said, "ready");
    open.shell.send(
      plan(
        sequence(Date.now(), [
          { item: web(`${site.url}/`), durationMs: 60_000 },
          { item: media("image", blue), durationMs: 600_000 },
        ]),
      ),
    );
    await has(open.said, "shown");
    // The page's own process is known by its work; the stage would be frozen if it shared it.
    const busyTicks = async () => {
      const pids = await listProcesses(open.dataFolder, "--type=renderer");
      const used = await Promise.all(pids.map(async (pid) => ({ pid, ticks: await cpuTicks(pid) })));
      return used.sort((one, other) => other.ticks - one.ticks)[0];
    };
    await expect.poll(async () => (await busyTicks())?.ticks ?? 0, { timeout: 20_000 }).toBeGreaterThan(200);
    process.kill((await busyTicks())?.pid ?? 0, "SIGKILL");
    const failures = () =>
      open.said.flatMap((message) => (message.kind === "failed" ? [message.reason] : []));
    await expect.poll(failures, { timeout: 10_000 }).toEqual(["crash"]);
    await expect.poll(() => glassColour(open.shell), { timeout: 5000 }).toBe("blue");
    expect(open.crashes).toEqual([]);
  });
});
