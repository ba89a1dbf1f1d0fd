import type { DeviceHardware } from "@vitrine/core/model/device";
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

/** The same for a whole beat. */
export function cleanBeat(beat: Heartbeat): Heartbeat {
  return {
    ...beat,
    hardware: cleanHardware(beat.hardware),
    activeManifest: beat.activeManifest === null ? null : cleanText(beat.activeManifest),
    newestManifest: beat.newestManifest === null ? null : cleanText(beat.newestManifest),
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
