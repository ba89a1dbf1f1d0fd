import { createSocket } from "node:dgram";
import { once } from "node:events";

/** A name server on loopback that knows these TXT records, and of every other name that there is none. */
export type TestDns = AsyncDisposable & {
  /** `address:port`, as `VITRINE_DNS_SERVERS` takes it. */
  address: string;
  /** Values by name; change them at any time. */
  records: Map<string, string[]>;
  /** `broken`: answers that it failed, to everything. */
  mood: "well" | "broken";
};

const TXT = 16;
const NO_SUCH_NAME = 3;
const FAILED = 2;

/** Starts one, by UDP (RFC 1035). */
export async function startTestDns(): Promise<TestDns> {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const dns: TestDns = {
    address: `127.0.0.1:${socket.address().port}`,
    records: new Map(),
    mood: "well",
    [Symbol.asyncDispose]: async () => {
      socket.close();
      await once(socket, "close");
    },
  };
  socket.on("message", (query, from) => {
    const { name, end } = readName(query);
    const values = dns.mood === "well" ? dns.records.get(name.toLowerCase()) : undefined;
    const code = dns.mood === "broken" ? FAILED : values === undefined ? NO_SUCH_NAME : 0;
    socket.send(answer(query.subarray(0, end + 4), values ?? [], code), from.port, from.address);
  });
  return dns;
}

function answer(question: Buffer, values: readonly string[], code: number): Buffer {
  const head = Buffer.from(question);
  head.writeUInt16BE(0x8180 | code, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(values.length, 6);
  head.writeUInt32BE(0, 8);
  return Buffer.concat([head, ...values.map(txtRecord)]);
}

/** A pointer to the question's name, type, class, a second to live, and the text in strings of at most 255 bytes. */
function txtRecord(value: string): Buffer {
  const bytes = Buffer.from(value);
  const strings: Buffer[] = [];
  for (let from = 0; from < bytes.length; from += 255) {
    const part = bytes.subarray(from, from + 255);
    strings.push(Buffer.from([part.length]), part);
  }
  const data = Buffer.concat(strings);
  const fixed = Buffer.alloc(12);
  fixed.writeUInt16BE(0xc00c, 0);
  fixed.writeUInt16BE(TXT, 2);
  fixed.writeUInt16BE(1, 4);
  fixed.writeUInt32BE(1, 6);
  fixed.writeUInt16BE(data.length, 10);
  return Buffer.concat([fixed, data]);
}

/** The name that is asked for, and where it ends. */
function readName(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join("."), end: at + 1 };
}
