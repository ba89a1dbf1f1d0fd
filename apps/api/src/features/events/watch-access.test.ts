import { TRPCError } from "@trpc/server";
import { appError } from "@vitrine/core/model/errors";
import type { Permission } from "@vitrine/core/model/permissions";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Principal } from "../../auth/principal.ts";
import { makeTestOrganization, type TestOrganization } from "../../testing/test-organization.ts";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";
import { streamEvents } from "./stream-events.ts";

let server: TestServer;
let ours: TestOrganization;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  ours = await makeTestOrganization(server.services);
});

/** A stream whose caller is looked up every 10 ms; `answer` says what the look-up gives from then on. */
async function openStream() {
  const ctx = ours.contextOf("viewer");
  const { actor, organization } = ctx;
  let look: () => Promise<Principal | null> = async () => ({ actor, organization, isUnavailable: false });
  const abort = new AbortController();
  const watched = { ...ctx, findPrincipalAnew: () => look() };
  const stream = streamEvents(watched, undefined, abort.signal, 10);
  await stream.next();
  return {
    organization,
    actor,
    next: () => stream.next(),
    answer: (given: () => Promise<Principal | null>) => {
      look = given;
    },
    abort,
  };
}

async function codeOf(next: Promise<unknown>): Promise<string> {
  const error: unknown = await next.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof TRPCError ? `${error.code} ${error.message}` : String(error);
}

test("a stream ends when a session that ended elsewhere is noticed", async () => {
  const stream = await openStream();
  stream.answer(async () => null);
  expect(await codeOf(stream.next())).toBe("UNAUTHORIZED NOT_SIGNED_IN");
});

test("a stream ends when the permission is taken away, or the person acts elsewhere", async () => {
  const stream = await openStream();
  const permissions: ReadonlySet<Permission> = new Set();
  stream.answer(async () => ({
    actor: stream.actor,
    organization: { ...stream.organization, permissions },
    isUnavailable: false,
  }));
  expect(await codeOf(stream.next())).toBe("FORBIDDEN PERMISSION_MISSING");

  const moved = await openStream();
  const id = server.services.newId();
  moved.answer(async () => ({
    actor: moved.actor,
    organization: { ...moved.organization, id },
    isUnavailable: false,
  }));
  expect(await codeOf(moved.next())).toBe("FORBIDDEN NO_ORGANIZATION");
});

test.each([
  ["SIGN_IN_AGAIN", { mustSignInAgain: true }],
  ["SECOND_FACTOR_REQUIRED", { isSecondFactorMissing: true }],
] as const)(
  "a stream says %s, as every other call does then, not that a permission is missing",
  async (code, standing) => {
    const stream = await openStream();
    const { actor, organization } = stream;
    const permissions: ReadonlySet<Permission> = new Set();
    stream.answer(async () => ({
      actor,
      organization: { ...organization, permissions, ...standing },
      isUnavailable: false,
    }));
    expect(await codeOf(stream.next())).toBe(`FORBIDDEN ${code}`);
  },
);

test("a stream that was opened with a key ends when the key does", async () => {
  const stream = await openStream();
  stream.answer(async () => {
    throw appError("API_KEY_INVALID");
  });
  expect(await codeOf(stream.next())).toBe("UNAUTHORIZED API_KEY_INVALID");
});

test("a look-up that fails ends nothing: the stream goes on and is looked at again", async () => {
  const stream = await openStream();
  let count = 0;
  const failedTwice = new Promise<void>((resolve) => {
    stream.answer(async () => {
      if (++count === 2) resolve();
      throw new Error("The database is away");
    });
  });
  await failedTwice;
  const next = stream.next();
  await ours.as("manager").playlists.create({ name: "Still told" });
  expect((await next).value).toBeDefined();
  stream.answer(async () => null);
  expect(await codeOf(stream.next())).toBe("UNAUTHORIZED NOT_SIGNED_IN");
});

test("a reader who leaves ends the stream without a failure", async () => {
  const stream = await openStream();
  const next = stream.next();
  stream.abort.abort();
  expect(await next).toEqual({ done: true, value: undefined });
});
