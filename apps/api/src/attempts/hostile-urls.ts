/** An address by which somebody would have a server or a screen call something that it should not. */
export type HostileUrl = { trick: string; url: string };

/** More than 300 of them, towards `port` of this machine where they can name one. */
export function hostileUrls(port: number): HostileUrl[] {
  const hosts = [...loopbackHosts(), ...privateHosts()];
  const plain = hosts.map(({ trick, host }) => ({ trick, url: `http://${host}:${port}/` }));
  const secure = loopbackHosts().map(({ trick, host }) => ({
    trick: `${trick}, https`,
    url: `https://${host}:${port}/`,
  }));
  const schemes = SCHEMES.flatMap((scheme) => [
    { trick: `scheme ${scheme}`, url: `${scheme}://127.0.0.1:${port}/` },
    { trick: `scheme ${scheme} without a host`, url: `${scheme}:/etc/passwd` },
  ]);
  const disguised = DISGUISES.map(([trick, make]) => ({ trick, url: make(`127.0.0.1:${port}`) }));
  const playlists = loopbackHosts().map(({ trick, host }) => ({
    trick: `${trick}, a playlist`,
    url: `http://${host}:${port}/live.m3u8`,
  }));
  const all = [...plain, ...secure, ...schemes, ...disguised, ...playlists];
  return [...new Map(all.map((one) => [one.url, one])).values()];
}

type Host = { trick: string; host: string };

/** Every way to write 127.0.0.1 and its like that some reader takes. */
function loopbackHosts(): Host[] {
  const quads = ["127.0.0.1", "127.0.0.2", "127.1.2.3", "127.255.255.254", "0.0.0.0"];
  const written = quads.flatMap((quad) =>
    SPELLINGS.map(([trick, spell]) => ({ trick: `${quad} ${trick}`, host: spell(quad) })),
  );
  const names = [
    "localhost",
    "LOCALHOST",
    "localhost.",
    "app.localhost",
    "localhost.localdomain",
    "ip6-localhost",
  ];
  const fixed = [
    "127.1",
    "127.0.1",
    "0",
    "017700000001",
    "0x7f.1",
    "127.000.000.001",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::]",
    "[::1%25lo]",
  ];
  return [...written, ...[...names, ...fixed].map((host) => ({ trick: host, host }))];
}

const SPELLINGS: [string, (quad: string) => string][] = [
  ["as it is", (quad) => quad],
  ["as one number", (quad) => String(numberOf(quad))],
  ["as one number, hexadecimal", (quad) => `0x${numberOf(quad).toString(16)}`],
  ["as one number, octal", (quad) => `0${numberOf(quad).toString(8)}`],
  [
    "in hexadecimal parts",
    (quad) =>
      partsOf(quad)
        .map((part) => `0x${part.toString(16)}`)
        .join("."),
  ],
  [
    "in octal parts",
    (quad) =>
      partsOf(quad)
        .map((part) => `0${part.toString(8)}`)
        .join("."),
  ],
  [
    "in parts of many zeros",
    (quad) =>
      partsOf(quad)
        .map((part) => `0000000${part.toString(8)}`)
        .join("."),
  ],
  [
    "in mixed parts",
    (quad) =>
      partsOf(quad)
        .map((part, at) => (at % 2 ? part : `0x${part.toString(16)}`))
        .join("."),
  ],
  ["with a dot behind", (quad) => `${quad}.`],
  ["in wide digits", (quad) => quad.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))],
  ["with wide dots", (quad) => quad.replaceAll(".", "\u3002")],
  [
    "in encircled digits",
    (quad) => quad.replace(/[1-9]/g, (digit) => String.fromCharCode(0x245f + Number(digit))),
  ],
  ["percent-encoded", (quad) => [...quad].map((one) => `%${one.charCodeAt(0).toString(16)}`).join("")],
  ["mapped", (quad) => `[::ffff:${quad}]`],
  ["mapped, hexadecimal", (quad) => `[::ffff:${hexWords(quad)}]`],
  ["compatible", (quad) => `[::${quad}]`],
  ["translated", (quad) => `[::ffff:0:${quad}]`],
  ["NAT64", (quad) => `[64:ff9b::${quad}]`],
  ["6to4", (quad) => `[2002:${hexWords(quad)}::]`],
  ["by a name that spells it", (quad) => `${quad}.nip.io`],
];

