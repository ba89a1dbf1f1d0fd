import { type Manifest, manifest as manifestSchema } from "@vitrine/core/model/manifest";
import { compileDay, localDateAt, playheadAt, type Slot, type Timeline } from "@vitrine/core/schedule";

/** What should be on the glass, by `playheadAt` over the very manifests that the kiosk plays. */
export interface Expectation extends Disposable {
  /** Ids of the assets that may be on the glass at an instant of this machine's clock; empty: nothing is to play. */
  assetsAt(atMs: number): Set<string>;
  /** The asset that comes after the one of `atMs`, and when. */
  next(atMs: number, places?: number): { assetId: string; atMs: number };
  /** The manifest that the kiosk has switched to last. */
  current(): Manifest;
  /** The server's clock is this far from this machine's from now on. */
  setServerOffset(offsetMs: number): void;
}

/** A change counts in either way for this long before and after its time: one sample of ten a second. */
export const TOLERANCE_MS = 100;
/** After a change of the server's clock, its former time counts too, until a screen must have heard of the new one. */
const CLOCK_NEWS_MS = 45_000;
const LOOK_EVERY_MS = 50;
/** After an edit, a rest of an item that is shorter than this is not begun. */
const LEAST_REST_MS = 500;

interface Held {
  manifest: Manifest;
  sinceMs: number;
  timelines: Map<string, Timeline>;
}

/** Where an expectation hears which manifest is played, and what is in it. */
export interface ManifestNews {
  findActiveEtag(): string | undefined;
  findGiven(etag: string): Buffer | undefined;
}

/** Follows which of the manifests that the server gave the kiosk plays. */
export function followManifests({ findActiveEtag, findGiven }: ManifestNews): Expectation {
  const held: Held[] = [];
  const clocks = [{ offsetMs: 0, sinceMs: 0 }];
  let lastEtag: string | undefined;

  const look = () => {
    const etag = findActiveEtag();
    if (etag === undefined || etag === lastEtag) return;
    const body = findGiven(etag);
    if (!body) throw new Error(`The kiosk plays a manifest ${etag} that no server gave`);
    lastEtag = etag;
    const manifest = manifestSchema.parse(JSON.parse(body.toString("utf8")));
    held.push({ manifest, sinceMs: Date.now() - LOOK_EVERY_MS, timelines: new Map() });
  };
  const timer = setInterval(look, LOOK_EVERY_MS);

  const offsetsAt = (atMs: number) => {
    const current = clocks.findLastIndex(({ sinceMs }) => sinceMs <= atMs);
    return clocks
      .filter(({ sinceMs }, place) => {
        const endedMs = clocks[place + 1]?.sinceMs ?? Number.POSITIVE_INFINITY;
        return place === current || (sinceMs <= atMs && endedMs > atMs - CLOCK_NEWS_MS);
      })
      .map(({ offsetMs }) => offsetMs);
  };

  const assetsAt = (atMs: number): Set<string> => {
    const found = new Set<string>();
    const place = held.findLastIndex(({ sinceMs }) => sinceMs <= atMs);
    for (const offsetMs of offsetsAt(atMs)) {
      const serverMs = atMs + offsetMs;
      const counted = [held[place], formerAt(held, place, serverMs, offsetMs)].filter(
        (one) => one !== undefined,
      );
      for (const one of counted) {
        for (const lateMs of [-TOLERANCE_MS, 0, TOLERANCE_MS]) {
          const slot = slotAt(one, serverMs + lateMs);
          if (slot?.kind === "asset") found.add(slot.assetId);
        }
      }
    }
    return found;
  };

  return {
    assetsAt,
    next(atMs, places = 1) {
      const last = held.at(-1);
      let slot = last && slotAt(last, atMs + (clocks.at(-1)?.offsetMs ?? 0));
      for (let step = 0; step < places; step += 1) slot = last && slot && slotAt(last, slot.endMs);
      if (slot?.kind !== "asset") throw new Error("Nothing comes next");
      return { assetId: slot.assetId, atMs: slot.startMs - (clocks.at(-1)?.offsetMs ?? 0) };
    },
    current() {
      look();
      const last = held.at(-1);
      if (!last) throw new Error("The kiosk has no manifest yet");
      return last.manifest;
    },
    setServerOffset(offsetMs) {
      clocks.push({ offsetMs, sinceMs: Date.now() });
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

/** The manifest before, as long as the item lasts that was on the glass when the next one came. */
function formerAt(
  held: readonly Held[],
  place: number,
  serverMs: number,
  offsetMs: number,
): Held | undefined {
  const [former, current] = [held[place - 1], held[place]];
  if (!former || !current) return undefined;
  const cutMs = current.sinceMs + offsetMs;
  const endMs = slotAt(former, cutMs)?.endMs ?? cutMs;
  return serverMs < endMs + LEAST_REST_MS ? former : undefined;
}

function slotAt({ manifest, timelines }: Held, serverMs: number): Slot | undefined {
  const date = localDateAt(manifest.timeZone, serverMs);
  const timeline = timelines.get(date) ?? compileDay(manifest, date);
  timelines.set(date, timeline);
  return playheadAt(timeline, serverMs)?.slot;
}
