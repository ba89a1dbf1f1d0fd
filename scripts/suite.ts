import type { Check } from "./checks.ts";

/** Checks that read the sources only. */
export const STATIC_CHECKS: readonly Check[] = [
  ["Format, lint and import rules", "biome", ["ci", "--error-on-warnings", "."]],
  ["Types", "tsc", ["-b"]],
  ["Dead code", "knip", ["--no-progress"]],
];

/** Test projects without a server, database or browser. */
export const PURE_PROJECTS = ["core"] as const;
/** Test projects with a real PostgreSQL, files and processes, or with pages in a real browser: three files at a time, which wait more than they work. */
export const PARALLEL_PROJECTS = ["db", "api", "ui", "sdk", "kiosk", "dashboard"] as const;
/** Test projects with a real glass, three files at a time. */
export const GLASS_PROJECTS = ["glass"] as const;
/** Test projects that measure time on a real glass, two files at a time: most of theirs is waiting. */
export const TIMED_PROJECTS = ["timed"] as const;
/** Journeys of servers, browsers and kiosks, three at a time: what they wait for has a minute and more. */
export const JOURNEY_PROJECTS = ["journeys"] as const;
