import type { DeviceHardware } from "@vitrine/core/model/device";
import {
  type Credential,
  credentialFile,
  type OpenPairing,
  openPairingFile,
  ticketFile,
} from "../identity/credential.ts";
import { type Identity, loadIdentity, renewIdentity } from "../identity/identity.ts";
import type { HttpDeps } from "../link/http.ts";
import type { ServerClock } from "../link/server-clock.ts";
import { pairingProof, pairScreen, refusePairing } from "../pairing/pairing.ts";
import type { FileStore } from "../platform/file-store.ts";
import { describe, type Log } from "../platform/log.ts";
import type { Random } from "../platform/random.ts";

/** Whose the screen is: its key, the credential it was given, and the way from the one to the other. */
export interface Ownership {
  readonly identity: Identity;
  /** The code that is on the glass. */
  readonly pairing: OpenPairing | undefined;
  findCredential(): Promise<Credential | undefined>;
  /** Asks for a code and waits for its claim. */
  startPairing(): void;
  stopPairing(): Promise<void>;
  /** How long a person at the glass may still refuse, in milliseconds; 0: no more. */
  vetoLeftMs(credential: Credential): number;
  /** The time to refuse is over. */
  endVeto(): Promise<void>;
  /** Tells the server of a refusal, in the background, until it heard. */
  tellRefusal(): Promise<void>;
  /** Forgets credential, pairing and key, in this order, and makes a new key. */
  readonly wipeParts: readonly (() => Promise<void>)[];
}

export interface OwnershipDeps extends HttpDeps {
  files: FileStore;
  random: Random;
  log: Log;
  serverUrl: string;
  serverClock: ServerClock;
  hardware(): DeviceHardware;
  onCode(): void;
  onExpired(): void;
  /** Claimed; the credential is on disk. */
  onClaimed(credential: Credential): Promise<void>;
  onReachable(isReachable: boolean): void;
  signal: AbortSignal;
}

/** A veto of the server's is honoured up to this; its own clock may be wrong. */
const LONGEST_VETO_MS = 35_000;
const RETRY_MS = 5000;

/** The ownership that is kept in one data folder. */
export async function createOwnership(deps: OwnershipDeps): Promise<Ownership> {
  const { files, clock, log, signal } = deps;
  const credentials = credentialFile(files);
  const openPairings = openPairingFile(files);
  let identity = await loadIdentity(files);
  let pairing: OpenPairing | undefined;
  let pairingAbort = new AbortController();
  let pairingDone: Promise<void> = Promise.resolve();

  const pair = async (stop: AbortSignal) => {
    const credential = await pairScreen(
      {
        ...deps,
        identity,
        openPairing: openPairings,
        onCode(issued) {
          pairing = issued;
          deps.onCode();
        },
      },
      stop,
    );
    await credentials.save(credential);
    pairing = undefined;
    await deps.onClaimed(credential);
  };

  const startPairing = () => {
    pairingAbort = new AbortController();
    const stop = AbortSignal.any([signal, pairingAbort.signal]);
    pairingDone = pair(stop).catch((error: unknown) => {
      if (stop.aborted) return;
      log.error("pairing_failed", { reason: describe(error) });
      clock.after(RETRY_MS, () => {
        if (!stop.aborted) startPairing();
      });
    });
  };

  return {
    get identity() {
      return identity;
    },
    get pairing() {
      return pairing;
    },
    findCredential: () => credentials.find(),
    startPairing,
    stopPairing() {
      pairingAbort.abort(new Error("Paired"));
      return pairingDone;
    },
    vetoLeftMs({ vetoUntil }) {
      return Math.min(LONGEST_VETO_MS, Math.max(0, Date.parse(vetoUntil) - deps.serverClock.nowMs()));
    },
    endVeto: () => openPairings.remove(),
    async tellRefusal() {
      const open = await openPairings.find();
      if (open) void refusePairing(deps, pairingProof(identity, open.deviceCode), signal).catch(() => {});
    },
    wipeParts: [
      () => credentials.remove(),
      () => ticketFile(files).remove(),
      async () => {
        pairing = undefined;
        await openPairings.remove();
      },
      async () => {
        identity = await renewIdentity(files);
      },
    ],
  };
}
