import { appError } from "@vitrine/core/model/errors";
import type * as group from "@vitrine/core/model/group";
import type * as z from "zod";
import { idOf, minutesAgo } from "./things.ts";

/** A group of so many screens. */
export function groupOf(number: number, name: string, part: Partial<group.GroupView> = {}): group.GroupView {
  return {
    id: idOf(12, number),
    businessId: null,
    name,
    deviceCount: number * 2,
    useCount: number % 2,
    isActive: true,
    updatedAt: minutesAgo(number * 30),
    ...part,
  };
}

/** Three groups, one of them empty. */
export const GROUPS: readonly group.GroupView[] = [
  groupOf(1, "Counters"),
  groupOf(2, "Street side"),
  groupOf(0, "Still to be hung"),
];

/** Answers of a server that holds these groups. */
export function groupAnswers(groups: readonly group.GroupView[]) {
  const find = (id: string) => {
    const found = groups.find((one) => one.id === id);
    if (!found) throw appError("NOT_FOUND");
    return found;
  };
  return {
    "groups.list": (input: z.infer<typeof group.listGroupsInput>) => {
      const rows = groups.filter(
        (one) =>
          (input.search === undefined || one.name.toLowerCase().includes(input.search.toLowerCase())) &&
          one.isActive === !input.removed &&
          (input.deviceId === undefined || one.deviceCount > 0),
      );
      return { rows: rows.slice(0, input.limit), nextCursor: null, total: rows.length };
    },
    "groups.usedBy": () => ({
      playlists: [],
      layouts: [],
      entries: [{ id: idOf(10, 0), name: "Lunch hour" }],
      devices: [],
      isOrganizationDefault: false,
    }),
    "groups.create": (input: z.infer<typeof group.createGroupInput>) =>
      groupOf(9, input.name, { deviceCount: input.deviceIds.length }),
    "groups.rename": ({ id, name, businessId }: z.infer<typeof group.renameGroupInput>) => ({
      ...find(id),
      ...(name !== undefined && { name }),
      ...(businessId !== undefined && { businessId }),
    }),
    "groups.change": ({ id, add, remove }: z.infer<typeof group.changeGroupInput>) => {
      const found = find(id);
      return { ...found, deviceCount: Math.max(0, found.deviceCount + add.length - remove.length) };
    },
    "groups.remove": () => ({}),
    "groups.restore": () => ({}),
  };
}
