import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signUp } from "../testing/browser.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await signUp(server.url, "Ann", "Shop");
});
afterAll(() => server[Symbol.asyncDispose]());

/** What a server answers to lines as they are written: its head, which may be an error of Node's own. */
function ask(lines: readonly string[], port = server.port): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    const parts: Buffer[] = [];
    socket.on("data", (part: Buffer) => parts.push(part));
    socket.on("error", reject);
    socket.on("close", () => resolve(Buffer.concat(parts).toString("latin1").split("\r\n\r\n")[0] ?? ""));
    socket.write(`${lines.join("\r\n")}\r\nConnection: close\r\n\r\n`);
  });
}

const ELSEWHERE = [
  "//evil.example",
  "//evil.example/%2e%2e",
  "///evil.example/",
  "/\\evil.example",
  "/%5cevil.example",
  "/%2f%2fevil.example/",
  "/%2fevil.example/..",
  "/.//evil.example",
  "/;@evil.example",
  "/http://evil.example",
  "/sign-in?next=//evil.example",
  "/sign-in?next=https://evil.example",
  "/sign-in?next=/%09/evil.example",
  "/stage//evil.example/..",
  "/assets//evil.example/..",
  "/stage/..//evil.example",
  "/uploads//evil.example",
  "/c//evil.example",
  "http://evil.example/",
];

test.each(ELSEWHERE)("no answer to %s leads elsewhere", async (path) => {
  for (const port of [server.port, server.contentPort]) {
    const head = await ask([`GET ${path} HTTP/1.1`, "Host: localhost", "Accept: text/html"], port);
    expect(head).toMatch(/^HTTP\/1\.1 (200|400|404)/);
    expect(head).not.toMatch(/^(location|refresh):/im);
    expect(head).not.toContain("evil.example");
  }
});

const UP = [
  "/../../../../etc/passwd",
  "/..%2f..%2f..%2fetc%2fpasswd",
  "/%2e%2e/%2e%2e/etc/passwd",
  "/%252e%252e/etc/passwd",
  "/..%5c..%5cetc%5cpasswd",
  "/assets/../../../../package.json",
  "/assets/..%2f..%2f..%2f..%2fpackage.json",
  "/stage/../../../../package.json",
  "/stage/..%2f..%2f..%2fpackage.json",
  "/index.html%00.png",
  "/.env",
  "/.git/config",
  "/data/secrets.json",
];
test.each(UP)("%s leads out of no folder", async (path) => {
  for (const port of [server.port, server.contentPort]) {
    const head = await ask([`GET ${path} HTTP/1.1`, "Host: localhost"], port);
    expect(head).toMatch(/^HTTP\/1\.1 (400|404)/);
  }
});

const HOSTS = [
  "evil.example",
  "localhost; script-src *",
  "localhost'; script-src 'unsafe-inline",
  "localhost script-src *",
  'localhost"><script>',
  "localhost\tx",
  "localhost, evil.example",
  "localhost/path",
  "localhost#x",
  "user@localhost",
  "localhost:80:80",
  "localhost:port",
  "[::1",
  "",
  "a".repeat(3000),
  "\u00e4",
  "%0d%0aX-Evil: 1",
];
test.each(HOSTS)("a server called %j says nothing that it was not built to say", async (host) => {
  for (const path of ["/", "/trpc/account.session", "/device/manifest", "/healthz"]) {
    const head = await ask([`GET ${path} HTTP/1.1`, `Host: ${host}`, "Accept: text/html"]);
    expect(head).toMatch(/^HTTP\/1\.1 (200|400|401|404)/);
    expect(head).not.toMatch(/script-src \*|'unsafe-inline'; img|<script>|^x-evil/im);
    const scripts = [...head.matchAll(/script-src[^;\r]*/g)].map(([one]) => one);
    expect(scripts.filter((one) => one !== "script-src 'self'")).toEqual([]);
  }
});

test("two names, or two lengths, are refused, and so is a body of two kinds of length", async () => {
  const twice = await ask(["GET / HTTP/1.1", "Host: localhost", "Host: evil.example"]);
  expect(twice).toMatch(/^HTTP\/1\.1 400/);
  const lengths = ["Content-Length: 2", "Content-Length: 3", "Content-Type: application/json", "", "{}"];
  expect(await ask(["POST /trpc/account.signOut HTTP/1.1", "Host: localhost", ...lengths])).toMatch(/ 400 /);
  const both = [
    "Content-Length: 2",
    "Transfer-Encoding: chunked",
    "Content-Type: application/json",
    "",
    "0",
    "",
  ];
  expect(await ask(["POST /trpc/account.signOut HTTP/1.1", "Host: localhost", ...both])).toMatch(/ 400 /);
});

test("what a client says of proxies is not believed", async () => {
  const forwarded = [
    "X-Forwarded-For: 203.0.113.9",
    "X-Forwarded-Proto: https",
    "X-Forwarded-Host: evil.example",
    "Forwarded: for=203.0.113.9;proto=https;host=evil.example",
    "X-Real-IP: 203.0.113.9",
  ];
  const head = await ask(["GET / HTTP/1.1", "Host: localhost", "Accept: text/html", ...forwarded]);
  expect(head).not.toMatch(/evil\.example|strict-transport-security/i);
});
