import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { promisify } from "node:util";
import { captureGlass, type Display } from "@vitrine/harness/glass";
import type { PlanMessage } from "../../shared/messages.ts";
import { actPlan, media, sequence, twoHalves, web } from "../../testing/plans.ts";
import { ESCAPES, type Escape } from "./escapes.ts";

const run = promisify(execFile);

/** A shell under trial, as far as the trial has to do with it. */
export interface Suspect {
  display: Display;
  /** A green picture that the shell can show, by its SHA-256. */
  greenSha256: string;
  show(plan: PlanMessage): void;
  /** What went wrong since this was last asked, in words: crashes, what the stage never says by itself, new files. */
  takeTroubles(): Promise<readonly string[]>;
  /** TCP ports that the browser listens on. */
  listPorts(): Promise<readonly number[]>;
}

export interface Attempt {
  name: string;
  kind: Escape["kind"] | "outside";
  /** What the page said of it; for keys and pointer what was done. */
  answer: string;
  /** Why this is a way out; null: it is none. */
  wayOut: string | null;
}

const ANSWER_WITHIN_MS = 1500;
const SETTLE_MS = 60;

/**
 * Tries every way out on a shell that shows a hostile page in its left half and green in its right one. The glass
 * has to stay green there all the time, in the one window that was there before.
 */
export async function runEscapes(suspect: Suspect, onAttempt: (attempt: Attempt) => void): Promise<void> {
  await using site = await startHostileSite(suspect.greenSha256);
  const windows = new XWindows(suspect.display.name);
  let pages = 0;
  const showPage = async () => {
    pages += 1;
    const arrived = site.nextPage();
    suspect.show(planOf(`${site.url}/try?${pages}`, suspect.greenSha256));
    await arrived;
  };
  await showPage();
  await waitForGreen(suspect.display);
  const before = await windows.list();
  await suspect.takeTroubles();

  for (const way of ESCAPES) {
    if (!site.isPageThere()) await showPage();
    const answer = await attempt(way, { site, windows });
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    const wayOut =
      wayOutOfAnswer(answer) ??
      (await wayOutOfGlass(suspect.display)) ??
      wayOutOfWindows(before, await windows.list()) ??
      (await suspect.takeTroubles())[0] ??
      null;
    onAttempt({ name: way.name, kind: way.kind, answer, wayOut });
  }
  const ports = await suspect.listPorts();
  const wayOut = ports.length > 0 ? "The browser can be told what to do from outside" : null;
  onAttempt({
    name: "a port of the browser",
    kind: "outside",
    answer: `open: ${ports.join(", ") || "none"}`,
    wayOut,
  });
}

interface Means {
  site: HostileSite;
  windows: XWindows;
}

async function attempt(way: Escape, { site, windows }: Means): Promise<string> {
  switch (way.kind) {
    case "keys":
      // The page first gets all the focus that a person could give it.
      await windows.act(`mousemove 300 300 click 1 key ${way.keys}`);
      return `pressed ${way.keys}`;
    case "pointer":
      for (const doing of way.doings) await windows.act(doing);
      return "done";
    case "page":
      await windows.act("mousemove 300 300 click 1");
      return await site.ask(way.code, ANSWER_WITHIN_MS);
  }
}

const wayOutOfAnswer = (answer: string) =>
  answer.startsWith("out") ? `The page got what it wanted: ${answer}` : null;

async function wayOutOfGlass(display: Display): Promise<string | null> {
  const share = greenShare(display);
  if (share === 1) return null;
  // A busy machine may be late with a picture; a way out stays.
  for (let look = 0; look < 10; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (greenShare(display) === 1) return null;
  }
  return `Something lies over the stage: ${Math.round((1 - greenShare(display)) * 1000) / 10} % of its half`;
}

function wayOutOfWindows(before: readonly string[], now: readonly string[]): string | null {
  const more = now.filter((window) => !before.includes(window));
  const less = before.filter((window) => !now.includes(window));
  if (more.length > 0) return `A window more: ${more.join("; ")}`;
  return less.length > 0 ? `A window less: ${less.join("; ")}` : null;
}

/** How much of the right half is the picture's own green. */
function greenShare(display: Display): number {
  const { rgb, width, height } = captureGlass(display);
  let green = 0;
  let all = 0;
  for (let y = 0; y < height; y += 2) {
    for (let x = width / 2 + 2; x < width; x += 2) {
      const at = (y * width + x) * 3;
      all += 1;
      if ((rgb[at] ?? 255) < 40 && (rgb[at + 1] ?? 0) > 215 && (rgb[at + 2] ?? 255) < 40) green += 1;
    }
  }
  return green / all;
}

