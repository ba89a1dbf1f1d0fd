import type { AccountEventView, listAccountEventsInput } from "@vitrine/core/model/account";
import type { Page } from "@vitrine/core/model/paging";
import * as z from "zod";
import { decodeCursor, encodeCursor } from "../../platform/cursor.ts";
import { readUserAgent } from "../../platform/user-agent.ts";
import type { SignedIn } from "./signed-in.ts";

const cursorKey = z.tuple([z.iso.datetime({ precision: 3 }), z.uuid()]);

/** What happened to the person's account in the last 90 days, newest first; at most `limit` after the cursor. */
export async function listAccountEvents(
  { services, user }: SignedIn,
  { cursor, limit }: z.infer<typeof listAccountEventsInput>,
): Promise<Page<AccountEventView>> {
  const after = decodeCursor(cursor, cursorKey);
  const found = await services.authDatabase.listAccountEvents(user.id, {
    before: after && { at: new Date(after[0]), id: after[1] },
    limit: limit + 1,
  });
  const rows = found.slice(0, limit).map(({ id, at, kind, remoteAddress, userAgent, detail }) => ({
    id,
    at: at.toISOString(),
    kind,
    remoteAddress,
    ...readUserAgent(userAgent),
    email: detail.email ?? null,
  }));
  const last = found.length > limit ? rows.at(-1) : undefined;
  return {
    rows,
    nextCursor: last ? encodeCursor([last.at, last.id]) : null,
    total: found[0]?.total ?? 0,
  };
}
