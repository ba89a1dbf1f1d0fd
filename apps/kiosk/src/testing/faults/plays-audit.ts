import { type PlayRow, readPlays } from "@vitrine/harness/plays";
import { eventually } from "@vitrine/harness/processes";
import type { KioskLife, SupervisedKiosk } from "./supervised-kiosk.ts";

/** How the server's plays compare with what the stage confirmed. */
export interface PlaysAudit {
  confirmed: number;
  counted: number;
  lost: number;
  doubled: number;
}

const SEND_LIMIT_MS = 60_000;

export interface AuditedScreen {
  kiosk: SupervisedKiosk;
  serverDataDir: string;
  deviceId: string;
}

/** An asset that was on the glass without a break. */
export interface SeenShowing {
  assetId: string;
  fromMs: number;
  untilMs: number;
}

/**
 * Waits until every showing that ended has been counted, a minute at most, and compares: by each life of the engine,
 * the assets that its stage confirmed one after another against the assets of the plays of that boot by their
 * sequence numbers. `lost`: confirmed and not counted, or seen on the glass for a second and more without a play of
 * then; `doubled`: counted and not confirmed, counted by the hour more than once, or at the same time as another.
 * Overlaps are looked for from `overlapsFromMs` on: never where the server's clock was false.
 */
export async function auditPlays(
  screen: AuditedScreen,
  { seen, overlapsFromMs }: { seen: readonly SeenShowing[]; overlapsFromMs: number | undefined },
): Promise<PlaysAudit> {
  const { kiosk, serverDataDir, deviceId } = screen;
  const lives = kiosk.lives();
  const read = () => readPlays(serverDataDir, deviceId);
  await eventually(
    "every play is counted",
    async () => (countLost(lives, await read()) === 0 ? true : undefined),
    SEND_LIMIT_MS,
    1000,
  ).catch(() => undefined);
  const rows = await read();
  const hours = await readPlays(serverDataDir, deviceId, "hourly");
  const hourly = hours.reduce((sum, { playCount }) => sum + playCount, 0);
  const stored = (await read()).length;
  return {
    confirmed: lives.reduce((sum, life) => sum + endedOf(life).length, 0),
    counted: rows.length,
    lost: countLost(lives, rows) + Math.max(0, rows.length - hourly) + countUncounted(seen, lives, rows),
    doubled:
      countUnconfirmed(kiosk.lives(), rows) +
      Math.max(0, hourly - stored) +
      (overlapsFromMs === undefined ? 0 : countOverlaps(rows, overlapsFromMs)),
  };
}

/** The showing on the glass has not ended yet, and is no play before it has. */
function endedOf({ shownAssetIds, isOver }: KioskLife): string[] {
  return isOver ? shownAssetIds : shownAssetIds.slice(0, -1);
}

function countLost(lives: readonly KioskLife[], rows: readonly PlayRow[]): number {
  const counted = new Set(rows.map(keyOf));
  return lives
    .flatMap((life) =>
      endedOf(life).map((assetId, sequence) => keyOf({ bootId: life.bootId ?? "", sequence, assetId })),
    )
    .filter((key) => !counted.has(key)).length;
}

function countUnconfirmed(lives: readonly KioskLife[], rows: readonly PlayRow[]): number {
  const confirmed = new Set(
    lives.flatMap(({ bootId, shownAssetIds }) =>
      shownAssetIds.map((assetId, sequence) => keyOf({ bootId: bootId ?? "", sequence, assetId })),
    ),
  );
  return rows.filter((row) => !confirmed.has(keyOf(row))).length;
}

const keyOf = ({ bootId, sequence, assetId }: Pick<PlayRow, "bootId" | "sequence" | "assetId">) =>
  `${bootId} ${sequence} ${assetId}`;

/** Two plays of one screen may touch: their times are told in whole milliseconds by two clocks. */
const TOUCH_MS = 250;
const LEAST_SEEN_MS = 1000;
/** Showings are seen by samples, and told by the stage a frame later. */
const NEAR_MS = 500;

/** Showings on the glass that no play overlaps; the last of them is no play yet. */
function countUncounted(
  seen: readonly SeenShowing[],
  lives: readonly KioskLife[],
  rows: readonly PlayRow[],
): number {
  const open = lives.at(-1)?.shownAssetIds.at(-1);
  return seen.filter(({ assetId, fromMs, untilMs }, place) => {
    if (untilMs - fromMs < LEAST_SEEN_MS) return false;
    if (place === seen.length - 1 && assetId === open) return false;
    return !rows.some((row) => {
      const startedMs = row.startedAt.getTime();
      const isThen = startedMs < untilMs + NEAR_MS && startedMs + row.durationMs > fromMs - NEAR_MS;
      return row.assetId === assetId && isThen;
    });
  }).length;
}

/** Plays from an instant on which begin before the one before has ended. */
function countOverlaps(rows: readonly PlayRow[], fromMs: number): number {
  return rows.filter((row, place) => {
    const next = rows[place + 1];
    const endedMs = row.startedAt.getTime() + row.durationMs;
    return next && row.startedAt.getTime() >= fromMs && endedMs > next.startedAt.getTime() + TOUCH_MS;
  }).length;
}
