/** The database was migrated by a newer version of the code. `message` says what to do; nothing was changed. */
export class DatabaseNewerError extends Error {
  readonly unknownMigrations: readonly string[];
  constructor(unknownMigrations: readonly string[]) {
    super(
      `The database is newer than this version of Vitrine (${unknownMigrations.join(", ")}): start the newer version, or restore a backup made before it.`,
    );
    this.name = "DatabaseNewerError";
    this.unknownMigrations = unknownMigrations;
  }
}

/** A migration that was applied has another text now. `message` says what to do; nothing was changed. */
export class MigrationChangedError extends Error {
  constructor(tag: string) {
    super(`The migration ${tag} has changed since it was applied to this database: add a new one instead.`);
    this.name = "MigrationChangedError";
  }
}

/** The database cannot be migrated as asked. `message` says what to do; nothing was changed. */
export class MigrationRefusedError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "MigrationRefusedError";
  }
}
