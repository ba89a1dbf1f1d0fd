import { useQuery } from "@tanstack/react-query";
import { ChoiceBox } from "@vitrine/ui/choice-box";
import { Layers, Monitor, MonitorPlay } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useCan } from "../../lib/session.ts";
import { useDebounced } from "../../lib/use-debounced.ts";
import { targetChoicesQuery } from "./schedule-queries.ts";
import type { Shown } from "./target-filter.tsx";

const ALL = "all";

/** The list of whose schedule can be shown, found by typing; it opens as soon as it is there. */
export function TargetFilterBox({
  shown,
  onChange,
  icon,
}: {
  shown: Shown;
  onChange: (shown: Shown) => void;
  icon: ReactNode;
}) {
  const t = useTranslations("schedule");
  const can = useCan();
  const [search, setSearch] = useState("");
  const may = can("devices.view");
  const wanted = search.trim();
  const found = useQuery(targetChoicesQuery(useDebounced(wanted, 150), { groups: may, devices: may }));
  const all = { value: ALL, label: t("allScreens"), icon: <Monitor aria-hidden /> };
  const isAllWanted = all.label.toLocaleLowerCase().includes(wanted.toLocaleLowerCase());
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
  return (
    <ChoiceBox
      label={t("filter")}
      choices={choices}
      value={shown.kind === "all" ? all : { value: `${shown.kind} ${shown.id}`, label: shown.name }}
      onQuery={setSearch}
      onChange={({ value, label: name }) => {
        const [kind, id = ""] = value.split(" ");
        onChange(kind === "group" || kind === "screen" ? { kind, id, name } : { kind: "all" });
      }}
      emptyText={t("filterEmpty")}
      openLabel={t("openFilter")}
      icon={icon}
      isOpenAtFirst
      className="w-full sm:w-56"
    />
  );
}
