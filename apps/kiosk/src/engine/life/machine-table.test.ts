import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PLAYER_STATES } from "@vitrine/core/model/device";
import { expect, test } from "vitest";
import { type Life, type LifeEvent, NEWBORN, stepLife } from "./machine.ts";

const SPEC = join(import.meta.dirname, "../SPEC.md");
const booted = { kind: "booted", isClaimed: false, isVetoOpen: false, isPlayable: false } as const;

/** Each event in the forms whose answers differ. */
const EVENTS: readonly { name: string; event: LifeEvent; changes?: Partial<Life> }[] = [
  { name: "booted", event: booted },
  { name: "booted claimed", event: { ...booted, isClaimed: true } },
  { name: "booted claimed+", event: { ...booted, isClaimed: true, isPlayable: true } },
  { name: "code_issued", event: { kind: "code_issued" } },
  { name: "code_expired", event: { kind: "code_expired" } },
  { name: "claimed", event: { kind: "claimed", isVetoOpen: true } },
  { name: "veto_over, veto", event: { kind: "veto_over" }, changes: { isVetoOpen: true } },
  { name: "refused", event: { kind: "refused" } },
  { name: "refused, veto", event: { kind: "refused" }, changes: { isVetoOpen: true } },
  { name: "playable", event: { kind: "playable" } },
  { name: "revoked", event: { kind: "revoked" } },
  { name: "link_down", event: { kind: "link_down" } },
  { name: "link_up, offline", event: { kind: "link_up" }, changes: { isOffline: true } },
  { name: "stage_lost", event: { kind: "stage_lost" } },
  { name: "stage_back, recovering", event: { kind: "stage_back" }, changes: { isRecovering: true } },
];

function cellOf(state: Life["state"], event: LifeEvent, changes: Partial<Life> = {}): string {
  const before: Life = { ...NEWBORN, state, isPlayable: state === "playing", ...changes };
  const { life, effects } = stepLife(before, event);
  if (life === before && effects.length === 0) return "·";
  const conditions = (["isOffline", "isRecovering", "isVetoOpen"] as const).filter((name) => life[name]);
  const words = conditions.map((name) => name.slice(2).replace("VetoOpen", "veto").toLowerCase());
  const done = effects.map(({ kind }) => kind).filter((kind) => kind !== "announce");
  return [life.state, ...words].join(" ") + (done.length === 0 ? "" : `: ${done.join(", ")}`);
}

test("L5: the table of SPEC.md is the machine's", () => {
  const rows = EVENTS.map(({ name, event, changes }) =>
    [name, ...PLAYER_STATES.map((state) => cellOf(state, event, changes))].join(" | "),
  );
  const lines = [["event", ...PLAYER_STATES].join(" | "), "-|-|-|-|-", ...rows].map((row) => `| ${row} |`);
  const table = `<!-- table -->\n${lines.join("\n")}\n<!-- end of table -->`;
  const spec = readFileSync(SPEC, "utf8");
  const isWriting = process.env.VITRINE_WRITE_SPEC === "1";
  if (isWriting)
    writeFileSync(SPEC, spec.replace(/<!-- table -->[\s\S]*?(<!-- end of table -->|(?=\n\n))/, table));
  expect(isWriting ? table : spec).toContain(table);
});
