import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callProcedure, makeAlikeWorld, type World } from "../testing/alike-world.ts";
import { openBrowser, signUp } from "../testing/browser.ts";
import { memberOf } from "../testing/member.ts";
import { readState } from "../testing/organization-state.ts";
import { listProcedures, SAMPLES } from "../testing/samples.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

/** Columns and claims that nobody may set by sending them along. */
const EXTRA: Readonly<Record<string, unknown>> = {
  organizationId: crypto.randomUUID(),
  organization_id: crypto.randomUUID(),
  userId: crypto.randomUUID(),
  role: "owner",
  permissions: ["*"],
  isActive: true,
  isAdmin: true,
  plan: "enterprise",
  createdBy: crypto.randomUUID(),
  emailVerifiedAt: "2026-01-01T00:00:00.000Z",
  passwordHash: "x",
  blobSha256: "0".repeat(64),
  contentRevision: 1,
};

let server: TestServer;
let superuser: postgres.Sql;
let world: World;
beforeAll(async () => {
  server = await startTestServer();
  superuser = postgres(server.testDatabase.superuserUrl, { max: 1, onnotice: () => {} });
  world = await makeAlikeWorld(server.url);
});
afterAll(async () => {
  await superuser.end();
  await server[Symbol.asyncDispose]();
});

/** The input with one field more, at its top and in each object within it. */
function overposted(input: unknown, key: string, value: unknown): unknown[] {
  if (Array.isArray(input))
    return input.flatMap((one, at) => overposted(one, key, value).map((other) => input.with(at, other)));
  if (typeof input !== "object" || input === null) return [];
  const inner = Object.entries(input).flatMap(([name, one]) =>
    overposted(one, key, value).map((other) => ({ ...input, [name]: other })),
  );
  return Object.hasOwn(input, key) ? inner : [{ ...input, [key]: value }, ...inner];
}

test("no procedure takes a field that it does not know, wherever in its input", async () => {
  const taken: string[] = [];
  const before = await readState(superuser, world.organizationId);
  let tried = 0;
  for (const { path, type, takesInput } of listProcedures()) {
    if (type === "subscription" || !takesInput) continue;
    const input = await SAMPLES[path]?.(world, server.url);
    for (const [key, value] of Object.entries(EXTRA)) {
      // To look for people of a role is what this field is for.
      if (path === "members.list" && key === "role") continue;
      for (const more of overposted(input, key, value)) {
        tried += 1;
        const { body } = await callProcedure(server.url, path, { type, input: more, cookie: world.cookie });
        if (!JSON.stringify(body).includes('"INVALID_INPUT"')) taken.push(`${path} takes ${key}`);
      }
    }
  }
  expect(taken).toEqual([]);
  expect(await readState(superuser, world.organizationId)).toBe(before);
  process.stdout.write(`more than asked: ${tried} inputs, 0 taken\n`);
}, 120_000);

test("whatever a viewer sends, also about themselves, they may do no more afterwards", async () => {
  const owner = await signUp(server.url, "Olga", "Shop");
  const viewer = await memberOf(server, owner, "viewer");
  const [before, holder] = [
    await viewer.api.account.session.query(),
    await owner.api.account.session.query(),
  ];
  const jar = new Map<string, string>();
  await openBrowser(server.url, jar).account.signIn.mutate({
    email: viewer.email,
    password: "a long password",
  });
  const cookie = `vitrine_session=${jar.get("vitrine_session")}`;
  const organizationId = holder?.organization?.id ?? "";
  const own = { ...world, userId: viewer.userId, organizationId };
  const raising: Record<string, unknown> = {
    "members.setRole": { userId: viewer.userId, role: "owner" },
    "members.setExtra": { userId: viewer.userId, extra: [{ grant: "*", expiresAt: null }] },
    "members.handOver": { userId: viewer.userId },
    "invitations.create": { emails: [viewer.email], role: "owner" },
    "apiKeys.create": { name: "All", grants: ["*"] },
  };
  const leaving = /^(account|secondFactor)\.|^members\.leave|^organization\.(create|select|restore)/;
  for (const { path, type } of listProcedures()) {
    if (type !== "mutation" || leaving.test(path)) continue;
    const input = raising[path] ?? (await SAMPLES[path]?.(own, server.url));
    await callProcedure(server.url, path, { type, input, cookie });
  }
  const after = await viewer.api.account.session.query();
  expect(after?.organization?.role).toBe("viewer");
  expect(after?.organization?.permissions).toEqual(before?.organization?.permissions);
  expect(after?.organizations).toEqual(before?.organizations);
});
