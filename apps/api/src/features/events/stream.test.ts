import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";
import { until } from "../../testing/until.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const answer = z.object({ result: z.object({ data: z.unknown() }) });

/** A browser of somebody: calls procedures with its cookie and follows the stream. */
class Browser {
  cookie = "";

  async call(path: string, input?: unknown): Promise<unknown> {
    const response = await fetch(`${server.url}/trpc/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie: this.cookie },
      body: input === undefined ? "{}" : JSON.stringify(input),
    });
    this.cookie = response.headers.getSetCookie()[0]?.split(";")[0] ?? this.cookie;
    const body: unknown = await response.json();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(body)}`);
    return answer.parse(body).result.data;
  }
  /** Signs somebody new up. */
  async signUp(name: string): Promise<void> {
    await this.call("account.signUp", {
      name,
      email: `${name.toLowerCase()}-${server.services.newId()}@example.com`,
      password: "correct horse battery",
      organizationName: `${name} Ltd`,
    });
  }
  follow(lastEventId?: string): Stream {
    return new Stream(this.cookie, lastEventId);
  }
}

type Sent = { event: string; data: string; id: string };

/** What a stream sent, in order; `isOver` once it ended. */
class Stream {
  readonly sent: Sent[] = [];
  isOver = false;
  readonly #abort = new AbortController();

  constructor(cookie: string, lastEventId?: string) {
    this.#read(cookie, lastEventId)
      .catch(() => {})
      .finally(() => {
        this.isOver = true;
      });
  }
  async #read(cookie: string, lastEventId: string | undefined): Promise<void> {
    const response = await fetch(`${server.url}/trpc/events.stream`, {
      headers: {
        accept: "text/event-stream",
        cookie,
        ...(lastEventId !== undefined && { "last-event-id": lastEventId }),
      },
      signal: this.#abort.signal,
    });
    let rest = "";
    for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (rest + part).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) if (block.trim() !== "") this.sent.push(parseBlock(block));
    }
  }
  messages(): Sent[] {
    return this.sent.filter(({ event, data }) => event === "message" && data !== "");
  }
  changes(): unknown[] {
    return this.messages().flatMap(({ data }) => {
      const parsed = change.safeParse(JSON.parse(data));
      return parsed.success ? [parsed.data.change.action] : [];
    });
  }
  async begun(): Promise<this> {
    await until("the stream has begun", () => this.messages().length > 0);
    return this;
  }
  /** The code with which it ended. */
  async failure(): Promise<string> {
    await until("the stream has ended", () => this.isOver);
    const last = this.sent.findLast(({ event }) => event === "serialized-error");
    return failure.parse(JSON.parse(last?.data ?? "{}")).data.app.code;
  }
  stop(): void {
    this.#abort.abort();
  }
}

const change = z.object({ kind: z.literal("change"), change: z.object({ action: z.string() }) });
const failure = z.object({ data: z.object({ app: z.object({ code: z.string() }) }) });

function parseBlock(block: string): Sent {
  const sent: Sent = { event: "message", data: "", id: "" };
  for (const line of block.split("\n")) {
    const [, field, value = ""] = /^(event|data|id): ?(.*)$/.exec(line) ?? [];
    if (field === "event" || field === "data" || field === "id") sent[field] = value;
  }
  return sent;
}

test("a dashboard sees what others change, and after a cut what it missed, once", async () => {
  const ann = new Browser();
  await ann.signUp("Ann");
  const stream = await ann.follow().begun();
  await ann.call("playlists.create", { name: "One" });
  await until("it is told", () => stream.changes().length === 1);
  const lastId = stream.messages().at(-1)?.id ?? "";
  stream.stop();
  await ann.call("playlists.create", { name: "Two" });
  const resumed = ann.follow(lastId);
  await until("what was missed is told", () => resumed.changes().length === 1);
  await ann.call("playlists.create", { name: "Three" });
  await until("and what follows", () => resumed.changes().length === 2);
  resumed.stop();
  expect([...stream.changes(), ...resumed.changes()]).toEqual(["created", "created", "created"]);
});

test("nobody but who is signed in gets a stream, and only of their own organization", async () => {
  const nobody = new Browser();
  expect(await nobody.follow().failure()).toBe("NOT_SIGNED_IN");

  const [ann, ben] = [new Browser(), new Browser()];
  await ann.signUp("Ann");
  await ben.signUp("Ben");
  const stream = await ann.follow().begun();
  const bens = await ben.follow().begun();
  await ben.call("playlists.create", { name: "Ben's" });
  await until("Ben is told", () => bens.changes().length === 1);
  await ann.call("playlists.create", { name: "Ann's" });
  await until("Ann is told", () => stream.changes().length > 0);
  expect(stream.changes()).toHaveLength(1);
  const stolen = ann.follow(bens.messages().at(-1)?.id);
  await until("the stolen id is answered", () => stolen.messages().length > 0);
  expect(JSON.parse(stolen.messages()[0]?.data ?? "")).toEqual({ kind: "reset" });
});

test("a stream ends at once when its session does", async () => {
  const ann = new Browser();
  await ann.signUp("Ann");
  const stream = await ann.follow().begun();
  await ann.call("account.signOut");
  expect(await stream.failure()).toBe("NOT_SIGNED_IN");
});

test("a stream ends when the session moves to another organization", async () => {
  const ann = new Browser();
  await ann.signUp("Ann");
  const stream = await ann.follow().begun();
  await ann.call("organization.create", { name: "Second" });
  expect(await stream.failure()).toBe("NO_ORGANIZATION");
});

test("a reader who goes away leaves nothing behind", async () => {
  const ann = new Browser();
  await ann.signUp("Ann");
  const { events } = server.services;
  const before = events.streamCount();
  const stream = await ann.follow().begun();
  expect(events.streamCount()).toBe(before + 1);
  stream.stop();
  await until("the stream is gone", () => events.streamCount() === before);
});

test("open streams do not hold up a stopping server; they are told to come back", async () => {
  const ann = new Browser();
  await ann.signUp("Ann");
  const streams = await Promise.all([ann.follow().begun(), ann.follow().begun()]);
  const startedMs = performance.now();
  await server.stop();
  expect(performance.now() - startedMs).toBeLessThan(5_000);
  for (const stream of streams) expect(await stream.failure()).toBe("BUSY");
});
