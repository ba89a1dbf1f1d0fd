import { chmod, mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startDeviceServer } from "../engine/testing/device-server.ts";
import { makeFolder } from "../engine/testing/test-kiosk.ts";
import { runDoctor } from "./doctor.ts";
import type { Finding } from "./finding.ts";

async function findingsOf(server: string, data: string): Promise<{ code: number; findings: Finding[] }> {
  let output = "";
  const argv = ["--json", "--shell", "none", "--server", server, "--data", data];
  const code = await runDoctor(argv, {}, (text) => {
    output += text;
  });
  return { code, findings: JSON.parse(output) };
}

const verdictOf = (findings: readonly Finding[], name: string) =>
  findings.find((finding) => finding.name === name)?.verdict;

test("a machine that can be a screen is told so, with exit code 0 and a line for each look", async () => {
  await using server = await startDeviceServer();
  await using folder = await makeFolder();
  await chmod(folder.path, 0o700);
  const { code, findings } = await findingsOf(server.url, folder.path);
  expect(verdictOf(findings, "server")).toBe("ok");
  expect(verdictOf(findings, "data folder")).toBe("ok");
  expect(verdictOf(findings, "clock")).toBe("ok");
  expect(findings.filter(({ verdict }) => verdict === "bad")).toEqual([]);
  expect(code).toBe(0);
});

test("what keeps a screen from its work is bad, says what to do, and gives exit code 1", async () => {
  await using folder = await makeFolder();
  const stranger = createServer((_, response) => response.writeHead(200).end("<h1>A shop</h1>"));
  await new Promise<void>((resolve) => stranger.listen(0, "127.0.0.1", resolve));
  const address = stranger.address();
  const port = typeof address === "object" ? address?.port : undefined;
  await writeFile(join(folder.path, "a-file"), "");
  const inFile = join(folder.path, "a-file", "data");
  const { code, findings } = await findingsOf(`http://127.0.0.1:${port}`, inFile);
  stranger.close();
  expect(code).toBe(1);
  const bad = findings.filter(({ verdict }) => verdict === "bad");
  expect(bad.map(({ name }) => name).sort()).toEqual(["data folder", "server"]);
  for (const { advice } of bad) expect(advice).toMatch(/\w{3,} \w+/);
});

test("secrets that others may read are told with the command that mends it", async () => {
  await using folder = await makeFolder();
  await mkdir(folder.path, { recursive: true });
  await writeFile(join(folder.path, "credential.json"), "{}", { mode: 0o644 });
  const { findings } = await findingsOf("http://127.0.0.1:9", folder.path);
  const permissions = findings.find(({ name }) => name === "permissions");
  expect(permissions).toMatchObject({
    verdict: "warn",
    advice: expect.stringMatching(/^Run: chmod 600 .*credential.json$/),
  });
});
