import { Dialog } from "@vitrine/ui/dialog";
import { Kbd } from "@vitrine/ui/kbd";
import { useTranslations } from "use-intl";

const KEYS = [
  ["arrows", ["←", "↑", "↓", "→"]],
  ["enter", ["Enter"]],
  ["move", ["Alt", "←", "↑", "↓", "→"]],
  ["resize", ["Shift", "Alt", "↑", "↓"]],
  ["cancel", ["Esc"]],
  ["delete", ["Delete"]],
  ["page", ["Page Up", "Page Down"]],
  ["today", ["T"]],
  ["views", ["D", "W", "M"]],
] as const;

/** What the keys do on the calendar. */
export function ShortcutHelp({ onClose }: { onClose: () => void }) {
  const t = useTranslations("schedule.shortcuts");
  const common = useTranslations("common");
  return (
    <Dialog isOpen onClose={onClose} title={t("title")} closeLabel={common("close")}>
      <dl className="grid gap-2.5">
        {KEYS.map(([what, keys]) => (
          <div key={what} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
            <dt>{t(what)}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
