import type { DeviceView } from "@vitrine/core/model/device";
import { EventList } from "./event-list.tsx";
import { TimelineSection } from "./timeline-section.tsx";

/** What a screen was over time, and what happened to it. */
export function HistoryTab({ device }: { device: DeviceView }) {
  return (
    <div className="grid gap-6">
      <TimelineSection device={device} />
      <EventList device={device} />
    </div>
  );
}
