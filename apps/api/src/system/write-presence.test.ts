import { findServerRefusal } from "@vitrine/db/errors";
import postgres from "postgres";
import { expect, test } from "vitest";
import { makeManyScreens } from "../device/testing/many-screens.ts";
import { makePerson } from "../device/testing/test-person.ts";
import { makeLog } from "../platform/log.ts";
import { startTestServer } from "../testing/test-server.ts";
import { type DeviceStatusWrite, writePresence } from "./write-presence.ts";

test("a row that the database refuses is left out alone", async () => {
  await using server = await startTestServer();
  const person = await makePerson(server);
  const screens = await makeManyScreens(server.services, person.scope, 40);
  const rows = screens.map(
    ({ deviceId }, place): DeviceStatusWrite => ({
      organizationId: person.organizationId,
      deviceId,
      lastHeardAt: new Date(),
      bootId: null,
      playerState: "playing",
      condition: "playing",
      isUpToDate: true,
      checkedRevision: 1,
      activeManifest: place === 17 ? "\u0000" : "fine",
      newestManifest: null,
      isStopping: false,
      shownAssetId: null,
      shownItemId: null,
      shownEntryId: null,
      shownSince: null,
      hardware: null,
      vitals: null,
      sync: null,
      isRecovering: false,
      display: null,
      update: null,
      faults: [],
    }),
  );
  const { jobsDatabase } = server.services;
  const refused = await jobsDatabase.flushDeviceStatus(rows).catch(findServerRefusal);
  expect(refused).toMatchObject({ code: expect.stringMatching(/^22/) });
  await writePresence({ jobsDatabase, log: makeLog("silent") }, rows);
  const database = postgres(server.testDatabase.superuserUrl, { max: 1, onnotice: () => {} });
  const written = await database`select device_id from tenant.device_status where last_heard_at is not null`;
  await database.end();
  expect(written.map(({ device_id }) => device_id).sort()).toEqual(
    screens.flatMap(({ deviceId }, place) => (place === 17 ? [] : [deviceId])).sort(),
  );
});
