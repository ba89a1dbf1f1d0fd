import { Link } from "@tanstack/react-router";
import type { DeviceView } from "@vitrine/core/model/device";
import { Button } from "@vitrine/ui/button";
import { EmptyState } from "@vitrine/ui/empty-state";
import { MonitorUp } from "lucide-react";
import { useTranslations } from "use-intl";
import { useCan } from "../../lib/session.ts";
import { DeviceCard } from "../screens/device-card.tsx";
import { useAppActions } from "../shell/app-actions.tsx";

/** The newest screens, as they are now. */
export function RecentScreens({ devices }: { devices: readonly DeviceView[] }) {
  const t = useTranslations("overview");
  const can = useCan();
  const actions = useAppActions();
  return (
    <section aria-labelledby="recent-screens" className="grid gap-3">
      <div className="flex items-baseline justify-between gap-3">
        <h2 id="recent-screens" className="font-semibold text-lg">
          {t("onTheGlass")}
        </h2>
        {devices.length > 0 ? (
          <Link to="/screens" className="text-accent-text underline-offset-4 hover:underline">
            {t("allScreens")}
          </Link>
        ) : null}
      </div>
      {devices.length === 0 ? (
        <EmptyState
          icon={<MonitorUp aria-hidden />}
          title={t("noScreensTitle")}
          action={
            can("devices.pair") ? (
              <Button onClick={() => actions.pair()}>
                <MonitorUp aria-hidden />
                {t("pair")}
              </Button>
            ) : null
          }
        >
          {t("noScreens")}
        </EmptyState>
      ) : (
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(16rem,100%),1fr))] gap-4">
          {devices.map((device) => (
            <li key={device.id} className="min-w-0">
              <DeviceCard device={device} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
