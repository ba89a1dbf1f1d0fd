import type { Draft } from "./layout-draft.ts";

/** What is wrong with one field: of a zone, or of the layout where there is none. */
export type LayoutFault = { zoneId: string | null; field: string; message: string };

/** Faults by the zone and field that their path names: `zones.2.name` is of the third zone that was sent. */
export function placeFaults(
  issues: readonly { path: string; message: string }[],
  sent: Pick<Draft, "zones">,
): LayoutFault[] {
  return issues.map(({ path, message }) => {
    const [, place = "", field] = /^zones\.(\d+)(?:\.(\w+))?/.exec(path) ?? [];
    const zone = sent.zones[Number(place)];
    if (place === "" || !zone) return { zoneId: null, field: path, message };
    return { zoneId: zone.id, field: field ?? "name", message };
  });
}

/** The faults of zones that a change did not touch. */
export function stillStanding(
  faults: readonly LayoutFault[],
  before: Draft,
  after: Draft,
): readonly LayoutFault[] {
  if (faults.length === 0) return faults;
  const find = (draft: Draft, id: string | null) => draft.zones.find((zone) => zone.id === id);
  return faults.filter(({ zoneId }) => {
    const zone = find(after, zoneId);
    return zone !== undefined && zone === find(before, zoneId);
  });
}

/** What is wrong with a field of a zone, if anything. */
export function faultOf(
  faults: readonly LayoutFault[],
  zoneId: string | null,
  field: string,
): string | undefined {
  return faults.find((fault) => fault.zoneId === zoneId && fault.field === field)?.message;
}
