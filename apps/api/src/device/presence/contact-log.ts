import { deviceEvents, deviceStatus, devices } from "@vitrine/db/schema";
import { organizationScope } from "@vitrine/db/scope";
import { arrayOf } from "@vitrine/db/values";
import { sql } from "drizzle-orm";
import type { Services } from "../../services.ts";

/** A screen came into contact or fell silent, by the limits of its status. */
export type Contact = {
  organizationId: string;
  deviceId: string;
  kind: "connected" | "lost";
  at: Date;
  /** Why it fell silent. */
  reason?: "stopped_on_purpose" | "connection_lost";
};

/**
 * Adds what begins and ends the presence of screens to their histories. What the history says already is left out,
 * and so is a silence here of a screen that another process has heard since.
 */
export async function writeContacts(
  { database, newId }: Pick<Services, "database" | "newId">,
  contacts: readonly Contact[],
): Promise<void> {
  for (const [organizationId, all] of Map.groupBy(contacts, (contact) => contact.organizationId)) {
    // One statement a round of each screen, so that each sees what the one before it wrote.
    for (let rest = all; rest.length > 0; ) {
      const round = firstOfEach(rest);
      rest = rest.filter((contact) => !round.includes(contact));
      await database.batch(organizationScope(organizationId), (q) => [
        q.execute(insertOf(organizationId, round, newId)),
      ]);
    }
  }
}

function firstOfEach(contacts: readonly Contact[]): Contact[] {
  const first = new Map<string, Contact>();
  for (const contact of contacts) if (!first.has(contact.deviceId)) first.set(contact.deviceId, contact);
  return [...first.values()];
}

function insertOf(organizationId: string, contacts: readonly Contact[], newId: () => string) {
  const id = sql`${organizationId}::uuid`;
  const ids = contacts.map(newId);
  const column = (of: (contact: Contact) => unknown) => contacts.map(of);
  return sql`
    insert into ${deviceEvents} (organization_id, id, device_id, kind, at, data)
    select ${id}, given.id, given.device_id, given.kind, given.at, given.data
    from unnest(${arrayOf("uuid", ids)}, ${arrayOf(
      "uuid",
      column(({ deviceId }) => deviceId),
    )}, ${arrayOf(
      "text",
      column(({ kind }) => kind),
    )}, ${arrayOf(
      "timestamptz",
      column(({ at }) => at),
    )}, ${arrayOf(
      "jsonb",
      column(({ reason }) => (reason ? { reason } : {})),
    )}) as given (id, device_id, kind, at, data)
    where given.kind is distinct from (
        select known.kind from ${deviceEvents} as known
        where known.organization_id = ${id} and known.device_id = given.device_id
          and known.kind in ('connected', 'lost')
        order by known.at desc, known.id desc limit 1)
      and not (given.kind = 'lost' and exists (
        select from ${deviceStatus} as word
        where word.organization_id = ${id} and word.device_id = given.device_id and word.last_heard_at > given.at))
      and exists (select from ${devices} as screen where screen.organization_id = ${id} and screen.id = given.device_id)
    order by given.device_id`;
}
