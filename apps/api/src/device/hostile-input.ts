import type { DeviceHardware } from "@vitrine/core/model/device";
import type { MissingFile } from "@vitrine/core/model/device-health";
import type { Heartbeat } from "@vitrine/core/model/device-protocol";

/**
 * What a screen says is hostile text: control and direction characters become spaces, broken surrogates U+FFFD, so
 * that it can be stored and cannot pose as something else where it is shown.
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Bidi_Control}]+/gu, " ")
    .trim();
}

/** The same for what a screen says of its machine. */
export function cleanHardware(hardware: DeviceHardware): DeviceHardware {
  return {
    ...hardware,
    model: cleanText(hardware.model),
    os: cleanText(hardware.os),
    appVersion: cleanText(hardware.appVersion),
  };
}

function cleanNullable(text: string | null): string | null {
  return text === null ? null : cleanText(text);
}

function cleanMissing(file: MissingFile): MissingFile {
  return { ...file, problem: cleanNullable(file.problem) };
}

/** The same for a whole beat. */
export function cleanBeat(beat: Heartbeat): Heartbeat {
  return {
    ...beat,
    hardware: cleanHardware(beat.hardware),
    activeManifest: cleanNullable(beat.activeManifest),
    newestManifest: cleanNullable(beat.newestManifest),
    sync: beat.sync && { ...beat.sync, missing: beat.sync.missing.map(cleanMissing) },
    display: beat.display && {
      ...beat.display,
      output: cleanNullable(beat.display.output),
      problem: cleanNullable(beat.display.problem),
    },
    update: beat.update && {
      ...beat.update,
      channel: cleanText(beat.update.channel),
      version: cleanNullable(beat.update.version),
      problem: cleanNullable(beat.update.problem),
    },
    vitals: beat.vitals.network
      ? {
          ...beat.vitals,
          network: { ...beat.vitals.network, address: cleanText(beat.vitals.network.address) },
        }
      : beat.vitals,
    faults: beat.faults.map(({ kind, text }) => ({ kind: cleanText(kind), text: cleanText(text) })),
  };
}

const EARLIEST_MS = Date.UTC(2000, 0, 1);
const DAY_MS = 86_400_000;

/** An instant by a screen's clock, which may be wild: before 2000 counts as its first day, later than tomorrow as now. */
export function plausibleInstant(instant: string, nowMs: number): Date {
  const ms = Date.parse(instant);
  if (!(ms >= EARLIEST_MS)) return new Date(EARLIEST_MS);
  return new Date(ms > nowMs + DAY_MS ? nowMs : ms);
}
