/** What each step of a migration works with: one connection, in the one transaction, and a way to say what it did. */
export interface Step {
  run(text: string, parameters?: readonly string[]): Promise<readonly Record<string, unknown>[]>;
  /** Runs statements of which all or none stay; resolves with what stopped them. */
  attempt(text: string): Promise<unknown>;
  /** Names one change that was made. */
  say(change: string): void;
}

/** Runs `work` with the rights of a role, within the transaction. */
export async function asRole(step: Step, role: string, work: () => Promise<void>): Promise<void> {
  await step.run(`set local role ${role}`);
  await work();
  await step.run("reset role");
}
