import type { Subject } from "@vitrine/core/model/event";
import type { Database } from "@vitrine/db/database";
import {
  apiKeys,
  assets,
  businesses,
  dayparts,
  deviceGroups,
  devices,
  invitations,
  layouts,
  organizations,
  playlists,
  scheduleEntries,
} from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { arrayOf } from "@vitrine/db/values";
import { sql } from "drizzle-orm";
import * as z from "zod";

/** Where the names are of what has an id and a name of its own. */
const NAMED = {
  business: businesses,
  apiKey: apiKeys,
  asset: assets,
  playlist: playlists,
  layout: layouts,
  daypart: dayparts,
  entry: scheduleEntries,
  group: deviceGroups,
  device: devices,
} satisfies Record<Exclude<Subject, "organization" | "member" | "invitation" | "command">, unknown>;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const named = z.array(z.object({ id: z.string(), name: z.string() }));

/** What things of the organization are called now, those that were removed too, by id; in one statement. */
export async function namesOfSubjects(
  database: Database,
  scope: OrganizationScope,
  ids: readonly (string | null)[],
): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((one) => one !== null && UUID.test(one)))];
  if (wanted.length === 0) return new Map();
  const { organizationId } = scope;
  const parts = [
    ...Object.values(NAMED).map(
      (table) =>
        sql`select id, name from ${table} where organization_id = ${organizationId} and id = any(w.ids)`,
    ),
    sql`select organization_id, name from ${organizations}
      where organization_id = ${organizationId} and organization_id = any(w.ids)`,
    sql`select id, email from ${invitations} where organization_id = ${organizationId} and id = any(w.ids)`,
    sql`select user_id, name from app.list_people() where user_id = any(w.ids)`,
  ];
  const [rows] = await database.batch(scope, (q) => [
    q.execute(sql`select one.id, one.name from (select ${arrayOf("uuid", wanted)} as ids) w
      cross join lateral (${sql.join(parts, sql` union all `)}) one`),
  ]);
  return new Map(named.parse(rows).map(({ id, name }) => [id, name]));
}
