import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { MEDIA_TYPES } from "../platform/media-types.ts";
import type { TestServer } from "../testing/test-server.ts";
import type { UploadingPerson } from "../testing/uploading-person.ts";
import { type HostileFile, MARKER } from "./hostile-files.ts";
import { inTurns } from "./in-turns.ts";

/** What became of a file: refused before it was whole, refused when it was looked at, or taken without what was bad of it. */
export type FileOutcome = {
  file: HostileFile;
  outcome: "not taken" | "refused" | "harmless";
  fault: string | null;
  ms: number;
  /** Why it was not harmless; empty when the attempt failed as it must. */
  harm: string[];
};

/** Uploads each by the protocol, waits for what becomes of it, and looks at what is served of it afterwards. */
export async function tryFiles(
  person: UploadingPerson,
  files: readonly HostileFile[],
  width = 3,
): Promise<FileOutcome[]> {
  const outcomes: FileOutcome[] = [];
  await inTurns(files, width, async (file) => {
    const startedMs = performance.now();
    const found = await tryFile(person, file);
    outcomes.push({ file, ms: performance.now() - startedMs, ...found });
  });
  return outcomes;
}

async function tryFile(
  person: UploadingPerson,
  { filename, bytes }: HostileFile,
): Promise<Pick<FileOutcome, "outcome" | "fault" | "harm">> {
  const created = await person.tus.create({ sizeBytes: bytes.length, metadata: { filename } });
  if (created.status !== 201) {
    const harm = created.status < 500 ? [] : [`Creating gave ${created.status}`];
    return { outcome: "not taken", fault: String(created.status), harm };
  }
  const location = created.headers.get("location") ?? "";
  const sent = bytes.length === 0 ? created : await person.tus.patch(location, 0, bytes);
  const assetId = sent.headers.get("x-vitrine-asset");
  if (assetId === null) {
    const harm = sent.status < 500 ? [] : [`Sending gave ${sent.status}`];
    return { outcome: "not taken", fault: String(sent.status), harm };
  }
  const asset = await person.settled(assetId);
  if (asset.state === "failed") return { outcome: "refused", fault: asset.fault, harm: [] };
  const [ofFile, ofThumbnail] = await Promise.all([look(asset.fileUrl), look(asset.thumbnailUrl)]);
  return { outcome: "harmless", fault: null, harm: [...ofFile, ...ofThumbnail] };
}

/** What is wrong with something as it is served to a browser that opens it. */
async function look(url: string | null): Promise<string[]> {
  if (url === null) return ["It has no address"];
  const response = await fetch(url);
  const body = Buffer.from(await response.arrayBuffer());
  const header = (name: string) => response.headers.get(name) ?? "";
  const wrong = [];
  if (!MEDIA_TYPES.some((type) => type === header("content-type")))
    wrong.push(`It is ${header("content-type")}`);
  if (header("x-content-type-options") !== "nosniff") wrong.push("A browser may guess what it is");
  if (!header("content-security-policy").startsWith("sandbox;")) wrong.push("It may run");
  if (response.headers.getSetCookie().length > 0) wrong.push("It sets a cookie");
  if (!/^inline; filename="?[\w-]+\.\w+"?/.test(header("content-disposition")))
    wrong.push(`Its name is ${header("content-disposition")}`);
  if (body.includes(MARKER)) wrong.push("What was hidden in it is still there");
  return wrong;
}

/** Files that a server keeps under names that it did not make itself. */
export async function strayFiles(server: Pick<TestServer, "folder">): Promise<string[]> {
  const kept = ["blobs", "uploads", "work"].map((name) => join(server.folder, "data", name));
  const lists = await Promise.all(
    kept.map((folder) => readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])),
  );
  return lists.flat().flatMap((entry) => {
    if (!entry.isFile()) return [];
    const isOwn = /^[0-9a-f-]+(\.json|\.chunks|\.info|\.tmp)?$|^content$|^thumbnail$/.test(entry.name);
    return isOwn ? [] : [join(entry.parentPath, entry.name)];
  });
}
