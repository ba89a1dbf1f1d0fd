import { useTranslations } from "use-intl";
import { GuestFrame } from "./guest-frame.tsx";
import { WayOut } from "./way-out.tsx";

/** In place of what a link opens where the page was loaded anew, or its address was typed. */
export function LinkLost() {
  const t = useTranslations("accountLink");
  return (
    <GuestFrame title={t("lostTitle")} purpose={t("lost")}>
      <WayOut />
    </GuestFrame>
  );
}
