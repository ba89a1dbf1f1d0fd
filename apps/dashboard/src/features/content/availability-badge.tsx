import type { AssetView } from "@vitrine/core/model/asset";
import { Badge } from "@vitrine/ui/status";
import { CalendarClock, CalendarX2 } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { useSession } from "../../lib/session.ts";
import { availabilityAt } from "./availability.ts";

/** Says that an asset plays only later, or no longer. Nothing while it may play. */
export function AvailabilityBadge({ asset }: { asset: AssetView }) {
  const t = useTranslations("content");
  const format = useFormatter();
  const { timeZone } = useSession().organization;
  const state = availabilityAt(asset, Date.now());
  if (!state) return null;
  const instant = state === "notYet" ? asset.availableFrom : asset.availableUntil;
  const date = instant
    ? format.dateTime(new Date(instant), { day: "numeric", month: "short", timeZone })
    : "";
  return (
    <Badge
      tone={state === "notYet" ? "accent" : "warning"}
      icon={state === "notYet" ? <CalendarClock aria-hidden /> : <CalendarX2 aria-hidden />}
    >
      {t(`availability.${state}`, { date })}
    </Badge>
  );
}
