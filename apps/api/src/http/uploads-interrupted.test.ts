import { randomBytes } from "node:crypto";
import { stat, writeFile } from "node:fs/promises";
import { auditEvents } from "@vitrine/db/schema";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawQuarters, PHONE_EXIF } from "../media/testing/make-pictures.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { until } from "../testing/until.ts";
import { makeUploadingPerson, type UploadingPerson } from "../testing/uploading-person.ts";

let server: TestServer;
let one: UploadingPerson;
let picture: Buffer;

beforeAll(async () => {
  server = await startTestServer();
  one = await makeUploadingPerson(server, "One");
  picture = await drawQuarters(640, 480).jpeg().withExif(PHONE_EXIF).toBuffer();
});
afterAll(() => server[Symbol.asyncDispose]());

describe("an upload that is interrupted", () => {
  test("goes on from the byte where it stopped; nothing of it is listed before its end", async () => {
    const bytes = await drawQuarters(1000, 800).png({ compressionLevel: 0 }).toBuffer();
    const before = (await one.list()).total;
    const created = await one.tus.create({ sizeBytes: bytes.length, metadata: { filename: "Long.png" } });
    const location = created.headers.get("location") ?? "";
    expect(created.headers.get("upload-expires")).not.toBeNull();
    const cut = 1_000_003;
    const part = await one.tus.patch(location, 0, bytes.subarray(0, cut));
    expect([part.status, part.headers.get("upload-offset"), part.headers.get("x-vitrine-asset")]).toEqual([
      204,
      String(cut),
      null,
    ]);
    expect((await one.list()).total).toBe(before);
    const asked = await one.tus.head(location);
    expect([asked.headers.get("upload-offset"), asked.headers.get("upload-length")]).toEqual([
      String(cut),
      String(bytes.length),
    ]);
    expect((await one.tus.patch(location, 0, bytes)).status).toBe(409);
    const rest = await one.tus.patch(location, cut, bytes.subarray(cut));
    const assetId = rest.headers.get("x-vitrine-asset") ?? "";
    const asset = await one.settled(assetId);
    expect(asset).toMatchObject({ name: "Long", width: 1000, height: 800 });
    expect((await one.list()).total).toBe(before + 1);
  });

  test("by a connection that breaks keeps what had arrived", async () => {
    const bytes = randomBytes(3_000_000);
    const created = await one.tus.create({ sizeBytes: bytes.length, metadata: { filename: "Broken line" } });
    const location = created.headers.get("location") ?? "";
    const sent = 2_000_000;
    const breaking = new ReadableStream({
      async pull(controller) {
        controller.enqueue(bytes.subarray(0, sent));
        await until("the bytes have arrived", async () => (await sizeOnDisk(location)) >= sent).catch(
          () => {},
        );
        controller.error(new Error("the line broke"));
      },
    });
    await expect(one.tus.patch(location, 0, breaking)).rejects.toThrow();
    const asked = await one.tus.head(location);
    expect(Number(asked.headers.get("upload-offset"))).toBe(sent);
    expect((await one.tus.remove(location)).status).toBe(204);
    expect((await one.tus.head(location)).status).toBe(404);
  });

  test("in its very last answer is not an asset twice: whoever asks again learns which one it became", async () => {
    const created = await one.tus.create({
      sizeBytes: picture.length,
      metadata: { filename: "Last answer.jpg" },
    });
    const location = created.headers.get("location") ?? "";
    const assetId = (await one.tus.patch(location, 0, picture)).headers.get("x-vitrine-asset");
    for (const moment of ["at once", "when it has been processed"]) {
      const again = await one.tus.head(location);
      expect(
        [again.status, again.headers.get("x-vitrine-asset"), again.headers.get("upload-offset")],
        moment,
      ).toEqual([200, assetId, String(picture.length)]);
      await one.settled(assetId ?? "");
    }
    const patched = await one.tus.patch(location, picture.length, Buffer.alloc(0));
    expect([patched.status, patched.headers.get("x-vitrine-asset")]).toEqual([204, assetId]);
    expect((await one.tus.remove(location)).status).toBe(400);
    const [made] = await server.services.database.batch(one.scope, (q) => [
      q
        .select({ action: auditEvents.action })
        .from(auditEvents)
        .where(
          and(eq(auditEvents.organizationId, one.organizationId), eq(auditEvents.subjectId, assetId ?? "")),
        ),
    ]);
    expect(made.map(({ action }) => action).sort()).toEqual(["assets.create", "assets.process"]);
  });

  test("by a server that died between the last byte and the asset is finished when it is asked for", async () => {
    const created = await one.tus.create({ sizeBytes: picture.length, metadata: { filename: "Died.jpg" } });
    const location = created.headers.get("location") ?? "";
    const uploadId = location.split("/").at(-1) ?? "";
    const { uploads } = server.services;
    await writeFile(uploads.path(one.scope, uploadId), picture);
    const answers = await Promise.all([
      one.tus.head(location),
      one.tus.head(location),
      one.tus.head(location),
    ]);
    expect(answers.map((answer) => answer.headers.get("x-vitrine-asset"))).toEqual([
      uploadId,
      uploadId,
      uploadId,
    ]);
    expect(await one.settled(uploadId)).toMatchObject({ name: "Died", state: "ready" });
    expect((await one.list({ search: "Died" })).total).toBe(1);
  });
});

async function sizeOnDisk(location: string): Promise<number> {
  const path = server.services.uploads.path(one.scope, location.split("/").at(-1) ?? "");
  return (await stat(path)).size;
}
