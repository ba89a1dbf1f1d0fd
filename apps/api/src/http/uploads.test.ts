import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { MAX_UPLOAD_BYTES } from "@vitrine/core/model/asset";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { makeFilm } from "../media/testing/make-film.ts";
import { drawQuarters, PHONE_EXIF } from "../media/testing/make-pictures.ts";
import { callProcedure, text } from "../testing/alike-world.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { makeTusClient } from "../testing/tus-client.ts";
import { until } from "../testing/until.ts";
import { makeUploadingPerson, type UploadingPerson } from "../testing/uploading-person.ts";

let server: TestServer;
let one: UploadingPerson;
let other: UploadingPerson;
let picture: Buffer;

beforeAll(async () => {
  server = await startTestServer();
  [one, other] = await Promise.all([
    makeUploadingPerson(server, "One"),
    makeUploadingPerson(server, "Other"),
  ]);
  picture = await drawQuarters(640, 480).jpeg().withExif(PHONE_EXIF).toBuffer();
});
afterAll(() => server[Symbol.asyncDispose]());

describe("an upload becomes an asset", () => {
  test("a picture: listed at once as waiting, then ready with its file, thumbnail and sizes", async () => {
    const assetId = await one.tus.upload(picture, { filename: "Summer menu.jpg", tags: "Menu, summer" });
    const waiting = await one.asset(assetId);
    expect(waiting).toMatchObject({
      kind: "image",
      name: "Summer menu",
      tags: ["menu", "summer"],
      isActive: true,
    });
    const asset = await one.settled(assetId);
    expect(asset).toMatchObject({
      state: "ready",
      fault: null,
      width: 640,
      height: 480,
      mediaType: "image/jpeg",
      createdByName: "One",
    });
    const file = Buffer.from(await (await fetch(asset.fileUrl ?? "")).arrayBuffer());
    expect(createHash("sha256").update(file).digest("hex")).toBe(asset.sha256);
    expect(file.length).toBe(asset.sizeBytes);
    expect(file.includes("PhoneMaker")).toBe(false);
    expect(await sharp(file).metadata()).toMatchObject({ width: 640, height: 480 });
    const thumbnail = await fetch(asset.thumbnailUrl ?? "");
    expect(thumbnail.headers.get("content-type")).toBe("image/webp");
    expect(await sharp(Buffer.from(await thumbnail.arrayBuffer())).metadata()).toMatchObject({ width: 640 });
    const { scope } = one;
    await using blob = await server.services.blobs.find(scope, asset.sha256 ?? "");
    expect(blob?.sizeBytes).toBe(file.length);
    const chunks = await server.services.blobs.findChunkList(scope, asset.sha256 ?? "");
    expect(chunks).toEqual(createHash("sha256").update(file).digest());
  });

  test("a film", async () => {
    const film = await makeFilm({ container: "mp4", codec: "avc", sound: "aac" });
    const asset = await one.settled(await one.tus.upload(film, { filename: "Teaser.mp4" }));
    expect(asset).toMatchObject({
      kind: "video",
      state: "ready",
      width: 320,
      height: 180,
      mediaType: "video/mp4",
    });
    const range = await fetch(asset.fileUrl ?? "", { headers: { range: "bytes=4-7" } });
    expect([range.status, await range.text()]).toEqual([206, "ftyp"]);
  });

  test("what is no picture fails with the reason, and its name stays taken by it", async () => {
    const page = Buffer.from("<html><script>alert(1)</script></html>");
    const asset = await one.settled(await one.tus.upload(page, { filename: "page.jpg" }));
    expect(asset).toMatchObject({
      state: "failed",
      fault: "unsupported_type",
      fileUrl: null,
      thumbnailUrl: null,
    });
    const empty = await one.settled(await one.tus.upload(Buffer.alloc(0), { filename: "nothing.png" }));
    expect(empty).toMatchObject({ state: "failed", fault: "empty" });
  });

  test("the same name again gets a number; the same bytes again are stored once", async () => {
    const same = await drawQuarters(50, 40).png().toBuffer();
    const ids = [];
    for (let count = 0; count < 3; count++) ids.push(await one.tus.upload(same, { filename: "Logo.png" }));
    const assets = await Promise.all(ids.map((id) => one.settled(id)));
    expect(assets.map(({ name }) => name)).toEqual(["Logo", "Logo (2)", "Logo (3)"]);
    expect(new Set(assets.map(({ sha256 }) => sha256)).size).toBe(1);
    const names = await readdir(join(server.services.config.dataDir, "blobs", one.organizationId), {
      recursive: true,
    });
    expect(names.filter((name) => name.endsWith(assets[0]?.sha256 ?? "?"))).toHaveLength(1);
  });

  test("uploads at the same time under one name all get a name of their own", async () => {
    const files = await Promise.all(
      [10, 20, 30, 40, 50, 60].map((side) => drawQuarters(side, side).png().toBuffer()),
    );
    const ids = await Promise.all(files.map((file) => other.tus.upload(file, { filename: "Same.png" })));
    const assets = await Promise.all(ids.map((id) => other.settled(id)));
    expect(assets.map(({ name }) => name).sort()).toEqual([
      "Same",
      "Same (2)",
      "Same (3)",
      "Same (4)",
      "Same (5)",
      "Same (6)",
    ]);
    expect(assets.every(({ state }) => state === "ready")).toBe(true);
  });

  test("bytes of what has been processed are not kept twice", async () => {
    const assetId = await one.tus.upload(picture, { filename: "once.jpg" });
    await one.settled(assetId);
    const folder = join(server.services.config.dataDir, "uploads", one.organizationId);
    await until("the upload's bytes are gone", async () => !(await readdir(folder)).includes(assetId));
  });
});

