import { readdir, stat } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import type { MediaSource } from "../shared/shell.ts";
import { readByteRange } from "./byte-range.ts";

/** One request of the page, `path` decoded and beginning with `/`. */
export interface StageRequest {
  method: string;
  path: string;
  range: string | null;
}

/** The answer; `body` names bytes `[start, end)` of a file for the transport to stream. */
export interface StageResponse {
  status: number;
  headers: Record<string, string>;
  body: { filePath: string; start: number; end: number } | null;
}

/** Answers the page's requests, whatever carries them. Never throws for a request. */
export interface StageHost {
  handle(request: StageRequest): Promise<StageResponse>;
}

const MEDIA_PATH = /^\/media\/([0-9a-f]{64})$/;

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".woff2": "font/woff2",
  ".svg": "image/svg+xml",
};

/** What the page may do: its own files and media, web pages in frames, and streams, which it reads and feeds to a video. */
export const STAGE_CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "media-src 'self' blob:",
  "connect-src http: https:",
  "worker-src 'self'",
  "frame-src http: https:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const COMMON_HEADERS = {
  "Content-Security-Policy": STAGE_CSP,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Resource-Policy": "same-origin",
  // A file that is set aside must not live on in the browser, nor every video twice on the disk.
  "Cache-Control": "no-store",
};

/**
 * Serves the built stage in `stageFolder` at `/` and the engine's media at `/media/<sha256>`, with ranges.
 * Only files that were in the folder when this was made exist. Throws if the stage has not been built.
 */
export async function createStageHost(stageFolder: string, media: MediaSource): Promise<StageHost> {
  const files = await listFiles(stageFolder);
  const index = files.get("/index.html");
  if (index === undefined) throw new Error(`No stage in ${stageFolder}: run "npm run build" first.`);
  files.set("/", index);

  return {
    async handle({ method, path, range }) {
      if (method !== "GET" && method !== "HEAD") return refusal(405, { Allow: "GET, HEAD" });
      const sha256 = MEDIA_PATH.exec(path)?.[1];
      const file = sha256 === undefined ? files.get(path) : await findMedia(media, sha256);
      if (file === undefined) return refusal(404);

      const span = readByteRange(range, file.sizeBytes);
      if (span === undefined) return refusal(416, { "Content-Range": `bytes */${file.sizeBytes}` });
      const headers: Record<string, string> = {
        ...COMMON_HEADERS,
        "Content-Type": file.mediaType,
        "Content-Length": String(span.end - span.start),
        "Accept-Ranges": "bytes",
      };
      if (span.isPart) headers["Content-Range"] = `bytes ${span.start}-${span.end - 1}/${file.sizeBytes}`;
      const isBodyWanted = method === "GET" && span.end > span.start;
      return {
        status: span.isPart ? 206 : 200,
        headers,
        body: isBodyWanted ? { filePath: file.path, start: span.start, end: span.end } : null,
      };
    },
  };
}

interface HostedFile {
  path: string;
  sizeBytes: number;
  mediaType: string;
}

async function findMedia(media: MediaSource, sha256: string): Promise<HostedFile | undefined> {
  try {
    return await media.findMedia(sha256);
  } catch {
    return undefined;
  }
}

function refusal(status: number, headers: Record<string, string> = {}): StageResponse {
  return { status, headers: { ...COMMON_HEADERS, ...headers, "Content-Length": "0" }, body: null };
}

async function listFiles(folder: string): Promise<Map<string, HostedFile>> {
  const files = new Map<string, HostedFile>();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const mediaType = TYPES[extname(entry.name)];
    if (!entry.isFile() || mediaType === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    const { size } = await stat(path);
    files.set(`/${relative(folder, path).split(sep).join("/")}`, { path, sizeBytes: size, mediaType });
  }
  return files;
}
