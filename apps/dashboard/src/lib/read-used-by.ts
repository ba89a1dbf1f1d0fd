import { type UsedBy, usedBy } from "@vitrine/core/model/asset";

const NOBODY: UsedBy = {
  playlists: [],
  layouts: [],
  entries: [],
  devices: [],
  isOrganizationDefault: false,
  isBrandLogo: false,
};

/** What an IN_USE failure says of who uses a thing; nobody by name when it says nothing that is understood. */
export function readUsedBy(data: unknown): UsedBy {
  const read = usedBy.safeParse(data);
  return read.success ? read.data : NOBODY;
}
