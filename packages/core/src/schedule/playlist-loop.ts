import type { ManifestAsset, ManifestItem, ManifestPlaylist } from "../model/manifest.ts";
import type { EligibleSet } from "./eligibility.ts";
import type { Program } from "./program.ts";
import { shuffled } from "./shuffle.ts";

/** One showing that a loop gives: of an asset, as a line of a playlist or as the content of an entry by itself. */
export type Showing = {
  asset: ManifestAsset;
  itemId: string;
  item: ManifestItem | null;
  playlistId: string | null;
  durationMs: number;
};

/**
 * A playlist being played: where in it a loop is. Cycles are in the playlist's order, or what can play as they begin is
 * shuffled by playlist, date and number of the cycle; an item of weight w comes w times a cycle, spread evenly.
 */
export class PlaylistLoop {
  readonly #program: Program;
  readonly #playlist: ManifestPlaylist;
  readonly #localDate: string;
  readonly #nested = new Map<string, PlaylistLoop>();
  #cycle = -1;
  #order: readonly ManifestItem[] = [];
  #place = 0;
  #last: ManifestItem | undefined;
  #turns = 0;
  /** A nested playlist under way: how many showings it still gives in this pass; a whole pass ends with its cycle. */
  #pass: { loop: PlaylistLoop; left: number; isWhole: boolean } | undefined;

  constructor(program: Program, playlist: ManifestPlaylist, localDate: string) {
    this.#program = program;
    this.#playlist = playlist;
    this.#localDate = localDate;
  }

  /** The line of this playlist that the latest showing belongs to, and how many lines have come so far. */
  get line(): { itemId: string; turn: number } | undefined {
    return this.#last && { itemId: this.#last.id, turn: this.#turns };
  }

  /** The next showing; undefined while nothing in the playlist can play. */
  take(set: EligibleSet): Showing | undefined {
    if (!set.isPlaylistOn(this.#playlist.id)) return undefined;
    const within = this.#takeFromPass(set);
    if (within) return within;
    const item = this.#nextItem(set);
    if (!item) return undefined;
    const asset = set.findAsset(item);
    if (asset) {
      const durationMs = item.durationMs ?? asset.durationMs;
      return { asset, itemId: item.id, item, playlistId: this.#playlist.id, durationMs };
    }
    this.#beginPass(item, set);
    return this.#takeFromPass(set);
  }

  /** Goes to the beginning of a new cycle. */
  beginCycle(set: EligibleSet): void {
    this.#cycle += 1;
    this.#pass = undefined;
    this.#place = 0;
    this.#order = this.#orderOf(set);
  }

  /** Whether nothing more comes in this cycle. */
  isCycleOver(set: EligibleSet): boolean {
    if (this.#pass && this.#passGoesOn(this.#pass, set)) return false;
    return set.findNext(this.#order, this.#place) === this.#order.length;
  }

  #takeFromPass(set: EligibleSet): Showing | undefined {
    const pass = this.#pass;
    if (pass && this.#passGoesOn(pass, set)) {
      pass.left -= 1;
      return pass.loop.take(set);
    }
    this.#pass = undefined;
    return undefined;
  }

  #passGoesOn(
    { loop, left, isWhole }: { loop: PlaylistLoop; left: number; isWhole: boolean },
    set: EligibleSet,
  ) {
    if (!set.isPlaylistOn(loop.#playlist.id)) return false;
    return isWhole ? !loop.isCycleOver(set) : left > 0;
  }

  #beginPass(item: ManifestItem, set: EligibleSet): void {
    const playlist = item.playlistId === null ? undefined : this.#program.playlists.get(item.playlistId);
    if (!playlist) return;
    const loop = this.#nested.get(item.id) ?? new PlaylistLoop(this.#program, playlist, this.#localDate);
    this.#nested.set(item.id, loop);
    const isWhole = item.take === null;
    if (isWhole) loop.beginCycle(set);
    this.#pass = { loop, left: item.take ?? 0, isWhole };
  }

  #nextItem(set: EligibleSet): ManifestItem | undefined {
    let place = set.findNext(this.#order, this.#place);
    if (place === this.#order.length) {
      this.beginCycle(set);
      place = set.findNext(this.#order, this.#place);
    }
    this.#place = place + 1;
    this.#last = this.#order[place];
    this.#turns += 1;
    return this.#last;
  }

  #orderOf(set: EligibleSet): readonly ManifestItem[] {
    const { id, order } = this.#playlist;
    if (order === "sequence") return sequenceOf(this.#playlist);
    const mixed = spread(shuffled(set.itemsOn(this.#playlist), `${id} ${this.#localDate} ${this.#cycle}`));
    return withoutRepeat(mixed, this.#last);
  }
}

const sequences = new WeakMap<ManifestPlaylist, readonly ManifestItem[]>();

function sequenceOf(playlist: ManifestPlaylist): readonly ManifestItem[] {
  const known = sequences.get(playlist);
  if (known) return known;
  const sequence = spread(playlist.items);
  sequences.set(playlist, sequence);
  return sequence;
}

/** Each item as often as it weighs, its showings evenly over the cycle; equal weights keep their order. */
function spread(items: readonly ManifestItem[]): readonly ManifestItem[] {
  if (items.every(({ weight }) => weight === 1)) return items;
  const places = items.flatMap((item, index) =>
    Array.from({ length: item.weight }, (_, turn) => ({ item, index, at: (turn + 0.5) / item.weight })),
  );
  return places.sort((one, other) => one.at - other.at || one.index - other.index).map(({ item }) => item);
}

/** The same cycle with another item first, if the one that would be first has just been shown. */
function withoutRepeat(
  order: readonly ManifestItem[],
  last: ManifestItem | undefined,
): readonly ManifestItem[] {
  const other = order.findIndex((item) => item !== last);
  const replacement = order[other];
  if (last === undefined || order[0] !== last || replacement === undefined) return order;
  const changed = [...order];
  changed[0] = replacement;
  changed[other] = last;
  return changed;
}
