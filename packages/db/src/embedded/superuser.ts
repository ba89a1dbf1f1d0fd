import postgres from "postgres";
import { EmbeddedError } from "./errors.ts";

/** What it takes to sign in to the embedded server as its superuser. */
export interface Login {
  dataDir: string;
  superuserPassword: string;
  database: string;
}

/** Makes the database where it is missing. */
export async function ensureDatabase(login: Login, port: number): Promise<void> {
  const name = login.database;
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(name))
    throw new EmbeddedError(`"${name}" cannot be the name of a database.`);
  const exists = await ask(
    login,
    port,
    `select datname as answer from pg_database where datname = '${name}'`,
  );
  if (exists === undefined) await ask(login, port, `create database ${name}`);
}

/** One statement as the superuser in the database `postgres`; the column `answer` of the first row, if any. */
export async function ask(login: Login, port: number, text: string): Promise<string | undefined> {
  const sql = postgres(superuserUrl({ ...login, database: "postgres" }, port), {
    max: 1,
    fetch_types: false,
    connect_timeout: 10,
    onnotice: () => {},
  });
  try {
    const [row] = await sql.unsafe<{ answer: string }[]>(text);
    return row?.answer;
  } catch (error) {
    if (error instanceof postgres.PostgresError && error.code === "28P01") {
      throw new EmbeddedError(
        `The database in ${login.dataDir} has another password: restore the secrets file that belongs to it.`,
        error,
      );
    }
    throw error;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** The address of a database on this host for the superuser. */
export function superuserUrl({ superuserPassword, database }: Login, port: number): string {
  return `postgres://postgres:${encodeURIComponent(superuserPassword)}@127.0.0.1:${port}/${database}`;
}
