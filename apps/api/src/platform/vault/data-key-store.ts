import type { AuthDatabase, WrappedDataKey } from "@vitrine/db/auth";
import type { Database } from "@vitrine/db/database";
import { dataKeys } from "@vitrine/db/schema";
import { organizationScope } from "@vitrine/db/scope";
import { and, desc, eq } from "drizzle-orm";

/** Where data keys are kept; null stands for secrets that belong to no organization. */
export type DataKeyStore = {
  /** The newest without a number. */
  find(organizationId: string | null, number: number | null): Promise<WrappedDataKey | undefined>;
  /** False when one of that number was added meanwhile. */
  add(organizationId: string | null, key: WrappedDataKey): Promise<boolean>;
};

export function makeDataKeyStore(deps: { database: Database; authDatabase: AuthDatabase }): DataKeyStore {
  const { database, authDatabase } = deps;
  return {
    async find(organizationId, number) {
      if (organizationId === null) return authDatabase.findDataKey(number);
      const [rows] = await database.batch(organizationScope(organizationId), (q) => [
        q
          .select({ number: dataKeys.number, wrapped: dataKeys.wrapped, wrappedBy: dataKeys.wrappedBy })
          .from(dataKeys)
          .where(
            and(
              eq(dataKeys.organizationId, organizationId),
              number === null ? undefined : eq(dataKeys.number, number),
            ),
          )
          .orderBy(desc(dataKeys.number))
          .limit(1),
      ]);
      return rows[0];
    },
    async add(organizationId, key) {
      if (organizationId === null) return authDatabase.addDataKey(key);
      const [added] = await database.batch(organizationScope(organizationId), (q) => [
        q
          .insert(dataKeys)
          .values({ organizationId, ...key })
          .onConflictDoNothing()
          .returning({ number: dataKeys.number }),
      ]);
      return added.length > 0;
    },
  };
}
