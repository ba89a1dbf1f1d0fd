import type { FaultRow } from "./run-fault.ts";

/** What the columns mean. */
export const LEGEND = `Each fault happens to a real kiosk process (engine, Chromium shell, stage) that plays full-screen from a real server process.
The glass is read twenty times a second out of the X server's own framebuffer.
  wrong     the longest time without a break, seconds, in which the glass did not show what playheadAt says for that instant
            over the manifest that the kiosk plays (as its server gave and signed it), by the true clock. Within 100 ms of a
            change both sides of it are right; after an edit the item on the glass may end; in the time of an item that cannot
            be played (the spoiled film, the page that hangs or crashes, the file that finds no room on the disk) any other
            item is right; while the server's clock is wrong, its time and the true one are. While no stage stands the last
            picture is held, which is wrong as soon as another one's time comes.
  black     samples with nine tenths of the glass darker than a tenth: a window without a picture, the bare X root, the splash.
  lost      showings that the stage confirmed, and showings seen on the glass for a second and more, that are no play in
            tenant.plays afterwards; and plays that the hourly sums leave out. (Where a process of the kiosk dies, the last
            picture stays on the glass without being a play, so there only what was confirmed counts; also while the
            server's clock is wrong.)
  doubled   plays that the stage did not confirm, that the hourly sums count again, or that overlap another one.
            Confirmed and counted are all showings of the run so far; what a kill cut short counts with the length known then.
`;

const COLUMNS: readonly [string, number, (row: FaultRow) => string][] = [
  ["fault", 44, ({ title }) => title],
  ["s", 6, ({ durationMs }) => (durationMs / 1000).toFixed(0)],
  ["samples", 8, ({ samples }) => String(samples)],
  ["wrong s", 8, ({ longestWrongMs }) => (longestWrongMs / 1000).toFixed(2)],
  ["black", 6, ({ black }) => String(black)],
  ["lost", 5, ({ lost }) => String(lost)],
  ["doubled", 8, ({ doubled }) => String(doubled)],
  ["plays", 6, ({ counted }) => String(counted)],
];

export const TABLE_HEAD = `${COLUMNS.map(([name, width]) => pad(name, width)).join(" ")}  note`;

/** One row as a line of text, and what was on the glass instead as another. */
export function toTableLine(row: FaultRow): string {
  const cells = COLUMNS.map(([, width, read]) => pad(read(row), width)).join(" ");
  const instead =
    row.wrongs === "" ? "" : `${row.note === "" ? "" : "; "}meanwhile on the glass: ${row.wrongs}`;
  return `${cells}  ${row.note}${instead}`;
}

function pad(text: string, width: number): string {
  return width > 20 ? text.padEnd(width) : text.padStart(width);
}
