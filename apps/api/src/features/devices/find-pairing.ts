import { deviceHardware, type pairingRequestView } from "@vitrine/core/model/device";
import { appError } from "@vitrine/core/model/errors";
import { sql } from "drizzle-orm";
import type * as z from "zod";
import { userCodeHash } from "../../auth/pairing-codes.ts";
import type { CommandContext } from "../../trpc/command.ts";
import { guesserOf } from "./guesser.ts";

/**
 * The screen that shows this code, as it describes itself. An unknown, an expired and a used code are one:
 * PAIRING_CODE_UNKNOWN; after too many of them PAIRING_LOCKED.
 */
export async function findPairing(
  ctx: CommandContext,
  { code }: { code: string },
): Promise<z.infer<typeof pairingRequestView>> {
  const { services, scope } = ctx;
  return services.devices.guard.attempt(guesserOf(ctx), async () => {
    const hash = userCodeHash(services.mac, code);
    const [rows] = await services.database.batch(scope, (q) => [
      q.execute<{ hardware: unknown; remote_address: string; created_at: Date; expires_at: Date }>(
        sql`select * from app.find_pairing(${hash})`,
      ),
    ]);
    const found = rows[0];
    if (!found) throw appError("PAIRING_CODE_UNKNOWN");
    return {
      hardware: deviceHardware.parse(found.hardware),
      remoteAddress: found.remote_address,
      requestedAt: found.created_at.toISOString(),
      expiresAt: found.expires_at.toISOString(),
    };
  });
}
