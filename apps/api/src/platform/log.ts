import { type Logger, pino } from "pino";

export type Log = Logger;

/** Structured log lines (JSON) on standard error. Headers and bodies that can carry secrets are never logged. */
export function makeLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: ["req.headers", "*.password", "*.token", "*.secret", "*.authorization", "*.cookie"],
        censor: "[removed]",
      },
    },
    pino.destination({ dest: 2, sync: false }),
  );
}
