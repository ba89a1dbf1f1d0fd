import { access } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { makeUploadingPerson, type UploadingPerson } from "../testing/uploading-person.ts";
import { type HostileFile, hostileFiles, someOf } from "./hostile-files.ts";
import { FULL_MS, isFull, say } from "./size.ts";
import { type FileOutcome, strayFiles, tryFiles } from "./try-files.ts";
import { startWitness, type Witness } from "./witness.ts";

const EVERY = isFull ? 1 : 40;
let server: TestServer;
let witness: Witness;
let person: UploadingPerson;
let files: HostileFile[];
beforeAll(async () => {
  server = await startTestServer();
  witness = await startWitness();
  person = await makeUploadingPerson(server, "Eve");
  files = await hostileFiles(witness.port);
});
afterAll(async () => {
  await witness[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

test("there are more than 500 of them, no two alike", () => {
  expect(files.length).toBeGreaterThan(500);
  expect(new Set(files.map(({ filename, bytes }) => `${filename} ${bytes.toString("latin1")}`)).size).toBe(
    files.length,
  );
});

test(
  "some of each kind are refused or harmless, call nowhere and leave nothing under a name of theirs",
  async () => {
    const some = someOf(files, EVERY);
    const outcomes = await tryFiles(person, some);
    for (const [kind, of] of Map.groupBy(outcomes, ({ file }) => file.kind))
      say(`files: ${kind}`, summaryOf(of));
    say("files: all", summaryOf(outcomes));
    const harmful = outcomes.filter(({ harm }) => harm.length > 0);
    expect(harmful.map(({ file, harm }) => `${file.trick}: ${harm.join("; ")}`)).toEqual([]);
    expect(new Set(outcomes.map(({ outcome }) => outcome)).size).toBeGreaterThan(1);
    expect(witness.arrivals()).toBe(0);
    expect(await strayFiles(server)).toEqual([]);
    await expect(access("/tmp/vitrine-hostile.png")).rejects.toThrow("ENOENT");
    expect((await person.list()).total).toBeGreaterThan(0);
  },
  FULL_MS,
);

function summaryOf(outcomes: readonly FileOutcome[]): string {
  const count = (outcome: FileOutcome["outcome"]) => outcomes.filter((one) => one.outcome === outcome).length;
  const times = outcomes.map(({ ms }) => ms).sort((one, other) => one - other);
  const longest = Math.round(times.at(-1) ?? 0);
  const median = Math.round(times[Math.floor(times.length / 2)] ?? 0);
  const harm = outcomes.filter((one) => one.harm.length > 0).length;
  const shares = `${count("not taken")} not taken, ${count("refused")} refused, ${count("harmless")} harmless`;
  return `${outcomes.length}: ${shares}, ${harm} harmful; ms median ${median}, longest ${longest}`;
}

test("a picture that nothing is wrong with is taken, so that the attempts above were real", async () => {
  const [good] = files.filter(({ kind, filename }) => kind === "path" && filename === "con");
  if (!good) throw new Error("There is no such file");
  const [outcome] = await tryFiles(person, [{ ...good, filename: "Good.png" }]);
  expect(outcome).toMatchObject({ outcome: "harmless", harm: [] });
});
