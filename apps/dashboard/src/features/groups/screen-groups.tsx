import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { DeviceView } from "@vitrine/core/model/device";
import { Button } from "@vitrine/ui/button";
import { Menu, MenuCheck, MenuHeader } from "@vitrine/ui/menu";
import { Badge } from "@vitrine/ui/status";
import { Group } from "lucide-react";
import { useTranslations } from "use-intl";
import { groupChoicesQuery } from "./group-queries.ts";
import { useGroupChange } from "./use-group-change.ts";

/** The groups that a screen is in, each a way there; a menu of all groups puts it in and takes it out. */
export function ScreenGroups({ device, mayEdit }: { device: DeviceView; mayEdit: boolean }) {
  const t = useTranslations("groups");
  const groups = useQuery({ ...groupChoicesQuery, enabled: mayEdit });
  const change = useGroupChange();
  const isIn = (id: string) => device.groups.some((group) => group.id === id);
  return (
    <div className="grid gap-1.5">
      <div className="flex items-center gap-2">
        <p className="grow font-medium">{t("title")}</p>
        {mayEdit ? (
          <Menu trigger={<Button size="sm">{t("change")}</Button>}>
            {groups.data?.length ? (
              groups.data.map((group) => (
                <MenuCheck
                  key={group.id}
                  isChecked={isIn(group.id)}
                  onChange={(isWanted) =>
                    change.mutate({ group, [isWanted ? "add" : "remove"]: [device.id] })
                  }
                >
                  {group.name}
                </MenuCheck>
              ))
            ) : (
              <MenuHeader>{t("noneYet")}</MenuHeader>
            )}
          </Menu>
        ) : null}
      </div>
      {device.groups.length === 0 ? (
        <p className="text-muted text-sm">{t("inNone")}</p>
      ) : (
        <ul className="flex flex-wrap gap-1">
          {device.groups.map((group) => (
            <li key={group.id} className="min-w-0">
              <Link
                to="/screens/groups"
                search={{ group: group.id }}
                className="inline-flex min-h-6 max-w-full items-center rounded-sm hover:underline"
              >
                <Badge tone="accent" icon={<Group aria-hidden />}>
                  {group.name}
                </Badge>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