describe("an upload in the place of an asset's file", () => {
  test("the former file stays until the new one is ready, and stays for good when the new one is refused", async () => {
    const assetId = await one.tus.upload(picture, { filename: "Door.jpg" });
    const before = await one.settled(assetId);
    const next = await drawQuarters(300, 200).png().toBuffer();
    expect(await one.tus.upload(next, { filename: "other name.png", replaces: assetId })).toBe(assetId);
    const waiting = await one.asset(assetId);
    if (waiting.state !== "ready") expect(waiting.sha256).toBe(before.sha256);
    await until("the new file is ready", async () => (await one.asset(assetId)).sha256 !== before.sha256);
    const after = await one.asset(assetId);
    expect(after).toMatchObject({
      name: "Door",
      state: "ready",
      width: 300,
      height: 200,
      mediaType: "image/png",
    });

    await one.tus.upload(Buffer.from("no picture"), { filename: "broken.png", replaces: assetId });
    await until("it is refused", async () => (await one.asset(assetId)).fault !== null);
    expect(await one.asset(assetId)).toMatchObject({
      state: "ready",
      fault: "unsupported_type",
      sha256: after.sha256,
      width: 300,
    });
  });

  test("of nothing, of a web page and of another organization's asset is refused before a byte is sent", async () => {
    const page = await one.call("assets.createWeb", { url: "https://example.com/" });
    const foreign = await other.tus.upload(picture, { filename: "Foreign.jpg" });
    const random = crypto.randomUUID();
    const answers = await Promise.all(
      [text(page, "id"), foreign, random].map(async (replaces) => {
        const answer = await one.tus.create({ sizeBytes: 10, metadata: { filename: "x.png", replaces } });
        const body = (await answer.json()) as { error: { code: string; data: unknown } };
        return [answer.status, body.error.code, body.error.data];
      }),
    );
    expect(answers[0]?.slice(0, 2)).toEqual([400, "WRONG_KIND"]);
    expect(answers[1]).toEqual([404, "NOT_FOUND", {}]);
    expect(answers[2]).toEqual(answers[1]);
  });
});

