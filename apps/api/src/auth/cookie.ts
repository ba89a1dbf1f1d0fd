/**
 * Name of the session cookie. Over https it carries the `__Host-` prefix, so that no sibling host can set it;
 * browsers refuse that prefix over plain http, where a shop tries the product out.
 */
export function sessionCookieName(isSecure: boolean): string {
  return isSecure ? "__Host-vitrine_session" : "vitrine_session";
}

/** The `Set-Cookie` value of a session, or (null) of its removal. */
export function sessionCookie(session: { token: string; expiresAt: Date } | null, isSecure: boolean): string {
  const value = session?.token ?? "";
  const expires = (session?.expiresAt ?? new Date(0)).toUTCString();
  const secure = isSecure ? "; Secure" : "";
  return `${sessionCookieName(isSecure)}=${value}; Path=/; Expires=${expires}; HttpOnly; SameSite=Lax${secure}`;
}

/** The session token of a Cookie header, or null. */
export function readSessionCookie(header: string | undefined, isSecure: boolean): string | null {
  const prefix = `${sessionCookieName(isSecure)}=`;
  for (const part of header?.split(";") ?? []) {
    const pair = part.trim();
    if (pair.startsWith(prefix)) return pair.slice(prefix.length) || null;
  }
  return null;
}
