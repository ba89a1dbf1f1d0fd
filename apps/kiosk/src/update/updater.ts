import type { UpdateReport } from "@vitrine/core/model/device-health";
import { exchange, type Network } from "../engine/link/http.ts";
import type { Clock } from "../engine/platform/clock.ts";
import { describe, type Log } from "../engine/platform/log.ts";
import type { Random } from "../engine/platform/random.ts";
import type { Updater } from "../shared/machine.ts";
import { chooseRelease, compareVersions, FEED_LIMIT_BYTES, type Release, readFeed } from "./feed.ts";
import { fetchRelease, unpackRelease } from "./fetch-release.ts";
import { type InstallDisk, openInstallDisk } from "./install-disk.ts";
import { createInstallation } from "./installation.ts";

/** Where updates come from. */
export interface UpdateSource {
  /** Folder of the feeds; that of a channel is `<url>/<channel>.json`. */
  url: string;
  channel: string;
  /** Base64 of the DER of an Ed25519 public key. */
  publicKey: string;
}

export interface UpdaterDeps {
  /** The folder that the install script made (`VITRINE_INSTALL`); undefined where the player came otherwise. */
  installFolder: string | undefined;
  source: UpdateSource | undefined;
  /** Of the player that runs. */
  version: string;
  /** By Node's name, such as `arm64`. */
  arch: string;
  clock: Clock;
  random: Random;
  network: Pick<Network, "fetch">;
  log: Log;
  /** Ends the process so that the launcher starts it anew. */
  restart(reason: string): Promise<void>;
  openDisk?: (root: string) => InstallDisk;
}

const CHECK_EVERY_MS = 6 * 3_600_000;
const FEED_LIMIT_MS = 20_000;

/** Keeps an installation of the install script up to date; anything else is left to whoever installed it. */
export function createUpdater(deps: UpdaterDeps): Updater {
  const { installFolder, source } = deps;
  if (installFolder === undefined || source === undefined) return createNoUpdater(source?.channel ?? "none");
  return createInstallUpdater(deps, source, (deps.openDisk ?? openInstallDisk)(installFolder));
}

function createNoUpdater(channel: string): Updater {
  return {
    start: async () => undefined,
    report: () => ({ channel, state: "off", version: null, problem: null }),
    async update() {
      throw new Error("This player is not updated by itself: update it as it was installed");
    },
    onHealthy: () => undefined,
    [Symbol.asyncDispose]: async () => undefined,
  };
}

