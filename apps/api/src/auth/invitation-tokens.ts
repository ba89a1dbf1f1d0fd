import { appError } from "@vitrine/core/model/errors";
import type { AuthDatabase, FoundInvitation } from "@vitrine/db/auth";
import type { Mac } from "../platform/mac.ts";

export type { FoundInvitation };

/** What an invitation's address is derived from. With each `issue` those before are no longer good. */
export type Issued = { organizationId: string; id: string; issue: number };

const PURPOSE = "invitation";
const UUID_BYTES = 16;

/** The address that opens an invitation. Its secret part is in the fragment, which browsers send to nobody. */
export function invitationUrl(mac: Mac, origin: string, issued: Issued): string {
  return `${origin}/invitation#${invitationToken(mac, issued)}`;
}

/** The invitation that a token opens, while it can be taken up. Errors: INVITATION_INVALID. */
export async function requireInvitation(
  { authDatabase, mac }: { authDatabase: AuthDatabase; mac: Mac },
  token: string,
): Promise<FoundInvitation> {
  const bytes = Buffer.from(token, "base64url");
  const organizationId = readUuid(bytes.subarray(0, UUID_BYTES));
  const id = readUuid(bytes.subarray(UUID_BYTES, 2 * UUID_BYTES));
  const found = organizationId && id ? await authDatabase.findInvitation(organizationId, id) : undefined;
  const given = bytes.subarray(2 * UUID_BYTES).toString("base64url");
  if (!found || !mac.verify(PURPOSE, macText(found), given)) throw appError("INVITATION_INVALID");
  return found;
}

function invitationToken(mac: Mac, issued: Issued): string {
  const parts = [uuidBytes(issued.organizationId), uuidBytes(issued.id)];
  const secret = Buffer.from(mac.sign(PURPOSE, macText(issued)), "base64url");
  return Buffer.concat([...parts, secret]).toString("base64url");
}

function macText({ organizationId, id, issue }: Issued): string {
  return `${organizationId}\0${id}\0${issue}`;
}

function uuidBytes(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll("-", ""), "hex");
}

function readUuid(bytes: Buffer): string | undefined {
  if (bytes.length !== UUID_BYTES) return undefined;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
