import {
  type DeviceLog,
  type deviceLogs as deviceLogList,
  LOG_LEVELS,
  type readDeviceLogInput,
} from "@vitrine/core/model/device-health";
import { appError } from "@vitrine/core/model/errors";
import { blobs, deviceLogs, devices } from "@vitrine/db/schema";
import { and, desc, eq } from "drizzle-orm";
import * as z from "zod";
import { inflateLog, LogFault } from "../../device/files/inflate-log.ts";
import { cleanText } from "../../device/hostile-input.ts";
import type { BlobStore } from "../../platform/blob-store.ts";
import type { DeviceReader } from "./queries.ts";

/** Logs that a screen sent, newest first, at most 20. NOT_FOUND. */
export async function listLogs(
  { database, scope, fileUrl }: Pick<DeviceReader, "database" | "scope" | "fileUrl">,
  deviceId: string,
): Promise<z.infer<typeof deviceLogList>> {
  const { organizationId } = scope;
  const [found, rows] = await database.batch(scope, (q) => [
    q
      .select({ id: devices.id })
      .from(devices)
      .where(and(eq(devices.organizationId, organizationId), eq(devices.id, deviceId))),
    q
      .select({
        id: deviceLogs.commandId,
        receivedAt: deviceLogs.receivedAt,
        sizeBytes: blobs.sizeBytes,
        lineCount: deviceLogs.lineCount,
        sha256: blobs.sha256,
        mediaType: blobs.mediaType,
      })
      .from(deviceLogs)
      .innerJoin(
        blobs,
        and(eq(blobs.organizationId, organizationId), eq(blobs.sha256, deviceLogs.blobSha256)),
      )
      .where(and(eq(deviceLogs.organizationId, organizationId), eq(deviceLogs.deviceId, deviceId)))
      .orderBy(desc(deviceLogs.receivedAt))
      .limit(20),
  ]);
  if (found.length === 0) throw appError("NOT_FOUND");
  const logs = rows.map(({ sha256, mediaType, receivedAt, ...log }) => ({
    ...log,
    receivedAt: receivedAt.toISOString(),
    url: fileUrl({ sha256, mediaType }),
  }));
  return { logs };
}

const MAX_LINES = 2_000;
const MAX_LINE_CHARS = 4_000;

/** The newest lines of one log that meet the filter, in order, at most 2,000. What is no line of a log is left out. NOT_FOUND. */
export async function readLog(
  { database, scope, blobs: files }: Pick<DeviceReader, "database" | "scope"> & { blobs: BlobStore },
  { deviceId, id, level, search }: z.infer<typeof readDeviceLogInput>,
): Promise<DeviceLog> {
  const { organizationId } = scope;
  const [rows] = await database.batch(scope, (q) => [
    q
      .select({ sha256: deviceLogs.blobSha256 })
      .from(deviceLogs)
      .where(
        and(
          eq(deviceLogs.organizationId, organizationId),
          eq(deviceLogs.deviceId, deviceId),
          eq(deviceLogs.commandId, id),
        ),
      ),
  ]);
  const sha256 = rows[0]?.sha256;
  await using blob = sha256 === undefined ? undefined : await files.find(scope, sha256);
  if (!blob) throw appError("NOT_FOUND");
  const pieces: Buffer[] = [];
  // A piece is valid until the next is asked for.
  for await (const piece of blob.read(0, blob.sizeBytes)) pieces.push(Buffer.from(piece));
  const least = LOG_LEVELS.indexOf(level);
  const wanted = search.toLowerCase();
  let lines: DeviceLog["lines"] = [];
  let isCut = false;
  for await (const text of linesOf(inflateLog(Buffer.concat(pieces)))) {
    const line = readLine(text);
    if (!line || LOG_LEVELS.indexOf(line.level) < least) continue;
    if (!`${line.event} ${line.text}`.toLowerCase().includes(wanted)) continue;
    lines.push(line);
    if (lines.length < 2 * MAX_LINES) continue;
    lines = lines.slice(-MAX_LINES);
    isCut = true;
  }
  return { lines: lines.slice(-MAX_LINES), isCut: isCut || lines.length > MAX_LINES };
}

async function* linesOf(pieces: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for await (const piece of pieces) {
      const parts = `${rest}${decoder.decode(piece, { stream: true })}`.split("\n");
      rest = parts.pop() ?? "";
      yield* parts;
    }
  } catch (error) {
    // It was whole when it was stored: what can be read of it is shown.
    if (!(error instanceof LogFault)) throw error;
  }
  yield rest;
}

const line = z.looseObject({ time: z.iso.datetime(), level: z.enum(LOG_LEVELS), event: z.string().max(200) });
/** Left out once more, whatever the screen that sent it left in. */
const SECRETS = /token|secret|signature|privateKey|deviceCode|authorization|password|apiKey|ticket/i;
const OUR_TOKENS = /v\d\.[\w-]{36}\.[\w.-]{40,}/g;

function readLine(text: string): DeviceLog["lines"][number] | undefined {
  if (text.length === 0) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = line.safeParse(value);
  if (!parsed.success) return undefined;
  const { time, level, event, ...facts } = parsed.data;
  const said = Object.entries(facts)
    .map(([name, fact]) => `${name}=${SECRETS.test(name) ? "[left out]" : wordOf(fact)}`)
    .join(" ");
  const shown = cleanText(said.replace(OUR_TOKENS, "[left out]")).slice(0, MAX_LINE_CHARS);
  return { at: new Date(time).toISOString(), level, event: cleanText(event), text: shown };
}

function wordOf(fact: unknown): string {
  if (typeof fact === "string") return fact;
  return JSON.stringify(fact, (name, value) => (SECRETS.test(name) ? "[left out]" : value)) ?? "";
}