function createInstallUpdater(deps: UpdaterDeps, source: UpdateSource, disk: InstallDisk): Updater {
  const { clock, random, network, log } = deps;
  const installation = createInstallation(disk);
  const stop = new AbortController();
  let state: UpdateReport["state"] = "current";
  let version: string | null = null;
  let problem: string | null = null;
  let onChange: () => void = () => undefined;
  let timer: Disposable | undefined;
  let isConfirmed = false;

  const tell = (next: { state: UpdateReport["state"]; version: string | null; problem: string | null }) => {
    const isSame = next.state === state && next.version === version && next.problem === problem;
    ({ state, version, problem } = next);
    if (isSame) return;
    log.info("update", next);
    onChange();
  };

  /** What there is to say while nothing is under way. */
  const restingState = async (why: string | null): Promise<void> => {
    const trial = await installation.findTrial();
    if (trial === deps.version) return tell({ state: "trying", version: trial, problem: why });
    const givenUp = (await installation.listGivenUp()).at(-1);
    const isPast = givenUp === undefined || compareVersions(givenUp, deps.version) <= 0;
    if (isPast) return tell({ state: "current", version: null, problem: why });
    const reason = `Version ${givenUp} was not healthy here; ${deps.version} runs again`;
    tell({ state: "rolled_back", version: givenUp, problem: why ?? reason });
  };

  const readRelease = async (signal: AbortSignal): Promise<{ release: Release; feedUrl: string }> => {
    const feedUrl = `${source.url.replace(/\/+$/, "")}/${encodeURIComponent(source.channel)}.json`;
    const answer = await exchange(
      { network, clock },
      { url: feedUrl, method: "GET", timeoutMs: FEED_LIMIT_MS, limitBytes: FEED_LIMIT_BYTES, signal },
    );
    if (answer.status !== 200) throw new Error(`The feed of updates answers HTTP ${answer.status}`);
    return { release: readFeed(Buffer.from(answer.body).toString("utf8"), source.publicKey), feedUrl };
  };

  /** Fetches what is new and places it beside what runs; whether it is ready for a restart. */
  const prepare = async (signal: AbortSignal): Promise<boolean> => {
    // What runs is on trial itself: nothing new until that is decided.
    if ((await installation.findTrial()) === deps.version) return false;
    const { release, feedUrl } = await readRelease(signal);
    const lastSerial = await installation.readLastSerial(source.channel);
    const choice = chooseRelease(release, {
      channel: source.channel,
      version: deps.version,
      arch: deps.arch,
      lastSerial,
      givenUp: await installation.listGivenUp(),
    });
    const isNewer = release.channel === source.channel && release.serial > lastSerial;
    if (isNewer) await installation.noteSerial(source.channel, release.serial);
    if (choice.kind === "nothing") {
      await restingState(choice.problem);
      return false;
    }
    const { file } = choice;
    tell({ state: "downloading", version: release.version, problem: null });
    await disk.makeFolder("incoming");
    const archive = `incoming/${file.sha256}.tar.gz`;
    for (const name of await disk.list("incoming"))
      if (`incoming/${name}` !== archive) await disk.remove(`incoming/${name}`);
    await fetchRelease(
      { network, clock },
      { file, url: new URL(file.url, feedUrl).href, path: disk.absolute(archive) },
      signal,
    );
    const unpacked = `incoming/${release.version}`;
    await disk.makeFolder(unpacked);
    await unpackRelease(disk.absolute(archive), disk.absolute(unpacked));
    await installation.place(unpacked, release.version);
    await disk.remove(archive);
    await installation.startTrial(release.version);
    tell({ state: "ready", version: release.version, problem: null });
    return true;
  };

  /** One at a time; a failure is told and thrown. */
  let turn: Promise<unknown> = Promise.resolve();
  const check = (signal: AbortSignal): Promise<boolean> => {
    const work = async () => {
      if (state === "ready") return true;
      try {
        return await prepare(AbortSignal.any([signal, stop.signal]));
      } catch (error) {
        stop.signal.throwIfAborted();
        await restingState(describe(error).slice(0, 300));
        throw error;
      }
    };
    const mine = turn.then(work, work);
    turn = mine.catch(() => undefined);
    return mine;
  };

  const checkLater = () => {
    timer = clock.after(CHECK_EVERY_MS * (0.5 + random.fraction()), () => {
      check(stop.signal)
        .catch((error: unknown) => log.warn("update_failed", { reason: describe(error) }))
        .finally(() => {
          if (!stop.signal.aborted) checkLater();
        });
    });
  };

  return {
    async start(listener) {
      onChange = listener;
      await restingState(null);
      checkLater();
    },
    report: () => ({ channel: source.channel, state, version, problem }),
    async update(signal) {
      if (await check(signal)) await deps.restart(`Update to ${version}`);
    },
    onHealthy() {
      if (isConfirmed) return;
      isConfirmed = true;
      const work = async () => {
        if (state === "ready") return;
        await installation.confirm();
        await restingState(null);
      };
      turn = turn.then(work).catch((error: unknown) => {
        isConfirmed = false;
        log.warn("update_not_confirmed", { reason: describe(error) });
      });
    },
    async [Symbol.asyncDispose]() {
      stop.abort(new Error("Updates stop"));
      timer?.[Symbol.dispose]();
      await turn;
    },
  };
}
