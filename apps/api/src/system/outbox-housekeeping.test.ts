import { outbox } from "@vitrine/db/schema";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { makeTestOrganization } from "../testing/test-organization.ts";
import { startTestServer } from "../testing/test-server.ts";
import { forgetOldChanges, OUTBOX_KEPT_MS } from "./outbox-housekeeping.ts";

test("changes older than a day are forgotten, younger ones kept", async () => {
  await using server = await startTestServer();
  const { services } = server;
  const { scope, organizationId } = await makeTestOrganization(services);
  const event = { subject: "asset" as const, ids: [], action: "x" };
  const nowMs = services.clock.nowMs();
  const ages = [OUTBOX_KEPT_MS + 60_000, OUTBOX_KEPT_MS - 60_000, 0];
  await services.database.batch(scope, (q) => [
    q
      .insert(outbox)
      .values(ages.map((ageMs) => ({ organizationId, event, createdAt: new Date(nowMs - ageMs) }))),
  ]);
  await forgetOldChanges({ jobs: services.jobsDatabase, clock: services.clock, log: services.log });
  const [rows] = await services.database.batch(scope, (q) => [
    q.select({ createdAt: outbox.createdAt }).from(outbox).where(eq(outbox.organizationId, organizationId)),
  ]);
  expect(
    rows.map(({ createdAt }) => nowMs - createdAt.getTime()).toSorted((one, other) => one - other),
  ).toEqual(ages.slice(1).toSorted((one, other) => one - other));
});
