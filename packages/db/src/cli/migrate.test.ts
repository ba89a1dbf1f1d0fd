import { execFile } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

test("no database is migrated over a line to whoever answers", async () => {
  const env = { ...process.env, DATABASE_URL: "postgres://owner@127.0.0.1:9/none?sslmode=require" };
  const said = await new Promise((resolve) => {
    execFile(process.execPath, [join(import.meta.dirname, "migrate.ts")], { env }, (error, stdout, stderr) =>
      resolve({ code: error?.code, stdout, stderr }),
    );
  });
  expect(said).toEqual({ code: 1, stdout: "", stderr: expect.stringContaining("sslmode=verify-full") });
});
