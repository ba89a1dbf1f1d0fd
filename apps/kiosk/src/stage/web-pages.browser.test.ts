import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { expect, it } from "vitest";
import { colourOf } from "../testing/pixels.ts";
import { actPlan, media, plan, sequence, twoHalves, web, wholeScreen } from "../testing/plans.ts";
import { startScreencast } from "../testing/screencast.ts";
import { glassColour } from "../testing/stage-page.ts";
import { withStage } from "../testing/with-stage.ts";

/** A page that tries everything it should not, and turns lime only when all of it was refused. */
const ESCAPES = `<!doctype html><body style="background:red"><script>
  const refused = (attempt) => { try { return attempt() === null; } catch { return true; } };
  const results = [
    refused(() => { top.location.href = "http://127.0.0.1:9/escaped"; return 1; }),
    refused(() => parent.document.title),
    refused(() => parent.vitrineSend("{}")),
    refused(() => window.open("about:blank")),
    refused(() => localStorage.length),
    refused(() => document.cookie),
    self.origin === "null",
  ];
  document.title = results.join();
  if (results.every(Boolean)) document.body.style.background = "lime";
</script>`;

interface Site extends AsyncDisposable {
  readonly url: string;
  readonly visits: { path: string; headers: IncomingHttpHeaders }[];
}

