import { createWriteStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { GREEN, makeMp4 } from "@vitrine/harness/media";
import { signUp, untilReady, upload } from "@vitrine/harness/person";
import { cpuSeconds } from "@vitrine/harness/process-facts";
import { temporaryFolder } from "@vitrine/harness/processes";
import { startVitrine } from "@vitrine/harness/vitrine";
import { print } from "../print.ts";

const WANTED_BYTES = 2 * 1024 ** 3;

/** CPU seconds that the server spends on a GiB of content that is downloaded, once per connection, from the content origin. */
export async function run(): Promise<void> {
  using folder = temporaryFolder();
  await using server = await startVitrine(join(folder.path, "server"));
  const person = await signUp(server.url, "Bench", "Bench");
  const film = await padded(folder.path, makeMp4(folder.path, "film.mp4", GREEN, 20));
  const assetId = await upload(server.url, person, film);
  await untilReady(person, assetId);
  const { fileUrl, sizeBytes } = await person.api.assets.get.query({ id: assetId });
  if (fileUrl === null || sizeBytes === null) throw new Error("A ready film has a file");
  await download(fileUrl);
  const before = cpuSeconds(server.process.pid);
  let bytes = 0;
  while (bytes < WANTED_BYTES) bytes += await download(fileUrl);
  const spent = cpuSeconds(server.process.pid) - before;
  print({
    name: "download.cpu_per_gib",
    value: spent / (bytes / 1024 ** 3),
    unit: "s/GiB",
    target: "<= 0.5",
  });
}

async function download(url: string): Promise<number> {
  const response = await fetch(url);
  let bytes = 0;
  for await (const chunk of response.body ?? []) bytes += chunk.length;
  return bytes;
}

/** A film of 256 MiB: real pictures, and free space in a box that players skip. */
async function padded(folder: string, path: string): Promise<string> {
  const target = join(folder, "large.mp4");
  const out = createWriteStream(target);
  out.write(readFileSync(path));
  const padding = 256 * 1024 * 1024;
  const header = Buffer.alloc(8);
  header.writeUInt32BE(padding + 8);
  header.write("free", 4, "latin1");
  out.write(header);
  const block = Buffer.alloc(1024 * 1024, 7);
  for (let count = 0; count < 256; count += 1) {
    if (!out.write(block)) await new Promise((done) => out.once("drain", done));
  }
  out.end();
  await finished(out);
  return target;
}
