/** A reason not to start, in one sentence that says what to do. The process exits with a code other than 0. */
export class StartupError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "StartupError";
  }
}