function privateHosts(): Host[] {
  const hosts = [
    "10.0.0.1",
    "10.255.255.254",
    "172.16.0.1",
    "172.31.255.254",
    "192.168.0.1",
    "192.168.1.254",
    "100.64.0.1",
    "169.254.169.254",
    "169.254.170.2",
    "0xa9fea9fe",
    "2852039166",
    "0251.0376.0251.0376",
    "[::ffff:169.254.169.254]",
    "[fd00:ec2::254]",
    "[fe80::1]",
    "[fc00::1]",
    "[ff02::1]",
    "224.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "198.18.0.1",
    "metadata.google.internal",
    "metadata",
    "instance-data",
    "printer.local",
    "router.lan",
    "db.internal",
    "nas.home.arpa",
    "intranet",
    "kubernetes.default.svc",
  ];
  return hosts.map((host) => ({ trick: host, host }));
}

const SCHEMES = [
  ...[
    "file",
    "ftp",
    "gopher",
    "dict",
    "ldap",
    "tftp",
    "jar",
    "netdoc",
    "ssh",
    "smb",
    "unix",
    "data",
    "javascript",
  ],
  ...[
    "vbscript",
    "blob",
    "about",
    "chrome",
    "view-source",
    "ws",
    "wss",
    "rtsp",
    "rtmp",
    "udp",
    "concat",
    "subfile",
  ],
];

const DISGUISES: [string, (target: string) => string][] = [
  ["user and password", (target) => `http://user:secret@${target}/`],
  ["another host as the user", (target) => `http://example.com@${target}/`],
  ["another host as the user, encoded", (target) => `http://example.com%40${target}/`],
  ["another host and port as the user", (target) => `http://example.com:80@${target}/`],
  ["behind a number sign", (target) => `http://${target}#@example.com/`],
  ["behind a question mark", (target) => `http://${target}?@example.com/`],
  ["behind a backslash", (target) => `http://${target}\\@example.com/`],
  ["backslashes", (target) => `http:\\\\${target}\\`],
  ["no slashes", (target) => `http:${target}/`],
  ["one slash", (target) => `http:/${target}/`],
  ["four slashes", (target) => `http:////${target}/`],
  ["no scheme", (target) => `//${target}/`],
  ["in capitals", (target) => `HTTP://${target}/`],
  ["white space before", (target) => ` \t\r\nhttp://${target}/`],
  ["white space within", (target) => `ht\ntp://${target}/`],
  ["white space in the host", (target) => `http://127.0.\n0.1:${target.split(":")[1]}/`],
  ["a second line", (target) => `http://example.com/\r\nHost: ${target}\r\n\r\n`],
  ["a redirect", (target) => `http://${target}/redirect?to=http://169.254.169.254/`],
  ["a zero byte", (target) => `http://example.com\u0000@${target}/`],
  ["a soft hyphen", (target) => `http://127.0.0\u00ad.1:${target.split(":")[1]}/`],
  ["a port beyond all", () => "http://127.0.0.1:99999/"],
  ["a port of nothing", () => "http://127.0.0.1:0/"],
  ["a port of ours", () => "http://127.0.0.1:5432/"],
  ["one too long", (target) => `http://${target}/${"a".repeat(3000)}`],
];

function partsOf(quad: string): number[] {
  return quad.split(".").map(Number);
}

function numberOf(quad: string): number {
  return partsOf(quad).reduce((sum, part) => sum * 256 + part, 0);
}

function hexWords(quad: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = partsOf(quad);
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}
