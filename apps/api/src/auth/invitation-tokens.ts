import { appError } from "@vitrine/core/model/errors";
import type { AuthDatabase, FoundInvitation } from "@vitrine/db/auth";
import type { Mac } from "../platform/mac.ts";
import { isTokenOf, type Linked, linkToken, readTokenIds } from "./link-tokens.ts";

/** What an invitation's address is derived from. With each `issue` those before are no longer good. */
export type Issued = { organizationId: string; id: string; issue: number };

/**
 * How an invitation reached who opens it: in a message to its address, which shows that the address is theirs, or
 * handed over by whoever invited, which shows nothing of the kind.
 */
export type Way = "mailed" | "handed";

const PURPOSES: Record<Way, string> = { mailed: "invitation", handed: "invitation handed over" };

/** The address that opens an invitation. */
export function invitationUrl(mac: Mac, origin: string, issued: Issued, way: Way): string {
  return `${origin}/invitation#${linkToken(mac, linkedOf(issued, way))}`;
}

/** The invitation that a token opens, while it can be taken up. Errors: INVITATION_INVALID. */
export async function requireInvitation(
  { authDatabase, mac }: { authDatabase: AuthDatabase; mac: Mac },
  token: string,
): Promise<FoundInvitation & { way: Way }> {
  const [organizationId, id] = readTokenIds(token, 2) ?? [];
  const found = organizationId && id ? await authDatabase.findInvitation(organizationId, id) : undefined;
  const way = (["mailed", "handed"] as const).find(
    (one) => found && isTokenOf(mac, token, linkedOf(found, one)),
  );
  if (!found || !way) throw appError("INVITATION_INVALID");
  return { ...found, way };
}

function linkedOf({ organizationId, id, issue }: Issued, way: Way): Linked {
  return { purpose: PURPOSES[way], ids: [organizationId, id], bound: String(issue) };
}
