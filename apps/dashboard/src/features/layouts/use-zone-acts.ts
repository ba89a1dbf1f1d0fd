import type { ZoneInput } from "@vitrine/core/model/layout";
import { useRef, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { type Draft, withAdded, withCopy, withoutZone, withStep, withZone } from "./layout-draft.ts";
import type { useLayoutDraft } from "./use-layout-draft.ts";
import { type Box, type Handle, moved, resized, tidy } from "./zone-geometry.ts";

export type ZoneActs = ReturnType<typeof useZoneActs>;
export type Edit = ReturnType<typeof useLayoutDraft>;

/** Everything that can be done to zones, each said aloud when it is done by keyboard or button. */
export function useZoneActs({
  edit,
  selectedId,
  select,
}: {
  edit: Edit;
  selectedId: string | null;
  select: (id: string | null) => void;
}) {
  const t = useTranslations("layout");
  const format = useFormatter();
  const [said, say] = useState("");
  const nameField = useRef<HTMLInputElement>(null);
  const elements = useRef(new Map<string, HTMLElement>());
  const { draft } = edit;
  const find = (id: string | null) => draft.zones.find((zone) => zone.id === id);
  const places = (box: Box) => ({
    left: format.number(box.left, PERCENT),
    top: format.number(box.top, PERCENT),
    width: format.number(box.width, PERCENT),
    height: format.number(box.height, PERCENT),
  });
  const put = (zone: ZoneInput, box: Box, mark?: string) => {
    if (isSameBox(zone, box)) return;
    edit.change(withZone(draft, zone.id, pickBox(box)), mark);
  };
  const apply = (next: Draft, words: string) => {
    if (next === draft) return;
    edit.change(next);
    say(words);
  };
  const focusSoon = (id: string) => requestAnimationFrame(() => elements.current.get(id)?.focus());
  return {
    said,
    say,
    places,
    nameField,
    /** Remembers the element of a zone, so that it can be given the focus. */
    keep: (id: string) => (element: HTMLElement | null) => {
      if (element) elements.current.set(id, element);
      else elements.current.delete(id);
    },
    select,
    /** Selects a zone and takes the focus to it. */
    show: (id: string) => {
      select(id);
      elements.current.get(id)?.focus();
    },
    /** Selects a zone and goes to its fields. */
    open: (id: string) => {
      select(id);
      requestAnimationFrame(() => {
        nameField.current?.focus();
        nameField.current?.select();
      });
    },
    put,
    set: (id: string, change: Partial<Omit<ZoneInput, "id" | "z">>, mark?: string) =>
      edit.change(withZone(draft, id, change), mark),
    nudge: (id: string, x: number, y: number) => {
      const zone = find(id);
      if (!zone) return;
      const box = moved(zone, x, y);
      put(zone, box, `nudge ${id}`);
      say(t("said.moved", { name: zone.name, ...places(box) }));
    },
    stretch: (id: string, x: number, y: number) => {
      const zone = find(id);
      if (!zone) return;
      const handle: Handle = { x: x === 0 ? 0 : 1, y: y === 0 ? 0 : 1 };
      const box = resized(zone, handle, x, y);
      put(zone, box, `stretch ${id}`);
      say(t("said.resized", { name: zone.name, ...places(box) }));
    },
    makeMain: (id: string) => {
      const zone = find(id);
      if (zone) apply({ ...draft, mainZoneId: id }, t("said.main", { name: zone.name }));
    },
    step: (id: string, by: 1 | -1) => {
      const zone = find(id);
      if (!zone) return;
      const next = withStep(draft, id, by);
      const place = next.zones.findIndex((one) => one.id === id) + 1;
      apply(next, t("said.stepped", { name: zone.name, place, count: next.zones.length }));
    },
    add: () => {
      const id = crypto.randomUUID();
      const next = withAdded(draft, id, t("newZone"), freeBox(draft));
      apply(next, t("said.added", { name: next.zones.at(-1)?.name ?? "" }));
      select(id);
      focusSoon(id);
    },
    duplicate: (of: string) => {
      const id = crypto.randomUUID();
      const next = withCopy(draft, of, id);
      apply(next, t("said.added", { name: next.zones.at(-1)?.name ?? "" }));
      select(id);
      focusSoon(id);
    },
    remove: (id: string) => {
      const zone = find(id);
      const next = withoutZone(draft, id);
      if (!zone || next === draft) return;
      apply(next, t("said.removed", { name: zone.name }));
      const other = next.zones.at(-1)?.id ?? null;
      select(other);
      if (other) focusSoon(other);
    },
    selectedId,
  };
}

const PERCENT = { style: "percent", maximumFractionDigits: 1 } as const;

function pickBox({ left, top, width, height }: Box): Box {
  return { left, top, width, height };
}

function isSameBox(one: Box, other: Box): boolean {
  return (
    one.left === other.left &&
    one.top === other.top &&
    one.width === other.width &&
    one.height === other.height
  );
}

/** A place for a new zone: in the middle, each a little further aside than the one before. */
function freeBox({ zones }: Draft): Box {
  const aside = (zones.length % 6) * 0.04;
  return tidy({ left: 0.2 + aside, top: 0.2 + aside, width: 0.4, height: 0.4 });
}
