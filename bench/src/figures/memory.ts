import { GREEN, makeJpeg, makeMp4, RED } from "@vitrine/harness/media";
import { descendants, memoryBytes, residentBytes } from "@vitrine/harness/process-facts";
import { startPlayingKiosk } from "../playing-kiosk.ts";
import { print } from "../print.ts";

const UPLOAD_BYTES = 2 * 1024 ** 3;
const BLOCK_BYTES = 8 * 1024 ** 2;

/** Memory of the server idle and while it receives 2 GB, and of the kiosk's engine and stage while they play. */
export async function run(): Promise<void> {
  await using rig = await startPlayingKiosk(
    async (folder) => [await makeJpeg(folder, "red.jpg", RED), makeMp4(folder, "green.mp4", GREEN, 5)],
    null,
  );
  await new Promise((done) => setTimeout(done, 20_000));
  const serverPid = rig.server.process.pid;
  const idle = residentBytes(serverPid);
  print({ name: "memory.server.idle", value: idle, unit: "byte" });
  print({ name: "memory.engine.playing", value: residentBytes(rig.kiosk.pid), unit: "byte" });
  const browser = descendants(rig.kiosk.pid);
  const stage = browser.reduce((sum, { pid }) => sum + memoryBytes(pid), 0);
  print({ name: "memory.stage.playing", value: stage, unit: "byte" });

  let most = 0;
  const timer = setInterval(() => {
    most = Math.max(most, residentBytes(serverPid));
  }, 100);
  await sendUpload(rig.server.url, rig.person.cookie);
  clearInterval(timer);
  print({ name: "memory.server.receiving_2gb.most", value: most, unit: "byte" });
  print({ name: "memory.server.receiving_2gb.growth", value: most - idle, unit: "byte" });
}

/** Sends 2 GB by the tus protocol in pieces of 256 MiB and leaves the last byte out, so that nothing is processed. */
async function sendUpload(server: string, cookie: string): Promise<void> {
  const created = await fetch(`${server}/uploads`, {
    method: "POST",
    headers: {
      cookie,
      "tus-resumable": "1.0.0",
      "upload-length": String(UPLOAD_BYTES + 1),
      "upload-metadata": `filename ${btoa("large.mp4")}`,
    },
  });
  const location = new URL(created.headers.get("location") ?? "", server).href;
  const block = new Uint8Array(BLOCK_BYTES).fill(7);
  for (let offset = 0; offset < UPLOAD_BYTES; offset += 32 * BLOCK_BYTES) {
    const body = ReadableStream.from(blocks(block, 32));
    const response = await fetch(location, {
      method: "PATCH",
      headers: {
        cookie,
        "tus-resumable": "1.0.0",
        "upload-offset": String(offset),
        "content-type": "application/offset+octet-stream",
      },
      body,
      duplex: "half",
    } as RequestInit);
    if (response.status !== 204)
      throw new Error(`The upload was refused with ${response.status}: ${await response.text()}`);
  }
}

async function* blocks(block: Uint8Array, count: number): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < count; sent += 1) yield block;
}
