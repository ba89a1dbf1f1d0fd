import { Link } from "@tanstack/react-router";
import {
  columnVisibilityFeature,
  createColumnHelper,
  rowSelectionFeature,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import type { DeviceView } from "@vitrine/core/model/device";
import { Button } from "@vitrine/ui/button";
import { Checkbox } from "@vitrine/ui/checkbox";
import { Menu, MenuCheck } from "@vitrine/ui/menu";
import { Badge } from "@vitrine/ui/status";
import { Table, Td, Th, Tr } from "@vitrine/ui/table";
import { Columns3, MonitorPlay } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { useCan } from "../../lib/session.ts";
import { GroupBulk } from "../groups/group-bulk.tsx";
import { useScroller } from "../shell/page.tsx";
import { AssignPlaylistDialog } from "./assign-playlist-dialog.tsx";
import { DeviceMarks } from "./device-marks.tsx";
import { DeviceStatusLine } from "./device-status.tsx";
import { Glass } from "./glass.tsx";
import { LastHeard } from "./last-heard.tsx";
import { usePlaylistName } from "./use-playlist-name.ts";

const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature });
const helper = createColumnHelper<typeof features, DeviceView>();
const COLUMNS_KEY = "vitrine-screen-columns";
const OPTIONAL = ["playlist", "groups", "heard", "zone", "tags", "model", "version"] as const;
type Optional = (typeof OPTIONAL)[number];
const HIDDEN_AT_FIRST: Record<string, boolean> = { zone: false, model: false, version: false };

/** The screens as a table: columns to choose, rows to choose for a common action; only what is seen is drawn. */
export function DeviceTable({
  devices,
  more,
  groupId,
}: {
  devices: readonly DeviceView[];
  more: { label: string; isLoading: boolean; onLoad: () => void } | undefined;
  /** The one group whose screens these are. */
  groupId?: string | undefined;
}) {
  const t = useTranslations("screens");
  const can = useCan();
  const scroller = useScroller();
  const mayChoose = can("devices.assign") || can("devices.edit");
  const [isAssigning, setAssigning] = useState(false);
  const columns = useColumns();
  const data = useMemo(() => [...devices], [devices]);
  const table = useTable({
    features,
    columns,
    data,
    getRowId: (device) => device.id,
    initialState: { columnVisibility: storedColumns() },
  });
  const { rows } = table.getRowModel();
  const chosen = rows.filter((row) => row.getIsSelected()).map((row) => row.original);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: () => 57,
    overscan: 10,
  });
  const shown = virtual.getVirtualItems();
  const before = shown[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0);
  const isNearEnd = (shown.at(-1)?.index ?? 0) >= rows.length - 5;
  const onLoad = more && !more.isLoading ? more.onLoad : undefined;
  useEffect(() => {
    if (isNearEnd) onLoad?.();
  }, [isNearEnd, onLoad]);

  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-2">
        {chosen.length > 0 ? (
          <>
            <p className="tabular font-medium" aria-live="polite">
              {t("chosen", { count: chosen.length })}
            </p>
            {can("devices.assign") ? (
              <Button onClick={() => setAssigning(true)}>
                <MonitorPlay aria-hidden />
                {t("assign")}
              </Button>
            ) : null}
            {can("devices.edit") ? (
              <GroupBulk devices={chosen} groupId={groupId} onDone={() => table.resetRowSelection(true)} />
            ) : null}
            <Button variant="ghost" onClick={() => table.resetRowSelection(true)}>
              {t("chooseNone")}
            </Button>
          </>
        ) : null}
        <div className="ms-auto">
          <Menu
            trigger={
              <Button size="sm">
                <Columns3 aria-hidden />
                {t("columns")}
              </Button>
            }
          >
            {OPTIONAL.map((name) => {
              const column = table.getColumn(name);
              return (
                <MenuCheck
                  key={name}
                  isChecked={column?.getIsVisible() ?? false}
                  onChange={(isShown) => {
                    column?.toggleVisibility(isShown);
                    rememberColumn(name, isShown);
                  }}
                >
                  {t(`column.${name}`)}
                </MenuCheck>
              );
            })}
          </Menu>
        </div>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard */}
      <section aria-label={t("title")} tabIndex={0} className="overflow-x-auto rounded-lg border bg-raised">
        <Table aria-rowcount={rows.length + 1}>
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                {mayChoose ? (
                  <Th className="w-8 pe-0">
                    <Checkbox
                      isChecked={chosen.length > 0 && chosen.length === rows.length}
                      isMixed={chosen.length > 0 && chosen.length < rows.length}
                      onChange={(isChecked) => table.toggleAllRowsSelected(isChecked)}
                      label={t("chooseAll")}
                    />
                  </Th>
                ) : null}
                {group.headers.map((header) => (
                  <Th key={header.id}>
                    <table.FlexRender header={header} />
                  </Th>
                ))}
              </tr>
            ))}
          </thead>
          <tbody>
            {before > 0 ? (
              <tr aria-hidden>
                <td style={{ height: before }} />
              </tr>
            ) : null}
            {shown.map((place) => {
              const row = rows[place.index];
              if (!row) return null;
              return (
                <Tr key={row.id} aria-selected={row.getIsSelected()} aria-rowindex={place.index + 2}>
                  {mayChoose ? (
                    <Td className="w-8 pe-0">
                      <Checkbox
                        isChecked={row.getIsSelected()}
                        onChange={(isChecked) => row.toggleSelected(isChecked)}
                        label={t("choose", { name: row.original.name })}
                      />
                    </Td>
                  ) : null}
                  {row.getVisibleCells().map((cell) => (
                    <Td key={cell.id} className="h-14">
                      <table.FlexRender cell={cell} />
                    </Td>
                  ))}
                </Tr>
              );
            })}
            {after > 0 ? (
              <tr aria-hidden>
                <td style={{ height: after }} />
              </tr>
            ) : null}
          </tbody>
        </Table>
      </section>
      {more ? (
        <Button className="justify-self-center" isBusy={more.isLoading} onClick={more.onLoad}>
          {more.label}
        </Button>
      ) : null}
      {isAssigning ? (
        <AssignPlaylistDialog
          devices={chosen}
          onClose={() => setAssigning(false)}
          onDone={() => table.resetRowSelection(true)}
        />
      ) : null}
    </div>
  );
}

