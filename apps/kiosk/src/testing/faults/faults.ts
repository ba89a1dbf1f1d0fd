import { CLOCK_FAULTS } from "./clock-faults.ts";
import { CONTENT_FAULTS } from "./content-faults.ts";
import type { Fault } from "./fault.ts";
import { LINE_FAULTS } from "./line-faults.ts";
import { PROCESS_FAULTS } from "./process-faults.ts";
import { STORAGE_FAULTS } from "./storage-faults.ts";

/** All faults, in the order in which they are run. */
export const FAULTS: readonly Fault[] = [
  ...LINE_FAULTS,
  ...STORAGE_FAULTS,
  ...CONTENT_FAULTS,
  ...PROCESS_FAULTS,
  ...CLOCK_FAULTS,
];
