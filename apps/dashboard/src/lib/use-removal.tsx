import { useQueryClient } from "@tanstack/react-query";
import type { UsedBy } from "@vitrine/core/model/asset";
import { ConfirmDialog } from "@vitrine/ui/confirm-dialog";
import { notify } from "@vitrine/ui/notices";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "./use-act.ts";
import { UsedByList } from "./used-by-list.tsx";

type Thing = { id: string; name: string };
type Asked = { things: readonly Thing[]; use: UsedBy };

/**
 * Removes things so that it can be undone. What is in use is named first and removed only when the person
 * says so again. Put `dialog` somewhere in the page.
 */
export function useRemoval({
  remove,
  restore,
  heads,
  onDone,
}: {
  remove: (input: { ids: string[]; force?: boolean }) => Promise<unknown>;
  restore: (input: { ids: string[] }) => Promise<unknown>;
  /** Heads of the query keys that a removal changes. */
  heads: readonly string[];
  onDone?: (ids: readonly string[]) => void;
}): {
  ask: (things: readonly Thing[]) => void;
  restore: (things: readonly Thing[]) => void;
  dialog: ReactNode;
  isBusy: boolean;
} {
  const t = useTranslations("removal");
  const queryClient = useQueryClient();
  const [asked, setAsked] = useState<Asked | null>(null);
  const refresh = () => {
    for (const head of heads) void queryClient.invalidateQueries({ queryKey: [head] });
  };
  const name = (things: readonly Thing[]) => things[0]?.name ?? "";

  const undo = useAct((things: readonly Thing[]) => restore({ ids: things.map((one) => one.id) }), {
    done: (_, things) => notify({ title: t("restored", { count: things.length, name: name(things) }) }),
    settled: refresh,
  });
  const act = useAct(
    ({ things, isForced }: { things: readonly Thing[]; isForced: boolean }) =>
      remove({ ids: things.map((one) => one.id), ...(isForced ? { force: true } : {}) }),
    {
      done: (_, { things }) => {
        setAsked(null);
        onDone?.(things.map((one) => one.id));
        notify({
          title: t("removed", { count: things.length, name: name(things) }),
          action: { label: t("undo"), onSelect: () => undo.mutate(things) },
        });
      },
      failure: (failure, { things }) => {
        if (failure.code !== "IN_USE") return false;
        void import("./read-used-by.ts").then(({ readUsedBy }) =>
          setAsked({ things, use: readUsedBy(failure.data) }),
        );
        return true;
      },
      settled: refresh,
    },
  );

  return {
    ask: (things) => act.mutate({ things, isForced: false }),
    restore: (things) => undo.mutate(things),
    isBusy: act.isPending || undo.isPending,
    dialog: asked ? (
      <ConfirmDialog
        isOpen
        onClose={() => setAsked(null)}
        onConfirm={() => act.mutate({ things: asked.things, isForced: true })}
        isBusy={act.isPending}
        title={t("inUseTitle", { count: asked.things.length, name: name(asked.things) })}
        confirmLabel={t("removeAnyway")}
        cancelLabel={t("keep")}
      >
        <p className="mb-3">{t("inUse", { count: asked.things.length })}</p>
        <UsedByList use={asked.use} />
      </ConfirmDialog>
    ) : null,
  };
}
