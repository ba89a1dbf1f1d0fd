import { useBlocker } from "@tanstack/react-router";
import { ConfirmDialog } from "@vitrine/ui/confirm-dialog";
import { useTranslations } from "use-intl";

/** Asks before what was typed and not saved is left behind. */
export function UnsavedGuard({ isDirty }: { isDirty: boolean }) {
  const t = useTranslations("unsaved");
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty && placeOf(current) !== placeOf(next),
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  });
  if (blocker.status !== "blocked") return null;
  return (
    <ConfirmDialog
      isOpen
      onClose={blocker.reset}
      onConfirm={blocker.proceed}
      title={t("title")}
      confirmLabel={t("leave")}
      cancelLabel={t("stay")}
    >
      {t("text")}
    </ConfirmDialog>
  );
}

/** What a form belongs to: its page, and the thing whose details are open. Filters beside it do not matter. */
function placeOf({ pathname, search }: { pathname: string; search: object }): string {
  const opened = ["asset", "entry"].map((name) => String(Reflect.get(search, name) ?? ""));
  return [pathname, ...opened].join(" ");
}
