import { useQueryClient } from "@tanstack/react-query";
import { notify } from "@vitrine/ui/notices";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useAct } from "../../lib/use-act.ts";
import { refreshGroups } from "./group-queries.ts";

type Change = { group: { id: string; name: string }; add?: string[]; remove?: string[]; isUndo?: boolean };

/** Puts screens into a group and takes them out of it, with a way to undo either. */
export function useGroupChange(onDone?: () => void) {
  const t = useTranslations("groups");
  const queryClient = useQueryClient();
  const act = useAct(
    ({ group, add = [], remove = [] }: Change) => api.groups.change.mutate({ id: group.id, add, remove }),
    {
      done: (_, { group, add = [], remove = [], isUndo }) => {
        onDone?.();
        if (isUndo) return notify({ title: t("undone") });
        notify({
          title:
            add.length > 0
              ? t("added", { count: add.length, name: group.name })
              : t("takenOut", { count: remove.length, name: group.name }),
          action: {
            label: t("undo"),
            onSelect: () => act.mutate({ group, add: remove, remove: add, isUndo: true }),
          },
        });
      },
      settled: () => refreshGroups(queryClient),
    },
  );
  return act;
}
