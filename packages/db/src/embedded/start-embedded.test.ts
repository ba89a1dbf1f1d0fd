import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { until } from "../testing/poll.ts";
import { openSuperuser } from "../testing/seed.ts";
import { isRunning } from "./postmaster.ts";
import { EmbeddedError, type EmbeddedServer, startEmbedded } from "./start-embedded.ts";

const SECRET = "it's a secret";

let folder: string;
let made: string;
const started: EmbeddedServer[] = [];

beforeAll(async () => {
  made = await mkdtemp(join(tmpdir(), "vitrine-embedded-"));
  const server = await startEmbedded({
    dataDir: join(made, "pg"),
    superuserPassword: SECRET,
    isDurable: false,
  });
  await server.stop();
});
afterAll(() => rm(made, { recursive: true, force: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "vitrine-embedded-"));
});
afterEach(async () => {
  for (const server of started.splice(0)) await server.stop().catch(() => {});
  await rm(folder, { recursive: true, force: true });
});

const options = () => ({
  dataDir: join(folder, "private", "pg"),
  superuserPassword: SECRET,
  isDurable: false,
});
/** Puts a cluster in its place that is made already, which takes a second, where whoever it belongs to reaches it. */
async function copyCluster(): Promise<void> {
  await chmod(folder, 0o755);
  await mkdir(join(folder, "private"));
  execFileSync("cp", ["-a", join(made, "pg"), join(folder, "private")]);
}
async function start(changes: Partial<Parameters<typeof startEmbedded>[0]> = {}): Promise<EmbeddedServer> {
  const server = await startEmbedded({ ...options(), ...changes });
  started.push(server);
  return server;
}
async function count(server: EmbeddedServer): Promise<number> {
  const sql = openSuperuser(server.superuserUrl);
  try {
    const [row] = await sql<{ count: number }[]>`select count(*)::int as count from kept`;
    return row?.count ?? -1;
  } finally {
    await sql.end();
  }
}
async function keepRow(server: EmbeddedServer): Promise<void> {
  const sql = openSuperuser(server.superuserUrl);
  await sql.unsafe("create table if not exists kept (n int); insert into kept values (1)");
  await sql.end();
}

test("makes the cluster in a private folder, orders text by Unicode's rules, and finds everything again", async () => {
  await mkdir(join(folder, "private"), { mode: 0o700 });
  const first = await start();
  await keepRow(first);
  const sql = openSuperuser(first.superuserUrl);
  const names =
    await sql`select name from (values ('Zebra'), ('äpfel'), ('Apfel'), ('bar')) x (name) order by name`;
  const [setting] =
    await sql`select current_setting('server_encoding') as encoding, current_setting('listen_addresses') as listens`;
  await sql.end();
  expect(names.map(({ name }) => name)).toEqual(["Apfel", "äpfel", "bar", "Zebra"]);
  expect(setting).toEqual({ encoding: "UTF8", listens: "127.0.0.1" });
  expect((await stat(join(folder, "private", "pg"))).mode & 0o077).toBe(0);
  await first.stop();
  expect(await isRunning(first.pid)).toBe(false);
  const second = await start();
  expect(second.isAdopted).toBe(false);
  expect(await count(second)).toBe(1);
});

/** Starts the server in a process of its own that is then killed with no chance to stop it. */
async function startAndKill(): Promise<number> {
  const script = `
    import { startEmbedded } from ${JSON.stringify(new URL("./start-embedded.ts", import.meta.url).href)};
    const server = await startEmbedded(${JSON.stringify(options())});
    console.log(server.pid);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "exit");
  return Number(String(line).trim());
}

test("takes over a server that a killed process left running", async () => {
  await copyCluster();
  await keepRow(await start());
  await started.splice(0)[0]?.stop();
  const pid = await startAndKill();
  expect(await isRunning(pid)).toBe(true);
  const again = await start();
  expect(again).toMatchObject({ isAdopted: true, pid });
  expect(await count(again)).toBe(1);
  await again.stop();
  expect(await isRunning(pid)).toBe(false);
});

test("replaces such a server when its settings are not the wanted ones", async () => {
  await copyCluster();
  const pid = await startAndKill();
  const again = await start({ isDurable: true });
  expect(again.isAdopted).toBe(false);
  expect(await isRunning(pid)).toBe(false);
});

test("recovers after the server itself was killed, with its stale file", async () => {
  await copyCluster();
  const first = await start({ isDurable: true });
  await keepRow(first);
  process.kill(first.pid, "SIGKILL");
  await until("the server is gone", async () => !(await isRunning(first.pid)));
  const again = await start({ isDurable: true });
  expect(again.isAdopted).toBe(false);
  expect(await count(again)).toBe(1);
});

test("is not misled by a stale file whose number is another process by now", async () => {
  await copyCluster();
  const first = await start();
  await keepRow(first);
  await first.stop();
  await writeFile(
    join(folder, "private", "pg", "postmaster.pid"),
    `${process.pid}\n/elsewhere\n0\n1\n\n127.0.0.1\n\nready\n`,
  );
  const again = await start();
  expect(again.isAdopted).toBe(false);
  expect(await count(again)).toBe(1);
});

test("a cluster half made is made anew", async () => {
  await mkdir(join(folder, "private", "pg.making-0000", "base"), { recursive: true });
  await keepRow(await start());
  expect((await readdir(join(folder, "private"))).filter((name) => name.includes("making"))).toEqual([]);
});

test("says what to do about a password that is not the cluster's, and leaves nothing running", async () => {
  await copyCluster();
  await (await start()).stop();
  const outcome = startEmbedded({ ...options(), superuserPassword: "another" });
  await expect(outcome).rejects.toThrow(EmbeddedError);
  await expect(outcome).rejects.toThrow("another password");
  const again = await start();
  expect(again.isAdopted).toBe(false);
});

test("says what to do about a port in use", async () => {
  await copyCluster();
  const blocker = createServer().listen(0, "127.0.0.1");
  await once(blocker, "listening");
  const address = blocker.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  await expect(start({ port })).rejects.toThrow(`Port ${port} is in use`);
  blocker.close();
  expect((await start({ port })).superuserUrl).toContain(`:${port}/`);
});

test("says what to do about data of another version", async () => {
  await copyCluster();
  await writeFile(join(folder, "private", "pg", "PG_VERSION"), "14\n");
  await expect(start()).rejects.toThrow("is of PostgreSQL 14");
});
