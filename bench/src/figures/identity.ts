import { measureOrganizations } from "../identity/organizations.ts";
import { measureSignIns } from "../identity/sign-ins.ts";
import { measureWalls } from "../identity/walls.ts";

/**
 * What tenancy and access cost: a write and a read within all walls against their statements bare, signing in and a
 * flood of it, and organizations that share a database.
 */
export async function run(): Promise<void> {
  await measureWalls();
  await measureSignIns();
  await measureOrganizations();
}
