import { compareVersions } from "./feed.ts";
import type { InstallDisk } from "./install-disk.ts";

/** The installed versions and which of them runs. The launcher reads and writes the same names. */
export interface Installation {
  /** Versions that were tried here and were not healthy, oldest first. */
  listGivenUp(): Promise<string[]>;
  /** The version that is being tried; undefined while what runs is known to be healthy. */
  findTrial(): Promise<string | undefined>;
  readLastSerial(channel: string): Promise<number>;
  noteSerial(channel: string, serial: number): Promise<void>;
  /** Puts an unpacked folder in place as this version; it runs only after `startTrial`. */
  place(unpacked: string, version: string): Promise<void>;
  /** The version starts next, on trial; what is current becomes the way back. */
  startTrial(version: string): Promise<void>;
  /** What runs is healthy: nothing leads back from it by itself any more. Versions that nothing needs are removed. */
  confirm(): Promise<void>;
}

const CURRENT = "current";
const PREVIOUS = "previous";
/** The version on trial; with `trial-starts`, the launcher's count, it is there only during one. */
const TRIAL = "trial";
const TRIAL_STARTS = "trial-starts";
/** A version a line. */
const GIVEN_UP = "given-up";
const KEPT_GIVEN_UP = 20;

const serialPath = (channel: string) => `serial-${encodeURIComponent(channel)}`;

/** The installation in this folder. */
export function createInstallation(disk: InstallDisk): Installation {
  const listVersions = async () =>
    (await disk.list("versions")).filter((name) => /^\d+\.\d+\.\d+$/.test(name)).sort(compareVersions);
  return {
    async listGivenUp() {
      const lines = ((await disk.find(GIVEN_UP)) ?? "").split("\n").map((line) => line.trim());
      return [...new Set(lines.filter(Boolean))].slice(-KEPT_GIVEN_UP);
    },
    findTrial: async () => (await disk.find(TRIAL))?.trim(),
    readLastSerial: async (channel) => Number((await disk.find(serialPath(channel))) ?? 0),
    noteSerial: (channel, serial) => disk.put(serialPath(channel), `${serial}\n`),
    async place(unpacked, version) {
      await disk.syncTree(unpacked);
      await disk.makeFolder("versions");
      await disk.remove(`versions/${version}`);
      await disk.rename(unpacked, `versions/${version}`);
    },
    async startTrial(version) {
      const current = await disk.findLink(CURRENT);
      if (current === undefined) throw new Error("This is no installation: it has no current version");
      // The way back is there before the trial, and the trial before what is tried: cut anywhere, the launcher knows.
      await disk.point(PREVIOUS, current);
      await disk.remove(TRIAL_STARTS);
      await disk.put(TRIAL, `${version}\n`);
      await disk.point(CURRENT, `versions/${version}`);
    },
    async confirm() {
      await disk.remove(TRIAL);
      await disk.remove(TRIAL_STARTS);
      const needed = [await disk.findLink(CURRENT), await disk.findLink(PREVIOUS)];
      for (const version of await listVersions()) {
        if (!needed.includes(`versions/${version}`)) await disk.remove(`versions/${version}`);
      }
    },
  };
}
