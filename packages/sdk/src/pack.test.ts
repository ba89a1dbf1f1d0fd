import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { signUp } from "@vitrine/harness/person";
import { repository, temporaryFolder } from "@vitrine/harness/processes";
import { startVitrine } from "@vitrine/harness/vitrine";
import { expect, test } from "vitest";

/** A stranger's program: what it leaves unexpected does not compile. */
const PROGRAM = `
import { createClient, explain, type Inputs, type Outputs } from "@vitrine/sdk";

const vitrine = createClient({ server: process.env.SERVER ?? "", apiKey: process.env.KEY ?? "" });
const screens = await vitrine.devices.list.query({ limit: 50 });
const names: string[] = screens.rows.map((screen) => screen.name);
const reason: "never_connected" | "stopped_on_purpose" | "connection_lost" | "revoked" | null | undefined =
  screens.rows[0]?.offlineReason;
const input: Inputs["playlists"]["create"] = { name: "Made by a program" };
const total: Outputs["devices"]["list"]["total"] = screens.total;
// @ts-expect-error not a status of a screen
const wrongInput: Inputs["devices"]["list"] = { status: "sleeping" };
// @ts-expect-error not a field of a screen
screens.rows[0]?.nonsense;
try {
  await vitrine.playlists.create.mutate(input);
} catch (error) {
  const failure = explain(error);
  // @ts-expect-error not a code of the catalogue
  if (failure?.code === "NO_SUCH_CODE") process.exit(1);
  if (failure?.code !== "PERMISSION_MISSING") throw error;
  console.log(JSON.stringify({ names, reason, total, missing: failure.data.permission, wrongInput }));
}
`;

const TSCONFIG = {
  compilerOptions: {
    strict: true,
    module: "nodenext",
    target: "es2024",
    skipLibCheck: true,
    noEmit: true,
    types: ["node"],
  },
  include: ["index.ts"],
};

test("a stranger's project installs the packed client, infers inputs, outputs and error codes, and lists screens with an API key", async () => {
  using folder = temporaryFolder();
  await using server = await startVitrine(join(folder.path, "server"));
  const person = await signUp(server.url, "Owner", "Owner");
  const key = await person.api.apiKeys.create.mutate({
    name: "Reader",
    grants: ["devices.view"],
    expiresAt: null,
  });

  const run = (command: string, args: string[], env: Record<string, string> = {}) => {
    const result = spawnSync(command, args, {
      cwd: folder.path,
      encoding: "utf8",
      env: { ...process.env, ...env },
    });
    expect(result.status, `${command}: ${result.stdout}${result.stderr}`).toBe(0);
    return result.stdout;
  };
  run(process.execPath, [resolve(import.meta.dirname, "../scripts/pack.ts"), folder.path]);
  const tarball = readdirSync(folder.path).find((name) => name.endsWith(".tgz")) ?? "";
  writeFileSync(
    join(folder.path, "package.json"),
    JSON.stringify({ name: "stranger", private: true, type: "module" }),
  );
  writeFileSync(join(folder.path, "tsconfig.json"), JSON.stringify(TSCONFIG));
  writeFileSync(join(folder.path, "index.ts"), PROGRAM);
  const quiet = ["--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
  run("npm", ["install", ...quiet, `./${tarball}`, "@types/node"]);

  run(join(repository, "node_modules/.bin/tsc"), ["-p", "."]);
  const said: unknown = JSON.parse(
    run(process.execPath, ["index.ts"], { SERVER: server.url, KEY: key.secret }),
  );
  expect(said).toMatchObject({ names: [], total: 0, missing: "playlists.create" });
});