describe("what an upload is held to", () => {
  test("the limit is named before a byte is sent", async () => {
    const answer = await one.tus.create({
      sizeBytes: MAX_UPLOAD_BYTES + 1,
      metadata: { filename: "huge.mp4" },
    });
    expect(answer.status).toBe(413);
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(await answer.json()).toMatchObject({
      error: { code: "FILE_TOO_LARGE", data: { limit: MAX_UPLOAD_BYTES, use: MAX_UPLOAD_BYTES + 1 } },
    });
  });

  test("more bytes than announced are refused", async () => {
    const created = await one.tus.create({ sizeBytes: 100, metadata: { filename: "small.png" } });
    const answer = await one.tus.patch(created.headers.get("location") ?? "", 0, Buffer.alloc(101));
    expect(answer.status).toBe(413);
  });

  test("a file needs a name", async () => {
    const nameless = await one.tus.create({ sizeBytes: 10, metadata: { tags: "x" } });
    expect([nameless.status, await nameless.json()]).toMatchObject([
      400,
      { error: { code: "INVALID_INPUT" } },
    ]);
  });

  test("nobody without credentials, without the permission, or from another site", async () => {
    const metadata = { filename: "x.png" };
    const nobody = await makeTusClient(server.url, {}).create({ sizeBytes: 10, metadata });
    expect([nobody.status, await nobody.json()]).toMatchObject([401, { error: { code: "NOT_SIGNED_IN" } }]);
    const elsewhere = await one.tus.create({
      sizeBytes: 10,
      metadata,
      headers: { origin: "https://evil.example" },
    });
    expect([elsewhere.status, await elsewhere.json()]).toMatchObject([
      403,
      { error: { code: "CROSS_SITE_REQUEST" } },
    ]);
    const seeing = await one.keyWith(["assets.view"]);
    const viewer = await makeTusClient(server.url, seeing).create({ sizeBytes: 10, metadata });
    expect([viewer.status, await viewer.json()]).toMatchObject([
      403,
      { error: { code: "PERMISSION_MISSING" } },
    ]);
    const editing = await one.keyWith(["assets.edit"]);
    const editor = await makeTusClient(server.url, editing).create({ sizeBytes: 10, metadata });
    expect([editor.status, await editor.json()]).toMatchObject([
      403,
      { error: { code: "PERMISSION_MISSING", data: { permission: "assets.create" } } },
    ]);
  });

  test("a program with a key may upload", async () => {
    const key = await one.keyWith(["assets.create"]);
    const assetId = await makeTusClient(server.url, key).upload(picture, { filename: "By program.jpg" });
    expect(await one.settled(assetId)).toMatchObject({ state: "ready", createdByName: null });
  });
});

describe("an upload by a member who is limited to businesses", () => {
  let harbour: string;
  let museum: string;
  beforeAll(async () => {
    const made = ["Harbour", "Museum"].map((name) => one.call("businesses.create", { name }));
    [harbour = "", museum = ""] = (await Promise.all(made)).map((business) => text(business, "id"));
  });

  /** A manager of the organization who reaches these businesses alone. */
  const limitedTo = async (businessIds: string[]) => {
    const emails = [`${crypto.randomUUID()}@example.com`];
    const asked = await one.call("invitations.create", { emails, role: "manager", businessIds });
    const { url } = z
      .object({ url: z.url() })
      .parse(await one.call("invitations.link", { id: text(asked, "rows.0.id") }));
    const joined = await callProcedure(server.url, "invitations.acceptAsNew", {
      type: "mutation",
      input: { token: new URL(url).hash.slice(1), name: "Lim", password: "correct horse battery" },
    });
    const client = makeTusClient(server.url, { cookie: joined.cookie ?? "" });
    return {
      userId: text(joined.body, "result.data.user.id"),
      ...client,
      /** Status, code and data with which one that is begun for a business is refused. */
      refusal: async (businessId?: string) => {
        const metadata = { filename: "x.png", ...(businessId !== undefined && { businessId }) };
        const answer = await client.create({ sizeBytes: 10, metadata });
        return [answer.status, refusal.parse(await answer.json()).error];
      },
    };
  };
  const refusal = z.object({ error: z.object({ code: z.string(), data: z.unknown() }) });
  const nowhere = [404, { code: "NOT_FOUND", data: {} }];
  const unsaid = [
    400,
    {
      code: "INVALID_INPUT",
      data: { issues: [{ path: "businessId", message: "Choose one of your businesses" }] },
    },
  ];
  const kept = async () => ({
    files: (await readdir(join(server.services.uploads.folder, one.organizationId))).sort(),
    total: (await one.list()).total,
  });

  test("goes to the one that they have, to the one of several that they say, and else is refused with nothing left", async () => {
    const [ofOne, ofBoth] = [await limitedTo([harbour]), await limitedTo([harbour, museum])];
    const own = await ofOne.upload(picture, { filename: "Own.jpg" });
    expect((await one.settled(own)).businessId).toBe(harbour);
    const said = await ofBoth.upload(picture, { filename: "Said.jpg", businessId: museum });
    expect((await one.settled(said)).businessId).toBe(museum);

    await until("bytes that were processed are gone", async () => {
      const { files } = await kept();
      return ![own, said].some((id) => files.includes(id));
    });
    const before = await kept();
    expect(await ofBoth.refusal()).toEqual(unsaid);
    expect(await ofBoth.refusal("")).toEqual(unsaid);
    expect(await ofOne.refusal("")).toEqual(unsaid);
    expect(await ofOne.refusal(museum)).toEqual(nowhere);
    expect(await ofOne.refusal(crypto.randomUUID())).toEqual(nowhere);
    expect(await kept()).toEqual(before);
  });

  test("is out of their reach once its business is, and another's always was", async () => {
    const limited = await limitedTo([harbour, museum]);
    const begin = async (tus: Pick<typeof limited, "create">) => {
      const metadata = { filename: "Late.png", businessId: museum };
      return (await tus.create({ sizeBytes: 10, metadata })).headers.get("location") ?? "";
    };
    const [begun, others] = [await begin(limited), await begin(one.tus)];
    await one.call("members.setBusinesses", { userId: limited.userId, businessIds: [harbour] });
    const before = await kept();
    for (const location of [begun, others, `/uploads/${crypto.randomUUID()}`]) {
      expect((await limited.head(location)).status).toBe(404);
      expect((await limited.patch(location, 0, Buffer.alloc(10))).status).toBe(404);
      expect((await limited.remove(location)).status).toBe(404);
    }
    expect(await kept()).toEqual(before);
    expect((await one.tus.head(others)).headers.get("upload-offset")).toBe("0");
  });
});

