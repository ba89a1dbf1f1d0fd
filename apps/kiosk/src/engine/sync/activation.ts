import type { Manifest, ManifestFile } from "@vitrine/core/model/manifest";

/** What speaks for and against playing the newest manifest now. */
export interface ActivationFacts {
  active: Manifest | undefined;
  newest: Manifest;
  /** Whether a file is there and fit to be shown. */
  isThere(file: ManifestFile): boolean;
  /** Whether a file is not there and will not be soon: the server lost it, or the disk is full. */
  isGivenUp(file: ManifestFile): boolean;
}

/**
 * Whether the newest manifest takes over now. It does when all its files are there (or given up), so that an
 * edit appears as a whole; sooner, once any of it can be shown, when nothing else can be, or when content of
 * the active one was withdrawn, since a withdrawal does not wait for a download.
 */
export function isTimeToActivate({ active, newest, isThere, isGivenUp }: ActivationFacts): boolean {
  if (newest.assets.length === 0) return true;
  if (!hasShowable(newest, isThere)) return false;
  if (filesOf(newest).every((file) => isThere(file) || isGivenUp(file))) return true;
  if (!active || !hasShowable(active, isThere)) return true;
  return isContentWithdrawn(active, newest);
}

/**
 * Whether the last good manifest has to stand in: the active one wants something shown, and all that was there of it
 * was lost since, as by a damaged disk.
 */
export function isTimeToGoBack({
  active,
  lastGood,
  isThere,
}: Pick<ActivationFacts, "isThere"> & { active: Manifest; lastGood: Manifest }): boolean {
  return active.assets.length > 0 && !hasShowable(active, isThere) && hasShowable(lastGood, isThere);
}

/** Whether any of a manifest can be shown. */
export function hasShowable({ assets }: Manifest, isThere: (file: ManifestFile) => boolean): boolean {
  return assets.some(({ file }) => file === null || isThere(file));
}

/** Whether every file of a manifest is there. */
export function isComplete(manifest: Manifest, isThere: (file: ManifestFile) => boolean): boolean {
  return filesOf(manifest).every(isThere);
}

/** The files of a manifest, its logo too, each content once. */
export function filesOf(manifest: Manifest): ManifestFile[] {
  const bySha = new Map<string, ManifestFile>();
  for (const { file } of manifest.assets) if (file) bySha.set(file.sha256, file);
  const logo = manifest.brand?.logo;
  if (logo) bySha.set(logo.sha256, logo);
  return [...bySha.values()];
}

function isContentWithdrawn(active: Manifest, newest: Manifest): boolean {
  const kept = new Set(newest.assets.map((asset) => asset.id));
  return active.assets.some((asset) => !kept.has(asset.id));
}
