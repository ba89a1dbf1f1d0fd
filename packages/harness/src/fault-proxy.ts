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
  /** How long each piece of either direction is held back, in order; undefined: not at all. */
  holdMs: (() => number) | undefined;
  /** No connection comes through while true; open ones are cut. */
  isDown: boolean;
}

/** Starts a proxy before `127.0.0.1:port`, itself on a free port of `host`. */
export async function startFaultProxy(port: number, host = "127.0.0.1"): Promise<FaultProxy> {
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
    const holdUpward = createHold(() => self.holdMs?.() ?? 0);
    const holdDownward = createHold(() => self.holdMs?.() ?? 0);
    client.on("data", (bytes) => holdUpward(() => upstream.write(bytes)));
    upstream.on("data", (received: Buffer) => holdDownward(() => answer(received)));
    const answer = (received: Buffer) => {
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
    };
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  let isDown = false;
  const self: FaultProxy = {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    movedBytes: 0,
    cuts: 0,
    flips: 0,
    cutAfter: undefined,
    flipAt: undefined,
    holdMs: undefined,
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

/** Runs one piece of work after the other, each after the delay that `delayMs` gives then; at once where it is 0. */
function createHold(delayMs: () => number): (work: () => void) => void {
  const waiting: (() => void)[] = [];
  let isHeld = false;
  const next = () => {
    for (let work = waiting[0]; work; work = waiting[0]) {
      const heldMs = isHeld ? 0 : delayMs();
      isHeld = heldMs > 0;
      if (isHeld) return void setTimeout(next, heldMs);
      waiting.shift();
      work();
    }
  };
  return (work) => {
    waiting.push(work);
    if (waiting.length === 1) next();
  };
}
