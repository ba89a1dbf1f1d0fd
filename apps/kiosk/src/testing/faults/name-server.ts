import { createSocket } from "node:dgram";
import { decode, encode } from "dns-packet";

const LIFE_SECONDS = 1;

/** A resolver at `address`, port 53, that knows one name, as `address`; of all others it says that there are none. */
export async function startNameServer(address: string, hostName: string): Promise<AsyncDisposable> {
  const socket = createSocket("udp4");
  socket.on("message", (bytes, sender) => {
    const { id, questions = [] } = decode(bytes);
    const isKnown = questions.some(({ name }) => name === hostName);
    const answers = questions.flatMap(({ name, type }) =>
      name === hostName && type === "A" ? [{ name, type, ttl: LIFE_SECONDS, data: address } as const] : [],
    );
    const flags = isKnown ? 0 : NO_SUCH_NAME;
    socket.send(encode({ type: "response", id, flags, questions, answers }), sender.port, sender.address);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("error", reject);
    socket.bind(53, address, resolve);
  });
  return { [Symbol.asyncDispose]: () => new Promise<void>((resolve) => socket.close(() => resolve())) };
}

const NO_SUCH_NAME = 3;
