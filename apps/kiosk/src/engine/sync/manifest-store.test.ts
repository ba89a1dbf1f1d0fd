import { generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { expect, test } from "vitest";
import type { Credential } from "../identity/credential.ts";
import { openDiskFileStore } from "../platform/disk-file-store.ts";
import { createCrashingStore, PowerLoss } from "../testing/crashing-store.ts";
import { makeManifest, webAsset } from "../testing/test-content.ts";
import { makeFolder } from "../testing/test-kiosk.ts";
import { type AcceptedManifest, judgeManifest } from "./manifest-file.ts";
import { createManifestStore } from "./manifest-store.ts";

const keys = generateKeyPairSync("ed25519");
const credential: Credential = {
  organizationId: randomUUID(),
  organizationName: "Café Central",
  deviceId: randomUUID(),
  serverPublicKey: String(keys.publicKey.export({ format: "jwk" }).x),
  vetoUntil: "2026-01-01T00:00:00.000Z",
};

function accepted(revision: number): AcceptedManifest {
  const { deviceId, organizationId } = credential;
  const manifest = makeManifest({
    assets: [webAsset("https://example.com/")],
    revision,
    deviceId,
    organizationId,
  });
  const body = Buffer.from(JSON.stringify(manifest));
  const signature = sign(null, body, keys.privateKey).toString("base64url");
  const verdict = judgeManifest({ etag: `"e${revision}"`, signature, body }, credential, 0);
  if (verdict.kind === "refused") throw new Error(verdict.reason);
  return verdict.accepted;
}

test("M8: power lost at any change of the disk leaves the last good manifest, and the newest is the former or the new one, whole", async () => {
  const steps = async (store: ReturnType<typeof createManifestStore>) => {
    await store.load(credential);
    await store.saveNewest(accepted(2));
    await store.promote();
    await store.saveNewest(accepted(3));
    await store.saveNewest(accepted(4));
  };
  let crashAt = 0;
  for (let isOver = false; !isOver; crashAt += 1) {
    await using folder = await makeFolder();
    const disk = await openDiskFileStore(folder.path);
    const first = createManifestStore(disk);
    await first.load(credential);
    await first.saveNewest(accepted(1));
    await first.promote();
    const crashing = createCrashingStore(disk, crashAt);
    try {
      await steps(createManifestStore(crashing));
      isOver = true;
    } catch (error) {
      expect(error).toBeInstanceOf(PowerLoss);
    }
    const { newest, lastGood } = await createManifestStore(disk).load(credential);
    expect([1, 2]).toContain(lastGood?.manifest.revision);
    expect(newest?.manifest.revision).toBeGreaterThanOrEqual(lastGood?.manifest.revision ?? Number.NaN);
  }
  expect(crashAt).toBeGreaterThan(15);
}, 30_000);

test("M8: a slot that was garbled on disk is not there, and the other one counts", async () => {
  await using folder = await makeFolder();
  const disk = await openDiskFileStore(folder.path);
  const store = createManifestStore(disk);
  await store.load(credential);
  await store.saveNewest(accepted(1));
  await store.promote();
  await store.saveNewest(accepted(2));
  {
    await using file = await disk.open("manifests/b", "write");
    await file.write(Buffer.from("X"), 400);
  }
  const { newest, lastGood } = await createManifestStore(disk).load(credential);
  expect(newest?.manifest.revision).toBe(1);
  expect(lastGood?.manifest.revision).toBe(1);
});
