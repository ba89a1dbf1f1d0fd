import { useQuery } from "@tanstack/react-query";
import { Select } from "@vitrine/ui/select";
import { Group } from "lucide-react";
import { useTranslations } from "use-intl";
import { groupChoicesQuery } from "./group-queries.ts";

const ALL = "all";

/** Narrows a list to the screens of one group. Not there while there are no groups. */
export function GroupFilter({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange: (groupId: string | undefined) => void;
}) {
  const t = useTranslations("groups");
  const groups = useQuery(groupChoicesQuery);
  if (!value && !groups.data?.length) return null;
  return (
    <Select
      label={t("filter")}
      className="w-auto min-w-36 max-w-56"
      value={value ?? ALL}
      onChange={(next) => onChange(next === ALL ? undefined : next)}
      options={[
        { value: ALL, label: t("all") },
        ...(groups.data ?? []).map((group) => ({
          value: group.id,
          label: group.name,
          icon: <Group aria-hidden />,
        })),
      ]}
    />
  );
}
