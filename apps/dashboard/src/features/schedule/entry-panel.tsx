import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { EntryView } from "@vitrine/core/model/entry";
import { Button } from "@vitrine/ui/button";
import { IconButton } from "@vitrine/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@vitrine/ui/menu";
import { Notice } from "@vitrine/ui/notice";
import { notify } from "@vitrine/ui/notices";
import { SidePanel } from "@vitrine/ui/side-panel";
import { Skeleton } from "@vitrine/ui/skeleton";
import { Copy, Ellipsis, Trash2 } from "lucide-react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { Loading, QueryError, StaleNotice } from "../../lib/query-states.tsx";
import { useCan } from "../../lib/session.ts";
import { useAct } from "../../lib/use-act.ts";
import { MoveToBusiness } from "../businesses/move-to-business.tsx";
import { EVERYWHERE, type Targets } from "../targets/targets.ts";
import { EntryForm } from "./entry-form.tsx";
import { blankValues, valuesOf } from "./entry-values.ts";
import { entryQuery, TOUCHED_HEADS } from "./schedule-queries.ts";
import { NEW_ENTRY, type ScheduleSearch } from "./schedule-search.ts";
import type { Shown } from "./target-filter.tsx";
import { HOUR_MS, wallOf } from "./wall-time.ts";

type Props = {
  search: ScheduleSearch;
  shown: Shown;
  timeZone: string;
  /** The wall time now. */
  nowMs: number;
  onClose: () => void;
  onRemove: (entry: Pick<EntryView, "id" | "name">) => void;
  onOpen: (entryId: string) => void;
};

/** One entry beside the calendar, to be read and changed, or a new one to be made. */
export function EntryPanel(props: Props) {
  return props.search.entry === NEW_ENTRY ? <NewEntry {...props} /> : <KnownEntry {...props} />;
}

function NewEntry({ search, shown, timeZone, nowMs, onClose, onOpen }: Props) {
  const t = useTranslations("entry");
  const common = useTranslations("common");
  const put = usePut();
  const next = Math.ceil(nowMs / HOUR_MS) * HOUR_MS;
  const start = search.start ? wallOf(search.start) : next;
  const end = search.end ? wallOf(search.end) : next + HOUR_MS;
  return (
    <SidePanel title={t("newTitle")} closeLabel={common("close")} onClose={onClose}>
      <EntryForm
        values={blankValues({ start, end }, targetsOf(shown))}
        timeZone={timeZone}
        span={{ start, end }}
        onSave={async (input) => api.schedule.create.mutate(input)}
        onSaved={(entry) => {
          put(entry);
          notify({ title: t("created", { name: entry.name }) });
          onOpen(entry.id);
        }}
        onClose={onClose}
      />
    </SidePanel>
  );
}

function KnownEntry({ search, timeZone, nowMs, onClose, onRemove, onOpen }: Props) {
  const id = search.entry ?? "";
  const t = useTranslations("entry");
  const common = useTranslations("common");
  const can = useCan();
  const queryClient = useQueryClient();
  const put = usePut();
  const entry = useQuery(entryQuery(id));
  const mayEdit = can("schedule.edit") && entry.data?.isActive === true;
  const restore = useAct(() => api.schedule.restore.mutate({ ids: [id] }), {
    settled: () => void queryClient.invalidateQueries({ queryKey: ["entry"] }),
  });
  return (
    <SidePanel
      title={entry.data?.name ?? t("title")}
      closeLabel={common("close")}
      onClose={onClose}
      actions={
        entry.data?.isActive ? (
          <EntryMenu entry={entry.data} onRemove={onRemove} onOpen={onOpen} onMade={put} />
        ) : null
      }
    >
      {entry.data ? (
        <>
          <div className="grid gap-3 px-5 pt-5 empty:hidden">
            <StaleNotice query={entry} hasData />
            {entry.data.isActive ? null : (
              <Notice
                tone="warning"
                icon={<Trash2 aria-hidden />}
                action={
                  can("schedule.delete") ? (
                    <Button size="sm" isBusy={restore.isPending} onClick={() => restore.mutate(undefined)}>
                      {t("restore")}
                    </Button>
                  ) : null
                }
              >
                {t("removed")}
              </Notice>
            )}
          </div>
          <div className="px-5 pt-5 empty:hidden">
            <MoveToBusiness
              businessId={entry.data.businessId}
              head="entry"
              isDisabled={!mayEdit}
              move={(businessId) => api.schedule.update.mutate({ id, businessId })}
            />
          </div>
          <EntryForm
            values={valuesOf(entry.data, timeZone, nowMs)}
            stamp={entry.data.updatedAt}
            timeZone={timeZone}
            isReadOnly={!mayEdit}
            onSave={async (input) => api.schedule.update.mutate({ id, ...input })}
            onSaved={(next) => {
              put(next);
              notify({ title: common("saved") });
            }}
            onClose={onClose}
          />
        </>
      ) : entry.isError ? (
        <div className="p-5">
          <QueryError query={entry} />
        </div>
      ) : (
        <Loading className="grid gap-4 p-5">
          <Skeleton className="h-20 w-full" />
          <Skeleton className="h-8 w-full" />
          <Skeleton className="h-32 w-full" />
          <Skeleton className="h-24 w-full" />
        </Loading>
      )}
    </SidePanel>
  );
}

function EntryMenu({
  entry,
  onRemove,
  onOpen,
  onMade,
}: {
  entry: EntryView;
  onRemove: Props["onRemove"];
  onOpen: Props["onOpen"];
  onMade: (entry: EntryView) => void;
}) {
  const t = useTranslations("entry");
  const schedule = useTranslations("schedule");
  const can = useCan();
  const duplicate = useAct(() => api.schedule.duplicate.mutate({ id: entry.id }), {
    done: (copy) => {
      notify({ title: schedule("duplicated", { name: copy.name }) });
      onMade(copy);
      onOpen(copy.id);
    },
  });
  const mayCopy = can("schedule.create") && !entry.shown.isHidden;
  if (!mayCopy && !can("schedule.delete")) return null;
  return (
    <Menu
      trigger={
        <IconButton label={schedule("actions", { name: entry.name })}>
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      {mayCopy ? (
        <MenuItem icon={<Copy aria-hidden />} onSelect={() => duplicate.mutate(undefined)}>
          {t("duplicate")}
        </MenuItem>
      ) : null}
      {can("schedule.delete") ? (
        <>
          <MenuSeparator />
          <MenuItem isDangerous icon={<Trash2 aria-hidden />} onSelect={() => onRemove(entry)}>
            {schedule("removeAll")}
          </MenuItem>
        </>
      ) : null}
    </Menu>
  );
}

/** Puts what the server said of an entry in place, and has the calendar read anew. */
function usePut(): (entry: EntryView) => void {
  const queryClient = useQueryClient();
  return (entry) => {
    queryClient.setQueryData(entryQuery(entry.id).queryKey, entry);
    for (const head of TOUCHED_HEADS) void queryClient.invalidateQueries({ queryKey: [head] });
  };
}

/** A new entry is for what is being looked at. */
function targetsOf(shown: Shown): Targets {
  if (shown.kind === "all") return EVERYWHERE;
  const one = [{ id: shown.id, name: shown.name }];
  return { ...EVERYWHERE, isEverywhere: false, [shown.kind === "group" ? "groups" : "devices"]: one };
}
