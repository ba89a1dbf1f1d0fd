import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A TCP proxy that misbehaves as told. Counts what the server sent through it. */
export interface FaultProxy extends AsyncDisposable {
  readonly url: string;
  /** Bytes from the server to the client so far. */
  movedBytes: number;
  cuts: number;
  flips: number;
  /** Cuts each connection after so many bytes of answer; undefined: never. */
  cutAfter: (() => number) | undefined;
  /** Flips a bit at this distance into the answer bytes from now on, once; undefined: none. */
  flipAt: number | undefined;
  /** No connection comes through while true; open ones are cut. */
  isDown: boolean;
}

/** Starts a proxy before `127.0.0.1:port`. */
export async function startFaultProxy(port: number): Promise<FaultProxy> {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    if (self.isDown) return void client.destroy();
    const upstream = connect(port, "127.0.0.1");
    let leftBytes = self.cutAfter?.() ?? Number.POSITIVE_INFINITY;
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        open.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on("data", (bytes) => upstream.write(bytes));
    upstream.on("data", (received: Buffer) => {
      const bytes = Buffer.from(received.subarray(0, leftBytes));
      if (self.flipAt !== undefined) {
        if (self.flipAt < bytes.length) {
          bytes[self.flipAt] = (bytes[self.flipAt] ?? 0) ^ 0x10;
          self.flips += 1;
          self.flipAt = undefined;
        } else {
          self.flipAt -= bytes.length;
        }
      }
      self.movedBytes += bytes.length;
      leftBytes -= received.length;
      if (leftBytes <= 0) {
        self.cuts += 1;
        client.end(bytes, () => client.destroy());
        upstream.destroy();
      } else if (!client.write(bytes)) {
        upstream.pause();
        client.once("drain", () => upstream.resume());
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  let isDown = false;
  const self: FaultProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    movedBytes: 0,
    cuts: 0,
    flips: 0,
    cutAfter: undefined,
    flipAt: undefined,
    get isDown() {
      return isDown;
    },
    set isDown(value) {
      isDown = value;
      if (value) for (const socket of open) socket.destroy();
    },
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return self;
}
