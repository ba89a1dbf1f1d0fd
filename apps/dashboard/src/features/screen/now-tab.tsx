import type { DeviceView } from "@vitrine/core/model/device";
import { useCan } from "../../lib/session.ts";
import { DiagnosisCard } from "./diagnosis-card.tsx";
import { ScreenGlance } from "./screen-glance.tsx";
import { ScreenGlass } from "./screen-glass.tsx";
import { ScreenPlays } from "./screen-plays.tsx";
import { ScreenSchedule } from "./screen-schedule.tsx";

/** What is on the glass now, why it is so, and whether it is as it should be. */
export function NowTab({ device }: { device: DeviceView }) {
  const can = useCan();
  return (
    <div className="grid gap-5">
      <DiagnosisCard device={device} />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem] 3xl:grid-cols-[minmax(0,1fr)_28rem]">
        <div className="grid min-w-0 gap-6">
          <ScreenGlass device={device} />
          {can("schedule.view") && device.isActive ? <ScreenSchedule device={device} /> : null}
        </div>
        <div className="grid min-w-0 gap-4">
          <ScreenPlays device={device} />
          <ScreenGlance device={device} />
        </div>
      </div>
    </div>
  );
}
