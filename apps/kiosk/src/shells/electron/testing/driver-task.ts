import type { MediaFile } from "../../../shared/shell.ts";

/** What the driver is started with, as JSON after `--`. */
export interface DriverTask {
  stageFolder: string;
  preloadPath: string;
  dataFolder: string;
  privateHosts: readonly string[];
  media: Record<string, MediaFile>;
}
