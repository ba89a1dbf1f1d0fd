/** Checks that read the sources only. */
export const STATIC_CHECKS = [
  ["Format, lint and import rules", "biome", ["ci", "--error-on-warnings", "."]],
  ["Types", "turbo", ["run", "typecheck", "--output-logs=errors-only"]],
  ["Dead code", "knip", ["--no-progress"]],
] as const;

/** Test projects without a server, database or browser. */
export const PURE_PROJECTS = ["core"] as const;
/** Test projects with a real PostgreSQL. */
export const DATABASE_PROJECTS = ["db", "api"] as const;
/** Test projects with real browsers and kiosks; one file at a time, since they measure time on the glass. */
export const GLASS_PROJECTS = ["ui", "dashboard", "kiosk", "sdk", "journeys"] as const;
