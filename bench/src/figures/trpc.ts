import { readFileSync } from "node:fs";
import { join } from "node:path";
import { signUp } from "@vitrine/harness/person";
import { openEmbedded } from "@vitrine/harness/plays";
import { run as runProcess, temporaryFolder } from "@vitrine/harness/processes";
import { startVitrine } from "@vitrine/harness/vitrine";
import { Agent, request } from "undici";
import { interleave } from "../interleave.ts";
import { printComparison } from "../print.ts";

const COUNT = 100_000;

/**
 * The list of 50 of 100,000 assets as the dashboard asks for it (cookie session, permission, row level security, and a
 * true total, which is remembered by content revision), against a hand-written Fastify route over the same database
 * with neither, each in a process of its own.
 */
export async function run(): Promise<void> {
  using folder = temporaryFolder();
  const dataDir = join(folder.path, "server");
  await using server = await startVitrine(dataDir, 0, { VITRINE_CALL_LIMIT_FACTOR: "1000" });
  const person = await signUp(server.url, "Bench", "Bench");
  const sql = openEmbedded(dataDir);
  await sql`insert into tenant.assets (organization_id, id, kind, name, state, width, height, media_type, created_at)
    select ${person.organizationId}, gen_random_uuid(), 'image', 'Asset ' || n, 'ready', 1920, 1080, 'image/jpeg',
      now() - n * interval '1 second'
    from generate_series(1, ${COUNT}) n`;
  await sql`vacuum analyze tenant.assets`;
  await sql.end();
  const { databaseSecret }: { databaseSecret: string } = JSON.parse(
    readFileSync(join(dataDir, "secrets.json"), "utf8"),
  );
  const port = readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8").split("\n")[3];
  await using plain = runProcess(process.execPath, [join(import.meta.dirname, "../plain-route.ts")], {
    PLAIN_DATABASE: `postgres://postgres:${databaseSecret}@127.0.0.1:${port}/vitrine`,
    PLAIN_ORGANIZATION: person.organizationId,
  });
  const [, plainUrl = ""] = await plain.waitFor(/ready at (\S+)/);

  const agent = new Agent({ connections: 16, pipelining: 1 });
  const input = encodeURIComponent(JSON.stringify({ limit: 50 }));
  const read = async (url: string, headers: Record<string, string>) => {
    const { statusCode, body } = await request(url, { dispatcher: agent, headers });
    const text = await body.text();
    if (statusCode !== 200 || text.length < 5_000)
      throw new Error(`${url} answered ${statusCode}: ${text.slice(0, 200)}`);
  };
  const ours = () => read(`${server.url}/trpc/assets.list?input=${input}`, { cookie: person.cookie });
  const peers = [
    [
      "with_total",
      "&total=1",
      "a hand-written Fastify route, same rows and a total counted each time, no row level security, no sign-in",
    ],
    [
      "rows_only",
      "",
      "a hand-written Fastify route, same rows without a total, no row level security, no sign-in",
    ],
  ] as const;
  for (const [name, query, peer] of peers) {
    const outcome = await interleave({ ours, peer: () => read(`${plainUrl}/assets?limit=50${query}`, {}) });
    printComparison(`trpc.list_50_of_100000.against_${name}`, outcome, { peer, target: ">= 0.5" });
  }
  await agent.close();
}
