import { randomUUID } from "node:crypto";
import { TRPCError } from "@trpc/server";
import type { listAssetsInput } from "@vitrine/core/model/asset";
import { AppError } from "@vitrine/core/model/errors";
import { assets, auditEvents, organizations, outbox } from "@vitrine/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type * as z from "zod";
import { makeTestOrganization, type TestOrganization } from "../../testing/test-organization.ts";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";
import { until } from "../../testing/until.ts";

let server: TestServer;
let organization: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  organization = await makeTestOrganization(server.services);
});
afterAll(() => server[Symbol.asyncDispose]());

describe("lists", () => {
  let shop: TestOrganization;
  const made: { id: string; name: string; sizeBytes: number }[] = [];
  beforeAll(async () => {
    shop = await makeTestOrganization(server.services, "Lists");
    const kinds = ["image", "video", "web"] as const;
    for (let count = 0; count < 23; count++) {
      const kind = kinds[count % 3] ?? "image";
      const name = `${["Ääpfel", "birne", "Zitrone", "50% off", "under_score"][count % 5]} ${count}`;
      const id = await shop.makeAsset({
        kind,
        name,
        state: count % 7 === 3 && kind !== "web" ? "failed" : "ready",
      });
      made.push({ id, name, sizeBytes: kind === "web" || count % 7 === 3 ? 0 : 1000 });
    }
    const [tagged, alsoTagged] = made;
    await shop.as("owner").assets.update({ id: tagged?.id ?? "", tags: ["Sale", "window"] });
    await shop.as("owner").assets.update({ id: alsoTagged?.id ?? "", tags: ["sale"] });
  });

  test.each(["newest", "oldest", "name", "largest"] as const)(
    "%s: every row once, whatever the page's length",
    async (sort) => {
      const whole = await all({ sort }, 200);
      expect(whole.map(({ id }) => id).sort()).toEqual(made.map(({ id }) => id).sort());
      for (const limit of [1, 4, 23]) {
        expect((await all({ sort }, limit)).map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
      }
    },
  );

  test("orders are what they say", async () => {
    const times = (await all({ sort: "newest" }, 200)).map(({ createdAt }) => createdAt);
    expect(times).toEqual(times.toSorted().reverse());
    expect((await all({ sort: "oldest" }, 200)).map(({ createdAt }) => createdAt)).toEqual(times.toSorted());
    const sizes = (await all({ sort: "largest" }, 200)).map(({ sizeBytes }) => sizeBytes ?? 0);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    const names = (await all({ sort: "name" }, 200)).map(({ name }) => name);
    expect(names.slice(0, 4).every((name) => name.startsWith("50%"))).toBe(true);
  });

  test("filters narrow rows and total alike", async () => {
    const videos = await shop.as("viewer").assets.list({ kind: "video", limit: 3 });
    expect(videos.rows.every(({ kind }) => kind === "video")).toBe(true);
    expect([videos.rows.length, videos.total]).toEqual([3, 8]);
    const failed = await shop.as("viewer").assets.list({ state: "failed" });
    expect(failed.rows.every(({ state }) => state === "failed")).toBe(true);
    expect(failed.total).toBe(failed.rows.length);
    const onSale = await shop.as("viewer").assets.list({ tag: "sale" });
    expect(onSale.rows.map(({ tags }) => tags)).toEqual([["sale"], ["sale", "window"]]);
    expect(await shop.as("viewer").assets.tags()).toEqual({
      tags: [
        { tag: "sale", count: 2 },
        { tag: "window", count: 1 },
      ],
    });
  });

  test("search finds a part of a name or of a tag in any case, and takes no character for a wildcard", async () => {
    const found = async (search: string) => (await shop.as("viewer").assets.list({ search })).total;
    expect(await found("BIRNE")).toBe(5);
    expect(await found("ndow")).toBe(1);
    expect(await found("50%")).toBe(4);
    expect(await found("r_s")).toBe(4);
    expect(await found("%")).toBe(4);
    expect(await found("nothing like it")).toBe(0);
    const both = await shop
      .as("viewer")
      .assets.list({ search: "birne", kind: "image", sort: "name", limit: 1 });
    expect(both.total).toBe(2);
    expect(both.nextCursor).not.toBeNull();
  });

  test("the total is true after each change", async () => {
    const total = async () => (await shop.as("viewer").assets.list({})).total;
    const before = await total();
    const page = await shop.as("manager").assets.createWeb({ url: "https://example.org/total" });
    expect(await total()).toBe(before + 1);
    await shop.as("manager").assets.remove({ ids: [page.id] });
    expect(await total()).toBe(before);
    expect((await shop.as("viewer").assets.list({ removed: true })).rows.map(({ id }) => id)).toEqual([
      page.id,
    ]);
  });

  test("a cursor of another order or none is refused", async () => {
    const { nextCursor } = await shop.as("viewer").assets.list({ sort: "name", limit: 1 });
    for (const cursor of [nextCursor ?? "", "nonsense", Buffer.from("[1]").toString("base64url")]) {
      await expect(codeOf(shop.as("viewer").assets.list({ sort: "newest", cursor }))).resolves.toBe(
        "INVALID_INPUT",
      );
    }
  });

  async function all(filter: Partial<z.input<typeof listAssetsInput>>, limit: number) {
    const rows = [];
    let cursor: string | undefined;
    do {
      const page = await shop.as("viewer").assets.list({ ...filter, limit, ...(cursor && { cursor }) });
      expect(page.total).toBe(made.length);
      rows.push(...page.rows);
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    return rows;
  }
});

describe("web pages", () => {
  test("are ready at once, called by their host, and get a card that follows their address", async () => {
    const manager = organization.as("manager");
    const page = await manager.assets.createWeb({ url: "https://www.example.com/menu", tags: ["Menu"] });
    expect(page).toMatchObject({
      kind: "web",
      state: "ready",
      name: "www.example.com",
      tags: ["menu"],
      reloadSeconds: 0,
    });
    const again = await manager.assets.createWeb({ url: "https://www.example.com/other" });
    expect(again.name).toBe("www.example.com (2)");
    await until(
      "its card is drawn",
      async () => (await manager.assets.get({ id: page.id })).thumbnailUrl !== null,
    );
    const { thumbnailUrl } = await manager.assets.get({ id: page.id });
    const moved = await manager.assets.update({ id: page.id, url: "https://elsewhere.example/" });
    expect(moved.url).toBe("https://elsewhere.example/");
    await until("its new card is drawn", async () => {
      const now = (await manager.assets.get({ id: page.id })).thumbnailUrl;
      return now !== null && now !== thumbnailUrl;
    });
  });

  test("addresses with passwords, other protocols and no address are refused", async () => {
    for (const url of [
      // secretlint-disable-next-line @secretlint/secretlint-rule-basicauth -- nobody's
      "https://user:secret@example.com/",
      "javascript:alert(1)",
      "file:///etc/passwd",
      "example",
    ]) {
      await expect(codeOf(organization.as("manager").assets.createWeb({ url }))).resolves.toBe(
        "INVALID_INPUT",
      );
    }
  });
});

describe("edits", () => {
  test("change what is given and leave the rest", async () => {
    const id = await organization.makeAsset({ name: "Edited" });
    const edited = await organization.as("manager").assets.update({
      id,
      description: " For the window ",
      tags: ["B", "a", "b"],
      isEnabled: false,
    });
    expect(edited).toMatchObject({
      name: "Edited",
      description: "For the window",
      tags: ["a", "b"],
      isEnabled: false,
    });
    expect(await organization.as("manager").assets.update({ id, name: "Renamed" })).toMatchObject({
      name: "Renamed",
      description: "For the window",
      tags: ["a", "b"],
      isEnabled: false,
    });
  });

  test("a name that another present asset has is refused and nothing changes", async () => {
    await organization.makeAsset({ name: "Taken" });
    const id = await organization.makeAsset({ name: "Free" });
    await expect(
      codeOf(organization.as("manager").assets.update({ id, name: "Taken", tags: ["x"] })),
    ).resolves.toBe("NAME_TAKEN");
    expect(await organization.as("viewer").assets.get({ id })).toMatchObject({ name: "Free", tags: [] });
  });

  test("a picture has no address", async () => {
    const id = await organization.makeAsset();
    const update = organization.as("manager").assets.update({ id, url: "https://example.com/" });
    await expect(codeOf(update)).resolves.toBe("WRONG_KIND");
  });

  test("who only sees may not", async () => {
    const id = await organization.makeAsset();
    for (const role of ["viewer", "operator"] as const) {
      const caller = organization.as(role).assets;
      await expect(codeOf(caller.update({ id, name: "Mine" }))).resolves.toBe("PERMISSION_MISSING");
      await expect(codeOf(caller.remove({ ids: [id] }))).resolves.toBe("PERMISSION_MISSING");
      await expect(codeOf(caller.createWeb({ url: "https://example.com/" }))).resolves.toBe(
        "PERMISSION_MISSING",
      );
      await expect(codeOf(caller.retry({ id }))).resolves.toBe("PERMISSION_MISSING");
    }
  });
});

describe("removal", () => {
  test("is undone; a name given away meanwhile gets a number", async () => {
    const id = await organization.makeAsset({ name: "Gone" });
    const manager = organization.as("manager").assets;
    await manager.remove({ ids: [id] });
    expect((await manager.list({ search: "Gone" })).total).toBe(0);
    expect(await manager.get({ id })).toMatchObject({ isActive: false });
    await expect(codeOf(manager.update({ id, name: "Gone for good" }))).resolves.toBe("NOT_FOUND");
    await organization.makeAsset({ name: "Gone" });
    await manager.restore({ ids: [id] });
    expect(await manager.get({ id })).toMatchObject({ isActive: true, name: "Gone (2)" });
  });

  test("of what is played is refused with who plays it, unless forced; the playlist gets it back by undo", async () => {
    const id = await organization.makeAsset({ name: "Played" });
    const owner = organization.as("owner");
    const playlist = await owner.playlists.create({ name: "Loop", assetIds: [id] });
    const deviceId = await organization.makeDevice({ name: "Window", playlistId: playlist.id });
    const { organizationId } = organization;
    await server.services.database.batch(organization.scope, (q) => [
      q
        .update(organizations)
        .set({ defaultPlaylistId: playlist.id })
        .where(eq(organizations.organizationId, organizationId)),
    ]);
    const expected = {
      playlists: [{ id: playlist.id, name: "Loop" }],
      layouts: [],
      entries: [],
      devices: [{ id: deviceId, name: "Window" }],
      isOrganizationDefault: true,
      isBrandLogo: false,
    };
    expect(await owner.assets.usedBy({ id })).toEqual(expected);
    await expect(dataOf(owner.assets.remove({ ids: [id] }))).resolves.toEqual({
      code: "IN_USE",
      data: expected,
    });
    expect(await owner.assets.get({ id })).toMatchObject({ isActive: true });
    await owner.assets.remove({ ids: [id], force: true });
    expect((await owner.playlists.get({ id: playlist.id })).items[0]?.asset?.isActive).toBe(false);
    await owner.assets.restore({ ids: [id] });
    expect((await owner.playlists.get({ id: playlist.id })).items[0]?.asset?.isActive).toBe(true);
  });

  test("of several is all or nothing", async () => {
    const id = await organization.makeAsset();
    const remove = organization.as("manager").assets.remove({ ids: [id, randomUUID()] });
    await expect(codeOf(remove)).resolves.toBe("NOT_FOUND");
    expect(await organization.as("viewer").assets.get({ id })).toMatchObject({ isActive: true });
  });
});

test("each change is audited and told once, by whom", async () => {
  const shop = await makeTestOrganization(server.services, "Audited");
  const manager = shop.as("manager").assets;
  const { id } = await manager.createWeb({ url: "https://example.com/" });
  await until("its card is drawn", async () => (await manager.get({ id })).thumbnailUrl !== null);
  await manager.update({ id, name: "Menu" });
  await manager.remove({ ids: [id] });
  await manager.restore({ ids: [id] });
  const { organizationId } = shop;
  const [audits, events] = await server.services.database.batch(shop.scope, (q) => [
    q
      .select({ action: auditEvents.action, actor: auditEvents.actorName })
      .from(auditEvents)
      .where(eq(auditEvents.organizationId, organizationId))
      .orderBy(auditEvents.id),
    q
      .select({ event: outbox.event })
      .from(outbox)
      .where(eq(outbox.organizationId, organizationId))
      .orderBy(outbox.id),
  ]);
  expect(audits.map(({ action, actor }) => `${action} ${actor}`)).toEqual(
    ["create", "update", "remove", "restore"].map((verb) => `assets.${verb} A manager`),
  );
  expect(events.map(({ event }) => event)).toEqual(
    ["created", "drawn", "updated", "removed", "restored"].map((action) => ({
      subject: "asset",
      ids: [id],
      action,
    })),
  );
});

test("another organization's assets are as if they did not exist", async () => {
  const other = await makeTestOrganization(server.services, "Test");
  const name = "Alike in both";
  const foreign = await other.makeAsset({ name });
  const own = await organization.makeAsset({ name });
  const caller = organization.as("owner").assets;
  const calls = (id: string) => [
    caller.get({ id }),
    caller.usedBy({ id }),
    caller.update({ id, name: "Stolen" }),
    caller.remove({ ids: [id], force: true }),
    caller.remove({ ids: [own, id], force: true }),
    caller.restore({ ids: [id] }),
    caller.retry({ id }),
  ];
  for (const id of [foreign, randomUUID()]) {
    expect(await Promise.all(calls(id).map(codeOf))).toEqual(Array(7).fill("NOT_FOUND"));
  }
  expect((await caller.list({ search: name })).rows.map(({ id }) => id)).toEqual([own]);
  expect((await caller.list({ search: name })).total).toBe(1);
  expect(await other.as("viewer").assets.get({ id: foreign })).toMatchObject({ name, isActive: true });
});

test("a refused upload is tried again by retry; one that lacks nothing stays as it is", async () => {
  const manager = organization.as("manager").assets;
  const ready = await organization.makeAsset();
  expect(await manager.retry({ id: ready })).toMatchObject({ state: "ready", fault: null });
  const failed = await organization.makeAsset({ state: "failed" });
  await server.services.database.batch(organization.scope, (q) => [
    q.update(assets).set({ fault: "damaged" }).where(eq(assets.id, failed)),
  ]);
  await expect(codeOf(manager.retry({ id: failed }))).resolves.toBe("INVALID_INPUT");
});

test("addresses of files and thumbnails are on the content origin and name the organization", async () => {
  const id = await organization.makeAsset({ kind: "video" });
  const { fileUrl, thumbnailUrl, sha256 } = await organization.as("viewer").assets.get({ id });
  expect(fileUrl).toMatch(
    new RegExp(`^http://content.test/c/${organization.organizationId}/${sha256}\\?e=\\d+&t=mp4&s=`),
  );
  expect(thumbnailUrl).toContain("&t=webp&");
});

async function dataOf(call: Promise<unknown>): Promise<{ code: string; data: unknown }> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof TRPCError && error.cause instanceof AppError) {
    return { code: error.cause.code, data: error.cause.data };
  }
  throw new Error(`Not refused: ${String(error)}`);
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => "done",
    (reason: unknown) => reason,
  );
  if (error instanceof TRPCError && error.cause instanceof AppError) return error.cause.code;
  if (error instanceof TRPCError && error.code === "BAD_REQUEST") return "INVALID_INPUT";
  return String(error);
}
