import { readFile } from "node:fs/promises";
import { arch, cpus, loadavg, release, totalmem } from "node:os";
import type { DeviceHardware, DeviceVitals } from "@vitrine/core/model/device";

/** The machine under the kiosk, passed in so that a test can be any machine. */
export interface MachineFacts {
  /** What does not change while it runs; display sizes are told by the stage. */
  hardware(): Promise<Pick<DeviceHardware, "model" | "os">>;
  /** Figures of now; null where the platform does not tell. */
  vitals(): Promise<Pick<DeviceVitals, "memoryUsedBytes" | "cpuLoad" | "temperatureCelsius">>;
}

/** This machine, as Linux tells of it; elsewhere most is null. */
export const thisMachine: MachineFacts = {
  async hardware() {
    const model =
      (await readText("/proc/device-tree/model")) ??
      (await readText("/sys/class/dmi/id/product_name")) ??
      "Unknown";
    const release_ = await readText("/etc/os-release");
    const name = /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(release_ ?? "")?.[1] ?? process.platform;
    return { model: `${model} (${arch()})`.slice(0, 200), os: `${name}, kernel ${release()}`.slice(0, 200) };
  },
  async vitals() {
    const available = /^MemAvailable:\s+(\d+) kB$/m.exec((await readText("/proc/meminfo")) ?? "")?.[1];
    const milliCelsius = Number((await readText("/sys/class/thermal/thermal_zone0/temp")) ?? Number.NaN);
    return {
      memoryUsedBytes: available === undefined ? null : Math.max(0, totalmem() - Number(available) * 1024),
      cpuLoad: (loadavg()[0] ?? 0) / Math.max(1, cpus().length),
      temperatureCelsius: Number.isFinite(milliCelsius) ? milliCelsius / 1000 : null,
    };
  },
};

async function readText(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, "utf8")).replaceAll("\0", "").trim() || undefined;
  } catch {
    return undefined;
  }
}
