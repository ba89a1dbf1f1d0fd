import { expect, it } from "vitest";
import type { SendFile, SendingEvents } from "./send-file.ts";
import { UploadManager } from "./upload-manager.ts";

type Sent = { name: string; on: SendingEvents; stopped: boolean[] };

function withSender() {
  const sendings: Sent[] = [];
  const sendFile: SendFile = ({ file }, _to, on) => {
    const sent: Sent = { name: file.name, on, stopped: [] };
    sendings.push(sent);
    return (isForgotten) => void sent.stopped.push(isForgotten);
  };
  const done: (string | null)[] = [];
  let keys = 0;
  const manager = new UploadManager({
    endpoint: "/uploads",
    owner: "acme",
    newKey: () => {
      keys += 1;
      return String(keys);
    },
    loadSender: async () => sendFile,
    onSent: (assetId) => void done.push(assetId),
  });
  const files = (...names: string[]) => names.map((name) => ({ file: new File(["12345"], name) }));
  return { manager, sendings, done, files };
}

it("sends each file once, three at a time, the next when one is through", async () => {
  const { manager, sendings, done, files } = withSender();
  manager.add(files("a", "b", "c", "d", "e"));
  await expect.poll(() => sendings.map((one) => one.name)).toEqual(["a", "b", "c"]);
  sendings[1]?.on.sent("asset-b");
  await expect.poll(() => sendings.map((one) => one.name)).toEqual(["a", "b", "c", "d"]);
  sendings[0]?.on.failed({ code: "NETWORK", isRetryable: true, requestId: null, data: {} });
  await expect.poll(() => sendings.map((one) => one.name)).toEqual(["a", "b", "c", "d", "e"]);
  expect(done).toEqual(["asset-b"]);
});

it("lets the server forget a cancelled file, hears no more of it, and sends it anew on request", async () => {
  const { manager, sendings, files } = withSender();
  manager.add(files("a"));
  await expect.poll(() => sendings.length).toBe(1);
  const key = manager.state.uploads[0]?.key ?? "";
  manager.cancel(key);
  expect(sendings[0]?.stopped).toEqual([true]);
  sendings[0]?.on.progress(3);
  expect(manager.state.uploads[0]).toMatchObject({ phase: "cancelled", sentBytes: 0 });
  manager.retry(key);
  await expect.poll(() => sendings.length).toBe(2);
  expect(manager.state.uploads[0]?.phase).toBe("sending");
});

it("does not send what was cancelled while the sender was being fetched", async () => {
  const { manager, sendings, files } = withSender();
  manager.add(files("a", "b"));
  manager.cancel(manager.state.uploads[0]?.key ?? "");
  await expect.poll(() => sendings.map((one) => one.name)).toEqual(["b"]);
});

it("keeps what the server has when the page goes", async () => {
  const { manager, sendings, files } = withSender();
  manager.add(files("a"));
  await expect.poll(() => sendings.length).toBe(1);
  manager[Symbol.dispose]();
  expect(sendings[0]?.stopped).toEqual([false]);
});
