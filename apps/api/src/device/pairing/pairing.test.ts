import { PAIRING_ALPHABET, PAIRING_CODE_LENGTH } from "@vitrine/core/model/device";
import { DEVICE_PATHS } from "@vitrine/core/model/device-protocol";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { forgetExpired } from "../../system/expired-housekeeping.ts";
import { callProcedure, text } from "../../testing/alike-world.ts";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";
import { makePerson as signUp, type TestPerson } from "../testing/test-person.ts";
import {
  CallFailed,
  callDevice,
  claim,
  HARDWARE,
  makeKeys,
  openSession,
  pairScreen,
  pollPairing,
  startPairing,
} from "../testing/test-screen.ts";

let server: TestServer;
let database: postgres.Sql;
let url: string;
let world: TestPerson & { playlistId: string };
beforeAll(async () => {
  server = await startTestServer();
  url = server.url;
  database = postgres(server.testDatabase.superuserUrl, { max: 2, onnotice: () => {} });
  world = await makePerson();
});
afterAll(async () => {
  await database.end();
  await server[Symbol.asyncDispose]();
});

const refuse = (keys: ReturnType<typeof makeKeys>, deviceCode: string) =>
  callDevice(url, "pairing.refuse", { deviceCode, signature: keys.sign(`vitrine-pair:${deviceCode}`) });
const find = (code: string, cookie = world.cookie) =>
  callProcedure(url, "devices.findPairing", { type: "query", input: { code }, cookie });
const codeIn = (body: unknown) => text(body, "error.data.app.code");
const makePerson = async () => {
  const person = await signUp(server);
  return { ...person, playlistId: await person.makePlaylist() };
};

