import { useCallback, useMemo, useState } from "react";

/** Which of the listed things are chosen for a common action; shift chooses a stretch. */
export function useChosen(order: readonly string[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [anchor, setAnchor] = useState<string | null>(null);
  const present = useMemo(() => order.filter((id) => ids.has(id)), [order, ids]);
  const choose = useCallback(
    (id: string, isChosen: boolean, isShift: boolean) => {
      const touched = isShift && anchor ? stretch(order, anchor, id) : [id];
      setAnchor(id);
      setIds((now) => {
        const next = new Set(now);
        for (const one of touched) {
          if (isChosen) next.add(one);
          else next.delete(one);
        }
        return next;
      });
    },
    [anchor, order],
  );
  return {
    chosen: present,
    has: (id: string) => ids.has(id),
    choose,
    chooseAll: () => setIds(new Set(order)),
    clear: useCallback(() => setIds(new Set()), []),
  };
}

/** The ids between two of the list, both included; only the second if the first is gone. */
export function stretch(order: readonly string[], from: string, to: string): readonly string[] {
  const start = order.indexOf(from);
  const end = order.indexOf(to);
  if (start < 0 || end < 0) return [to];
  return order.slice(Math.min(start, end), Math.max(start, end) + 1);
}
