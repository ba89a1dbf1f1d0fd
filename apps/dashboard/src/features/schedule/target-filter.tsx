import { cn } from "@vitrine/ui/cn";
import { controlClass } from "@vitrine/ui/input";
import { ChevronsUpDown, Monitor } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { TARGET_ICONS } from "../targets/target-icons.ts";

/** Whose schedule is shown. */
export type Shown = { kind: "all" } | { kind: "group" | "screen"; id: string; name: string };

const SHOWN_ICONS = { all: Monitor, group: TARGET_ICONS.groups, screen: TARGET_ICONS.devices };
const FILTER_CLASS = "relative w-full sm:w-56";

const loadChoices = () => import("./target-filter-box.tsx");
const TargetFilterBox = lazy(async () => ({ default: (await loadChoices()).TargetFilterBox }));

/** Chooses whose schedule is shown: of all screens, of a group, or of one screen. Its list is fetched when it is wanted. */
export function TargetFilter(props: { shown: Shown; onChange: (shown: Shown) => void }) {
  const t = useTranslations("schedule");
  const [isWanted, setWanted] = useState(false);
  const { shown } = props;
  const name = shown.kind === "all" ? t("allScreens") : shown.name;
  const Icon = SHOWN_ICONS[shown.kind];
  const icon = (
    <Icon
      aria-hidden
      className="pointer-events-none absolute start-2.5 top-1/2 size-4 -translate-y-1/2 text-muted"
    />
  );
  const closed = (
    <div className={FILTER_CLASS}>
      {icon}
      <button
        type="button"
        aria-haspopup="listbox"
        onPointerEnter={() => void loadChoices()}
        onFocus={() => void loadChoices()}
        onClick={() => setWanted(true)}
        className={cn(controlClass, "flex items-center justify-between gap-2 ps-8 text-start")}
      >
        <span className="sr-only">{t("filter")}</span>
        <span className="min-w-0 truncate">{name}</span>
        <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-muted" />
      </button>
    </div>
  );
  if (!isWanted) return closed;
  return (
    <Suspense fallback={closed}>
      <TargetFilterBox {...props} icon={icon} />
    </Suspense>
  );
}
