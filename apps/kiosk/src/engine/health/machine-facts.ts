import { readFile } from "node:fs/promises";
import { arch, cpus, loadavg, release, totalmem } from "node:os";
import type { DeviceHardware, DeviceVitals } from "@vitrine/core/model/device";
import { findNetwork } from "./network-facts.ts";
import { stageMemory } from "./process-memory.ts";

/** Figures that the machine tells of itself. */
export type MachineVitals = Pick<
  DeviceVitals,
  | "memoryUsedBytes"
  | "memoryTotalBytes"
  | "cpuLoad"
  | "temperatureCelsius"
  | "engineBytes"
  | "stageBytes"
  | "network"
>;

/** The machine under the kiosk, passed in so that a test can be any machine. */
export interface MachineFacts {
  /** What does not change while it runs; display sizes are told by the stage. */
  hardware(): Promise<Pick<DeviceHardware, "model" | "os">>;
  /** Names this run of the machine, another one after each of its starts; null where it does not tell. */
  bootId(): Promise<string | null>;
  /** Figures of now; null where the platform does not tell. */
  vitals(): Promise<MachineVitals>;
}

/** Nothing is known. */
export const NO_VITALS: MachineVitals = {
  memoryUsedBytes: null,
  memoryTotalBytes: null,
  cpuLoad: null,
  temperatureCelsius: null,
  engineBytes: null,
  stageBytes: null,
  network: null,
};

/** Screens that share a process share what was read of the machine for so long. */
const FRESH_MS = 5000;

/** This machine, as Linux tells of it; elsewhere most is null. */
export function createMachineFacts(): MachineFacts {
  let read: { atMs: number; vitals: Promise<MachineVitals> } | undefined;
  return {
    async hardware() {
      const model =
        (await readText("/proc/device-tree/model")) ??
        (await readText("/sys/class/dmi/id/product_name")) ??
        "Unknown";
      const facts = await readText("/etc/os-release");
      const name = /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(facts ?? "")?.[1] ?? process.platform;
      return {
        model: `${model} (${arch()})`.slice(0, 200),
        os: `${name}, kernel ${release()}`.slice(0, 200),
      };
    },
    bootId: async () => (await readText("/proc/sys/kernel/random/boot_id")) ?? null,
    vitals() {
      const nowMs = performance.now();
      if (!read || nowMs - read.atMs > FRESH_MS) read = { atMs: nowMs, vitals: readVitals() };
      return read.vitals;
    },
  };
}

async function readVitals(): Promise<MachineVitals> {
  const available = /^MemAvailable:\s+(\d+) kB$/m.exec((await readText("/proc/meminfo")) ?? "")?.[1];
  const milliCelsius = Number((await readText("/sys/class/thermal/thermal_zone0/temp")) ?? Number.NaN);
  return {
    memoryUsedBytes: available === undefined ? null : Math.max(0, totalmem() - Number(available) * 1024),
    memoryTotalBytes: totalmem(),
    cpuLoad: (loadavg()[0] ?? 0) / Math.max(1, cpus().length),
    temperatureCelsius: Number.isFinite(milliCelsius) ? milliCelsius / 1000 : null,
    engineBytes: process.memoryUsage.rss(),
    stageBytes: await stageMemory(process.pid),
    network: await findNetwork(),
  };
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, "utf8")).replaceAll("\0", "").trim() || undefined;
  } catch {
    return undefined;
  }
}
