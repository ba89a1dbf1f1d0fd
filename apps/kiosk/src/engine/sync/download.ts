import { DEVICE_PATHS } from "@vitrine/core/model/device-protocol";
import { CHUNK_BYTES } from "@vitrine/core/model/ids";
import type { ManifestFile } from "@vitrine/core/model/manifest";
import type { Link } from "../link/link.ts";
import { LinkError } from "../link/link-error.ts";
import { type Clock, createDeadline, sleep } from "../platform/clock.ts";
import { type FileStore, type OpenFile, replaceFile } from "../platform/file-store.ts";
import { describe, type Log } from "../platform/log.ts";
import { fullJitterMs, type Random } from "../platform/random.ts";
import { chunksOf, FILES_FOLDER, partialPathOf, pathOf } from "./cache.ts";
import { fetchChunkList, isChunkListOf } from "./chunk-list.ts";
import { type MissingRun, type PartialFile, scanPartialFile } from "./partial-file.ts";

export interface DownloadDeps {
  files: FileStore;
  link: Link;
  clock: Clock;
  random: Random;
  log: Log;
  /** Called as bytes arrive, with all that is held of the file so far. */
  onProgress(file: ManifestFile, heldBytes: number): void;
  /** The connection gave way or was refused; it is tried again. */
  onCut(file: ManifestFile, reason: string): void;
  /** A MiB arrived wrong; it was kept out and is fetched again. */
  onWrongChunk(file: ManifestFile, chunk: number): void;
}

/** Why a file is given up for now: `gone` the server has it no more, `wrong` it keeps arriving damaged. */
export class DownloadFault extends Error {
  readonly kind: "gone" | "wrong";
  constructor(kind: "gone" | "wrong", text: string) {
    super(text);
    this.name = "DownloadFault";
    this.kind = kind;
  }
}

/** A line that brings less than `PROGRESS_BYTES` in this time is taken for dead. */
const SILENCE_MS = 30_000;
const PROGRESS_BYTES = 16 * 1024;
const WRONG_LIMIT = 8;
const SYNC_EVERY_BYTES = 32 * CHUNK_BYTES;

/**
 * Brings one file whole into the cache: goes on where an earlier try stopped, hashes each MiB, and puts it in
 * place only when all of them are right. Tries again after cuts until the signal fires; rejects with
 * `DownloadFault` when trying again at once is of no use, or with the disk's own error.
 */
export async function downloadFile(
  deps: DownloadDeps,
  file: ManifestFile,
  signal: AbortSignal,
): Promise<void> {
  const list = await loadChunkList(deps, file, signal);
  const path = partialPathOf(file.sha256);
  {
    await using open = await deps.files.open(path, "write");
    const partial = await scanPartialFile(open, file, list, signal);
    await fillPartial(deps, { file, open, partial }, signal);
    await open.truncate(file.sizeBytes);
    await open.sync();
  }
  await deps.files.rename(chunksOf(path), chunksOf(pathOf(file.sha256)));
  await deps.files.rename(path, pathOf(file.sha256));
  await deps.files.syncFolder(FILES_FOLDER);
}

interface Filling {
  file: ManifestFile;
  open: OpenFile;
  partial: PartialFile;
}

async function fillPartial(deps: DownloadDeps, filling: Filling, signal: AbortSignal): Promise<void> {
  const { partial, file } = filling;
  let attempt = 0;
  for (let run = partial.findMissing(); run; run = partial.findMissing()) {
    if (run.wrongCount >= WRONG_LIMIT) throw new DownloadFault("wrong", "The file keeps arriving damaged");
    if (run.wrongCount > 0) await pause(deps, run.wrongCount - 1, signal);
    let receivedBytes = 0;
    try {
      await fetchRun(deps, filling, run, signal, (bytes) => {
        receivedBytes += bytes;
      });
      attempt = 0;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof LinkError)) throw error;
      throwIfGone(error);
      attempt = receivedBytes >= PROGRESS_BYTES ? 0 : attempt + 1;
      deps.onCut(file, describe(error));
      deps.log.info("download_cut", { sha256: file.sha256, receivedBytes, attempt, reason: describe(error) });
      if (error.retryAfterMs !== null) await sleep(deps.clock, error.retryAfterMs, signal);
      else if (attempt > 0) await pause(deps, attempt - 1, signal);
    }
  }
}

