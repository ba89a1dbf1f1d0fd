import type { EntryView, overrideInput, ReceiptState, RunningOverride } from "@vitrine/core/model/entry";
import { appError } from "@vitrine/core/model/errors";
import type * as z from "zod";
import type { Answers } from "./router.ts";
import { idOf, minutesAgo } from "./things.ts";

/** An override of this number that is running on some screens until some minutes from now. */
export function override(
  number: number,
  name: string,
  part: Partial<EntryView> = {},
  minutes = 25,
): RunningOverride {
  const endsAt = minutesAgo(-minutes);
  return {
    entry: {
      id: idOf(11, number),
      businessId: null,
      name,
      kind: "override",
      content: { kind: "asset", assetId: idOf(2, number) },
      priority: 0,
      timeZone: null,
      when: null,
      validFrom: minutesAgo(5),
      validUntil: endsAt,
      daypartIds: [],
      startsExactly: false,
      sharePercent: null,
      zoneName: null,
      shown: { name, isPresent: true, isHidden: false, thumbnailUrl: `/media/${number}.svg` },
      targets: { isEverywhere: true, devices: [], groups: [], tags: [] },
      isEnabled: true,
      isActive: true,
      endsAt,
      createdAt: minutesAgo(5),
      updatedAt: minutesAgo(5),
      createdByName: "Mara Lindqvist",
      ...part,
    },
    startedAt: minutesAgo(5),
    endsAt,
    counts: { on_glass: 3, received: 1, waiting: 2, offline: 1 },
  };
}

/** A server whose overrides can be started, looked at and ended; the list is the test's own. */
export function overrideAnswers(running: RunningOverride[] = []): Answers {
  const states: ReceiptState[] = [
    "on_glass",
    "on_glass",
    "waiting",
    "on_glass",
    "offline",
    "received",
    "waiting",
  ];
  const names = [
    "Window",
    "Counter left",
    "Counter right",
    "Harbour terrace",
    "Meeting room",
    "Entrance",
    "Kitchen",
  ];
  const end = (id: string) => {
    const place = running.findIndex((one) => one.entry.id === id);
    if (place < 0) throw appError("NOT_FOUND");
    running.splice(place, 1);
    return {};
  };
  return {
    "schedule.overrides": () => ({ rows: running }),
    "schedule.override": (input: z.infer<typeof overrideInput>) => {
      const minutes = (Date.parse(input.endsAt) - Date.now()) / 60_000;
      const begun = override(4 + running.length, input.name ?? "Fire drill", {}, minutes);
      const { isEverywhere, deviceIds } = input.targets;
      begun.endsAt = input.endsAt;
      begun.entry.targets = {
        isEverywhere,
        devices: deviceIds.map((id) => ({ id, name: names[Number(id.slice(-2))] ?? "Screen" })),
        groups: [],
        tags: input.targets.tags,
      };
      begun.counts = { on_glass: 0, received: 0, waiting: 6, offline: 1 };
      running.unshift(begun);
      return begun.entry;
    },
    "schedule.endOverride": ({ id }: { id: string }) => end(id),
    "schedule.receipts": ({ cursor, limit }: { cursor?: string; limit: number }) => {
      const start = Number(cursor ?? 0);
      const rows = names.map((name, number) => ({
        deviceId: idOf(3, number),
        name,
        status: states[number] === "offline" ? ("offline" as const) : ("playing" as const),
        state: states[number] ?? "waiting",
      }));
      return {
        rows: rows.slice(start, start + limit),
        nextCursor: start + limit < rows.length ? String(start + limit) : null,
        total: rows.length,
      };
    },
  };
}
