import { type DeviceAccess, makeDeviceAccess } from "../auth/device-access.ts";
import { type DeviceNonces, makeDeviceNonces } from "../auth/device-nonces.ts";
import { type DeviceTickets, makeDeviceTickets } from "../auth/device-tickets.ts";
import { type DeviceTokens, makeDeviceTokens } from "../auth/device-tokens.ts";
import type { Services } from "../services.ts";
import { startCommandExpiry } from "../system/command-expiry.ts";
import { startExpiredHousekeeping } from "../system/expired-housekeeping.ts";
import { startHistoryHousekeeping } from "../system/history-housekeeping.ts";
import { writePresence } from "../system/write-presence.ts";
import { makeTransfers, type Transfers } from "./files/transfers.ts";
import { type HintHub, makeHintHub } from "./hints/hint-hub.ts";
import { makePairingGuard, type PairingGuard } from "./pairing/pairing-guard.ts";
import { writeContacts } from "./presence/contact-log.ts";
import { type PresenceKeeper, startPresenceKeeper } from "./presence/presence-keeper.ts";
import { makeScreens, type Screens } from "./screens.ts";

/** What the server keeps for the screens that speak to it. */
export type DeviceServices = AsyncDisposable & {
  tickets: DeviceTickets;
  tokens: DeviceTokens;
  nonces: DeviceNonces;
  access: DeviceAccess;
  guard: PairingGuard;
  screens: Screens;
  presence: PresenceKeeper;
  transfers: Transfers;
  hints: HintHub;
};

type Needed = "mac" | "clock" | "log" | "newId" | "database" | "jobsDatabase" | "events";

/** Screens heard this lately before a start are waited for: their silence is told like any other's. */
const EXPECT_MS = 5 * 60_000;

/** Starts what screens speak to. Disposing it ends streams and writes what was heard last. */
export async function startDeviceServices(services: Pick<Services, Needed>): Promise<DeviceServices> {
  const { mac, clock, log, newId, database, jobsDatabase, events } = services;
  const transfers = makeTransfers();
  const access = makeDeviceAccess({
    database,
    clock,
    settledAtMs: events.settledAtMs,
    onRevoked: transfers.cut,
  });
  const stopHearing = events.onSession(access.forget);
  const screens = makeScreens();
  const publishStatus = events.publishStatus.bind(events);
  const presence = startPresenceKeeper({
    screens,
    clock,
    log,
    write: (rows) => writePresence({ jobsDatabase, log }, rows),
    writeContacts: (contacts) => writeContacts({ database, newId }, contacts),
    publishStatus,
  });
  const hints = makeHintHub({
    screens,
    access,
    clock,
    random: Math.random,
    onChange: (listener) => events.on(listener),
    onTouched: ({ organizationId, deviceId }) => publishStatus(organizationId, [deviceId]),
  });
  const expiry = startCommandExpiry({ jobsDatabase, database, clock, newId, log });
  const housekeeping = startExpiredHousekeeping({ jobsDatabase, clock, log });
  const history = startHistoryHousekeeping({ jobsDatabase, database, clock, log });
  presence.expect(await jobsDatabase.listHeardSince(new Date(clock.nowMs() - EXPECT_MS)));
  return {
    tickets: makeDeviceTickets({ mac, clock }),
    tokens: makeDeviceTokens({ mac, clock }),
    nonces: makeDeviceNonces(clock),
    access,
    guard: makePairingGuard(clock),
    screens,
    presence,
    transfers,
    hints,
    async [Symbol.asyncDispose]() {
      stopHearing();
      hints[Symbol.dispose]();
      await expiry[Symbol.asyncDispose]();
      await housekeeping[Symbol.asyncDispose]();
      await history[Symbol.asyncDispose]();
      await presence[Symbol.asyncDispose]();
    },
  };
}
