import type { Screen } from "./screens.ts";

/** Whether `etag` is the newest manifest of the screen, as far as this process knows without asking anyone. */
export function isKnownNewest({ manifest, isTouched }: Screen, etag: string | null): boolean {
  if (!manifest || isTouched || etag === null) return false;
  return manifest.etag === etag || manifest.sameAs.includes(etag);
}

/**
 * Whether this process knows better than the database that a screen is behind: its last beat, not yet written, said
 * so, or what it should play has changed since.
 */
export function isKnownBehind(screen: Screen | undefined): boolean {
  if (!screen) return false;
  return screen.presence?.isUpToDate === false || (screen.manifest !== undefined && screen.isTouched);
}