test("two organizations: an upload of the other is like one that never was", async () => {
  const created = await one.tus.create({ sizeBytes: 5000, metadata: { filename: "Mine.png" } });
  const location = created.headers.get("location") ?? "";
  await one.tus.patch(location, 0, Buffer.alloc(100));
  const finished = await one.tus.upload(picture, { filename: "Finished.jpg" });
  const random = `/uploads/${crypto.randomUUID()}`;
  for (const method of ["head", "patch", "remove"] as const) {
    const outcomes = await Promise.all(
      [location, `/uploads/${finished}`, random].map(async (path) => {
        const answer =
          method === "patch"
            ? await other.tus.patch(path, 100, Buffer.alloc(10))
            : await other.tus[method](path);
        const { "x-request-id": _, date: __, ...headers } = Object.fromEntries(answer.headers);
        return { status: answer.status, body: await answer.text(), headers };
      }),
    );
    expect(outcomes[0]?.status, method).toBe(404);
    expect(outcomes[0], method).toEqual(outcomes[2]);
    expect(outcomes[1], method).toEqual(outcomes[2]);
  }
  expect((await one.tus.head(location)).headers.get("upload-offset")).toBe("100");
  const asset = await one.settled(finished);
  expect((await other.list({ search: "Finished" })).total).toBe(0);
  const moved = (asset.fileUrl ?? "").replace(one.organizationId, other.organizationId);
  expect((await fetch(moved)).status).toBe(404);
});

test("abandoned uploads and refused files are removed in their time, and nothing else", async () => {
  const { uploads } = server.services;
  const { scope } = one;
  const age = async (uploadId: string, days: number, isFinished: boolean) => {
    const record = await uploads.findRecord(scope, uploadId);
    if (!record) throw new Error("No record");
    const at = new Date(Date.now() - days * 86_400_000).toISOString();
    await uploads.records.set(uploads.key(scope, uploadId), {
      ...record,
      creation_date: at,
      ...(isFinished && { finishedAt: at }),
    });
  };
  const begin = async (filename: string) => {
    const created = await one.tus.create({ sizeBytes: 5000, metadata: { filename } });
    return created.headers.get("location")?.split("/").at(-1) ?? "";
  };
  const [young, abandoned] = [await begin("young.png"), await begin("abandoned.png")];
  await age(abandoned, 1.1, false);
  const refused = await one.tus.upload(Buffer.from("no picture 1"), { filename: "refused.png" });
  const longRefused = await one.tus.upload(Buffer.from("no picture 2"), { filename: "long refused.png" });
  await Promise.all([one.settled(refused), one.settled(longRefused)]);
  await age(refused, 6, true);
  await age(longRefused, 8, true);
  await uploads.removeExpired();
  const kept = await readdir(join(uploads.folder, one.organizationId));
  expect([young, abandoned, refused, longRefused].map((id) => kept.includes(id))).toEqual([
    true,
    false,
    true,
    false,
  ]);
  expect((await one.tus.head(`/uploads/${abandoned}`)).status).toBe(404);
  expect(await one.call("assets.retry", { id: refused })).toMatchObject({});
  const input = { action: "assets.retry" };
  const record = await callProcedure(server.url, "audit.list", { type: "query", input, cookie: one.cookie });
  expect(JSON.stringify(record.body)).toContain(refused);
  expect(await one.settled(refused)).toMatchObject({ state: "failed", fault: "unsupported_type" });
  const gone = await callProcedure(server.url, "assets.retry", {
    type: "mutation",
    input: { id: longRefused },
    cookie: one.cookie,
  });
  expect(gone.status).toBe(400);
  expect(await readFile(join(uploads.folder, one.organizationId, `${young}.json`), "utf8")).toContain(
    "young.png",
  );
});
