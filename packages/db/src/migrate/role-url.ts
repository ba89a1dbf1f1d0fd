import type { ServingRole } from "../access/roles.ts";

/** The address of the same database for another role. */
export function roleUrl(url: string, role: ServingRole, password: string): string {
  const address = new URL(url);
  address.username = role;
  address.password = encodeURIComponent(password);
  return address.toString();
}
