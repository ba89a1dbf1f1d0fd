import type { Screen } from "./screens.ts";

/** Whether `etag` is the newest manifest of the screen, as far as this process knows without asking anyone. */
export function isKnownNewest({ manifest, isTouched }: Screen, etag: string | null): boolean {
  if (!manifest || isTouched || etag === null) return false;
  return manifest.etag === etag || manifest.sameAs.includes(etag);
}
