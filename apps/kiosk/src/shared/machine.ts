import type { DisplayReport, UpdateReport } from "@vitrine/core/model/device-health";

/**
 * The display under the window: told what it shall be, looked at for what it is. What it shall be is kept on disk
 * and asserted again by itself. Promises reject with a plain `Error` that says what to do, and when `signal` fires.
 */
export interface Display extends AsyncDisposable {
  /** Finds the back-end, looks, and begins to keep the display as desired. `onChange` when the report is another one. */
  start(onChange: () => void, signal: AbortSignal): Promise<void>;
  report(): DisplayReport;
  /** Resolves when the display was seen to obey, or the back-end cannot tell. */
  setPower(desired: "on" | "off", signal: AbortSignal): Promise<void>;
}

/** The player's own updates: found, fetched, verified and put in place beside the running version, tried at a restart. */
export interface Updater extends AsyncDisposable {
  start(onChange: () => void, signal: AbortSignal): Promise<void>;
  report(): UpdateReport;
  /** Looks for a newer version of the channel now, and restarts into it when it is ready. */
  update(signal: AbortSignal): Promise<void>;
  /** The version that runs has shown that it plays: it is kept, and what was there for a way back may go. */
  onHealthy(): void;
}

/** What stands above the process: who restarts it and the machine. Each returns when it was ordered. */
export interface Power {
  /** Ends this process in good order so that whoever keeps it starts it anew. */
  restart(reason: string): Promise<void>;
  /** Rejects where the machine does not let us. */
  reboot(signal: AbortSignal): Promise<void>;
  /** Tells the keeper that the engine lives (systemd's watchdog); does nothing where nobody listens. */
  feed(): void;
}