async function waitForGreen(display: Display): Promise<void> {
  const deadlineMs = Date.now() + 20_000;
  while (greenShare(display) < 1) {
    if (Date.now() > deadlineMs) throw new Error("The stage never showed its picture");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function planOf(url: string, greenSha256: string): PlanMessage {
  const startsAtMs = Date.now() - 1000;
  const left = sequence(startsAtMs, [{ item: web(url), durationMs: 3_600_000, slotId: url }]);
  const right = sequence(startsAtMs, [{ item: media("image", greenSha256), durationMs: 3_600_000 }]);
  return actPlan(twoHalves("escape", startsAtMs, left, right));
}

/** The display's keyboard, pointer and windows. */
class XWindows {
  readonly #env: NodeJS.ProcessEnv;

  constructor(display: string) {
    this.#env = { ...process.env, DISPLAY: display };
  }

  async act(doing: string): Promise<void> {
    await run("xdotool", doing.split(" "), { env: this.#env, timeout: 10_000 });
  }

  /** Each window that can be seen, with its place and size. */
  async list(): Promise<string[]> {
    const search = ["search", "--onlyvisible", "--maxdepth", "1", "--name", ".*"];
    const measure = ["getwindowgeometry", "--shell", "%@"];
    const options = { env: this.#env, timeout: 10_000 };
    const { stdout } = await run("xdotool", [...search, ...measure], options).catch(() => ({ stdout: "" }));
    const windows = stdout.split(/(?=^WINDOW=)/m).map((text) => text.replace(/\s+/g, " ").trim());
    return windows.filter(Boolean).sort();
  }
}

/** A web site whose page does what it is told. */
interface HostileSite extends AsyncDisposable {
  readonly url: string;
  /** Resolves when a page asks for its first doing. */
  nextPage(): Promise<void>;
  isPageThere(): boolean;
  /** What the page answers; that it went, or says nothing, is an answer too. */
  ask(code: string, limitMs: number): Promise<string>;
}

const PAGE = (sha256: string) => `<!doctype html><meta charset=utf-8><title>Hostile</title>
<body style="margin:0;background:#ff0;height:100vh"><a href="file:///etc/passwd" style="position:absolute;left:60px;top:50px">a link to drag</a>
<script>
const MEDIA = ${JSON.stringify(sha256)}, TLS_PORT = 9;
const AsyncFunction = (async () => {}).constructor;
(async () => {
  for (;;) {
    const { id, code } = await (await fetch("/next")).json();
    const late = new Promise((resolve) => setTimeout(() => resolve("no answer, as of a question that nobody sees"), 600));
    const answer = await Promise.race([new AsyncFunction("MEDIA", "TLS_PORT", code)(MEDIA, TLS_PORT).catch((error) => "refused: " + error.name), late]);
    await fetch("/answer", { method: "POST", body: JSON.stringify({ id, answer: String(answer) }) });
  }
})();
</script>`;

async function startHostileSite(greenSha256: string): Promise<HostileSite> {
  let waiting: ServerResponse | undefined;
  let onPage: () => void = () => undefined;
  let onAnswer: ((answer: string) => void) | undefined;
  let asked = 0;

  const nextPage = () =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("The hostile page was not shown")), 20_000);
      onPage = () => {
        clearTimeout(timer);
        onPage = () => undefined;
        resolve();
      };
    });

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? "/").replace(/\?.*/, "");
    response.setHeader("Access-Control-Allow-Origin", "*");
    switch (path) {
      case "/try":
        return void response.writeHead(200, { "Content-Type": "text/html" }).end(PAGE(greenSha256));
      case "/next":
        waiting = response;
        response.on("close", () => {
          if (waiting === response) waiting = undefined;
        });
        return onPage();
      case "/answer": {
        let text = "";
        for await (const chunk of request) text += chunk;
        const said = JSON.parse(text);
        response.end();
        if (said.id === asked) onAnswer?.(said.answer);
        return;
      }
      case "/secret":
        return void response.writeHead(401, { "WWW-Authenticate": 'Basic realm="x"' }).end();
      case "/attachment":
        return void response
          .writeHead(200, { "Content-Disposition": 'attachment; filename="x.exe"' })
          .end("MZ");
      case "/document.pdf":
        return void response.writeHead(200, { "Content-Type": "application/pdf" }).end(PDF);
      case "/app.webmanifest":
        return void response.end('{"name":"x","start_url":"/plain","display":"standalone"}');
      case "/worker.js":
        return void response.writeHead(200, { "Content-Type": "text/javascript" }).end("");
      default:
        return void response
          .writeHead(200, { "Content-Type": "text/html" })
          .end("<body style='background:red'>out");
    }
  };
  const server: Server = createServer((request, response) => void answer(request, response)).listen(
    0,
    "127.0.0.1",
  );
  await once(server, "listening");
  const address = server.address();
  const port = address === null || typeof address === "string" ? 0 : address.port;
  return {
    // Another site than the stage, so a process of its own.
    url: `http://localhost:${port}`,
    nextPage,
    isPageThere: () => waiting !== undefined,
    async ask(code, limitMs) {
      asked += 1;
      const { promise, resolve } = Promise.withResolvers<string>();
      const timer = setTimeout(() => resolve("the page went"), limitMs);
      onAnswer = resolve;
      const page = waiting;
      waiting = undefined;
      page?.end(JSON.stringify({ id: asked, code }));
      const said = await promise;
      clearTimeout(timer);
      // Whether it is still there is known when it asks for more.
      const askedAgain = nextPage().catch(() => undefined);
      if (waiting === undefined)
        await Promise.race([askedAgain, new Promise((done) => setTimeout(done, 250))]);
      return said;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

const PDF = `%PDF-1.1
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>endobj
trailer<</Root 1 0 R>>`;
