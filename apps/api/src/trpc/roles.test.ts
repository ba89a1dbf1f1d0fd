import { isGranted, ROLE_GRANTS, ROLES, type Role } from "@vitrine/core/model/permissions";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { callProcedure, strangeWorld, text } from "../testing/alike-world.ts";
import { listProcedures, SAMPLES } from "../testing/samples.ts";
import { makeMeddler } from "../testing/second-factor-person.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

const guarded = listProcedures().flatMap(({ path, type, access }) =>
  access?.kind === "permission" && type !== "subscription"
    ? [{ path, type, permission: access.permission }]
    : [],
);

test("every procedure says who may call it", () => {
  expect(listProcedures().filter(({ access }) => access === undefined)).toEqual([]);
});

test("no procedure is open but those that come before an account", () => {
  const open = listProcedures().filter(({ access }) => access?.kind === "open");
  expect(open.map(({ path }) => path).sort()).toEqual([
    "account.completeSignIn",
    "account.confirmEmail",
    "account.openEmailLink",
    "account.openPasswordReset",
    "account.openSignUp",
    "account.requestPasswordReset",
    "account.requestSignUp",
    "account.resetPassword",
    "account.session",
    "account.signIn",
    "account.signOut",
    "account.signUp",
    "account.signUpWay",
    "invitations.acceptAsNew",
    "invitations.open",
    "organization.atAddress",
  ]);
});

