import type { BrowserView } from "@vitrine/core/model/account";
import { useTranslations } from "use-intl";

/** Says what somebody used, in a few words. */
export function useDeviceName(): (device: BrowserView) => string {
  const t = useTranslations("device");
  return ({ browser, system }) => {
    if (browser === null) return system ?? t("unknown");
    return system === null ? browser : t("on", { browser, system });
  };
}
