/**
 * Cookies of ours: who is signed in, who has yet to show their second factor, and which browser this is to those who
 * have signed in from it.
 */
export type CookieName = "vitrine_session" | "vitrine_second_step" | "vitrine_device";

/**
 * The name as it is set. Over https it carries the `__Host-` prefix, so that no sibling host can set the cookie;
 * browsers refuse that prefix over plain http, where a shop tries the product out.
 */
export function cookieName(name: CookieName, isSecure: boolean): string {
  return isSecure ? `__Host-${name}` : name;
}

/** The `Set-Cookie` value that stores a secret, or (null) removes it. */
export function makeCookie(
  name: CookieName,
  secret: { token: string; expiresAt: Date } | null,
  isSecure: boolean,
): string {
  const value = secret?.token ?? "";
  const expires = (secret?.expiresAt ?? new Date(0)).toUTCString();
  const secure = isSecure ? "; Secure" : "";
  return `${cookieName(name, isSecure)}=${value}; Path=/; Expires=${expires}; HttpOnly; SameSite=Lax${secure}`;
}

/** The secret in a Cookie header, or null. */
export function readCookie(name: CookieName, header: string | undefined, isSecure: boolean): string | null {
  const prefix = `${cookieName(name, isSecure)}=`;
  for (const part of header?.split(";") ?? []) {
    const pair = part.trim();
    if (pair.startsWith(prefix)) return pair.slice(prefix.length) || null;
  }
  return null;
}
