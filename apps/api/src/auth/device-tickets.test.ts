import { randomBytes, randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { makeMac } from "../platform/mac.ts";
import { makeDeviceTickets, type StoredTickets } from "./device-tickets.ts";

const mac = makeMac(randomBytes(32).toString("base64url"));
const clock = { ms: Date.UTC(2026, 10, 20), now: () => new Date(clock.ms), nowMs: () => clock.ms };
const tickets = makeDeviceTickets({ mac, clock });
const NONE: StoredTickets = { ticketSha256: null, formerTicketSha256: null, ticketIssuedAt: null };

/** The server's side of one key: opens sessions, and remembers what a database would. */
function makeKey() {
  const owner = {
    organizationId: randomUUID(),
    deviceId: randomUUID(),
    publicKey: randomBytes(32).toString("base64url"),
  };
  let stored = NONE;
  return {
    owner,
    /** The new ticket, and whether showing this one gave a copy away. */
    open(shown: string | null) {
      const isCopied = tickets.isCopied(owner, shown, stored);
      const issued = tickets.issue(owner, shown, stored.ticketIssuedAt);
      stored = {
        ticketSha256: issued.sha256,
        formerTicketSha256: issued.shownSha256,
        ticketIssuedAt: issued.issuedAt,
      };
      return { isCopied, ticket: issued.ticket };
    },
    /** A call with the newest session's token. */
    use() {
      stored = { ...stored, formerTicketSha256: null };
    },
    stored: () => stored,
    restore(older: StoredTickets) {
      stored = older;
    },
  };
}

test("a screen that shows each ticket once, used or not, is one screen", () => {
  const key = makeKey();
  let ticket: string | null = null;
  for (let round = 0; round < 20; round++) {
    const opened = key.open(ticket);
    expect(opened.isCopied).toBe(false);
    expect(opened.ticket.length).toBeLessThanOrEqual(100);
    ticket = opened.ticket;
    if (round % 3 !== 0) key.use();
  }
});

test("an answer that was lost, however often, is no copy", () => {
  const key = makeKey();
  expect([key.open(null).isCopied, key.open(null).isCopied]).toEqual([false, false]);
  const { ticket } = key.open(null);
  key.use();
  for (let round = 0; round < 3; round++) expect(key.open(ticket).isCopied).toBe(false);
});

test("two sessions opened at once by one screen are no copy, whichever answer is kept", () => {
  for (const kept of [0, 1]) {
    const key = makeKey();
    const { ticket } = key.open(null);
    key.use();
    const twins = [key.open(ticket), key.open(ticket)];
    expect(twins.map(({ isCopied }) => isCopied)).toEqual([false, false]);
    const next = key.open(twins[kept]?.ticket ?? null);
    expect(next.isCopied).toBe(false);
    key.use();
    expect(key.open(next.ticket).isCopied).toBe(false);
  }
});

test("a ticket whose successor was used, no ticket after one was used, and a stranger's are of a copy", () => {
  const key = makeKey();
  const { ticket } = key.open(null);
  key.use();
  expect(tickets.isCopied(key.owner, null, key.stored())).toBe(true);
  key.open(ticket);
  key.use();
  expect(tickets.isCopied(key.owner, ticket, key.stored())).toBe(true);
  const other = makeKey();
  for (const strange of [other.open(null).ticket, "", "x", `${ticket}A`, "k".repeat(100)]) {
    expect(tickets.isCopied(key.owner, strange, key.stored()), strange).toBe(true);
    expect(tickets.isCopied(key.owner, strange, NONE), strange).toBe(true);
  }
});

test("a copy that goes on is noticed by the screen's next session, and the screen by the copy's", () => {
  const key = makeKey();
  const { ticket } = key.open(null);
  key.use();
  const copy = key.open(ticket);
  expect(copy.isCopied).toBe(false);
  key.use();
  const screen = key.open(ticket);
  expect(screen.isCopied).toBe(true);
  key.use();
  expect(key.open(copy.ticket).isCopied).toBe(true);
});

test("a twin counts as long as the newest is unused, and no longer", () => {
  const key = makeKey();
  const { ticket } = key.open(null);
  key.use();
  const twin = key.open(ticket);
  key.open(ticket);
  key.use();
  expect(key.open(twin.ticket).isCopied).toBe(true);
});

test("a database set back knows an older ticket than the screen shows, which is no copy", () => {
  const key = makeKey();
  let { ticket } = key.open(null);
  key.use();
  const backup = key.stored();
  for (let round = 0; round < 3; round++) {
    clock.ms += 900_000;
    ticket = key.open(ticket).ticket;
    key.use();
  }
  for (const older of [backup, NONE]) {
    key.restore(older);
    expect(key.open(ticket).isCopied).toBe(false);
  }
});

test("tickets of one key grow later, whatever the clock of the server that makes them", () => {
  const key = makeKey();
  const first = key.open(null).ticket;
  const before = key.stored().ticketIssuedAt?.getTime() ?? 0;
  clock.ms -= 3_600_000;
  key.open(first);
  expect(key.stored().ticketIssuedAt?.getTime()).toBe(before + 1);
  key.use();
  expect(key.open(first).isCopied).toBe(true);
});
