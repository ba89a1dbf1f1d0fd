import type { ListedEntry } from "@vitrine/core/model/entry";
import { CalendarDays, Percent, Siren } from "lucide-react";

type Kind = ListedEntry["kind"];

/** The mark of each kind of entry; the same wherever an entry is shown. */
export const KIND_MARKS = { normal: CalendarDays, interrupt: Percent, override: Siren } satisfies Record<
  Kind,
  unknown
>;

const SURFACE: Record<Kind, string> = {
  normal: "border-accent/30 border-s-accent bg-accent-soft",
  interrupt: "border-edge-warning/70 border-s-edge-warning border-dashed bg-warning-soft",
  override: "border-edge-danger/70 border-s-edge-danger bg-danger-soft",
};

/** Classes of an entry's box on the calendar, by its kind and whether it plays at all. */
export function entryLook(entry: Pick<ListedEntry, "kind" | "isEnabled">): string {
  return `${SURFACE[entry.kind]} ${entry.isEnabled ? "" : "border-border! border-s-control! bg-sunken! text-muted"}`;
}

const MARK: Record<Kind, string> = {
  normal: "text-accent-text",
  interrupt: "text-warning",
  override: "text-danger",
};

/** The kind as a small sign; nothing for normal ones. */
export function KindMark({ kind }: { kind: Kind }) {
  if (kind === "normal") return null;
  const Icon = KIND_MARKS[kind];
  return <Icon aria-hidden className={`size-3.5 shrink-0 ${MARK[kind]}`} />;
}
