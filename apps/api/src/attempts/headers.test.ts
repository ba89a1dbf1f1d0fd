import { afterAll, beforeAll, expect, test } from "vitest";
import { newEmail } from "../testing/browser.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ VITRINE_TRUSTED_PROXIES: "1" });
});
afterAll(() => server[Symbol.asyncDispose]());

/** As a browser asks behind a proxy that speaks https. */
const HTTPS = { "x-forwarded-for": "127.0.0.1", "x-forwarded-proto": "https" };
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}${path}`, { headers: { ...HTTPS, accept: "text/html", ...headers } });

async function signUp(headers: Record<string, string>): Promise<Response> {
  const person = {
    name: "Ann",
    email: newEmail(),
    password: "correct horse battery",
    organizationName: "Shop",
  };
  return fetch(`${server.url}/trpc/account.signUp`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(person),
  });
}

test("cookies are for this host alone, unseen by scripts, encrypted, and hold 256 random bits", async () => {
  const seen = new Set<string>();
  for (let count = 0; count < 5; count += 1) {
    const cookies = (await signUp(HTTPS)).headers.getSetCookie();
    expect(cookies.map((cookie) => cookie.split("=")[0]).sort()).toEqual([
      "__Host-vitrine_device",
      "__Host-vitrine_session",
    ]);
    for (const cookie of cookies) {
      const [pair = "", ...attributes] = cookie.split("; ");
      expect(attributes).toEqual(expect.arrayContaining(["Path=/", "HttpOnly", "SameSite=Lax", "Secure"]));
      expect(cookie).not.toMatch(/domain=/i);
      const secret = pair.slice(pair.indexOf("=") + 1);
      expect(Buffer.from(secret.split(".")[0] ?? "", "base64url")).toHaveLength(32);
      seen.add(secret);
    }
  }
  expect(seen.size).toBe(10);
});

test("a cookie without the prefix is no session where pages are encrypted", async () => {
  const [pair = ""] = ((await signUp(HTTPS)).headers.getSetCookie()[0] ?? "").split("; ");
  const sessionOf = async (cookie: string) => (await get("/trpc/account.session", { cookie })).json();
  expect(await sessionOf(pair)).not.toEqual({ result: { data: null } });
  expect(await sessionOf(pair.replace("__Host-", ""))).toEqual({ result: { data: null } });
});

test("a page says what it may load, that it stands in no frame, and that the next time is encrypted too", async () => {
  for (const path of ["/", "/screens", "/sign-in"]) {
    const { headers } = await get(path);
    const policy = headers.get("content-security-policy") ?? "";
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ])
      expect(policy.split("; ")).toContain(part);
    expect(policy).not.toMatch(/script-src[^;]*(unsafe|\*|data:|https?:)/);
    expect(headers.get("strict-transport-security")).toBe("max-age=31536000; includeSubDomains");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
  }
});

test("what is told to one person is kept by nobody on the way", async () => {
  const [pair = ""] = ((await signUp(HTTPS)).headers.getSetCookie()[0] ?? "").split("; ");
  for (const path of [
    "/trpc/account.session",
    "/trpc/assets.list?input=%7B%7D",
    "/trpc/assets.get?input=%7B%7D",
    "/audit/export?format=csv",
    "/uploads",
    "/device/manifest",
  ]) {
    const response = await get(path, { cookie: pair });
    await response.body?.cancel();
    expect(response.headers.get("cache-control"), path).toContain("no-store");
    expect(response.headers.get("x-content-type-options"), path).toBe("nosniff");
  }
});
