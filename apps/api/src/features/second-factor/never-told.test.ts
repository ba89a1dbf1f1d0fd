import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestDatabase } from "@vitrine/db/testing";
import { expect, test } from "vitest";
import { codeOf } from "../../testing/authenticator.ts";
import { newEmail, openBrowser, refusalOf } from "../../testing/browser.ts";
import { PASSWORD } from "../../testing/second-factor-person.ts";
import { startServerProcess } from "../../testing/server-process.ts";

test("no seed, code, half session or session is in the log, however much is logged, nor in any later answer", async () => {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-log-"));
  await using database = await createTestDatabase();
  const server = await startServerProcess(database, folder, "debug");
  const jar = new Map<string, string>();
  const api = openBrowser(server.url, jar);
  const email = newEmail();
  await api.account.signUp.mutate({ name: "Fay", email, password: PASSWORD, organizationName: "Shop" });
  const { key } = await api.secondFactor.begin.mutate();
  const usedCode = codeOf(key);
  const { recoveryCodes } = await api.secondFactor.confirm.mutate({ code: usedCode });
  const first = jar.get("vitrine_session") ?? "";
  const answers = [
    await api.secondFactor.get.query(),
    await api.account.session.query(),
    await api.account.events.query({}),
  ];
  await api.account.signOut.mutate();
  await api.account.signIn.mutate({ email, password: PASSWORD });
  const half = jar.get("vitrine_second_step") ?? "";
  expect(await refusalOf(api.account.completeSignIn.mutate({ code: usedCode }))).toBe("WRONG_CODE");
  await api.account.completeSignIn.mutate({ code: recoveryCodes[0] ?? "" });
  await api.account.stepUp.mutate({ password: PASSWORD, code: codeOf(key, 1) });
  expect(await server.end("SIGTERM")).toBe(0);
  const logged = server.logged();
  expect(logged).toContain("completeSignIn");
  const secrets = [key, PASSWORD, half, first, jar.get("vitrine_session") ?? "", ...recoveryCodes];
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(16);
    expect(JSON.stringify(answers)).not.toContain(secret);
    expect(logged).not.toContain(secret);
  }
  rmSync(folder, { recursive: true, force: true });
});
