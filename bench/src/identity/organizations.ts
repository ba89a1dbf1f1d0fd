import { join } from "node:path";
import { openEmbedded } from "@vitrine/harness/plays";
import { temporaryFolder } from "@vitrine/harness/processes";
import { startVitrine } from "@vitrine/harness/vitrine";
import { compareLatency, printLatencies } from "../latency.ts";
import { print } from "../print.ts";
import { callsOverHttp } from "./http-calls.ts";
import { type BenchPerson, seedPeople } from "./people.ts";

const ORGANIZATIONS = 1000;
const ASSETS = 1000;
const LARGE = 300_000;

/**
 * Lists and searches of organizations that share a database: the first and the last of a thousand, a small one of them
 * beside one with 300,000 assets against the same alone in a database, and the large one itself.
 */
export async function measureOrganizations(): Promise<void> {
  using folder = temporaryFolder();
  await using stack = new AsyncDisposableStack();
  const open = async (name: string, sizes: readonly { count: number; assetsEach: number }[]) => {
    const dataDir = join(folder.path, name);
    const server = stack.use(await startVitrine(dataDir, 0, { VITRINE_CALL_LIMIT_FACTOR: "1000" }));
    const sql = openEmbedded(dataDir);
    const people: BenchPerson[] = [];
    for (const size of sizes) people.push(...(await seedPeople(sql, size)));
    await sql.end();
    const http = stack.use(callsOverHttp(server.url));
    return people.map((person) => readerOf(person, http));
  };
  const startMs = performance.now();
  const small = { count: 1, assetsEach: ASSETS };
  const [alone] = await open("alone", [small]);
  const many = await open("many", [
    { count: ORGANIZATIONS, assetsEach: ASSETS },
    { count: 1, assetsEach: LARGE },
  ]);
  print({ name: "identity.organizations.seeding", value: (performance.now() - startMs) / 1000, unit: "s" });
  const [first, middle, last, large] = [0, ORGANIZATIONS / 2, ORGANIZATIONS - 1, ORGANIZATIONS].map(
    (place) => many[place],
  );
  if (!alone || !first || !middle || !last || !large) throw new Error("An organization is missing");
  for (const call of ["list", "search"] as const) {
    const contests = [
      ["last_of_1000", last[call], first[call], "the first of them"],
      ["small_beside_300000", middle[call], alone[call], "one as small that has a database alone"],
      ["with_300000", large[call], middle[call], "one with 1,000 in the same database"],
    ] as const;
    for (const [name, ours, peerCall, peer] of contests) {
      const latencies = await compareLatency({ ours, peer: peerCall });
      printLatencies(`identity.${call}.${name}`, latencies, { peer });
    }
  }
}

function readerOf({ session }: BenchPerson, http: ReturnType<typeof callsOverHttp>) {
  const list = (filter: Record<string, unknown>) =>
    http.call("assets.list", { limit: 50, ...filter }, { cookie: session });
  return {
    list: () => list({}),
    /** A text that one asset has, another at nearly every call, so that no total is remembered. */
    search: () => list({ search: `menu ${String(1 + Math.floor(Math.random() * ASSETS)).padStart(6, "0")}` }),
  };
}
