import { ACCOUNT_EVENT_DAYS } from "@vitrine/core/model/account";
import { commandKind } from "@vitrine/core/model/device";
import { storedChange } from "@vitrine/core/model/event";
import * as z from "zod";
import { type Ask, openSingleStatements, type RoleConnectionOptions } from "../database/single-statements.ts";
import { makeDeviceStatusFlush } from "./flush-device-status.ts";
import type { JobsDatabase, OutboxRange } from "./jobs-database.ts";
import { readChain, readChainHeads } from "./read-audit.ts";
import { outboxParameters, READ_OUTBOX, toOutboxRead } from "./read-outbox.ts";

export type * from "./jobs-database.ts";
export { PGBOSS_SCHEMA, QUEUES, type QueueName, type QueueOptions } from "./queues.ts";
export type { ChainHead, ChainPlace } from "./read-audit.ts";

const count = z.tuple([z.object({ count: z.number() })]);
const organization = z.object({ organizationId: z.string(), name: z.string(), timeZone: z.string() });
const heldDomain = z.object({ organizationId: z.string(), domain: z.string() });
const command = z.object({
  organizationId: z.string(),
  deviceId: z.string(),
  id: z.string(),
  kind: commandKind,
});
const dataKey = z.object({
  organizationId: z.string().nullable(),
  number: z.number(),
  wrapped: z.instanceof(Buffer),
  wrappedBy: z.string(),
});
const heard = z.object({ organizationId: z.string(), deviceId: z.string(), lastHeardAt: z.date() });
const entry = z.intersection(
  z.object({ upTo: z.string() }),
  z.union([
    z.object({
      xid: z.string(),
      id: z.number(),
      organizationId: z.string(),
      event: storedChange,
      contentRevision: z.number(),
    }),
    z.object({
      xid: z.null(),
      id: z.null(),
      organizationId: z.null(),
      event: z.null(),
      contentRevision: z.null(),
    }),
  ]),
);

/** Connects as `vitrine_jobs`. Rejects with `DatabaseUnusableError` like `openDatabase`. */
export async function openJobsDatabase(options: RoleConnectionOptions): Promise<JobsDatabase> {
  const statements = await openSingleStatements("vitrine_jobs", options);
  const { ask } = statements;
  return {
    currentSnapshot: async () => {
      const found = await ask("select pg_current_snapshot()::text as snapshot", []);
      return z.tuple([z.object({ snapshot: z.string() })]).parse(found)[0].snapshot;
    },
    readOutbox: (range) => readOutbox(ask, range),
    deleteOutboxBefore: async (instant) => {
      const text = `with gone as (delete from tenant.outbox where created_at < $1 returning 1)
        select count(*) as count from gone`;
      return count.parse(await ask(text, [instant]))[0].count;
    },
    flushDeviceStatus: makeDeviceStatusFlush(ask),
    listHeardSince: async (since) => {
      const text = `select organization_id as "organizationId", device_id as "deviceId", last_heard_at as "lastHeardAt"
        from tenant.device_status where last_heard_at >= $1 and not is_stopping`;
      return z.array(heard).parse(await ask(text, [since]));
    },
    readChain: (range) => readChain(ask, range),
    readChainHeads: (range) => readChainHeads(ask, range),
    listOrganizations: async () => {
      const text = `select organization_id as "organizationId", name, time_zone as "timeZone"
        from tenant.organizations where is_active order by organization_id`;
      return z.array(organization).parse(await ask(text, []));
    },
    listDomainsCheckedBefore: async (instant, limit) => {
      const text = `select organization_id as "organizationId", domain from system.verified_domains
        where checked_at < $1 order by checked_at, domain limit $2`;
      return z.array(heldDomain).parse(await ask(text, [instant, limit]));
    },
    expireCommands: async (now) => {
      const text = `update tenant.device_commands set state = 'expired', finished_at = $1
        where state in ('waiting', 'delivered') and expires_at <= $1
        returning organization_id as "organizationId", device_id as "deviceId", id, kind`;
      return z.array(command).parse(await ask(text, [now]));
    },
    listDataKeysNotUnder: async (wrappedBy, limit) => {
      const text = `select organization_id as "organizationId", number, wrapped, wrapped_by as "wrappedBy"
        from tenant.data_keys where wrapped_by <> $1
        union all
        select null, number, wrapped, wrapped_by from system.data_keys where wrapped_by <> $1 limit $2`;
      return z.array(dataKey).parse(await ask(text, [wrappedBy, limit]));
    },
    rewrapDataKey: async ({ organizationId, number, wrapped, wrappedBy }) => {
      if (organizationId === null) {
        const text = "update system.data_keys set wrapped = $1, wrapped_by = $2 where number = $3";
        await ask(text, [wrapped, wrappedBy, number]);
      } else {
        const text = `update tenant.data_keys set wrapped = $1, wrapped_by = $2
          where organization_id = $3 and number = $4`;
        await ask(text, [wrapped, wrappedBy, organizationId, number]);
      }
    },
    deleteExpired: async (now) => {
      const remove = async (table: string, condition: string) => {
        const text = `with gone as (delete from system.${table} where ${condition} returning 1)
          select count(*) as count from gone`;
        return count.parse(await ask(text, [now]))[0].count;
      };
      const older = (than: string) => `<= $1::timestamptz - interval '${than}'`;
      return {
        sessions: await remove("sessions", "expires_at <= $1 or absolute_expires_at <= $1"),
        pairingRequests: await remove("pairing_requests", `expires_at ${older("1 day")}`),
        accountLinks: await remove("account_links", `expires_at ${older("30 days")}`),
        accountEvents: await remove("account_events", `at ${older(`${ACCOUNT_EVENT_DAYS} days`)}`),
        knownDevices: await remove("known_devices", `last_seen_at ${older("400 days")}`),
      };
    },
    [Symbol.asyncDispose]: () => statements[Symbol.asyncDispose](),
  };
}

async function readOutbox(ask: Ask, range: OutboxRange) {
  const rows = await ask(READ_OUTBOX, outboxParameters(range));
  return toOutboxRead(z.array(entry).parse(rows));
}
