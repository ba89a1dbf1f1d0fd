import { useQueryClient } from "@tanstack/react-query";
import { type LayoutView, updateLayoutInput } from "@vitrine/core/model/layout";
import { notify } from "@vitrine/ui/notices";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { issuesOf } from "../../lib/failure.ts";
import { useAct } from "../../lib/use-act.ts";
import { changed, redone, startHistory, undone } from "./edit-history.ts";
import { type Draft, draftOf, isSameDraft } from "./layout-draft.ts";
import { type LayoutFault, placeFaults, stillStanding } from "./layout-faults.ts";
import { layoutQuery } from "./layout-queries.ts";

/** The edits of a layout: undone and done again at will, on the server only once they are saved. */
export function useLayoutDraft(layout: LayoutView) {
  const common = useTranslations("common");
  const queryClient = useQueryClient();
  const [history, setHistory] = useState(() => startHistory(draftOf(layout)));
  const [saved, setSaved] = useState(() => draftOf(layout));
  const [seen, setSeen] = useState(layout.updatedAt);
  const [faults, setFaults] = useState<readonly LayoutFault[]>([]);
  const draft = history.now;
  const isDirty = !isSameDraft(draft, saved);
  if (seen !== layout.updatedAt) {
    const next = draftOf(layout);
    setSeen(layout.updatedAt);
    setSaved(next);
    if (!isDirty && !isSameDraft(draft, next)) setHistory(startHistory(next));
  }
  const go = (next: typeof history) => {
    setFaults(stillStanding(faults, draft, next.now));
    setHistory(next);
  };
  const save = useAct(
    (sent: Draft) => api.layouts.update.mutate({ id: layout.id, ...sent, zones: [...sent.zones] }),
    {
      done: (next, sent) => {
        queryClient.setQueryData(layoutQuery(layout.id).queryKey, next);
        setSaved(sent);
        for (const head of ["layout", "preview", "entry"]) {
          void queryClient.invalidateQueries({ queryKey: [head] });
        }
        notify({ title: common("saved") });
      },
      failure: (failure, sent) => {
        const placed = placeFaults(issuesOf(failure), sent);
        setFaults(placed);
        return placed.length > 0;
      },
    },
  );
  return {
    draft,
    isDirty,
    faults,
    isSaving: save.isPending,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    /** Changes under the same mark are undone together. */
    change: (next: Draft, mark?: string) => go(changed(history, next, mark)),
    undo: () => go(undone(history)),
    redo: () => go(redone(history)),
    discard: () => go(startHistory(saved)),
    /** Gives the faults that stand in the way; none when it was sent. */
    save: (): readonly LayoutFault[] => {
      const checked = updateLayoutInput.safeParse({ id: layout.id, ...draft });
      const found = placeFaults(
        checked.error?.issues.map(({ path, message }) => ({ path: path.join("."), message })) ?? [],
        draft,
      );
      setFaults(found);
      if (found.length === 0) save.mutate(draft);
      return found;
    },
  };
}
