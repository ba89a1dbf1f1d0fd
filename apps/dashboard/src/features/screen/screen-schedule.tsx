import { Link } from "@tanstack/react-router";
import type { DeviceView } from "@vitrine/core/model/device";
import { Skeleton } from "@vitrine/ui/skeleton";
import { lazy, Suspense } from "react";
import { useTranslations } from "use-intl";

const WhyCard = lazy(async () => ({ default: (await import("../why/why-card.tsx")).WhyCard }));
const AirtimeSection = lazy(async () => ({
  default: (await import("../airtime/airtime-section.tsx")).AirtimeSection,
}));

/** Why a screen plays what it plays, and how long it will show what. */
export function ScreenSchedule({ device }: { device: DeviceView }) {
  const t = useTranslations("moment");
  return (
    <Suspense fallback={<Skeleton className="h-40" />}>
      <div className="grid gap-2">
        <WhyCard deviceId={device.id} at="now" isQuiet timeZone={device.timeZone} />
        <Link
          to="/screens/$deviceId/preview"
          params={{ deviceId: device.id }}
          search={{}}
          className="w-fit text-accent-text underline-offset-4 hover:underline"
        >
          {t("anyMoment")}
        </Link>
      </div>
      <AirtimeSection device={device} />
    </Suspense>
  );
}
