import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import type { DeviceAccess } from "../../auth/device-access.ts";
import type { CommittedChange } from "../../events/change-step.ts";
import type { BuiltManifest } from "../../manifest/manifests.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Interest, Screen, Screens } from "../screens.ts";
import { frameOf } from "./frames.ts";
import { HintStream } from "./hint-stream.ts";
import { type Reach, reachOf } from "./touches.ts";

/** Nudges screens over their live connections. A nudge that is lost costs time only: screens poll. */
export type HintHub = Disposable & {
  /** Begins the screen's stream on a connection, in place of an earlier one. */
  open(screen: Screen, socket: WebSocket, line: Duplex): HintStream;
  /** The screen's connection is gone. */
  close(screen: Screen, socket: WebSocket): void;
  /** Notes that this manifest was built for the screen. */
  onBuilt(screen: Screen, built: BuiltManifest): void;
  /** Says goodbye to every stream, each with a delay of its own to come back after. */
  goodbye(): void;
  streamCount(): number;
  /** The content revision up to which every change of the organization has reached this process; 0 before the first. */
  seenRevision(organizationId: string): number;
};

export type HintHubDeps = {
  screens: Screens;
  access: DeviceAccess;
  /** A number in [0, 1). */
  random: () => number;
  /** Registers for committed changes; gives the function that ends it. */
  onChange(listener: (change: CommittedChange) => void): () => void;
  /** Something changed that the screen's manifest was made of. */
  onTouched?: (screen: Screen) => void;
  clock: Pick<Clock, "nowMs">;
};

/** A connection on which nothing was heard for so long is dead: screens beat every 30 s. */
const SILENCE_MS = 100_000;
const SWEEP_EVERY_MS = 10_000;
/** Changes remembered an organization, to be held against manifests that were being built meanwhile. */
const RECENT = 32;
/** Coming back takes at least this span, and 2 ms more for each stream: 10,000 take 20 s. */
const LEAST_SPREAD_MS = 3_000;
const SPREAD_PER_STREAM_MS = 2;

/** Makes the hub and starts listening to changes. */
export function makeHintHub(deps: HintHubDeps): HintHub {
  const { screens, access, random, clock } = deps;
  const streams = new Map<Screen, WebSocket>();
  const recent = new Map<string, CommittedChange[]>();
  const seenRevisions = new Map<string, number>();

  const spreadMs = () => Math.max(LEAST_SPREAD_MS, streams.size * SPREAD_PER_STREAM_MS);
  const reconnectMs = () => Math.round(500 + random() * spreadMs());

  const touch = (screen: Screen, frame: Buffer) => {
    screen.isTouched = true;
    deps.onTouched?.(screen);
    screen.stream?.send(frame);
  };
  const touchAll = (interested: Iterable<Screen>, frame: Buffer) => {
    for (const screen of interested) touch(screen, frame);
  };
  const findScreens = (organizationId: string, ids: readonly string[]) =>
    ids.map((id) => screens.find(organizationId, id)).filter((screen) => screen !== undefined);

  const revoke = (organizationId: string, ids: readonly string[]) => {
    for (const id of ids) access.revoke(id);
    const last = frameOf({ kind: "revoked" });
    for (const screen of findScreens(organizationId, ids)) screen.stream?.end(last);
  };

  const tell = (organizationId: string, reach: Reach, revision: number) => {
    if (reach.kind === "nothing") return;
    if (reach.kind === "revoked") return revoke(organizationId, reach.ids);
    if (reach.kind === "commands") {
      const frame = frameOf({ kind: "commands" });
      for (const screen of findScreens(organizationId, reach.ids)) {
        screen.mayHaveCommands = true;
        screen.stream?.send(frame);
      }
      return;
    }
    const frame = frameOf({ kind: "manifest", revision });
    if (reach.kind === "all") return touchAll(screens.ofOrganization(organizationId), frame);
    if (reach.kind === "screens") return touchAll(findScreens(organizationId, reach.ids), frame);
    for (const interest of screens.interestsOf(organizationId)) {
      if (isMadeOf(interest, reach.ids)) touchAll(interest.screens, frame);
    }
    for (const screen of screens.ofOrganization(organizationId)) {
      if (screen.manifest === undefined) touch(screen, frame);
    }
  };

  const stopListening = deps.onChange((change) => {
    const { organizationId, event, contentRevision } = change;
    const reach = reachOf(event);
    seenRevisions.set(organizationId, contentRevision);
    if (screens.hasAny(organizationId)) {
      recent.set(organizationId, [...(recent.get(organizationId) ?? []), change].slice(-RECENT));
    } else {
      recent.delete(organizationId);
    }
    tell(organizationId, reach, contentRevision);
  });

  const timer = setInterval(() => {
    const deadMs = clock.nowMs() - SILENCE_MS;
    for (const screen of streams.keys()) if (screen.lastContactMs < deadMs) screen.stream?.drop();
  }, SWEEP_EVERY_MS);
  timer.unref();

  return {
    open(screen, socket, line) {
      screen.stream?.drop();
      const stream = new HintStream(socket, line);
      screen.stream = stream;
      streams.set(screen, socket);
      stream.send(frameOf({ kind: "hello", reconnectMs: reconnectMs() }));
      // A revocation told while the stream was being opened found no stream to end.
      if (access.isRevoked(screen.deviceId)) stream.end(frameOf({ kind: "revoked" }));
      return stream;
    },
    close(screen, socket) {
      if (streams.get(screen) !== socket) return;
      streams.delete(screen);
      screen.stream = undefined;
    },
    onBuilt(screen, { etag, revision, subjects, hasContent }) {
      const seen = seenRevisions.get(screen.organizationId) ?? 0;
      screens.setManifest(screen, {
        etag,
        sameAs: sameAs(screen, etag, revision, seen),
        revision,
        hasContent,
        subjects,
      });
      // What changed while it was built was held against the manifest before it.
      for (const change of recent.get(screen.organizationId) ?? []) {
        if (change.contentRevision <= revision) continue;
        const reach = reachOf(change.event);
        if (!isReached(screen, reach)) continue;
        return touch(screen, frameOf({ kind: "manifest", revision: change.contentRevision }));
      }
    },
    goodbye() {
      for (const screen of streams.keys()) {
        screen.stream?.end(frameOf({ kind: "goodbye", reconnectMs: reconnectMs() }));
      }
    },
    streamCount: () => streams.size,
    seenRevision: (organizationId) => seenRevisions.get(organizationId) ?? 0,
    [Symbol.dispose]() {
      stopListening();
      clearInterval(timer);
      for (const { stream } of streams.keys()) if (stream?.isOpen) stream.drop();
    },
  };
}

const SAME_AS = 4;

/**
 * Manifests that the screen may have active as well as the one built now: those before it, while nothing that they
 * were made of has changed up to a revision whose changes have all been seen.
 */
function sameAs({ manifest, isTouched }: Screen, etag: string, revision: number, seenRevision: number) {
  if (!manifest || isTouched) return [];
  if (revision !== manifest.revision && revision > seenRevision) return [];
  return [manifest.etag, ...manifest.sameAs].filter((one) => one !== etag).slice(0, SAME_AS);
}

function isMadeOf(interest: Interest, ids: readonly string[]): boolean {
  return ids.some((id) => interest.ids.has(id));
}

function isReached(screen: Screen, reach: Reach): boolean {
  if (reach.kind === "all") return true;
  if (reach.kind === "screens") return reach.ids.includes(screen.deviceId);
  return (
    reach.kind === "made_of" && screen.manifest !== undefined && isMadeOf(screen.manifest.interest, reach.ids)
  );
}
