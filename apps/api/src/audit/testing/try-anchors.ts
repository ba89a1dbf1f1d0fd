import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeMac } from "../../platform/mac.ts";
import { readAnchors } from "../anchor-file.ts";
import { NO_LINE, writeAnchorLine } from "../anchor-line.ts";
import { makeRandom } from "./random.ts";

export type AnchorReport = { tried: number; misses: string[] };

const LINES = 40;

/** Changes, removes, doubles and exchanges lines of a file of anchors, and compares the line that is named with the first that differs. */
export async function tryAnchors({ runs, seed }: { runs: number; seed: number }): Promise<AnchorReport> {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-anchors-"));
  const path = join(folder, "anchors.jsonl");
  const mac = makeMac(randomBytes(32).toString("base64url"));
  const random = makeRandom(seed);
  const lines = makeLines(mac);
  const ways: ((line: number) => string[])[] = [
    (line) => lines.with(line, (lines[line] ?? "").replace(/"hash":"./, '"hash":"x')),
    (line) => lines.with(line, (lines[line] ?? "").replace(/"sequence":\d+/, '"sequence":1000000')),
    (line) => lines.with(line, (lines[line] ?? "").replace(/"at":"..../, '"at":"2031')),
    (line) => lines.with(line, "{}"),
    (line) => lines.toSpliced(line, 1),
    (line) => lines.toSpliced(line, 0, lines[line] ?? ""),
    (line) => lines.with(line, lines[line + 1] ?? "").with(line + 1, lines[line] ?? ""),
    (line) => lines.slice(line + 1),
  ];
  const misses: string[] = [];
  try {
    for (let run = 0; run < runs; run += 1) {
      const way = ways[random.from(0, ways.length - 1)];
      const changed = way?.(random.from(0, LINES - 2)) ?? [];
      const first = lines.findIndex((line, index) => line !== changed[index]) + 1;
      writeFileSync(path, `${changed.join("\n")}\n`);
      const { badLine } = await readAnchors(path, mac, () => {});
      if (badLine !== first) misses.push(`run ${run}: line ${first} is the first, not ${badLine}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { tried: runs, misses };
}

function makeLines(mac: ReturnType<typeof makeMac>): string[] {
  let former = NO_LINE;
  return Array.from({ length: LINES }, (_, index) => {
    const hash = randomBytes(32).toString("hex");
    const at = new Date(Date.UTC(2026, 10, 20, index)).toISOString();
    former = writeAnchorLine(mac, former, { organizationId: randomUUID(), sequence: index + 1, hash, at });
    return former;
  });
}