describe("in one organization", () => {
  let server: TestServer;
  type Person = Awaited<ReturnType<typeof signUp>>;
  const people = new Map<Role, Person>();
  const personOf = (role: Role): Person => {
    const person = people.get(role);
    if (!person) throw new Error(`Nobody is ${role}`);
    return person;
  };

  beforeAll(async () => {
    server = await startTestServer();
    await using sql = closing(postgres(server.testDatabase.superuserUrl, { max: 1, onnotice: () => {} }));
    const owner = await signUp("owner");
    people.set("owner", owner);
    for (const role of ROLES.filter((one) => one !== "owner")) {
      const person = await signUp(role);
      await sql.client`insert into tenant.memberships (organization_id, user_id, role)
        values (${owner.organizationId}, ${person.userId}, ${role})`;
      const input = { organizationId: owner.organizationId };
      const answer = await callProcedure(server.url, "organization.select", {
        type: "mutation",
        input,
        cookie: person.cookie,
      });
      expect(answer.status).toBe(200);
      people.set(role, { ...person, organizationId: owner.organizationId });
    }
  });
  afterAll(() => server[Symbol.asyncDispose]());
  afterEach(() => vi.restoreAllMocks());

  /** The lines of the log, from here on to the end of the test. */
  function readLog(): () => unknown[] {
    const { calls } = vi.spyOn(server.services.log, "warn").mock;
    return () => calls.map(([line]) => line);
  }

  async function signUp(name: string) {
    const input = { name, email: `${name}@example.com`, password: "long enough", organizationName: name };
    const answer = await callProcedure(server.url, "account.signUp", { type: "mutation", input });
    return {
      cookie: answer.cookie ?? "",
      userId: text(answer.body, "result.data.user.id"),
      organizationId: text(answer.body, "result.data.organization.id"),
    };
  }

  test.each(ROLES)(
    "an %s may call what the role grants and is refused the rest, by name and on record",
    async (role) => {
      const { cookie, userId, organizationId } = personOf(role);
      const readLines = readLog();
      const refused: unknown[] = [];
      for (const { path, type, permission } of guarded) {
        const input = await SAMPLES[path]?.(strangeWorld(), server.url);
        const answer = await callProcedure(server.url, path, { type, input, cookie });
        const refusal = JSON.stringify(answer.body).match(
          /"PERMISSION_MISSING".*"permission":"([^"]+)"/,
        )?.[1];
        expect(refusal, `${role} calls ${path}`).toBe(
          isGranted(ROLE_GRANTS[role], permission) ? undefined : permission,
        );
        if (refusal === undefined) continue;
        const requestId = text(answer.body, "error.data.app.requestId");
        const who = { actorKind: "user", actorId: userId, organizationId, remoteAddress: "127.0.0.1" };
        refused.push({ requestId, ...who, path, code: "PERMISSION_MISSING", permission });
      }
      expect(readLines()).toEqual(refused);
    },
  );

  test("what is refused for another reason or by another door is on record too, with who and why and nothing that was said", async () => {
    await using meddler = makeMeddler(server);
    const owner = personOf("owner");
    const viewer = personOf("viewer");
    const json = { "content-type": "application/json" };
    const ask = (path: string, headers: Record<string, string>, body?: string) =>
      fetch(`${server.url}${path}`, { headers, ...(body !== undefined && { method: "POST", body }) });
    const makeKey = async (input: object) => {
      const made = await callProcedure(server.url, "apiKeys.create", {
        type: "mutation",
        input: { name: "Key", ...input },
        cookie: owner.cookie,
      });
      const id = text(made.body, "result.data.key.id");
      return { id, authorization: `Bearer ${text(made.body, "result.data.secret")}` };
    };
    const uploader = await makeKey({ grants: ["assets.create"] });
    const bound = await makeKey({ grants: ["assets.view"], networks: ["203.0.113.0/24"] });
    const readLines = readLog();

    await ask("/trpc/organization.get", { authorization: uploader.authorization, "x-organization": "said" });
    await ask("/trpc/organization.get", { cookie: viewer.cookie, "x-organization": "said" });
    await ask("/trpc/organization.get", { authorization: bound.authorization });
    await ask("/trpc/organization.get", { authorization: "Bearer said" });
    await ask("/audit/export?format=csv&search=said", { cookie: viewer.cookie });
    const file = { "tus-resumable": "1.0.0", "upload-length": "4" };
    await ask("/uploads", { ...file, cookie: viewer.cookie }, "");
    const replaces = Buffer.from(crypto.randomUUID()).toString("base64");
    const metadata = { "upload-metadata": `filename c2FpZA==,replaces ${replaces}` };
    await ask("/uploads", { ...file, ...metadata, authorization: uploader.authorization }, "");
    await ask(
      "/trpc/account.signOut",
      { ...json, cookie: viewer.cookie, origin: "https://said.example" },
      "{}",
    );
    await ask("/trpc/account.signIn", json, JSON.stringify({ email: "said@example.com", password: "said" }));
    await meddler.age(owner.userId, 301);
    const input = { name: "said", grants: ["assets.view"] };
    await ask("/trpc/apiKeys.create", { ...json, cookie: owner.cookie }, JSON.stringify(input));

    const { organizationId } = owner;
    const user = (person: Person) => ({ actorKind: "user", actorId: person.userId });
    const key = ({ id }: { id: string }) => ({ actorKind: "apiKey", actorId: id });
    const nobody = { actorKind: null, actorId: null };
    const nowhere = { organizationId: null };
    const lacks = (permission: string) => ({ code: "PERMISSION_MISSING", permission });
    const unavailable = { path: "organization.get", code: "ORGANIZATION_UNAVAILABLE" };
    expect(readLines()).toEqual(
      [
        { ...key(uploader), ...unavailable },
        { ...user(viewer), ...nowhere, ...unavailable },
        { ...key(bound), path: "organization.get", code: "API_KEY_NETWORK" },
        { ...nobody, ...nowhere, path: "organization.get", code: "API_KEY_INVALID" },
        { ...user(viewer), path: "GET /audit/export", ...lacks("audit.view") },
        { ...user(viewer), path: "POST /uploads", ...lacks("assets.create") },
        { ...key(uploader), path: "POST /uploads", ...lacks("assets.edit") },
        { ...nobody, ...nowhere, path: "POST /trpc/:path", code: "CROSS_SITE_REQUEST" },
        { ...nobody, ...nowhere, path: "account.signIn", code: "WRONG_CREDENTIALS" },
        { ...user(owner), path: "apiKeys.create", code: "STEP_UP_REQUIRED" },
      ].map((line) => ({
        requestId: expect.any(String),
        remoteAddress: "127.0.0.1",
        organizationId,
        ...line,
      })),
    );
    expect(JSON.stringify(readLines())).not.toContain("said");
  });

  test("nobody calls anything guarded without being signed in", async () => {
    for (const { path, type } of guarded) {
      const input = await SAMPLES[path]?.(strangeWorld(), server.url);
      const answer = await callProcedure(server.url, path, { type, input });
      expect(JSON.stringify(answer.body), path).toContain('"NOT_SIGNED_IN"');
    }
  });
});

function closing(client: postgres.Sql) {
  return { client, [Symbol.asyncDispose]: () => client.end() };
}
