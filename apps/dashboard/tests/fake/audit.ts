import { AUDIT_ACTIONS } from "@vitrine/core/audit/actions";
import type * as audit from "@vitrine/core/model/audit";
import { appError } from "@vitrine/core/model/errors";
import type * as z from "zod";
import { idOf, minutesAgo } from "./things.ts";

type Event = audit.AuditEventView;

const HASH = "3f0a".repeat(16);

/** Event of this number, of so many, one every seven minutes up to now; every action has its turn. */
export function auditEvent(number: number, of: number, part: Partial<Event> = {}): Event {
  const kinds = Object.entries(AUDIT_ACTIONS).flatMap(([area, verbs]) =>
    verbs.map((verb) => `${area}.${verb}`),
  );
  const action = kinds[number % kinds.length] ?? "assets.update";
  return {
    sequence: number,
    id: idOf(30, number),
    at: minutesAgo((of - number) * 7),
    actorKind: "user",
    actorId: idOf(0, 1 + (number % 3)),
    actorName: ["Mara Lindqvist", "Jo", "Lin Okonkwo"][number % 3] ?? "Jo",
    action,
    subject: "playlist",
    subjectId: idOf(4, number % 3),
    subjectName: ["All day", "Lunch", "Winter"][number % 3] ?? null,
    remoteAddress: "198.51.100.24",
    before: { name: "Lunch", when: { start: "11:00", end: "13:30" }, isEnabled: true },
    after: {
      name: "Lunch",
      when: { start: "11:30", end: "13:30" },
      isEnabled: false,
      tags: ["soup", "bread"],
    },
    requestId: idOf(31, number),
    hash: HASH,
    ...part,
  };
}

/** Events of a busy week, among them one by a screen, one by the server, and one of a thing that is gone. */
export function busyRecord(count = 60): Event[] {
  return Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    if (number === count) {
      const part = {
        action: "playlists.update",
        subjectName: "Lunch",
        subjectId: idOf(4, 1),
        actorName: "Jo",
      };
      return auditEvent(number, count, part);
    }
    if (number === count - 1) {
      const part = {
        actorKind: "device",
        actorName: "Harbour terrace",
        action: "devices.identityCopied",
      } as const;
      return auditEvent(number, count, { ...part, subject: "device", subjectName: "Harbour terrace" });
    }
    if (number === count - 2) {
      const part = { actorKind: "system", actorId: null, actorName: "Vitrine", remoteAddress: null } as const;
      return auditEvent(number, count, { ...part, action: "assets.process", subjectName: null });
    }
    return auditEvent(number, count);
  });
}

/** A verification that found nothing, or this. */
export function auditCheck(events: number, part: Partial<audit.AuditCheck> = {}): audit.AuditCheck {
  return {
    id: idOf(32, 1),
    state: "finished",
    startedAt: minutesAgo(31),
    startedByName: "Mara Lindqvist",
    finishedAt: minutesAgo(30),
    events,
    anchors: 14,
    fault: null,
    ...part,
  };
}

/** Answers of a server with this record, oldest first, and its newest verification. */
export function auditAnswers(record: readonly Event[], newest: audit.AuditCheck | null = null) {
  let check = newest;
  return {
    "audit.list": (input: z.infer<typeof audit.listAuditInput>) => {
      const { limit, cursor, search = "", area, action, actorId, subjectId, from, until } = input;
      const found = record.filter(
        (one) =>
          `${one.actorName} ${one.subjectName}`.toLowerCase().includes(search.toLowerCase()) &&
          (area === undefined || one.action.startsWith(`${area}.`)) &&
          (action === undefined || one.action === action) &&
          (actorId === undefined || one.actorId === actorId) &&
          (subjectId === undefined || one.subjectId === subjectId) &&
          (from === undefined || one.at >= from) &&
          (until === undefined || one.at < until),
      );
      const start = Number(cursor ?? 0);
      const rows = found
        .toReversed()
        .slice(start, start + limit)
        .map(toRow);
      const end = start + rows.length;
      return { rows, nextCursor: end < found.length ? `${end}` : null, searchedTo: null };
    },
    "audit.get": ({ sequence }: z.infer<typeof audit.auditEventInput>) => {
      const event = record.find((one) => one.sequence === sequence);
      if (!event) throw appError("NOT_FOUND");
      return event;
    },
    "audit.actors": () => ({
      rows: ["Jo", "Lin Okonkwo", "Mara Lindqvist"].flatMap((name) => {
        const event = record.find((one) => one.actorName === name);
        return event?.actorId ? [{ id: event.actorId, kind: event.actorKind, name }] : [];
      }),
    }),
    "audit.state": () => {
      const last = record.at(-1);
      const head = { sequence: record.length, hash: HASH, at: last?.at ?? null };
      return { head, check };
    },
    "audit.verify": () => {
      check = auditCheck(record.length, { startedAt: minutesAgo(0), finishedAt: minutesAgo(0) });
      return { ...check, state: "waiting", finishedAt: null, events: null, anchors: null };
    },
  };
}

function toRow({
  before: _before,
  after: _after,
  requestId: _request,
  hash: _hash,
  ...row
}: Event): audit.AuditRow {
  return row;
}
