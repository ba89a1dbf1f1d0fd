import { createHash, randomBytes } from "node:crypto";
import type { Clock } from "../platform/clock.ts";
import type { Mac } from "../platform/mac.ts";

/** A key of one screen, whose sessions a chain of tickets joins. */
export type TicketOwner = { organizationId: string; deviceId: string; publicKey: string };

/** What is stored of the tickets of a key. `former` is null from the first call of the newest session on. */
export type StoredTickets = {
  ticketSha256: string | null;
  formerTicketSha256: string | null;
  ticketIssuedAt: Date | null;
};

/**
 * The tickets that join a screen's sessions, by which a copy of its identity gives itself away: each session is opened
 * by showing the ticket of the one before, and whoever falls off the chain is a second holder of the key.
 *
 * What is shown is in order when it is
 * - the newest ticket: the screen goes on, after its token's 15 minutes, a restart of either side, or a year offline;
 * - what was shown for the newest one, while nobody has called with the newest session: the answer was lost on the
 *   way, or the screen died before the ticket was on its disk (a ticket is kept before its token is used);
 * - a twin of the newest, made for the same ticket, while the newest is unused: the screen opened two sessions at
 *   once and kept the answer that came last;
 * - later than the newest by the server's own word: the database was set back to a state of before it. Nobody but
 *   this server can make such a ticket, so a copy cannot claim it.
 *
 * Anything else (a ticket whose successor was used, none after one was used, one that we never made) means that two
 * places hold the identity. Both stay served: which of them is the real screen cannot be known, and it must not go
 * black. A screen whose disk was put back from a backup looks the same and is one: the old disk may run elsewhere.
 */
export type DeviceTickets = {
  /** The next ticket of a key, made for the one shown. Later than `after`, whatever the clocks of several servers say. */
  issue(owner: TicketOwner, shown: string | null, after: Date | null): IssuedTicket;
  /** Whether two places hold the key, judged by what is shown to open a session. */
  isCopied(owner: TicketOwner, shown: string | null, stored: StoredTickets): boolean;
};

export type IssuedTicket = { ticket: string; sha256: string; shownSha256: string; issuedAt: Date };

const PURPOSE = "device-ticket";
/** Bytes of a hash that name the ticket shown: enough to tell twins, short enough for a ticket of 100 characters. */
const PARENT_LENGTH = 22;
const FORM = /^([0-9a-z]{8,9})\.([\w-]{11})\.([\w-]{22})\.([\w-]{43})$/;

/** Makes and judges tickets of the form `<issued, ms in base 36>.<8 random bytes>.<hash of the one shown>.<MAC>`. */
export function makeDeviceTickets({ mac, clock }: { mac: Mac; clock: Clock }): DeviceTickets {
  const signed = ({ organizationId, deviceId, publicKey }: TicketOwner, body: string) =>
    [organizationId, deviceId, publicKey, body].join(".");

  const read = (owner: TicketOwner, shown: string | null) => {
    const [, issuedAt, random, parent, signature] = FORM.exec(shown ?? "") ?? [];
    if (issuedAt === undefined || parent === undefined || signature === undefined) return undefined;
    const body = [issuedAt, random, parent].join(".");
    if (!mac.verify(PURPOSE, signed(owner, body), signature)) return undefined;
    return { issuedAtMs: Number.parseInt(issuedAt, 36), parent };
  };
  return {
    issue(owner, shown, after) {
      const issuedAt = new Date(Math.max(clock.nowMs(), (after?.getTime() ?? 0) + 1));
      const random = randomBytes(8).toString("base64url");
      const shownSha256 = hashOf(shown);
      const body = [issuedAt.getTime().toString(36), random, parentOf(shownSha256)].join(".");
      const ticket = `${body}.${mac.sign(PURPOSE, signed(owner, body))}`;
      return { ticket, sha256: hashOf(ticket), shownSha256, issuedAt };
    },
    isCopied(owner, shown, { ticketSha256, formerTicketSha256, ticketIssuedAt }) {
      if (ticketSha256 === null && shown === null) return false;
      const shownSha256 = hashOf(shown);
      if (shownSha256 === ticketSha256 || shownSha256 === formerTicketSha256) return false;
      const ours = read(owner, shown);
      if (!ours) return true;
      if (formerTicketSha256 !== null && ours.parent === parentOf(formerTicketSha256)) return false;
      return ours.issuedAtMs <= (ticketIssuedAt?.getTime() ?? 0);
    },
  };
}

/** No ticket counts as an empty one, so that the first session has something that was shown for it too. */
function hashOf(ticket: string | null): string {
  return createHash("sha256")
    .update(ticket ?? "")
    .digest("hex");
}

function parentOf(sha256: string): string {
  return Buffer.from(sha256, "hex").toString("base64url").slice(0, PARENT_LENGTH);
}

/** The name of the session that begins with a ticket; its token carries it. */
export function sessionOf(ticketSha256: string): string {
  return ticketSha256.slice(0, SESSION_LENGTH);
}
export const SESSION_LENGTH = 32;
