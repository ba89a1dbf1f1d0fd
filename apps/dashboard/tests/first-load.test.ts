import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { expect, inject, test } from "vitest";
import { answersOf, busyCafe, NOTHING } from "./fake/world.ts";
import { withDashboard } from "./open-dashboard.ts";

const BUDGET_BYTES = 200_000;
const dashboard = withDashboard();

test.each([
  [
    "a first visit, as far as the sign-up form",
    "/",
    { "account.session": () => null },
    "Create your account",
  ],
  ["the overview", "/", answersOf(NOTHING), "First steps"],
  ["content", "/content", answersOf(busyCafe()), "Winter menu"],
  ["screens", "/screens", answersOf(busyCafe()), "Harbour terrace"],
] as const)("%s loads at most 200 kB of compressed script", async (name, path, answers, shows) => {
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
  expect(total).toBeLessThanOrEqual(BUDGET_BYTES);
});

async function compressedBytes(path: string): Promise<number> {
  return brotliCompressSync(await readFile(join(inject("dashboardDir"), path))).length;
}
