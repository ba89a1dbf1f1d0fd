import { join } from "node:path";
import { type Colour, type Display, startDisplay } from "@vitrine/harness/glass";
import { makeJpeg } from "@vitrine/harness/media";
import { type Person, signUp, untilReady, upload } from "@vitrine/harness/person";
import { eventually, type Running, temporaryFolder } from "@vitrine/harness/processes";
import { startKiosk, startVitrine } from "@vitrine/harness/vitrine";
import * as z from "zod";

/** A change of the glass: whose time began, what came, and when it was painted, by the machine's clock. */
interface Change {
  slotStartMs: number;
  assetId: string;
  paintedAtMs: number;
  /** The screen began in the middle of this slot, so its instant says nothing. */
  isJoined: boolean;
  /** Something else, since the file of what is due had not come yet. */
  isSubstitute: boolean;
  /** Something else, until what is due is ready to be painted. */
  isStandIn: boolean;
}

/** What two screens did with the same slots. */
export interface InStep {
  /** Slots that both screens showed. */
  matched: number;
  /** Those of these that had different items: what either logged. */
  different: readonly { one: Change; other: Change }[];
  /** What either showed in place of what was due, which is left out of the rest. */
  standIns: number;
  substitutes: number;
  /** Substitutes of the screen that was started again, which has all files. */
  substitutesAgain: number;
  /** How far apart the two painted each change, milliseconds, ascending; slots that one joined are left out. */
  spreadsMs: readonly number[];
}

const DURATIONS_MS = [500, 550, 600, 650, 700, 800, 1000, 1500];
const CHANGES_ALONE = 2;
/** A timeline's slot id starts with its start, but for what an edit made it join later. */
const SLOT_ID = /^(?:\d+\+)?(\d+)-/;

const shownLine = z.object({
  event: z.literal("shown"),
  slotId: z.string(),
  assetId: z.string(),
  atMs: z.number(),
  isStandIn: z.boolean(),
  isSubstitute: z.boolean(),
  clockOffsetMs: z.number(),
});

/**
 * Two real kiosk processes with the same playlist, one started some seconds after the other, and that one killed
 * and started again in the middle. Ends when both have painted `count` changes.
 */
export async function runInStep(count: number): Promise<InStep> {
  using folder = temporaryFolder();
  await using server = await startVitrine(join(folder.path, "server"));
  await using left = await startDisplay(640, 360);
  await using right = await startDisplay(640, 360);
  const start = (name: string, display: Display) =>
    startKiosk({
      server: server.url,
      dataDir: join(folder.path, name),
      display: display.name,
      window: "640x360",
    });
  await using one = start("one", left);
  const person = await signUp(server.url, "In Step", "In Step");
  const playlistId = await makePlaylist(server.url, person, folder.path);
  const pair = async (kiosk: Running, name: string) => {
    const [, code = ""] = await kiosk.waitFor(/enter the code (\S+)/, 60_000);
    await person.api.devices.claim.mutate({ code, name, playlistId });
  };
  const untilTrue = (what: string, isTrue: () => boolean, limitMs = 60_000) =>
    eventually(what, () => isTrue() || undefined, limitMs);
  await pair(one, "One");
  await untilTrue("the first screen plays", () => changesOf(one.output()).length > CHANGES_ALONE);

  await using other = start("other", right);
  await pair(other, "Other");
  const limitMs = 120_000 + count * 3000;
  const half = () => compare(changesOf(one.output()), changesOf(other.output()));
  await untilTrue("half of the changes", () => half().spreadsMs.length >= count / 2, limitMs);
  await other.end("SIGKILL");
  const alone = changesOf(one.output()).length;
  await untilTrue("changes alone", () => changesOf(one.output()).length >= alone + CHANGES_ALONE);

  await using again = start("other", right);
  const both = () =>
    compare(
      changesOf(one.output()),
      [other, again].flatMap(({ output }) => changesOf(output())),
    );
  await untilTrue("all of the changes", () => both().spreadsMs.length >= count, limitMs);
  const substitutesAgain = changesOf(again.output()).filter(({ isSubstitute }) => isSubstitute).length;
  return { ...both(), substitutesAgain };
}

/** The value below which a share of the spreads lies. */
export function quantile({ spreadsMs }: Pick<InStep, "spreadsMs">, share: number): number {
  return spreadsMs[Math.min(spreadsMs.length - 1, Math.floor(spreadsMs.length * share))] ?? Number.NaN;
}

async function makePlaylist(url: string, person: Person, folder: string): Promise<string> {
  const size = { width: 640, height: 360 };
  const makeAsset = async (colour: Colour, index: number) => {
    const id = await upload(url, person, await makeJpeg(folder, `picture-${index}.jpg`, colour, size));
    await untilReady(person, id);
    return id;
  };
  const assetIds = await Promise.all(DURATIONS_MS.map((_, index) => makeAsset(colourOf(index), index)));
  const playlist = await person.api.playlists.create.mutate({ name: "Loop", assetIds });
  for (const [index, durationMs] of DURATIONS_MS.entries()) {
    const itemId = playlist.items[index]?.id ?? "";
    await person.api.playlists.updateItem.mutate({ playlistId: playlist.id, itemId, durationMs });
  }
  return playlist.id;
}

/** A picture's own: only its file has to be another. */
function colourOf(index: number): Colour {
  return [20 + index * 25, 120, 220 - index * 20];
}

/** What a kiosk process logged as painted, in order. */
function changesOf(output: string): Change[] {
  const lines = output.split("\n").filter((line) => line.includes('"event":"shown"') && line.endsWith("}"));
  return lines.map((line, index) => {
    const { slotId, atMs, clockOffsetMs, ...what } = shownLine.parse(JSON.parse(line));
    const slotStartMs = Number(SLOT_ID.exec(slotId)?.[1]);
    return { slotStartMs, paintedAtMs: atMs - clockOffsetMs, isJoined: index === 0, ...what };
  });
}

function compare(one: readonly Change[], other: readonly Change[]): Omit<InStep, "substitutesAgain"> {
  const own = (changes: readonly Change[]) =>
    changes.filter(({ isStandIn, isSubstitute }) => !isStandIn && !isSubstitute);
  const bySlot = new Map(own(one).map((change) => [change.slotStartMs, change]));
  const pairs = own(other).flatMap((change) => {
    const match = bySlot.get(change.slotStartMs);
    return match ? [{ change, match }] : [];
  });
  const whole = pairs.filter(({ change, match }) => !change.isJoined && !match.isJoined);
  return {
    matched: pairs.length,
    different: pairs
      .filter(({ change, match }) => change.assetId !== match.assetId)
      .map(({ change, match }) => ({ one: match, other: change })),
    standIns: [...one, ...other].filter(({ isStandIn }) => isStandIn).length,
    substitutes: [...one, ...other].filter(({ isSubstitute }) => isSubstitute).length,
    spreadsMs: whole
      .map(({ change, match }) => Math.abs(change.paintedAtMs - match.paintedAtMs))
      .sort((smaller, larger) => smaller - larger),
  };
}
