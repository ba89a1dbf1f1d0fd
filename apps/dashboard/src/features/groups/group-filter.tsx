import { useQuery } from "@tanstack/react-query";
import { Button } from "@vitrine/ui/button";
import { ChevronDown, Group } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { groupChoicesQuery } from "./group-queries.ts";

const load = () => import("./group-filter-menu.tsx");
const GroupFilterMenu = lazy(async () => ({ default: (await load()).GroupFilterMenu }));

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
  const [isWanted, setWanted] = useState(false);
  if (!value && !groups.data?.length) return null;
  const name = groups.data?.find((group) => group.id === value)?.name;
  const face = (
    <>
      <Group aria-hidden />
      <span className="sr-only">{t("filter")}</span>
      <span className="truncate">{value ? (name ?? t("filter")) : t("all")}</span>
      <ChevronDown aria-hidden />
    </>
  );
  const className = `max-w-56 ${value ? "border-accent bg-accent-soft text-accent-text" : ""}`;
  const button = (
    <Button
      className={className}
      aria-haspopup="menu"
      onPointerEnter={() => void load()}
      onClick={() => setWanted(true)}
    >
      {face}
    </Button>
  );
  if (!isWanted) return button;
  return (
    <Suspense fallback={button}>
      <GroupFilterMenu
        trigger={<Button className={className}>{face}</Button>}
        value={value}
        onChange={onChange}
      />
    </Suspense>
  );
}
