import { type claimDeviceInput, deviceHardware } from "@vitrine/core/model/device";
import { appError } from "@vitrine/core/model/errors";
import type { OrganizationTransaction } from "@vitrine/db/database";
import {
  deviceCredentials,
  deviceEvents,
  deviceStatus,
  devices,
  organizations,
  playlists,
} from "@vitrine/db/schema";
import { and, eq, sql } from "drizzle-orm";
import type * as z from "zod";
import { userCodeHash } from "../../auth/pairing-codes.ts";
import { eventRow } from "../../device/history/event-row.ts";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { businessOfNew } from "../businesses/belonging.ts";
import { findFreeName } from "../names.ts";
import { takeRoomInPlan } from "../plan/room.ts";
import { guesserOf } from "./guesser.ts";

/** The glass names the organization and may refuse for this long. */
const VETO_MS = 30_000;

/**
 * Makes the screen that shows this code the organization's, under a name that no other has; gives its id. Of two
 * claims of one code one succeeds. Errors: PAIRING_CODE_UNKNOWN, PAIRING_LOCKED, NOT_FOUND for an unknown playlist or business,
 * which leaves the code as good as before.
 */
export async function claimDevice(
  ctx: CommandContext,
  input: z.infer<typeof claimDeviceInput>,
): Promise<string> {
  const { services } = ctx;
  const { organizationId } = ctx.scope;
  return services.devices.guard.attempt(guesserOf(ctx), () =>
    runCommand(ctx, async (tx, record) => {
      const organization = await findOrganization(tx);
      const businessId = await businessOfNew(tx, input.businessId);
      await requirePlaylist(tx, input.playlistId);
      const id = services.newId();
      const now = services.clock.now();
      const claimed = await claimPairing(tx, {
        hash: userCodeHash(services.mac, input.code),
        deviceId: id,
        organizationName: organization.name,
        vetoUntil: new Date(now.getTime() + VETO_MS),
      });
      const name = await findFreeName(tx, devices, input.name, businessId);
      const by = ctx.actor.kind === "user" ? ctx.actor.id : null;
      await tx.insert(devices).values({
        organizationId,
        id,
        businessId,
        name,
        timeZone: input.timeZone ?? organization.timeZone,
        playlistId: input.playlistId ?? null,
        pairedAt: now,
        createdAt: now,
        updatedAt: now,
        createdBy: by,
        updatedBy: by,
      });
      await takeRoomInPlan(tx, "screens", 1);
      await tx
        .insert(deviceCredentials)
        .values({ organizationId, deviceId: id, publicKey: claimed.public_key });
      const hardware = deviceHardware.parse(claimed.hardware);
      await tx.insert(deviceStatus).values({ organizationId, deviceId: id, hardware });
      await tx
        .insert(deviceEvents)
        .values(eventRow(services, ctx.scope, { deviceId: id, kind: "paired", at: now }));
      record.audit({
        action: "devices.claim",
        subject: "device",
        subjectId: id,
        after: {
          name,
          businessId,
          playlistId: input.playlistId ?? null,
          hardware,
          remoteAddress: claimed.remote_address,
        },
      });
      record.changed("device", [id], "claimed");
      return id;
    }),
  );
}

async function findOrganization(tx: OrganizationTransaction): Promise<{ name: string; timeZone: string }> {
  const [organization] = await tx
    .select({ name: organizations.name, timeZone: organizations.timeZone })
    .from(organizations)
    .where(eq(organizations.organizationId, tx.scope.organizationId));
  if (!organization) throw appError("NOT_FOUND");
  return organization;
}

async function requirePlaylist(tx: OrganizationTransaction, playlistId: string | undefined): Promise<void> {
  if (playlistId === undefined) return;
  const [playlist] = await tx
    .select({ id: playlists.id })
    .from(playlists)
    .where(
      and(
        eq(playlists.organizationId, tx.scope.organizationId),
        eq(playlists.id, playlistId),
        eq(playlists.isActive, true),
      ),
    );
  if (!playlist) throw appError("NOT_FOUND");
}

type Claim = { hash: string; deviceId: string; organizationName: string; vetoUntil: Date };

async function claimPairing(tx: OrganizationTransaction, claim: Claim) {
  const [claimed] = await tx.execute<{ public_key: string; hardware: unknown; remote_address: string }>(sql`
    select public_key, hardware, remote_address from app.claim_pairing(
      ${claim.hash}, ${claim.deviceId}::uuid, ${claim.organizationName}, ${claim.vetoUntil}::timestamptz)`);
  if (!claimed) throw appError("PAIRING_CODE_UNKNOWN");
  return claimed;
}