/** A small web site of another origin; `/colour/<name>` is a page of that colour. */
async function startSite(): Promise<Site> {
  const visits: Site["visits"] = [];
  const server = createServer(({ url: path = "/", headers }, response) => {
    visits.push({ path, headers });
    const colour = /^\/colour\/(\w+)/.exec(path)?.[1];
    const page = colour === undefined ? ESCAPES : `<!doctype html><body style="background:${colour}">`;
    response.writeHead(200, { "Content-Type": "text/html" }).end(page);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port");
  return {
    url: `http://localhost:${address.port}`,
    visits,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const LEFT = { left: 0.15, top: 0.4, width: 0.2, height: 0.2 };

let blue: string;

const openStage = withStage(async (folder) => {
  blue = await folder.addImage("blue");
});

it("runs in a frame that reaches neither us, the top, nor a window, and does not learn where it is", async () => {
  await using site = await startSite();
  await using stage = await openStage();
  const address = stage.page.url();
  await stage.send(plan(sequence(Date.now(), [{ item: web(`${site.url}/`), durationMs: 60_000 }])));
  await stage.heard("shown");

  await expect.poll(() => glassColour(stage)).toBe("lime");
  expect(stage.page.url()).toBe(address);
  expect(stage.page.context().pages()).toHaveLength(1);
  expect(site.visits.map(({ headers }) => headers.referer)).toEqual([undefined]);
});

it("is loaded before its time, stays alive between showings, and never shows white in between", async () => {
  await using site = await startSite();
  await using stage = await openStage();
  const page = web(`${site.url}/colour/yellow`);
  const items = [media("image", blue), page, media("image", blue), page, media("image", blue)];
  await stage.send(
    plan(
      sequence(
        Date.now(),
        items.map((item) => ({ item, durationMs: 1200 })),
      ),
    ),
  );
  const prepared = await stage.heard("prepared", ({ slotId }) => slotId === "b");
  const shown = await stage.heard("shown", ({ slotId }) => slotId === "b");
  expect(stage.said.indexOf(prepared)).toBeLessThan(stage.said.indexOf(shown));
  expect(await glassColour(stage)).toBe("yellow");
  await stage.heard("shown", ({ slotId }) => slotId === "d");
  expect(await glassColour(stage)).toBe("yellow");
  await stage.heard("shown", ({ slotId }) => slotId === "e");
  expect(site.visits.map(({ path }) => path)).toEqual(["/colour/yellow"]);
});

it("is reloaded on its own interval behind what is shown", async () => {
  await using site = await startSite();
  await using stage = await openStage();
  const page = web(`${site.url}/colour/yellow`, 1);
  await stage.send(plan(sequence(Date.now(), [{ item: page, durationMs: 60_000 }])));
  await stage.heard("shown");
  await expect.poll(() => site.visits.length, { timeout: 10_000 }).toBeGreaterThan(3);
  expect(await glassColour(stage)).toBe("yellow");
  expect(await stage.page.locator("iframe").count()).toBeLessThanOrEqual(2);
});

it("in a layout lives on while another act has the glass, and is reloaded meanwhile at its own interval", async () => {
  await using site = await startSite();
  await using stage = await openStage();
  const start = Date.now();
  const image = { item: media("image", blue), durationMs: 1500 };
  const acts = Array.from({ length: 5 }, (_, index) => {
    const atMs = start + index * 1500;
    if (index % 2 === 0) return wholeScreen(sequence(atMs, [{ ...image, slotId: `whole-${index}` }]));
    const kept = { item: web(`${site.url}/colour/yellow`), durationMs: 1500 };
    const fresh = { item: web(`${site.url}/colour/lime`, 1), durationMs: 1500 };
    return twoHalves("layout", atMs, sequence(atMs, [kept]), sequence(atMs, [fresh]));
  });
  await stage.send(actPlan(...acts));
  await stage.heard("shown", ({ slotId }) => slotId === "whole-2");
  const cast = await startScreencast(stage.page);
  await stage.heard("shown", ({ slotId }) => slotId === "whole-4");
  const seen = await Promise.all((await cast.stop()).map(({ picture }) => colourOf(picture, LEFT)));
  expect(new Set(seen)).toEqual(new Set(["blue", "yellow"]));
  const visitsOf = (path: string) => site.visits.filter((visit) => visit.path === path).length;
  expect(visitsOf("/colour/yellow")).toBe(1);
  const visits = visitsOf("/colour/lime");
  await expect.poll(() => visitsOf("/colour/lime"), { timeout: 5000 }).toBeGreaterThan(visits + 1);
});

it("is let go when too many others were shown since", async () => {
  await using site = await startSite();
  await using stage = await openStage();
  const items = Array.from({ length: 7 }, (_, index) => web(`${site.url}/colour/yellow?${index}`));
  const slots = sequence(
    Date.now(),
    items.map((item) => ({ item, durationMs: 600 })),
  );
  await stage.send(plan(slots));
  await stage.heard("shown", ({ slotId }) => slotId === "g");
  expect(await stage.page.locator("iframe").count()).toBeLessThanOrEqual(6);
});

it("that hangs keeps its last picture until something else is there, and is tried again", async () => {
  await using site = await startSite();
  await using stage = await openStage();
  const page = web(`${site.url}/colour/yellow`);
  const slow = await stage.folder.addLateImage("magenta");
  await stage.send(
    plan(
      sequence(Date.now(), [
        { item: page, durationMs: 60_000 },
        { item: media("image", slow.sha256), durationMs: 60_000 },
      ]),
    ),
  );
  await stage.heard("shown", ({ slotId }) => slotId === "a");
  const frameName = (await stage.page.locator("iframe").getAttribute("name")) ?? "";
  await stage.send({ kind: "web-failed", frameName, reason: "stalled", text: "No answer" });
  expect(await stage.heard("failed")).toMatchObject({ slotId: "a", reason: "stalled" });
  expect(await glassColour(stage)).toBe("yellow");
  slow.arrive();
  const standIn = await stage.heard("shown", ({ standInSlotId }) => standInSlotId === "b");
  expect(await glassColour(stage)).toBe("magenta");
  await stage.heard("shown", (shown) => stage.said.indexOf(shown) > stage.said.indexOf(standIn));
  expect(await glassColour(stage)).toBe("yellow");
  expect(site.visits).toHaveLength(2);
});

it("that failed is skipped, and one that died on the glass is replaced", async () => {
  await using site = await startSite();
  await using stage = await openStage();
  await stage.send(
    plan(
      sequence(Date.now(), [
        { item: web(`${site.url}/colour/yellow`), durationMs: 60_000 },
        { item: media("image", blue), durationMs: 60_000 },
      ]),
    ),
  );
  await stage.heard("shown", ({ slotId }) => slotId === "a");
  const frameName = (await stage.page.locator("iframe").getAttribute("name")) ?? "";
  await stage.send({ kind: "web-failed", frameName, reason: "crash", text: "gone" });
  expect(await stage.heard("failed")).toMatchObject({ slotId: "a", reason: "crash" });
  await stage.heard("shown", ({ standInSlotId }) => standInSlotId === "b");
  expect(await glassColour(stage)).toBe("blue");
});
