import { execFile } from "node:child_process";
import { chmod, chown, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import type { Binaries } from "./binaries.ts";
import { EmbeddedError } from "./errors.ts";

const exec = promisify(execFile);

/** How the server's programs are started: PostgreSQL refuses to run as root. */
export interface Identity {
  uid?: number;
  gid?: number;
  /** A command that starts the program with its rest as arguments. */
  prefix: readonly string[];
}

/**
 * Who runs the server. Not root: this user. Root: the user `postgres` (made if missing) where it can reach programs
 * and folder, else a user namespace in which root's own files belong to someone else than root. A cluster that is
 * there keeps its owner. Throws `EmbeddedError` when nothing works.
 */
export async function chooseIdentity(clusterDir: string, binaries: Binaries): Promise<Identity> {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const owner = await stat(clusterDir).then(
    ({ uid, gid }) => ({ uid, gid }),
    () => undefined,
  );
  if (owner !== undefined && owner.uid !== 0) return { ...owner, prefix: [] };
  const inNamespace = await namespaceIdentity();
  if (owner !== undefined && inNamespace !== undefined) return inNamespace;
  const user = await postgresUser();
  const parent = dirname(clusterDir);
  if (user !== undefined && (await canReach(user, parent, binaries))) return { ...user, prefix: [] };
  if (inNamespace !== undefined) return inNamespace;
  if (user !== undefined && (await letThrough(user, parent)) && (await canReach(user, parent, binaries))) {
    return { ...user, prefix: [] };
  }
  throw new EmbeddedError(
    `PostgreSQL does not run as root and no other user can reach ${parent}: start Vitrine as another user, or set DATABASE_URL.`,
  );
}

async function namespaceIdentity(): Promise<Identity | undefined> {
  // initdb wants a user with a name; `daemon` has one on every Linux.
  const prefix = ["unshare", "--user", "--map-user=1", "--map-group=1", "--"];
  const works = await exec("unshare", [...prefix.slice(1), "id", "-un"]).then(
    ({ stdout }) => stdout.trim() !== "root",
    () => false,
  );
  return works ? { prefix } : undefined;
}

async function postgresUser(): Promise<{ uid: number; gid: number } | undefined> {
  const found = await idOf("postgres");
  if (found !== undefined) return found;
  await exec("useradd", ["--system", "--user-group", "--no-create-home", "postgres"]).catch(() => {});
  return idOf("postgres");
}

async function idOf(name: string): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const [uid, gid] = await Promise.all([exec("id", ["-u", name]), exec("id", ["-g", name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function canReach(user: { uid: number; gid: number }, folder: string, { postgres }: Binaries) {
  return exec("/bin/sh", ["-c", 'test -x "$1" && test -x "$2"', "sh", postgres, folder], {
    ...user,
    cwd: "/",
  }).then(
    () => true,
    () => false,
  );
}

/** Lets the user pass through a private folder of root's, not list it. */
async function letThrough(user: { gid: number }, folder: string): Promise<boolean> {
  const { uid, mode } = await stat(folder);
  if (uid !== 0) return false;
  await chown(folder, 0, user.gid);
  await chmod(folder, (mode & 0o777) | 0o010);
  return true;
}
