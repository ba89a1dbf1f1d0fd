import type { SCREEN_EVENT_KINDS } from "@vitrine/core/model/device-health";
import { type ScreenEvent, screenEvent } from "@vitrine/core/model/device-protocol";
import type { ServerClock } from "../link/server-clock.ts";
import { createSpool, type Spool, type SpoolDeps } from "../spool/spool.ts";

export type ScreenEventKind = (typeof SCREEN_EVENT_KINDS)[number];
export type EventSpool = Spool<ScreenEvent, ScreenEvent>;

/** What happens in the life of the screen, written down for the server. */
export interface ScreenEvents {
  /** Writes down what happened now; text is cut to what an event may hold. Never rejects. */
  note(kind: ScreenEventKind, data?: ScreenEvent["data"]): Promise<void>;
}

export interface ScreenEventsDeps extends Pick<SpoolDeps, "clock" | "log" | "faults"> {
  serverClock: ServerClock;
  spool: EventSpool;
  bootId: string;
}

/** What flaps does not fill disk and server: past this many an hour, events are dropped, and it is said. */
const HOURLY_LIMIT = 600;
const HOUR_MS = 3_600_000;
const TEXT_CHARS = 500;

/** Events that wait for the server, in a folder of their own. */
export function createEventSpool(deps: SpoolDeps): EventSpool {
  return createSpool<ScreenEvent, ScreenEvent>(deps, {
    name: "events",
    record: screenEvent,
    findItem: (event) => event,
    toRecord: (event) => event,
    head: () => [],
    recover: () => [],
  });
}

/** The events of one boot; sequence numbers start at 0. */
export function createScreenEvents(deps: ScreenEventsDeps): ScreenEvents {
  const { clock, spool, bootId } = deps;
  let sequence = 0;
  let hourSinceMs = clock.monotonicMs();
  let ofHour = 0;

  const isTooMany = () => {
    const nowMs = clock.monotonicMs();
    if (nowMs - hourSinceMs >= HOUR_MS) {
      hourSinceMs = nowMs;
      ofHour = 0;
      deps.faults.clear("events_dropped", "rate");
    }
    ofHour += 1;
    return ofHour > HOURLY_LIMIT;
  };

  return {
    async note(kind, data = {}) {
      if (isTooMany()) {
        deps.log.warn("event_dropped", { kind, ...data });
        if (ofHour > HOURLY_LIMIT + 1) return;
        const text = `More than ${HOURLY_LIMIT} events happened within an hour; the rest of them is not told`;
        return deps.faults.raise("events_dropped", text, "rate");
      }
      const at = new Date(serverMs(deps.serverClock)).toISOString();
      const event: ScreenEvent = { bootId, sequence, at, kind, data: shortened(data) };
      sequence += 1;
      await spool.append(event);
    },
  };
}

/** A time that ISO 8601 can write, whatever the clock says. */
function serverMs(serverClock: ServerClock): number {
  return Math.min(Math.max(0, serverClock.nowMs()), 4_102_444_800_000);
}

function shortened(data: ScreenEvent["data"]): ScreenEvent["data"] {
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      key,
      typeof value === "string" ? value.slice(0, TEXT_CHARS) : value,
    ]),
  );
}
