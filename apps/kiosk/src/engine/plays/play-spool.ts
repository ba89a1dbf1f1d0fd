import type { PlayReport } from "@vitrine/core/model/device-protocol";
import type { SpoolFormat } from "../spool/segment.ts";
import { createSpool, type Spool, type SpoolDeps } from "../spool/spool.ts";
import { type PlayRecord, playRecord } from "./play-record.ts";

export interface PlaySpool extends Spool<PlayRecord, PlayReport> {
  /** What an earlier run had on the glass when it ended without order, as `load` found. */
  recovered(): readonly PlayReport[];
}

/** Plays that wait for the server. Showings that the kiosk did not survive become cut plays when it is loaded. */
export function createPlaySpool(deps: SpoolDeps): PlaySpool {
  /** Showings that have begun and not ended, by sequence number. */
  const open = new Map<number, PlayRecord>();
  let recovered: PlayReport[] = [];
  const format: SpoolFormat<PlayRecord, PlayReport> = {
    name: "plays",
    record: playRecord,
    findItem: (record) => (record.k === "done" ? record.play : undefined),
    toRecord: (play) => ({ k: "done", play }),
    head: () => [...open.values()],
    recover(records) {
      recovered = findUnfinished(records);
      return recovered;
    },
  };
  const spool = createSpool(deps, format);
  return {
    ...spool,
    recovered: () => recovered,
    append(record) {
      if (record.k === "open") open.set(record.play.sequence, record);
      if (record.k === "done") open.delete(record.play.sequence);
      return spool.append(record);
    },
    wipe() {
      open.clear();
      return spool.wipe();
    },
  };
}

/** Showings that began and were never finished, as cut plays of the length that is known for sure. */
function findUnfinished(records: readonly PlayRecord[]): PlayReport[] {
  const open = new Map<string, PlayReport>();
  const keyOf = (boot: string, sequence: number) => `${boot} ${sequence}`;
  for (const record of records) {
    if (record.k === "open") {
      const key = keyOf(record.play.bootId, record.play.sequence);
      // At the head of a later segment it is written again, as it began.
      if (!open.has(key)) open.set(key, record.play);
    }
    if (record.k === "done") open.delete(keyOf(record.play.bootId, record.play.sequence));
    if (record.k !== "alive") continue;
    const play = open.get(keyOf(record.boot, record.seq));
    if (play) open.set(keyOf(record.boot, record.seq), { ...play, durationMs: record.ms });
  }
  return [...open.values()];
}
