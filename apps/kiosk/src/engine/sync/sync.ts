import type { SyncProgress } from "@vitrine/core/model/device";
import type { MissingFile } from "@vitrine/core/model/device-health";
import { DEVICE_PATHS } from "@vitrine/core/model/device-protocol";
import type { Manifest, ManifestFile } from "@vitrine/core/model/manifest";
import { filesNeeded } from "@vitrine/core/schedule";
import type { Credential } from "../identity/credential.ts";
import { toLinkError } from "../link/http.ts";
import type { Link } from "../link/link.ts";
import { LinkError } from "../link/link-error.ts";
import type { ServerClock } from "../link/server-clock.ts";
import { type Clock, sleep } from "../platform/clock.ts";
import type { Faults } from "../platform/faults.ts";
import type { FileStore } from "../platform/file-store.ts";
import { describe, type Log } from "../platform/log.ts";
import { fullJitterMs, jitteredMs, type Random } from "../platform/random.ts";
import { filesOf, hasShowable, isComplete, isTimeToActivate, isTimeToGoBack } from "./activation.ts";
import type { Cache } from "./cache.ts";
import { createDownloads, type Downloads } from "./downloads.ts";
import { type AcceptedManifest, bareEtag, judgeManifest } from "./manifest-file.ts";
import type { ManifestStore } from "./manifest-store.ts";
import { progressOf } from "./progress.ts";
import { makeRoom, NEED_HORIZON_MS } from "./space.ts";

export interface SyncDeps {
  files: FileStore;
  link: Link;
  clock: Clock;
  serverClock: ServerClock;
  random: Random;
  log: Log;
  faults: Faults;
  cache: Cache;
  manifests: ManifestStore;
  credential: Credential;
  reserveBytes: number;
  cacheLimitBytes: number | null;
  /** Another manifest plays from now on. */
  onActive(accepted: AcceptedManifest): void;
  /** A file came in whole. */
  onFileReady(file: ManifestFile): void;
}

/** The manifest and its files, kept up to date. */
export interface Sync {
  /** Takes up what was on disk; gives whether anything can be played from it. */
  boot(): Promise<boolean>;
  /** Polls and downloads until the signal fires. */
  run(signal: AbortSignal): Promise<void>;
  /** Looks for a new manifest now. `etag`: the one the server spoke of; nothing is done if that is here already. */
  nudge(etag?: string): void;
  /**
   * Deletes what neither the manifest that plays nor the last good or newest one needs, and hashes the rest anew;
   * what plays goes on meanwhile.
   */
  clearCache(signal: AbortSignal): Promise<void>;
  /** A file of the cache was found damaged or lost. */
  onDamaged(file: ManifestFile): void;
  findActive(): AcceptedManifest | undefined;
  findNewest(): AcceptedManifest | undefined;
  findProgress(): SyncProgress | null;
}

const notBegun = ({ sha256, sizeBytes }: ManifestFile): MissingFile => {
  return { sha256, sizeBytes, bytesReady: 0, state: "waiting", failures: 0, problem: null };
};

const SAVE_AGAIN_MS = 5000;
const POLL_MS = 60_000;
const MANIFEST_LIMIT_BYTES = 64 * 1024 * 1024;
const MANIFEST_TIMEOUT_MS = 60_000;