describe("a pairing", () => {
  test("goes from a code on the glass to a screen with a session", async () => {
    const keys = makeKeys();
    const pairing = await startPairing(url, keys);
    expect(pairing.userCode).toMatch(new RegExp(`^[${PAIRING_ALPHABET}]{${PAIRING_CODE_LENGTH}}$`));
    expect(pairing.claimUrl).toBe(`${url}/pair?code=${pairing.userCode}`);
    expect(Buffer.from(pairing.deviceCode, "base64url")).toHaveLength(32);
    expect(await pollPairing(url, keys, pairing.deviceCode)).toEqual({ kind: "waiting" });

    const shown = await find(
      ` ${pairing.userCode.slice(0, 4).toLowerCase()}-${pairing.userCode.slice(4, 8)} ${pairing.userCode.slice(8)}`,
    );
    expect(shown.body).toMatchObject({
      result: { data: { hardware: HARDWARE, remoteAddress: "127.0.0.1", expiresAt: pairing.expiresAt } },
    });
    const device = await claim(url, world.cookie, {
      code: pairing.userCode,
      name: "Entrance",
      playlistId: world.playlistId,
    });
    expect(device).toMatchObject({
      name: "Entrance",
      status: "never",
      offlineReason: "never_connected",
      playlist: { id: world.playlistId },
      timeZone: "UTC",
      hardware: HARDWARE,
      isUpToDate: false,
    });
    const outcome = await pollPairing(url, keys, pairing.deviceCode);
    if (outcome.kind !== "claimed") throw new Error(outcome.kind);
    expect(outcome).toMatchObject({
      organizationName: "Alike",
      deviceId: device.id,
      organizationId: world.organizationId,
    });
    const { token } = await openSession(url, keys, outcome);
    expect(token).toMatch(/^v2\./);

    const audits = await database`select action, before, after from tenant.audit_events
      where subject_id = ${device.id} order by created_at`;
    expect(audits.map(({ action }) => action)).toEqual(["devices.claim"]);
  });

  test("leaves neither code in the database", async () => {
    const keys = makeKeys();
    const pairing = await startPairing(url, keys);
    const [row] =
      await database`select r::text as all from system.pairing_requests r where public_key = ${keys.publicKey}`;
    expect(row?.all).toContain(keys.publicKey);
    expect(row?.all).not.toContain(pairing.userCode);
    expect(row?.all).not.toContain(pairing.deviceCode);
  });

  test("gives a screen a name that no other has", async () => {
    const person = await makePerson();
    const names = await Promise.all(
      [1, 2, 3].map(async () => (await pairScreen(url, person.cookie, { name: "Hall" })).device.name),
    );
    expect(names.sort()).toEqual(["Hall", "Hall (2)", "Hall (3)"]);
  });

  test("can be claimed once: of many at a time, of any organizations, one has it", async () => {
    const people = [await makePerson(), await makePerson(), await makePerson()];
    const keys = makeKeys();
    const { userCode, deviceCode } = await startPairing(url, keys);
    const answers = await Promise.allSettled(
      people.map(({ cookie }) => claim(url, cookie, { code: userCode, name: "Mine" })),
    );
    const won = answers.flatMap((answer, place) => (answer.status === "fulfilled" ? [place] : []));
    expect(won).toHaveLength(1);
    for (const answer of answers) {
      if (answer.status === "rejected") expect(answer.reason).toMatchObject({ code: "PAIRING_CODE_UNKNOWN" });
    }
    const outcome = await pollPairing(url, keys, deviceCode);
    expect(outcome).toMatchObject({ kind: "claimed", organizationId: people[won[0] ?? -1]?.organizationId });
    const [{ count } = { count: -1 }] = await database`select count(*)::int from tenant.device_credentials
      where public_key = ${keys.publicKey}`;
    expect(count).toBe(1);
  });

  test("with a playlist that is another's fails, and the code stays good", async () => {
    const stranger = await makePerson();
    const { userCode } = await startPairing(url, makeKeys());
    await expect(
      claim(url, world.cookie, { code: userCode, name: "Hall", playlistId: stranger.playlistId }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await find(userCode)).status).toBe(200);
  });

  test("tells unknown, used and expired codes apart by nothing", async () => {
    const person = await makePerson();
    const used = await startPairing(url, makeKeys());
    await claim(url, world.cookie, { code: used.userCode, name: "Used" });
    const keys = makeKeys();
    const expired = await startPairing(url, keys);
    await database`update system.pairing_requests set expires_at = now() - interval '1 second'
      where public_key = ${keys.publicKey}`;
    const answers = [await find("BBBBBBBBBBBB", person.cookie), await find(used.userCode, person.cookie)];
    answers.push(await find(expired.userCode, person.cookie));
    const plain = answers.map(({ status, body }) => {
      return JSON.stringify({ status, body }).replaceAll(/"requestId":"[^"]*"/g, "");
    });
    expect(new Set(plain).size).toBe(1);
    expect(codeIn(answers[0]?.body)).toBe("PAIRING_CODE_UNKNOWN");
    expect(await pollPairing(url, keys, expired.deviceCode)).toEqual({ kind: "expired" });
    await expect(claim(url, person.cookie, { code: expired.userCode, name: "Late" })).rejects.toMatchObject({
      code: "PAIRING_CODE_UNKNOWN",
    });
  });

  test("is forgotten a day after its end", async () => {
    const old = makeKeys();
    const recent = makeKeys();
    await startPairing(url, old);
    await startPairing(url, recent);
    await database`update system.pairing_requests set expires_at = now() - interval '25 hours'
      where public_key = ${old.publicKey}`;
    await forgetExpired(server.services);
    const rows = await database`select public_key from system.pairing_requests
      where public_key in (${old.publicKey}, ${recent.publicKey})`;
    expect(rows.map(({ public_key }) => public_key)).toEqual([recent.publicKey]);
  });

  test("is the device's own: polling takes its code and its key", async () => {
    const keys = makeKeys();
    const { deviceCode } = await startPairing(url, keys);
    await expect(pollPairing(url, makeKeys(), deviceCode)).rejects.toMatchObject({
      code: "DEVICE_SIGNATURE_WRONG",
    });
    expect(await pollPairing(url, keys, "nothing-known")).toEqual({ kind: "expired" });
  });

  test("wants a permission to be claimed", async () => {
    const { userCode } = await startPairing(url, makeKeys());
    const answer = await callProcedure(url, "devices.claim", {
      type: "mutation",
      input: { code: userCode, name: "No" },
    });
    expect(codeIn(answer.body)).toBe("NOT_SIGNED_IN");
  });

  test("keeps what a screen says of itself as clean text", async () => {
    const keys = makeKeys();
    const model = `<script>alert(1)</script>\u0000\u202Egnp.exe \uD800`;
    const { userCode } = await startPairing(url, keys, { ...HARDWARE, model });
    const answer = await find(userCode);
    expect(text(answer.body, "result.data.hardware.model")).toBe("<script>alert(1)</script> gnp.exe \uFFFD");
  });
});

describe("a refusal on the glass", () => {
  test("takes the screen back, tells and audits it", async () => {
    const person = await makePerson();
    const screen = await pairScreen(url, person.cookie);
    const hints = await screen.live();
    expect(await refuse(screen.keys, screen.pairing.deviceCode)).toEqual({});
    await hints.ended;
    expect(hints.hints.at(-1)).toEqual({ kind: "revoked" });
    expect(await pollPairing(url, screen.keys, screen.pairing.deviceCode)).toEqual({ kind: "expired" });
    await expect(screen.beat()).rejects.toMatchObject({ code: "DEVICE_REVOKED" });
    await expect(openSession(url, screen.keys, screen)).rejects.toMatchObject({ code: "DEVICE_REVOKED" });
    const answer = await callProcedure(url, "devices.get", {
      type: "query",
      input: { id: screen.deviceId },
      cookie: person.cookie,
    });
    expect(answer.body).toMatchObject({ result: { data: { status: "revoked", isActive: false } } });
    const [audit] = await database`select actor_kind, action from tenant.audit_events
      where subject_id = ${screen.deviceId} and actor_kind = 'device'`;
    expect(audit?.action).toMatch(/refused?$/);
  });

  test("is too late after 30 s", async () => {
    const screen = await pairScreen(url, world.cookie);
    await database`update system.pairing_requests set veto_until = now() - interval '1 second'
      where public_key = ${screen.keys.publicKey}`;
    await expect(refuse(screen.keys, screen.pairing.deviceCode)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await screen.beat()).toMatchObject({ commands: [] });
  });

  test("takes the key of the screen", async () => {
    const screen = await pairScreen(url, world.cookie);
    await expect(refuse(makeKeys(), screen.pairing.deviceCode)).rejects.toMatchObject({
      code: "DEVICE_SIGNATURE_WRONG",
    });
  });
});

