import { useQuery } from "@tanstack/react-query";
import { ChoiceBox } from "@vitrine/ui/choice-box";
import { Layers, Monitor, MonitorPlay } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useCan } from "../../lib/session.ts";
import { useDebounced } from "../../lib/use-debounced.ts";
import { targetChoicesQuery } from "./schedule-queries.ts";

/** Whose schedule is shown. */
export type Shown = { kind: "all" } | { kind: "group" | "screen"; id: string; name: string };

const ALL = "all";
const ICONS = { all: Monitor, group: Layers, screen: MonitorPlay };

/** Chooses whose schedule is shown: of all screens, of a group, or of one screen. */
export function TargetFilter({ shown, onChange }: { shown: Shown; onChange: (shown: Shown) => void }) {
  const t = useTranslations("schedule");
  const can = useCan();
  const [search, setSearch] = useState("");
  const mayDevices = can("devices.view");
  const found = useQuery(
    targetChoicesQuery(useDebounced(search.trim(), 150), { groups: mayDevices, devices: mayDevices }),
  );
  const all = { value: ALL, label: t("allScreens"), icon: <Monitor aria-hidden /> };
  const isAllWanted =
    search.trim() === "" || all.label.toLocaleLowerCase().includes(search.trim().toLocaleLowerCase());
  const choices = [
    ...(isAllWanted ? [all] : []),
    ...(found.data?.groups ?? []).map((group) => ({
      value: `group ${group.id}`,
      label: group.name,
      detail: t("groupDetail"),
      icon: <Layers aria-hidden />,
    })),
    ...(found.data?.devices ?? []).map((device) => ({
      value: `screen ${device.id}`,
      label: device.name,
      detail: t("screenDetail"),
      icon: <MonitorPlay aria-hidden />,
    })),
  ];
  const value = shown.kind === "all" ? all : { value: `${shown.kind} ${shown.id}`, label: shown.name };
  const Icon = ICONS[shown.kind];
  return (
    <ChoiceBox
      label={t("filter")}
      choices={choices}
      value={value}
      onQuery={setSearch}
      onChange={({ value: next, label }) => {
        const [kind, id = ""] = next.split(" ");
        onChange(kind === "group" || kind === "screen" ? { kind, id, name: label } : { kind: "all" });
      }}
      emptyText={t("filterEmpty")}
      openLabel={t("openFilter")}
      icon={
        <Icon
          aria-hidden
          className="pointer-events-none absolute start-2.5 top-1/2 -translate-y-1/2 text-muted"
        />
      }
      className="w-full sm:w-56"
    />
  );
}