/** Sync of one credential. */
export function createSync(deps: SyncDeps): Sync {
  const { cache, log, faults } = deps;
  let newest: AcceptedManifest | undefined;
  let active: AcceptedManifest | undefined;
  let lastGood: AcceptedManifest | undefined;
  let downloads: Downloads | undefined;
  /** What the slots on disk hold. */
  let savedEtag: string | undefined;
  let storedGood: AcceptedManifest | undefined;
  let saving = Promise.resolve();
  let saveTimer: Disposable | undefined;
  let wake: () => void = () => {};
  let isNudged = false;

  const isThere = (file: ManifestFile) => cache.has(file);
  const isGivenUp = (file: ManifestFile) => downloads?.isGivenUp(file) ?? false;

  const considerActivation = () => {
    if (!newest) return;
    const facts = { active: active?.manifest, newest: newest.manifest, isThere, isGivenUp };
    if (newest !== active && isTimeToActivate(facts)) activate(newest);
    const going = active && lastGood && { active: active.manifest, lastGood: lastGood.manifest, isThere };
    if (lastGood && going && isTimeToGoBack(going)) activate(lastGood);
    if (newest !== lastGood && isComplete(newest.manifest, isThere)) {
      lastGood = newest;
      save();
    }
  };

  const activate = (accepted: AcceptedManifest) => {
    active = accepted;
    log.info("manifest_active", { etag: accepted.etag, revision: accepted.manifest.revision });
    deps.onActive(accepted);
  };

  /** Brings the slots to what is known, one write after the other; tried again while the disk refuses. */
  const save = () => {
    saveTimer?.[Symbol.dispose]();
    saving = saving.then(writeSlots).then(
      () => faults.clear("manifest_not_saved"),
      (error: unknown) => {
        log.error("manifest_not_saved", { reason: describe(error) });
        faults.raise("manifest_not_saved", `The disk does not take the newest manifest: ${describe(error)}`);
        saveTimer = deps.clock.after(SAVE_AGAIN_MS, save);
      },
    );
  };

  const writeSlots = async () => {
    if (newest && newest.etag !== savedEtag) {
      const saved = newest;
      await deps.manifests.saveNewest(saved);
      savedEtag = saved.etag;
    }
    if (!lastGood || lastGood === storedGood || lastGood.etag !== savedEtag) return;
    const good = lastGood;
    await deps.manifests.promote();
    storedGood = good;
  };

  const adopt = (accepted: AcceptedManifest) => {
    newest = accepted;
    log.info("manifest_accepted", { etag: accepted.etag, revision: accepted.manifest.revision });
    save();
    considerActivation();
    downloads?.want(wantedFiles(accepted.manifest));
  };

  const wantedFiles = (manifest: Manifest): ManifestFile[] => {
    const nowMs = deps.serverClock.nowMs();
    const bySha = new Map<string, ManifestFile>();
    for (const file of filesNeeded(manifest, nowMs, nowMs + NEED_HORIZON_MS)) bySha.set(file.sha256, file);
    if (active && active.manifest !== manifest) {
      for (const file of filesOf(active.manifest)) if (!bySha.has(file.sha256)) bySha.set(file.sha256, file);
    }
    return [...bySha.values()];
  };

  const fetchManifest = async (signal: AbortSignal) => {
    const answer = await deps.link.request({
      path: DEVICE_PATHS.manifest,
      method: "GET",
      headers: newest ? { "if-none-match": `"${newest.etag}"` } : {},
      timeoutMs: MANIFEST_TIMEOUT_MS,
      limitBytes: MANIFEST_LIMIT_BYTES,
      signal,
    });
    if (answer.status === 304) return faults.clear("manifest_refused");
    if (answer.status !== 200) throw toLinkError(answer);
    const etag = answer.headers.get("etag") ?? "";
    if (newest && bareEtag(etag) === newest.etag) return;
    const signature = answer.headers.get("x-vitrine-signature") ?? "";
    const verdict = judgeManifest(
      { etag, signature, body: answer.body },
      deps.credential,
      newest?.manifest.revision ?? 0,
    );
    if (verdict.kind === "refused") {
      log.warn("manifest_refused", { reason: verdict.reason });
      faults.raise("manifest_refused", `The server's manifest is not used: ${verdict.reason}`);
      throw new LinkError("The manifest was refused", { kind: "malformed" });
    }
    faults.clear("manifest_refused");
    adopt(verdict.accepted);
  };

  const checkValidity = () => {
    const validUntilMs = Date.parse(active?.manifest.validUntil ?? "");
    if (deps.serverClock.nowMs() > validUntilMs)
      faults.raise("manifest_out_of_date", "The content is out of date");
    else faults.clear("manifest_out_of_date");
  };

  return {
    async boot() {
      const stored = await deps.manifests.load(deps.credential);
      newest = stored.newest;
      lastGood = stored.lastGood;
      storedGood = stored.lastGood;
      savedEtag = newest?.etag;
      const candidates = [newest, lastGood].filter((one) => one !== undefined);
      const first =
        candidates.find((one) => isComplete(one.manifest, isThere)) ??
        candidates.find((one) => hasShowable(one.manifest, isThere));
      if (first) activate(first);
      considerActivation();
      checkValidity();
      return active !== undefined;
    },
    async run(signal) {
      downloads = createDownloads(
        {
          ...deps,
          makeRoom: async (file) => {
            const kept = [active, lastGood, storedGood]
              .map((one) => one?.manifest)
              .filter((one) => one !== undefined);
            const use = {
              kept,
              newest: newest?.manifest,
              nowMs: deps.serverClock.nowMs(),
              coming: file.sha256,
            };
            const heldBytes = cache.list().find((one) => one.sha256 === file.sha256)?.sizeBytes ?? 0;
            const neededBytes = Math.max(0, file.sizeBytes - heldBytes);
            const space = { ...deps, limitBytes: deps.cacheLimitBytes };
            const { hasRoom, evicted } = await makeRoom(space, use, neededBytes);
            if (evicted.length > 0) log.info("files_evicted", { evicted });
            return hasRoom;
          },
          onReady: (file) => {
            deps.onFileReady(file);
            considerActivation();
          },
          onGivenUp: considerActivation,
        },
        signal,
      );
      if (newest) downloads.want(wantedFiles(newest.manifest));
      for (let failures = 0; !signal.aborted; ) {
        isNudged = false;
        try {
          await fetchManifest(signal);
          failures = 0;
        } catch (error) {
          if (signal.aborted) break;
          log.info("manifest_not_fetched", { failures, reason: describe(error) });
          failures += 1;
        }
        checkValidity();
        if (isNudged) continue;
        const delayMs =
          failures === 0
            ? jitteredMs(deps.random, POLL_MS)
            : fullJitterMs(deps.random, { attempt: failures, baseMs: 1000, capMs: POLL_MS, floorMs: 500 });
        await pauseUntilWoken(delayMs, signal);
      }
      await downloads[Symbol.asyncDispose]();
      downloads = undefined;
      saveTimer?.[Symbol.dispose]();
      await saving;
    },
    nudge(etag) {
      if (etag !== undefined && bareEtag(etag) === newest?.etag) return;
      isNudged = true;
      wake();
    },
    async clearCache(signal) {
      const kept = [active, lastGood, storedGood, newest].flatMap((one) =>
        one ? filesOf(one.manifest) : [],
      );
      const names = new Set(kept.map(({ sha256 }) => sha256));
      const dropped = cache.list().filter(({ sha256 }) => !names.has(sha256));
      for (const { sha256 } of dropped) await cache.remove(sha256);
      log.info("cache_cleared", { dropped: dropped.length, kept: names.size });
      cache.distrust();
      for (const file of new Map(kept.map((one) => [one.sha256, one])).values())
        if (cache.has(file)) await cache.verify(file, signal);
    },
    onDamaged() {
      considerActivation();
      downloads?.poke();
    },
    findActive: () => active,
    findNewest: () => newest,
    findProgress() {
      if (!newest) return null;
      return progressOf(newest.manifest, isThere, (file) => downloads?.describe(file) ?? notBegun(file));
    },
  };

  async function pauseUntilWoken(delayMs: number, signal: AbortSignal): Promise<void> {
    const abort = new AbortController();
    const stop = () => abort.abort(new Error("Woken"));
    wake = stop;
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted || isNudged) stop();
    await sleep(deps.clock, delayMs, abort.signal).catch(() => {});
    signal.removeEventListener("abort", stop);
  }
}
