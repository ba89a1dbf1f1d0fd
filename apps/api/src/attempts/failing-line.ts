import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** How a statement fails: the server refuses it, as one that took too long, or the connection ends before it is sent. */
export type Failure = "refused" | "lost";

/** Hears of each statement before it is sent, and says how it is to fail, if it is. */
export type Listener = (statement: string) => Promise<Failure | undefined>;

/** A line to the database on which any statement can be made to fail, by the real server. */
export type FailingLine = AsyncDisposable & {
  /** The same database, by way of this line. */
  through(url: string): string;
  /** Has `listener` hear of what is sent from now on; without one all goes through. */
  listen(listener?: Listener): void;
};

/** Starts one to where the database of this address is. */
export async function startFailingLine(url: string): Promise<FailingLine> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  const listening: { listener: Listener | undefined } = { listener: undefined };
  const server = createServer((client) => {
    const database = connect({ host: hostname, port: Number(port), noDelay: true });
    client.setNoDelay(true);
    for (const [one, other] of [
      [client, database],
      [database, client],
    ] as const) {
      sockets.add(one);
      one.on("error", () => {});
      one.once("close", () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    carry(client, database, async (statement) => listening.listener?.(statement));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The line has no port");
  return {
    through(other) {
      const changed = new URL(other);
      changed.hostname = "127.0.0.1";
      changed.port = String(address.port);
      return changed.toString();
    },
    listen(listener) {
      listening.listener = listener;
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

const RAISE = "do $$ begin raise exception 'made to fail' using errcode = '57014'; end $$";
/** What undoes things is no step of a command, and nothing is left to fail where it does. */
const ROLLBACK = "ROLLBACK";

/**
 * Carries the messages of one connection (PostgreSQL's protocol 3.0). What goes to the database goes one statement after
 * the other, each when the one before it has been answered, so that whoever is heard knows what came of all before.
 */
function carry(client: Socket, database: Socket, ask: Listener): void {
  let isReady: () => void = () => {};
  const answers = makeSplitter(0);
  database.on("data", (bytes: Buffer) => {
    client.write(bytes);
    for (const message of answers(bytes)) if (typeOf(message) === "Z") isReady();
  });

  const texts = new Map<string, string>();
  let isFailing = false;
  const send = async (message: Buffer) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    isReady = resolve;
    database.once("close", resolve);
    database.write(message);
    await promise;
    database.off("close", resolve);
  };
  const isRefused = async (statement: string): Promise<boolean> => {
    const failure = statement === ROLLBACK ? undefined : await ask(statement);
    // What is written to a socket that is destroyed goes nowhere.
    if (failure === "lost") for (const socket of [client, database]) socket.destroy();
    return failure === "refused";
  };

  const pass = async (message: Buffer) => {
    switch (typeOf(message)) {
      case "Q": {
        const [statement = ""] = textsOf(message, 1);
        // A COMMIT that fails has undone everything and ended the transaction.
        const failing = statement === "COMMIT" ? `${ROLLBACK};${RAISE}` : RAISE;
        return send((await isRefused(statement)) ? query(failing) : message);
      }
      case "P": {
        const [name = "", statement = ""] = textsOf(message, 2);
        texts.set(name, statement);
        database.write(message);
        return;
      }
      case "B": {
        const [, name = ""] = textsOf(message, 2);
        isFailing = await isRefused(texts.get(name) ?? "");
        database.write(isFailing ? EXECUTE_RAISE : message);
        return;
      }
      case "E":
        if (!isFailing) database.write(message);
        return;
      case "S":
        isFailing = false;
        return send(message);
      default:
        database.write(message);
    }
  };
  // The first message says who connects, and is the only one without a type.
  const questions = makeSplitter(1);
  let passed = Promise.resolve();
  client.on("data", (bytes: Buffer) => {
    for (const message of questions(bytes)) passed = passed.then(() => pass(message));
    passed.catch(() => client.destroy());
  });
}

/** Puts bytes together to whole messages, of which the first `untyped` have no letter before their length. */
function makeSplitter(untyped: number): (bytes: Buffer) => Buffer[] {
  let rest: Buffer = Buffer.alloc(0);
  let left = untyped;
  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    const messages: Buffer[] = [];
    for (;;) {
      const head = left > 0 ? 0 : 1;
      if (rest.length < head + 4) return messages;
      const end = head + rest.readUInt32BE(head);
      if (rest.length < end) return messages;
      messages.push(rest.subarray(0, end));
      rest = rest.subarray(end);
      if (left > 0) left -= 1;
    }
  };
}

function typeOf(message: Buffer): string {
  return String.fromCharCode(message[0] ?? 0);
}

/** The texts that a message begins with, each of which ends with a zero. */
function textsOf(message: Buffer, count: number): string[] {
  return message.toString("utf8", 5).split("\0").slice(0, count);
}

function makeMessage(type: string, ...parts: (string | number[])[]): Buffer {
  const body = Buffer.concat(
    parts.map((part) => (typeof part === "string" ? Buffer.from(`${part}\0`) : Buffer.from(part))),
  );
  const head = Buffer.alloc(5, type);
  head.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

function query(text: string): Buffer {
  return makeMessage("Q", text);
}

/** Parse, Bind and Execute of a statement without parameters and results, in the place of another's Bind and Execute. */
const EXECUTE_RAISE = Buffer.concat([
  makeMessage("P", "", RAISE, [0, 0]),
  makeMessage("B", "", "", [0, 0, 0, 0, 0, 0]),
  makeMessage("E", "", [0, 0, 0, 0]),
]);
