import type { DeviceVitals, SyncProgress } from "@vitrine/core/model/device";
import type { DisplayReport, UpdateReport } from "@vitrine/core/model/device-health";
import type { Manifest } from "@vitrine/core/model/manifest";
import { explain } from "@vitrine/core/schedule";
import type { Claimed } from "../claimed.ts";
import type { EngineDeps } from "../engine-deps.ts";
import type { Starts } from "../health/starts.ts";
import type { Life } from "../life/machine.ts";
import type { ServerClock } from "../link/server-clock.ts";
import type { Fault, Faults } from "../platform/faults.ts";
import type { Director } from "../playback/director.ts";
import type { Recorder } from "../plays/recorder.ts";
import { adviceFor } from "./advice.ts";

/** All that a technician before the screen may ask after. Nothing in it is secret. */
export interface ScreenStatus {
  /** By the server's clock, as far as the screen knows it. */
  at: string;
  version: string;
  shell: string;
  server: string;
  life: Life;
  organization: string | null;
  screen: string | null;
  /** What the stage was asked to show: a plan, nothing, or it waits for content. */
  scene: "plan" | "idle" | "waiting" | null;
  onGlass: { name: string; since: string; why: string } | null;
  manifest: { activeRevision: number | null; newestRevision: number | null; validUntil: string | null };
  sync: SyncProgress | null;
  /** Of the missing files, what needs them. */
  missingNames: Record<string, string>;
  faults: Fault[];
  clock: { machine: string; offsetMs: number; errorMs: number | null; isTrusted: boolean };
  vitals: DeviceVitals;
  display: DisplayReport;
  update: UpdateReport;
  start: { reason: string; crashes: number };
  /** What to do, most important first; empty: nothing. */
  advice: string[];
  /** The newest lines of the log, oldest first. */
  log: string[];
}

export interface StatusDeps
  extends Pick<
    EngineDeps,
    "clock" | "appVersion" | "shell" | "serverUrl" | "display" | "updater" | "readLog"
  > {
  serverClock: ServerClock;
  faults: Faults;
  director: Director;
  recorder: Recorder;
  starts: Starts;
  readVitals(): Promise<DeviceVitals>;
  getLife(): Life;
  findClaimed(): Claimed | undefined;
}

const LOG_BYTES = 16 * 1024;
const LOG_LINES = 60;

/** Gathers the status of one engine, as it is when it is asked. */
export function createStatus(deps: StatusDeps): () => Promise<ScreenStatus> {
  const { clock, serverClock } = deps;
  return async () => {
    const claimed = deps.findClaimed();
    const active = claimed?.sync.findActive()?.manifest;
    const newest = claimed?.sync.findNewest()?.manifest;
    const sync = claimed?.sync.findProgress() ?? null;
    const lines = Buffer.from(await deps.readLog(LOG_BYTES))
      .toString("utf8")
      .split("\n");
    const facts = {
      at: new Date(serverClock.nowMs()).toISOString(),
      version: deps.appVersion,
      shell: deps.shell.kind,
      server: deps.serverUrl,
      life: deps.getLife(),
      organization: claimed?.credential.organizationName ?? null,
      screen: newest?.deviceName ?? null,
      scene: deps.director.findScene()?.kind ?? null,
      onGlass: active ? onGlassOf(deps, active) : null,
      manifest: {
        activeRevision: active?.revision ?? null,
        newestRevision: newest?.revision ?? null,
        validUntil: active?.validUntil ?? null,
      },
      sync,
      missingNames: newest ? namesOf(newest, sync) : {},
      faults: deps.faults.list(),
      clock: {
        machine: new Date(clock.wallMs()).toISOString(),
        offsetMs: Math.round(serverClock.offsetMs()),
        errorMs: serverClock.errorMs(),
        isTrusted: serverClock.isTrusted(),
      },
      vitals: await deps.readVitals(),
      display: deps.display.report(),
      update: deps.updater.report(),
      start: { reason: deps.starts.reason, crashes: deps.starts.crashes },
      log: lines.filter((line) => line !== "").slice(-LOG_LINES),
    };
    return { ...facts, advice: adviceFor(facts) };
  };
}

function onGlassOf({ recorder, serverClock }: StatusDeps, manifest: Manifest): ScreenStatus["onGlass"] {
  const told = recorder.findOnGlass();
  if (!told) return null;
  const asset = manifest.assets.find(({ id }) => id === told.assetId);
  const entry = manifest.entries.find(({ id }) => id === told.entryId);
  const why = entry ? `The entry "${entry.name}" of the schedule` : reasonOf(manifest, serverClock.nowMs());
  return { name: asset?.name ?? "Content that was withdrawn", since: told.shownSince, why };
}

function reasonOf(manifest: Manifest, nowMs: number): string {
  const nameOf = (id: string | null) => manifest.playlists.find((one) => one.id === id)?.name ?? "";
  const { rule } = explain(manifest, nowMs);
  if (rule === "screen_playlist") return `The playlist "${nameOf(manifest.playlistId)}" of the screen`;
  if (rule === "organization_default")
    return `The organization's default playlist "${nameOf(manifest.defaultPlaylistId)}"`;
  return "The end of what was shown before";
}

function namesOf(manifest: Manifest, sync: SyncProgress | null): Record<string, string> {
  const missing = new Set(sync?.missing.map(({ sha256 }) => sha256));
  return Object.fromEntries(
    manifest.assets.flatMap(({ file, name }) =>
      file && missing.has(file.sha256) ? [[file.sha256, name]] : [],
    ),
  );
}
