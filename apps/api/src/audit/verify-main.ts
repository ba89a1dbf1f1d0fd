import { createReadStream, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { type Anchor, type ChainVerdict, makeChainVerifier } from "@vitrine/core/audit/verify-chain";
import { sha256 as sha256Text } from "@vitrine/core/model/ids";
import { openJobsDatabase } from "@vitrine/db/jobs";
import * as z from "zod";
import { readConfig } from "../platform/config.ts";
import { makeMac } from "../platform/mac.ts";
import { loadSecrets } from "../platform/secrets.ts";
import { reachJobs } from "../system/reach-jobs.ts";
import { anchorPath } from "./anchor-file.ts";
import { anchorsOfAll } from "./anchors-of.ts";
import { faultText } from "./fault-text.ts";
import { parseExportLine } from "./read-export.ts";
import { verifyAll } from "./verify-all.ts";
import { sha256, verifyOrganization } from "./verify-organization.ts";

const HELP = `npm run audit:verify -- [--organization <id>] [--head <file>]…   the database of DATABASE_URL, or the embedded one
npm run audit:verify -- --file <export.jsonl> [--head <file>]…      an export of one whole chain, without any database
A head is a file that was downloaded from the audit page. VITRINE_DATA is the server's data folder (default .data).
Exit code: 0 all is whole, 1 something is wrong, 2 it could not be verified.
`;

type KeptHead = Anchor & { organizationId: string };
const head = z.object({
  organizationId: z.uuid(),
  sequence: z.int().min(1),
  hash: sha256Text,
  at: z.string(),
});

const ending = z.object({
  end: z.object({ events: z.int(), head: z.object({ sequence: z.int(), hash: sha256Text }) }),
});

/** `npm run audit:verify`: says for each organization whether its audit chain is whole, or its first bad event. */
process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 2;
});

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      organization: { type: "string" },
      file: { type: "string" },
      head: { type: "string", multiple: true, default: [] },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const kept = values.head.map(readHead);
  return values.file === undefined
    ? verifyDatabase(kept, values.organization)
    : verifyFile(values.file, kept);
}

function readHead(path: string): KeptHead {
  return head.parse(JSON.parse(readFileSync(path, "utf8")));
}

async function verifyDatabase(kept: readonly KeptHead[], organization: string | undefined): Promise<number> {
  const config = readConfig(process.env, process.cwd());
  if (!existsSync(join(config.dataDir, "secrets.json"))) {
    throw new Error(`There is no data folder of a server at ${config.dataDir}: set VITRINE_DATA.`);
  }
  const secrets = loadSecrets(config.dataDir);
  const path = anchorPath(config.dataDir);
  const { anchors, badLine } = await anchorsOfAll(path, makeMac(secrets.macKey));
  for (const { organizationId, ...anchor } of kept) {
    const own = [...(anchors.get(organizationId) ?? []), anchor];
    anchors.set(
      organizationId,
      own.sort((one, other) => one.sequence - other.sequence),
    );
  }
  await using stack = new AsyncDisposableStack();
  const url = await reachJobs(config, secrets, stack);
  const jobs = stack.use(await openJobsDatabase({ url }));
  let isWhole = badLine === null;
  if (badLine !== null) process.stdout.write(`${path}: ${faultText({ kind: "anchors", line: badLine })}\n`);
  const tell = (organizationId: string, verdict: ChainVerdict) => {
    isWhole &&= verdict.fault === null;
    process.stdout.write(
      `${verdictText(organizationId, verdict, anchors.get(organizationId)?.length ?? 0)}\n`,
    );
  };
  if (organization === undefined) {
    for await (const { organizationId, verdict } of verifyAll(jobs, anchors)) tell(organizationId, verdict);
  } else {
    const organizationId = z.uuid("Not the id of an organization").parse(organization);
    const own = anchors.get(organizationId) ?? [];
    tell(organizationId, await verifyOrganization(jobs, { organizationId, anchors: own }));
  }
  process.stdout.write(isWhole ? "All is whole.\n" : "Something is wrong.\n");
  return isWhole ? 0 : 1;
}

async function verifyFile(path: string, kept: readonly KeptHead[]): Promise<number> {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
  const verifier = makeChainVerifier(sha256, kept);
  let end: { events: number; head: Pick<Anchor, "sequence" | "hash"> } | undefined;
  for await (const line of lines) {
    if (line.startsWith('{"end":')) end = ending.parse(JSON.parse(line)).end;
    else verifier.add([parseExportLine(line)]);
  }
  const verdict = verifier.verdict();
  process.stdout.write(`${verdictText(path, verdict, kept.length)}\n`);
  const isEnded = end?.head.sequence === verdict.head.sequence && end.head.hash === verdict.head.hash;
  if (!isEnded) process.stdout.write("The file does not end with the head that its last line should name.\n");
  return verdict.fault === null && isEnded ? 0 : 1;
}

function verdictText(what: string, { events, head: last, fault }: ChainVerdict, anchors: number): string {
  const read = `${what}: ${events} events, ${anchors} anchors`;
  return fault === null
    ? `${read}: whole to event ${last.sequence}, ${last.hash}`
    : `${read}: ${faultText(fault)}`;
}
