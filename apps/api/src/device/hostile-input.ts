import type { DeviceHardware, DeviceVitals } from "@vitrine/core/model/device";
import type { DisplayReport, MissingFile, UpdateReport } from "@vitrine/core/model/device-health";
import type { BeatChanges } from "@vitrine/core/model/device-protocol";

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

/** The same for a beat, or for what changed of one. */
export function cleanBeat<Said extends BeatChanges>(said: Said): Said {
  const { hardware, activeManifest, newestManifest, sync, display, update, vitals, faults } = said;
  const cleaned: BeatChanges = {};
  if (hardware) cleaned.hardware = cleanHardware(hardware);
  if (activeManifest) cleaned.activeManifest = cleanText(activeManifest);
  if (newestManifest) cleaned.newestManifest = cleanText(newestManifest);
  if (sync) cleaned.sync = { ...sync, missing: sync.missing.map(cleanMissing) };
  if (display) cleaned.display = cleanDisplay(display);
  if (update) cleaned.update = cleanUpdate(update);
  if (vitals) cleaned.vitals = cleanVitals(vitals);
  if (faults)
    cleaned.faults = faults.map(({ kind, text }) => ({ kind: cleanText(kind), text: cleanText(text) }));
  return { ...said, ...cleaned };
}

function cleanDisplay(display: DisplayReport): DisplayReport {
  return { ...display, output: cleanNullable(display.output), problem: cleanNullable(display.problem) };
}

function cleanUpdate(update: UpdateReport): UpdateReport {
  return {
    ...update,
    channel: cleanText(update.channel),
    version: cleanNullable(update.version),
    problem: cleanNullable(update.problem),
  };
}

function cleanVitals(vitals: DeviceVitals): DeviceVitals {
  const { network } = vitals;
  return network ? { ...vitals, network: { ...network, address: cleanText(network.address) } } : vitals;
}

const EARLIEST_MS = Date.UTC(2000, 0, 1);
const DAY_MS = 86_400_000;

/** An instant by a screen's clock, which may be wild: before 2000 counts as its first day, later than tomorrow as now. */
export function plausibleInstant(instant: string, nowMs: number): Date {
  const ms = Date.parse(instant);
  if (!(ms >= EARLIEST_MS)) return new Date(EARLIEST_MS);
  return new Date(ms > nowMs + DAY_MS ? nowMs : ms);
}
