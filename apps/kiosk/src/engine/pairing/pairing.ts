import type { DeviceHardware } from "@vitrine/core/model/device";
import type { Credential, JsonFile, OpenPairing } from "../identity/credential.ts";
import type { Identity } from "../identity/identity.ts";
import { callProcedure } from "../link/device-api.ts";
import type { HttpDeps } from "../link/http.ts";
import { isAppFailure, isUnreachable, LinkError } from "../link/link-error.ts";
import type { ServerClock } from "../link/server-clock.ts";
import { sleep } from "../platform/clock.ts";
import { describe, type Log } from "../platform/log.ts";
import { fullJitterMs, type Random } from "../platform/random.ts";

export interface PairingDeps extends HttpDeps {
  serverUrl: string;
  serverClock: ServerClock;
  random: Random;
  log: Log;
  identity: Identity;
  hardware(): DeviceHardware;
  openPairing: JsonFile<OpenPairing>;
  onCode(pairing: OpenPairing): void;
  onExpired(): void;
  onReachable(isReachable: boolean): void;
}

/**
 * Asks for codes and waits until one is claimed; gives the credential. A pairing that was open before a
 * restart goes on, so that a claim made meanwhile is found. Rejects only when the signal fires.
 */
export async function pairScreen(deps: PairingDeps, signal: AbortSignal): Promise<Credential> {
  let pairing = await deps.openPairing.find();
  while (true) {
    pairing ??= await startPairing(deps, signal);
    deps.onCode(pairing);
    const claimed = await awaitClaim(deps, pairing, signal);
    if (claimed) return claimed;
    deps.onExpired();
    await deps.openPairing.remove();
    pairing = undefined;
  }
}

/** Tells the server that a person at the glass refuses; tried again until it hears, or the signal fires. */
export async function refusePairing(
  deps: Pick<PairingDeps, "network" | "clock" | "serverUrl" | "random" | "log">,
  input: { deviceCode: string; signature: string },
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await callProcedure(deps, "pairing.refuse", input, { signal });
      return;
    } catch (error) {
      signal.throwIfAborted();
      deps.log.warn("refusal_not_told", { reason: describe(error) });
      if (!isUnreachable(error)) return;
      await sleep(deps.clock, fullJitterMs(deps.random, { attempt, baseMs: 1000, capMs: 30_000 }), signal);
    }
  }
}

/** What proves to the server that it is the screen that started a pairing who speaks. */
export function pairingProof(identity: Identity, deviceCode: string) {
  return { deviceCode, signature: identity.sign(`vitrine-pair:${deviceCode}`) };
}

async function startPairing(deps: PairingDeps, signal: AbortSignal): Promise<OpenPairing> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const input = { publicKey: deps.identity.publicKey, hardware: deps.hardware() };
      const { value, dateMs, ...times } = await callProcedure(deps, "pairing.start", input, { signal });
      deps.onReachable(true);
      if (dateMs !== undefined) deps.serverClock.observeCoarsely({ serverMs: dateMs, ...times });
      const startedAt = new Date(deps.serverClock.nowMs()).toISOString();
      const pairing = { ...value, startedAt };
      await deps.openPairing.save(pairing);
      return pairing;
    } catch (error) {
      signal.throwIfAborted();
      deps.onReachable(!isUnreachable(error));
      deps.log.warn("pairing_not_started", { attempt, reason: describe(error) });
      const wishMs = error instanceof LinkError ? error.retryAfterMs : null;
      const delayMs =
        wishMs ?? fullJitterMs(deps.random, { attempt, baseMs: 1000, capMs: 30_000, floorMs: 500 });
      await sleep(deps.clock, delayMs, signal);
    }
  }
}

/** The credential once claimed, or undefined when the code is of no more use. */
async function awaitClaim(
  deps: PairingDeps,
  pairing: OpenPairing,
  signal: AbortSignal,
): Promise<Credential | undefined> {
  const proof = pairingProof(deps.identity, pairing.deviceCode);
  for (let failures = 0; ; ) {
    try {
      const { value } = await callProcedure(deps, "pairing.poll", proof, { signal });
      deps.onReachable(true);
      failures = 0;
      if (value.kind === "expired") return undefined;
      if (value.kind === "claimed") {
        const { kind: _, ...credential } = value;
        return credential;
      }
    } catch (error) {
      signal.throwIfAborted();
      deps.onReachable(!isUnreachable(error));
      if (isAppFailure(error, "PAIRING_CODE_UNKNOWN") || isAppFailure(error, "NOT_FOUND")) return undefined;
      if (isAppFailure(error, "DEVICE_SIGNATURE_WRONG") || isAppFailure(error, "DEVICE_REVOKED"))
        return undefined;
      if (deps.serverClock.nowMs() > Date.parse(pairing.expiresAt)) return undefined;
      failures += 1;
      deps.log.warn("pairing_poll_failed", { failures, reason: describe(error) });
    }
    const extraMs =
      failures === 0 ? 0 : fullJitterMs(deps.random, { attempt: failures, baseMs: 1000, capMs: 30_000 });
    await sleep(deps.clock, Math.max(250, pairing.pollEveryMs) + extraMs, signal);
  }
}
