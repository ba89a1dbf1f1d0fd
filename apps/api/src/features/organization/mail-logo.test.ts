import { join } from "node:path";
import { assets, blobs } from "@vitrine/db/schema";
import { organizationScope } from "@vitrine/db/scope";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newEmail, signUp, type Visiting } from "../../testing/browser.ts";
import { receiveMail } from "../../testing/mailbox.ts";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** Makes a file of these bytes the organization's logo. */
async function giveLogo({ api }: Visiting, bytes: Uint8Array, mediaType: string): Promise<void> {
  const { services } = server;
  const scope = organizationScope((await api.organization.get.query()).id);
  const { organizationId } = scope;
  const pieces = (async function* () {
    yield bytes;
  })();
  const stored = await services.blobs.write(scope, pieces);
  const id = services.newId();
  await services.database.batch(scope, (q) => [
    q.insert(blobs).values({ organizationId, ...stored, mediaType }),
    q.insert(assets).values({
      organizationId,
      id,
      kind: "image",
      name: `Logo ${id}`,
      state: "ready",
      mediaType,
      sizeBytes: bytes.length,
      blobSha256: stored.sha256,
    }),
  ]);
  await api.organization.update.mutate({ brandLogoAssetId: id });
}

async function invitedMail(owner: Visiting) {
  const email = newEmail();
  await owner.api.invitations.create.mutate({ emails: [email], role: "viewer" });
  return receiveMail(join(server.folder, "data"), email);
}

test("an invitation brings the organization's logo with it, whole, and fetches nothing", async () => {
  const owner = await signUp(server.url, "Olga", "Shop");
  expect((await invitedMail(owner)).attachments).toEqual([]);
  const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256);
  await giveLogo(owner, bytes, "image/png");
  const mail = await invitedMail(owner);
  expect(mail.attachments).toMatchObject([
    { contentId: "<logo>", mimeType: "image/png", disposition: "inline", filename: "logo.png" },
  ]);
  const [logo] = mail.attachments;
  expect(Buffer.from(logo?.content as ArrayBuffer).equals(Buffer.from(bytes))).toBe(true);
  expect(mail.html?.match(/src="[^"]*"/g)).toEqual(['src="cid:logo"']);
  expect(mail.html).not.toMatch(/https?:[^"]*\.(png|jpg)/);
});

test.each([
  ["one that weighs too much", 256 * 1024 + 1, "image/png"],
  ["a kind that not every mail program shows", 100, "image/webp"],
])("%s stays at home", async (_name, length, mediaType) => {
  const owner = await signUp(server.url, "Olga", "Shop");
  await giveLogo(owner, new Uint8Array(length).fill(1), mediaType);
  const mail = await invitedMail(owner);
  expect(mail.attachments).toEqual([]);
  expect(mail.html).not.toContain("<img");
});
