import { isGranted, ROLE_GRANTS, ROLES, type Role } from "@vitrine/core/model/permissions";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callProcedure, strangeWorld, text } from "../testing/alike-world.ts";
import { listProcedures, SAMPLES } from "../testing/samples.ts";
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
  const cookies = new Map<Role, string>();

  beforeAll(async () => {
    server = await startTestServer();
    await using sql = closing(postgres(server.testDatabase.superuserUrl, { max: 1, onnotice: () => {} }));
    const owner = await signUp("owner");
    cookies.set("owner", owner.cookie);
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
      cookies.set(role, person.cookie);
    }
  });
  afterAll(() => server[Symbol.asyncDispose]());

  async function signUp(name: string) {
    const input = { name, email: `${name}@example.com`, password: "long enough", organizationName: name };
    const answer = await callProcedure(server.url, "account.signUp", { type: "mutation", input });
    return {
      cookie: answer.cookie ?? "",
      userId: text(answer.body, "result.data.user.id"),
      organizationId: text(answer.body, "result.data.organization.id"),
    };
  }

  test.each(ROLES)("an %s may call what the role grants and is refused the rest by name", async (role) => {
    for (const { path, type, permission } of guarded) {
      const input = await SAMPLES[path]?.(strangeWorld(), server.url);
      const answer = await callProcedure(server.url, path, { type, input, cookie: cookies.get(role) ?? "" });
      const refusal = JSON.stringify(answer.body).match(/"PERMISSION_MISSING".*"permission":"([^"]+)"/)?.[1];
      expect(refusal, `${role} calls ${path}`).toBe(
        isGranted(ROLE_GRANTS[role], permission) ? undefined : permission,
      );
    }
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