function useColumns() {
  const t = useTranslations("screens");
  const playlistName = usePlaylistName();
  return useMemo(
    () =>
      helper.columns([
        helper.display({
          id: "name",
          header: t("column.name"),
          enableHiding: false,
          cell: ({ row }) => (
            <Link
              to="/screens/$deviceId"
              params={{ deviceId: row.original.id }}
              className="flex w-max max-w-72 items-center gap-3 rounded-md font-medium hover:underline"
            >
              <Glass device={row.original} isSmall className="w-16 shrink-0" />
              <span className="truncate">{row.original.name}</span>
            </Link>
          ),
        }),
        helper.display({
          id: "status",
          header: t("column.status"),
          enableHiding: false,
          cell: ({ row }) => (
            <span className="flex items-center gap-2">
              <DeviceStatusLine status={row.original.status} className="shrink-0" />
              <DeviceMarks device={row.original} />
            </span>
          ),
        }),
        helper.accessor(playlistName, {
          id: "playlist",
          header: t("column.playlist"),
          cell: ({ getValue }) => <span className="block max-w-56 truncate">{getValue()}</span>,
        }),
        helper.display({
          id: "groups",
          header: t("column.groups"),
          cell: ({ row }) => (
            <span className="block max-w-56 truncate">
              {row.original.groups.map((group) => group.name).join(", ")}
            </span>
          ),
        }),
        helper.display({
          id: "heard",
          header: t("column.heard"),
          cell: ({ row }) => (
            <span className="whitespace-nowrap text-muted">
              <LastHeard device={row.original} />
            </span>
          ),
        }),
        helper.accessor("timeZone", { id: "zone", header: t("column.zone") }),
        helper.display({
          id: "tags",
          header: t("column.tags"),
          cell: ({ row }) => (
            <span className="flex gap-1">
              {row.original.tags.slice(0, 3).map((tag) => (
                <Badge key={tag}>{tag}</Badge>
              ))}
            </span>
          ),
        }),
        helper.accessor((device) => device.hardware?.model ?? "", { id: "model", header: t("column.model") }),
        helper.accessor((device) => device.hardware?.appVersion ?? "", {
          id: "version",
          header: t("column.version"),
        }),
      ]),
    [t, playlistName],
  );
}

function storedColumns(): Record<string, boolean> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(COLUMNS_KEY) ?? "{}");
    const known = Object.entries(stored ?? {}).filter(([, value]) => typeof value === "boolean");
    return { ...HIDDEN_AT_FIRST, ...Object.fromEntries(known) };
  } catch {
    return HIDDEN_AT_FIRST;
  }
}

function rememberColumn(name: Optional, isShown: boolean): void {
  localStorage.setItem(COLUMNS_KEY, JSON.stringify({ ...storedColumns(), [name]: isShown }));
}
