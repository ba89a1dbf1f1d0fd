import type { EntryTargets, EntryView } from "@vitrine/core/model/entry";

/** Where something is shown: everywhere, or on the screens that one of the others names. */
export type Targets = EntryView["targets"];
/** In the order in which they are listed. */
export const TARGET_KINDS = ["groups", "tags", "devices"] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];
/** A screen, a group, or a tag, whose id is the tag itself. */
export type Target = { kind: TargetKind; id: string; name: string };

/** On all screens; nothing else is named. */
export const EVERYWHERE: Targets = { isEverywhere: true, devices: [], groups: [], tags: [] };

/** Names a target: two with the same key are the same. */
export function targetKey({ kind, id }: Target): string {
  return `${kind} ${id}`;
}

/** The targets that are named, in the order of their kinds. */
export function namedTargets({ groups, tags, devices }: Targets): Target[] {
  return [
    ...groups.map((one) => ({ kind: "groups" as const, ...one })),
    ...tags.map((tag) => ({ kind: "tags" as const, id: tag, name: tag })),
    ...devices.map((one) => ({ kind: "devices" as const, ...one })),
  ];
}

/** Targets with one more. */
export function withTarget(targets: Targets, { kind, id, name }: Target): Targets {
  return kind === "tags"
    ? { ...targets, tags: [...targets.tags, id] }
    : { ...targets, [kind]: [...targets[kind], { id, name }] };
}

/** Targets without one. */
export function withoutTarget(targets: Targets, { kind, id }: Target): Targets {
  return kind === "tags"
    ? { ...targets, tags: targets.tags.filter((tag) => tag !== id) }
    : { ...targets, [kind]: targets[kind].filter((one) => one.id !== id) };
}

/** Whether they mean no screen at all. */
export function areNowhere(targets: Targets): boolean {
  return !targets.isEverywhere && namedTargets(targets).length === 0;
}

/** The targets as an entry takes them. */
export function targetsInputOf({ isEverywhere, devices, groups, tags }: Targets): EntryTargets {
  if (isEverywhere) return { isEverywhere, deviceIds: [], groupIds: [], tags: [] };
  return {
    isEverywhere,
    deviceIds: devices.map(({ id }) => id),
    groupIds: groups.map(({ id }) => id),
    tags,
  };
}
