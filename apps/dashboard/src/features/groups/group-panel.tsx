import { useQuery } from "@tanstack/react-query";
import type { GroupView } from "@vitrine/core/model/group";
import { Button } from "@vitrine/ui/button";
import { SidePanel } from "@vitrine/ui/side-panel";
import { Skeleton } from "@vitrine/ui/skeleton";
import { MonitorUp } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { QueryError } from "../../lib/query-states.tsx";
import { useCan } from "../../lib/session.ts";
import { UsedByList } from "../../lib/used-by-list.tsx";
import { GroupMembers } from "./group-members.tsx";
import { GroupMenu } from "./group-menu.tsx";
import { groupUsedByQuery } from "./group-queries.ts";

const AddScreensDialog = lazy(async () => ({
  default: (await import("./add-screens-dialog.tsx")).AddScreensDialog,
}));

/** One group: its screens, to be put in and taken out, and the entries that are for it. */
export function GroupPanel({ group, onClose }: { group: GroupView; onClose: () => void }) {
  const t = useTranslations("groups");
  const common = useTranslations("common");
  const can = useCan();
  const use = useQuery(groupUsedByQuery(group.id));
  const [isAdding, setAdding] = useState(false);
  const mayEdit = can("devices.edit") && group.isActive;
  return (
    <SidePanel
      title={group.name}
      closeLabel={common("close")}
      onClose={onClose}
      actions={<GroupMenu group={group} onRemoved={onClose} />}
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6 p-5">
        <section aria-label={t("members")} className="grid grid-cols-[minmax(0,1fr)] gap-3">
          <div className="flex items-center gap-2">
            <h3 className="grow font-medium">{t("members")}</h3>
            {mayEdit ? (
              <Button size="sm" onClick={() => setAdding(true)}>
                <MonitorUp aria-hidden />
                {t("addScreens")}
              </Button>
            ) : null}
          </div>
          <GroupMembers group={group} mayEdit={mayEdit} />
        </section>
        <section className="grid gap-2" aria-busy={use.isPending}>
          <h3 className="font-medium">{t("usedBy")}</h3>
          {use.data ? (
            <UsedByList use={use.data} />
          ) : use.isError ? (
            <QueryError query={use} />
          ) : (
            <Skeleton className="h-5 w-40" />
          )}
        </section>
      </div>
      {isAdding ? (
        <Suspense>
          <AddScreensDialog group={group} onClose={() => setAdding(false)} />
        </Suspense>
      ) : null}
    </SidePanel>
  );
}