describe("guessing", () => {
  test("locks an account after five wrong codes, whatever it then enters, also many at once", async () => {
    await using guessed = await startTestServer();
    const person = await signUp(guessed);
    const tryCode = (code: string) =>
      callProcedure(guessed.url, "devices.findPairing", {
        type: "query",
        input: { code },
        cookie: person.cookie,
      });
    const answers = await Promise.all(Array.from({ length: 25 }, () => tryCode("CCCCCCCCCCCC")));
    const codes = answers.map(({ body }) => codeIn(body)).sort();
    expect(codes).toEqual([
      ...Array.from({ length: 5 }, () => "PAIRING_CODE_UNKNOWN"),
      ...Array.from({ length: 20 }, () => "PAIRING_LOCKED"),
    ]);
    const right = await startPairing(guessed.url, makeKeys());
    const locked = await tryCode(right.userCode);
    expect(locked.status).toBe(429);
    expect(locked.body).toMatchObject({
      error: { data: { app: { code: "PAIRING_LOCKED", data: { retryAfterSeconds: expect.any(Number) } } } },
    });
    await expect(
      claim(guessed.url, person.cookie, { code: right.userCode, name: "No" }),
    ).rejects.toMatchObject({
      code: "PAIRING_LOCKED",
    });

    const neighbour = await signUp(guessed);
    const device = await claim(guessed.url, neighbour.cookie, { code: right.userCode, name: "Yes" });
    expect(device.name).toBe("Yes");
  });

  test("asking for codes is limited by address, and polling by code", async () => {
    await using limited = await startTestServer();
    const keys = makeKeys();
    const { deviceCode } = await startPairing(limited.url, keys);
    const polls = await Promise.allSettled(
      Array.from({ length: 61 }, () => pollPairing(limited.url, keys, deviceCode)),
    );
    const refused = polls.filter(({ status }) => status === "rejected");
    expect(refused).toMatchObject([{ reason: { code: "TOO_MANY_REQUESTS" } }]);
    for (let one = 1; one < 120; one++) await startPairing(limited.url, keys);
    await expect(startPairing(limited.url, keys)).rejects.toMatchObject({
      status: 429,
      code: "TOO_MANY_REQUESTS",
      data: { retryAfterSeconds: expect.any(Number) },
    });
  });

  test("right codes cost nothing", async () => {
    const person = await makePerson();
    for (let one = 0; one < 8; one++) {
      const { userCode } = await startPairing(url, makeKeys());
      expect((await find(userCode, person.cookie)).status).toBe(200);
    }
  });
});

describe("the two routers", () => {
  test("know nothing of each other's credentials", async () => {
    const screen = await pairScreen(url, world.cookie);
    const asPerson = await fetch(`${url}/trpc/devices.list`, {
      headers: { authorization: `Bearer ${screen.token}` },
    });
    expect(asPerson.status).toBe(401);
    const asScreen = await fetch(`${url}${DEVICE_PATHS.trpc}/plays.report`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie: world.cookie },
      body: JSON.stringify({ plays: [] }),
    });
    expect(asScreen.status).toBe(401);
    expect(
      (await fetch(`${url}${DEVICE_PATHS.manifest}`, { headers: { cookie: world.cookie } })).status,
    ).toBe(401);
    await expect(callDevice(url, "devices.list", {}, screen.token)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(callDevice(url, "account.session", {}, screen.token)).rejects.toBeInstanceOf(CallFailed);
  });

  test("answer a wrong method, body and path in the catalogue's words", async () => {
    const got = await fetch(`${url}${DEVICE_PATHS.trpc}/pairing.start`);
    expect([got.status, codeIn(await got.json())]).toEqual([405, "INVALID_INPUT"]);
    await expect(callDevice(url, "pairing.start", { publicKey: "short" })).rejects.toMatchObject({
      status: 400,
      code: "INVALID_INPUT",
    });
    for (const path of [
      "no.such",
      "constructor",
      "__proto__",
      "pairing",
      "pairing.start.x",
      "a".repeat(500),
    ]) {
      await expect(callDevice(url, path, {}), path).rejects.toMatchObject({ status: 404, code: "NOT_FOUND" });
    }
  });
});
