/** Seconds between reloads that the dashboard offers; 0 never. */
export const RELOADS = [0, 60, 300, 900, 3600, 21_600, 86_400] as const;

/** An address as people type it, with `https://` put before a bare host. */
export function withScheme(typed: unknown): string {
  const plain = typeof typed === "string" ? typed.trim() : "";
  if (plain === "" || /^[a-z][a-z0-9+.-]*:/i.test(plain)) return plain;
  return `https://${plain}`;
}
