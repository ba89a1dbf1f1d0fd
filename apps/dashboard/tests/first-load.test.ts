import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { DASHBOARD_DIR } from "./fake/serve.ts";
import { answersOf, busyCafe, NOTHING } from "./fake/world.ts";
import { withDashboard } from "./open-dashboard.ts";

/** The dashboard's first load; a page reached straight by its address may bring its own controls on top. */
const BUDGET_BYTES = 200_000;
const DEEP_LINK_BYTES = 225_000;
const dashboard = withDashboard();

test.each([
  [
    "a first visit, as far as the sign-up form",
    "/",
    { "account.session": () => null, "account.signUpWay": () => ({ way: "atOnce" }) },
    "Your name",
    BUDGET_BYTES,
  ],
  ["the overview", "/", answersOf(NOTHING), "First steps", BUDGET_BYTES],
  ["content", "/content", answersOf(busyCafe()), "Winter menu", DEEP_LINK_BYTES],
  ["screens", "/screens", answersOf(busyCafe()), "Harbour terrace", BUDGET_BYTES],
] as const)("%s loads no more compressed script than it may", async (name, path, answers, shows, budget) => {
  await using open = await dashboard.open(path, answers);
  await open.page.getByText(shows).first().waitFor();
  await open.page.waitForLoadState("networkidle");
  const paths = await open.page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .map((entry) => new URL(entry.name).pathname)
      .filter((one) => one.endsWith(".js")),
  );
  expect(paths.length).toBeGreaterThan(2);
  const sizes = await Promise.all([...new Set(paths)].map((one) => compressedBytes(one)));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  process.stdout.write(`first load of ${name}: ${total} bytes in ${sizes.length} scripts\n`);
  expect(total).toBeLessThanOrEqual(budget);
});

/** The build compresses all but the smallest. */
async function compressedBytes(path: string): Promise<number> {
  const file = join(DASHBOARD_DIR, path);
  const compressed = await stat(`${file}.br`).catch(() => undefined);
  return compressed?.size ?? brotliCompressSync(await readFile(file)).length;
}
