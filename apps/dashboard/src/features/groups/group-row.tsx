import type { GroupView } from "@vitrine/core/model/group";
import { cn } from "@vitrine/ui/cn";
import { Group } from "lucide-react";
import { useTranslations } from "use-intl";
import { GroupMenu } from "./group-menu.tsx";

/** One group: how many screens are in it, and how many entries are for it. */
export function GroupRow({
  group,
  isOpen,
  onOpen,
}: {
  group: GroupView;
  isOpen: boolean;
  onOpen: () => void;
}) {
  const t = useTranslations("groups");
  return (
    <div
      className={cn(
        "flex h-16 items-center gap-2 border-t pe-2 hover:bg-hover",
        isOpen && "bg-accent-soft hover:bg-accent-soft",
      )}
    >
      <button
        type="button"
        onClick={onOpen}
        className="flex h-full min-w-0 grow items-center gap-3 rounded-md ps-4 text-start -outline-offset-2"
      >
        <span className="grid size-9 shrink-0 place-items-center rounded-md bg-accent-soft text-accent-text">
          <Group aria-hidden className="size-4" />
        </span>
        <span className="grid min-w-0 grow">
          <span className="truncate font-medium">{group.name}</span>
          <span className="tabular truncate text-muted text-sm">
            {t("screens", { count: group.deviceCount })} · {t("uses", { count: group.useCount })}
          </span>
        </span>
      </button>
      <GroupMenu group={group} />
    </div>
  );
}
