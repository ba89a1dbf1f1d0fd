import { chainedEvent } from "@vitrine/core/audit/chained-event";
import type { ChainedEvent } from "@vitrine/core/audit/verify-chain";
import * as z from "zod";
import type { Ask } from "../database/single-statements.ts";

/** A place in a chain as it is read: by number, then by id, since a damaged table may have a number twice. */
export type ChainPlace = Pick<ChainedEvent, "sequence" | "id">;

/** The end of one organization's chain. */
export interface ChainHead {
  organizationId: string;
  sequence: number;
  hash: string;
}

// Every value in the one text that `canonicalEvent` hashes, whatever the settings of the connection.
const READ_CHAIN = `
  select sequence, id, organization_id as "organizationId", to_json(created_at at time zone 'UTC') #>> '{}' as at,
    actor_kind as "actorKind", actor_id as "actorId", actor_name as "actorName", action, subject,
    subject_id as "subjectId", before::text as before, after::text as after, request_id as "requestId",
    remote_address as "remoteAddress", encode(hash, 'hex') as hash
  from tenant.audit_events
  where organization_id = $1::uuid and (sequence, id) > ($2::bigint, $3::uuid)
  order by sequence, id limit $4::integer`;

const READ_HEADS = `
  select o.organization_id as "organizationId", head.sequence, encode(head.hash, 'hex') as hash
  from (select organization_id from tenant.organizations where organization_id > $1::uuid
    order by organization_id limit $2::integer) o
  cross join lateral (
    select sequence, hash from tenant.audit_events a
    where a.organization_id = o.organization_id order by sequence desc limit 1
  ) head order by o.organization_id`;

const events = z.array(chainedEvent);
const heads = z.array(z.object({ organizationId: z.string(), sequence: z.number(), hash: z.string() }));

const FIRST: ChainPlace = { sequence: Number.MIN_SAFE_INTEGER, id: "00000000-0000-0000-0000-000000000000" };

/** At most `limit` events of one chain behind a place, in its order. */
export async function readChain(
  ask: Ask,
  { organizationId, after = FIRST, limit }: { organizationId: string; after?: ChainPlace; limit: number },
): Promise<ChainedEvent[]> {
  return events.parse(await ask(READ_CHAIN, [organizationId, `${after.sequence}`, after.id, `${limit}`]));
}

/** The heads of at most `limit` organizations behind one, by id; those without an event are left out. */
export async function readChainHeads(
  ask: Ask,
  { after, limit }: { after: string; limit: number },
): Promise<ChainHead[]> {
  return heads.parse(await ask(READ_HEADS, [after, `${limit}`]));
}
