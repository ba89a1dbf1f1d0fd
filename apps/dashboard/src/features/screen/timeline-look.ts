import type { TimelineStatus } from "./timeline-drawing.ts";

/** Fills of each state; trouble, losses and what is not known are told apart by pattern too. */
export const TIMELINE_FILL: Record<TimelineStatus, string> = {
  playing: "bg-edge-success/50",
  syncing: "bg-accent",
  idle: "bg-edge-neutral",
  trouble:
    "bg-edge-warning bg-[repeating-linear-gradient(90deg,var(--role-edge-warning)_0_3px,var(--role-warning)_3px_5px)]",
  offline:
    "bg-edge-danger bg-[repeating-linear-gradient(-45deg,var(--role-edge-danger)_0_3px,var(--role-danger)_3px_6px)]",
  unknown: "bg-sunken bg-[repeating-linear-gradient(-45deg,var(--color-border)_0_1px,transparent_1px_5px)]",
};
