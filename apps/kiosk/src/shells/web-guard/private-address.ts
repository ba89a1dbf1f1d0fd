import { BlockList, isIP, isIPv4 } from "node:net";

/**
 * Whether an address or a name is of a private network, or of this machine: nothing that the internet answers.
 * IPv6 that carries an IPv4 address (mapped, NAT64, 6to4) is judged by what it carries.
 */
export function isPrivateAddress(address: string): boolean {
  const plain = withoutZone(address);
  const family = familyOf(plain);
  if (family === undefined) return true;
  const carried = family === "ipv6" ? carriedIPv4(plain) : undefined;
  if (carried !== undefined) return PRIVATE.ipv4.check(carried, "ipv4");
  return PRIVATE[family].check(plain, family);
}

/** Whether a name can only mean something near: `localhost`, `printer`, `menu.local`, `nas.lan`. */
export function isPrivateName(name: string): boolean {
  const labels = name.toLowerCase().replace(/\.$/, "").split(".");
  return labels.length === 1 || PRIVATE_TOPS.has(labels.at(-1) ?? "") || name.endsWith("home.arpa");
}

/** What web content may reach of the private network. */
export interface Allowance {
  allowsName(name: string): boolean;
  allowsAddress(address: string): boolean;
}

/**
 * An allowance of these names (themselves, not what is below them), addresses, and ranges such as
 * `192.168.4.0/24`. What is none of these allows nothing.
 */
export function createAllowance(hosts: readonly string[]): Allowance {
  const names = new Set<string>();
  const addresses = { ipv4: new BlockList(), ipv6: new BlockList() };
  for (const host of hosts) {
    const [base = "", bits] = host.toLowerCase().split("/");
    const family = familyOf(base);
    if (family === undefined) {
      if (bits === undefined) names.add(base);
    } else if (bits === undefined) {
      addresses[family].addAddress(base, family);
    } else if (/^\d+$/.test(bits) && Number(bits) <= (family === "ipv4" ? 32 : 128)) {
      addresses[family].addSubnet(base, Number(bits), family);
    }
  }
  return {
    allowsName: (name) => names.has(name.toLowerCase().replace(/\.$/, "")),
    allowsAddress(address) {
      const plain = withoutZone(address);
      const family = familyOf(plain);
      if (family === undefined) return false;
      const carried = family === "ipv6" ? carriedIPv4(plain) : undefined;
      return (
        addresses[family].check(plain, family) ||
        (carried !== undefined && addresses.ipv4.check(carried, "ipv4"))
      );
    },
  };
}

/** IANA's special-purpose registries (RFC 6890 and after), less what is carried IPv4. */
// Two lists, since a rule of IPv6 also meets IPv4 addresses, as if they were mapped.
const PRIVATE = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [base, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const) {
  PRIVATE.ipv4.addSubnet(base, bits, "ipv4");
}
// Of IPv6 only 2000::/3 is in the internet; of that, these are not.
for (const [base, bits] of [
  ["::", 3],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["3fff::", 20],
  ["4000::", 2],
  ["8000::", 1],
] as const) {
  PRIVATE.ipv6.addSubnet(base, bits, "ipv6");
}

const PRIVATE_TOPS = new Set(
  "localhost local localdomain internal intranet lan home corp private test onion".split(" "),
);

function familyOf(address: string): "ipv4" | "ipv6" | undefined {
  const version = isIP(address);
  return version === 4 ? "ipv4" : version === 6 ? "ipv6" : undefined;
}

const withoutZone = (address: string) => address.replace(/%.*$/, "");

/** The IPv4 address in `::ffff:a.b.c.d`, `::ffff:0:a.b.c.d`, `64:ff9b::a.b.c.d` and `2002:…::`. */
function carriedIPv4(address: string): string | undefined {
  const words = wordsOf(address);
  const start = words.slice(0, 6).join(":");
  const last = toIPv4(words[6], words[7]);
  if (start === "0:0:0:0:0:65535" || start === "0:0:0:0:65535:0" || start === "100:65435:0:0:0:0")
    return last;
  if (words[0] === 0x2002) return toIPv4(words[1], words[2]);
  return undefined;
}

function toIPv4(high = 0, low = 0): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

/** The eight words of a valid IPv6 address. */
function wordsOf(address: string): number[] {
  const [head = "", tail] = address.split("::");
  const first = partWords(head);
  if (tail === undefined) return first;
  const last = partWords(tail);
  return [...first, ...Array<number>(8 - first.length - last.length).fill(0), ...last];
}

function partWords(part: string): number[] {
  if (part === "") return [];
  return part.split(":").flatMap((word) => {
    if (!isIPv4(word)) return [Number.parseInt(word, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = word.split(".").map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}
