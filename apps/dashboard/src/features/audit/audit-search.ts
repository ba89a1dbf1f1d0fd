import { AUDIT_ACTIONS, type AuditArea } from "@vitrine/core/audit/actions";
import type { AuditFilter } from "@vitrine/core/model/audit";
import { oneOf, text, uuid } from "../../lib/search-params.ts";

/** What the address of the record says: its filter, and the number of the event that is open. Days are local dates. */
export type AuditSearch = {
  q?: string;
  area?: AuditArea;
  action?: string;
  actor?: string;
  subject?: string;
  from?: string;
  until?: string;
  event?: number;
};

const AREAS = Object.keys(AUDIT_ACTIONS) as AuditArea[];

/** Reads the address; what it does not understand is left out. */
export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  const q = text(search.q);
  const area = oneOf(AREAS, search.area);
  const action = area && oneOf(actionsOf(area), search.action);
  const actor = uuid(search.actor);
  const subject = uuid(search.subject);
  const from = date(search.from);
  const until = date(search.until);
  const event = Number(search.event);
  return {
    ...(q ? { q } : {}),
    ...(area ? { area } : {}),
    ...(action ? { action } : {}),
    ...(actor ? { actor } : {}),
    ...(subject ? { subject } : {}),
    ...(from ? { from } : {}),
    ...(until ? { until } : {}),
    ...(Number.isSafeInteger(event) && event > 0 ? { event } : {}),
  };
}

/** The verbs of an area, in the order of the catalogue. */
export function actionsOf(area: AuditArea): readonly string[] {
  return AUDIT_ACTIONS[area];
}

/** The filter that an address means; its days begin and end at midnight here. */
export function filterOf({ q, area, action, actor, subject, from, until }: AuditSearch): AuditFilter {
  return {
    ...(q ? { search: q } : {}),
    ...(area && !action ? { area } : {}),
    ...(area && action ? { action: `${area}.${action}` } : {}),
    ...(actor ? { actorId: actor } : {}),
    ...(subject ? { subjectId: subject } : {}),
    ...(from ? { from: midnight(from, 0) } : {}),
    ...(until ? { until: midnight(until, 1) } : {}),
  };
}

/** Whether an address narrows what is shown. */
export function isFiltered(search: AuditSearch): boolean {
  return Object.keys(filterOf(search)).length > 0;
}

function date(value: unknown): string | undefined {
  const plain = text(value, 10);
  const isDate = plain !== undefined && /^\d{4}-\d\d-\d\d$/.test(plain);
  return isDate && !Number.isNaN(Date.parse(plain)) ? plain : undefined;
}

function midnight(day: string, daysLater: number): string {
  const at = new Date(`${day}T00:00`);
  at.setDate(at.getDate() + daysLater);
  return at.toISOString();
}
