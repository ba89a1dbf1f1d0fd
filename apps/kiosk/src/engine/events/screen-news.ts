import type { DisplayReport, UpdateReport } from "@vitrine/core/model/device-health";
import { type Life, NEWBORN } from "../life/machine.ts";
import type { FaultChange } from "../platform/faults.ts";
import type { ScreenEvents } from "./screen-events.ts";

/** Hears of what changes, and writes down what of it is an event. */
export interface ScreenNews {
  onLife(life: Life): void;
  /** What befell the stage, before the life hears that it is lost. */
  onStageLost(reason: string): void;
  onFault(change: FaultChange): void;
  /** The machine's clock moved against the server's, forwards by so much. */
  onClock(byMs: number): void;
  onDisplay(report: DisplayReport): void;
  onUpdate(report: UpdateReport): void;
}

/** The clock is corrected all the time; this much is a step. */
const STEP_MS = 1000;

/** The news of one boot. */
export function createScreenNews(events: ScreenEvents): ScreenNews {
  let life = NEWBORN;
  let lossReason = "";
  let display = "";
  let update = "";
  return {
    onLife(next) {
      const former = life;
      life = next;
      if (next.state !== former.state) void events.note("state", { state: next.state });
      if (next.isOffline !== former.isOffline) void events.note(next.isOffline ? "offline" : "online");
      if (next.isRecovering === former.isRecovering) return;
      if (next.isRecovering) void events.note("recovering", { reason: lossReason });
      else void events.note("recovered");
    },
    onStageLost(reason) {
      lossReason = reason;
    },
    onFault({ kind, fault }) {
      void events.note(kind, { fault: fault.kind, text: fault.text });
    },
    onClock(byMs) {
      if (Math.abs(byMs) > STEP_MS) void events.note("clock_stepped", { byMs: Math.round(byMs) });
    },
    onDisplay({ observed, desired, problem }) {
      const text = JSON.stringify([observed, desired, problem]);
      if (text !== display) void events.note("display", { observed, desired, problem });
      display = text;
    },
    onUpdate({ state, version }) {
      const text = JSON.stringify([state, version]);
      if (text !== update && state !== "off") void events.note("update", { state, version });
      update = text;
    },
  };
}
