import { hasNotices, subscribeNotices } from "@vitrine/ui/notices";
import { lazy, Suspense, useSyncExternalStore } from "react";
import { useTranslations } from "use-intl";

const Toaster = lazy(async () => ({ default: (await import("@vitrine/ui/toaster")).Toaster }));

/** Where notices appear; fetched with the first of them. */
export function Notices() {
  const t = useTranslations("common");
  const isWanted = useSyncExternalStore(subscribeNotices, hasNotices);
  if (!isWanted) return null;
  return (
    <Suspense>
      <Toaster closeLabel={t("close")} regionLabel={t("notices")} />
    </Suspense>
  );
}
