import { defineBatch } from "@vitrine/db/batch";
import { openDatabase } from "@vitrine/db/database";
import { assets } from "@vitrine/db/schema";
import { organizationScope } from "@vitrine/db/scope";
import { and, desc, eq, sql as text } from "drizzle-orm";
import postgres from "postgres";
import { openBenchDatabase, seedAssets } from "../bench-database.ts";
import { interleave } from "../interleave.ts";
import { printComparison } from "../print.ts";

const newestAssets = defineBatch()((q) => [
  q
    .select()
    .from(assets)
    .where(and(eq(assets.organizationId, text.placeholder("organizationId")), eq(assets.isActive, true)))
    .orderBy(desc(assets.createdAt), desc(assets.id))
    .limit(50),
]);

/** Connections of either side. */
const CONNECTIONS = 2;

/** A tenant-scoped read of 50 of 100,000 assets, against the same SQL prepared on a bare connection without row level security. */
export async function run(): Promise<void> {
  await using bench = await openBenchDatabase();
  const organizationId = await seedAssets(bench.sql, 100_000);
  await seedAssets(bench.sql, 20_000);
  await using database = await openDatabase({ url: bench.urls.vitrine_app, batchConnections: CONNECTIONS });
  const scope = organizationScope(organizationId);
  const [statement] = newestAssets.statements();
  if (!statement) throw new Error("The batch has one statement");

  const bare = postgres(bench.superuserUrl, { max: CONNECTIONS, fetch_types: false });
  // PostgreSQL plans a parametrised limit anew at each run; the executor writes it out, and so does the peer.
  const peerText = statement.text.replace(/limit \$\d+$/, "limit 50");
  const placeholders = statement.parameters.slice(0, peerText.match(/\$\d+/g)?.length ?? 0);
  const parameters = placeholders.map((value) =>
    typeof value === "object" ? organizationId : (value as string),
  );
  const peer = async () => {
    const rows = await bare.unsafe(peerText, parameters, { prepare: true });
    if (rows.length !== 50) throw new Error("The peer read something else");
  };
  const check = async () => {
    const [rows] = await database.run(scope, newestAssets, {});
    if (rows.length !== 50) throw new Error("Ours read something else");
  };
  const built = async () => {
    const [rows] = await database.batch(scope, (q) => [
      q
        .select()
        .from(assets)
        .where(and(eq(assets.organizationId, organizationId), eq(assets.isActive, true)))
        .orderBy(desc(assets.createdAt), desc(assets.id))
        .limit(50),
    ]);
    if (rows.length !== 50) throw new Error("Ours read something else");
  };
  try {
    const name = "the same SQL prepared on a bare connection, no row level security";
    const prepared = await interleave({ ours: check, peer });
    printComparison("executor.read_50_of_100000", prepared, { peer: name, target: ">= 0.9" });
    const anew = await interleave({ ours: built, peer });
    printComparison("executor.read_50_of_100000.built_each_time", anew, { peer: name });
  } finally {
    await bare.end();
  }
}
