import type { LinkPurpose } from "@vitrine/core/model/account";
import { appError } from "@vitrine/core/model/errors";
import type { AccountTrace, AuthDatabase, FoundLink } from "@vitrine/db/auth";
import type { Mac } from "../platform/mac.ts";
import { isTokenOf, type Linked, linkToken, readTokenIds } from "./link-tokens.ts";

export type { AccountTrace, FoundLink };

type Bound = Pick<FoundLink, "id" | "purpose" | "email">;

/** Pages of the dashboard that links lead to. */
const PAGES: Record<LinkPurpose, string> = {
  resetPassword: "reset-password",
  verifyEmail: "confirm-email",
  changeEmail: "confirm-email",
};

/** The address that a link is sent as. */
export function accountLinkUrl(mac: Mac, origin: string, link: Bound): string {
  return `${origin}/${PAGES[link.purpose]}#${linkToken(mac, linkedOf(link))}`;
}

/** The link for one of these purposes that a token opens, while it is good. Errors: LINK_INVALID. */
export async function requireAccountLink(
  { authDatabase, mac }: { authDatabase: AuthDatabase; mac: Mac },
  token: string,
  purposes: readonly LinkPurpose[],
): Promise<FoundLink> {
  const [id] = readTokenIds(token, 1) ?? [];
  const found = id ? await authDatabase.findLink(id) : undefined;
  if (!found || !purposes.includes(found.purpose) || !isTokenOf(mac, token, linkedOf(found)))
    throw appError("LINK_INVALID");
  return found;
}

function linkedOf({ id, purpose, email }: Bound): Linked {
  return { purpose: `account link: ${purpose}`, ids: [id], bound: email };
}