async function fetchRun(
  deps: DownloadDeps,
  { file, open, partial }: Filling,
  run: MissingRun,
  signal: AbortSignal,
  onReceived: (bytes: number) => void,
): Promise<void> {
  using deadline = createDeadline(deps.clock, signal, SILENCE_MS);
  const headers = { range: `bytes=${run.fromByte}-${run.untilByte - 1}`, "accept-encoding": "identity" };
  const response = await deps.link.open(`${DEVICE_PATHS.files}/${file.sha256}`, headers, deadline.signal);
  let skipBytes = response.status === 200 ? run.fromByte : checkRange(response.headers, run, file);
  let leftBytes = run.untilByte - run.fromByte;
  let unsyncedBytes = 0;
  let pacedBytes = 0;
  let diskError: unknown;
  const onDisk = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      diskError = error;
      throw error;
    });
  await partial.startAt(run.fromByte);
  try {
    for await (const received of response.body) {
      pacedBytes += received.length;
      if (pacedBytes >= PROGRESS_BYTES) {
        pacedBytes = 0;
        deadline.extend();
      }
      onReceived(received.length);
      const skipped = Math.min(skipBytes, received.length);
      skipBytes -= skipped;
      const bytes = received.subarray(skipped, skipped + leftBytes);
      leftBytes -= bytes.length;
      for (const chunk of await onDisk(partial.take(bytes))) deps.onWrongChunk(file, chunk);
      deps.onProgress(file, partial.heldBytes());
      unsyncedBytes += bytes.length;
      if (unsyncedBytes >= SYNC_EVERY_BYTES) {
        await onDisk(open.sync());
        unsyncedBytes = 0;
      }
      if (leftBytes === 0) return;
    }
  } catch (error) {
    signal.throwIfAborted();
    if (diskError !== undefined) throw diskError;
    throw new LinkError("The connection was cut", { kind: "network" }, { cause: error });
  }
  throw new LinkError("The file ended early", { kind: "network" });
}

/** The chunk list: of an earlier try, or from the server, kept for the next. */
async function loadChunkList(
  deps: DownloadDeps,
  file: ManifestFile,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const path = chunksOf(partialPathOf(file.sha256));
  const stored = await deps.files.find(path);
  if (stored && isChunkListOf(file, stored)) return stored;
  for (let attempt = 0; ; attempt += 1) {
    try {
      const list = await fetchChunkList(deps.link, file, signal);
      await replaceFile(deps.files, path, list);
      return list;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof LinkError)) throw error;
      throwIfGone(error);
      if (attempt >= WRONG_LIMIT && error.failure.kind === "malformed") {
        throw new DownloadFault("wrong", error.message);
      }
      deps.onCut(file, describe(error));
      deps.log.info("chunk_list_not_fetched", { sha256: file.sha256, attempt, reason: describe(error) });
      if (error.retryAfterMs === null) await pause(deps, attempt, signal);
      else await sleep(deps.clock, error.retryAfterMs, signal);
    }
  }
}

function checkRange(headers: Headers, run: MissingRun, file: ManifestFile): 0 {
  const told = headers.get("content-range") ?? "";
  const match = /^bytes (\d+)-\d+\/(\d+)$/.exec(told);
  if (Number(match?.[1]) === run.fromByte && Number(match?.[2]) === file.sizeBytes) return 0;
  throw new LinkError(`Asked for byte ${run.fromByte}, was given ${told}`, { kind: "malformed" });
}

function throwIfGone({ failure }: LinkError): void {
  const isGone =
    (failure.kind === "http" && [403, 404, 410].includes(failure.status)) ||
    (failure.kind === "app" && failure.code === "NOT_FOUND");
  if (isGone) throw new DownloadFault("gone", "The server does not have the file");
}

function pause(deps: DownloadDeps, attempt: number, signal: AbortSignal): Promise<void> {
  return sleep(deps.clock, fullJitterMs(deps.random, { attempt, baseMs: 500, capMs: 60_000 }), signal);
}
