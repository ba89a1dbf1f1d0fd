import { useQuery } from "@tanstack/react-query";
import { Menu, MenuChoices } from "@vitrine/ui/menu";
import { Group } from "lucide-react";
import type { ReactElement } from "react";
import { useTranslations } from "use-intl";
import { groupChoicesQuery } from "./group-queries.ts";

const ALL = "all";

/** All groups to choose one from. Its script is fetched when it is first wanted, which opens it. */
export function GroupFilterMenu({
  trigger,
  value,
  onChange,
}: {
  trigger: ReactElement;
  value: string | undefined;
  onChange: (groupId: string | undefined) => void;
}) {
  const t = useTranslations("groups");
  const groups = useQuery(groupChoicesQuery);
  return (
    <Menu trigger={trigger} align="start" isOpenAtFirst>
      <MenuChoices
        label={t("filter")}
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
    </Menu>
  );
}
