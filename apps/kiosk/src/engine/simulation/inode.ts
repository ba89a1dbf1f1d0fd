import type { SeededRandom } from "./seeded-random.ts";

/** A file without a name: its bytes, and how to take back what no sync has made safe. */
export interface Inode {
  readonly number: number;
  readonly sizeBytes: number;
  changedAt: number;
  modifiedAtMs: number;
  read(into: Uint8Array, position: number): number;
  readAll(): Uint8Array;
  write(bytes: Uint8Array, position: number): void;
  /** Writes, and gives what undoes it. */
  writeForNow(bytes: Uint8Array, position: number): () => void;
  truncate(sizeBytes: number): void;
  sync(): void;
  flipBit(position: number): void;
  /** The same bytes with the same doubts, for another world. */
  copy(): Inode;
  /** What is left when the power goes: what was synced, and what of the rest `random` lets through. */
  afterPowerLoss(random: SeededRandom | undefined): Inode;
}

/** One change since the last sync: how to undo it, and how to do it again. */
interface Change {
  sizeBefore: number;
  position: number;
  former: Uint8Array;
  /** Undefined for a truncation. */
  bytes: Uint8Array | undefined;
  sizeAfter: number;
}

/** What a disk writes at once. */
const SECTOR_BYTES = 512;
let lastNumber = 0;

/** An empty file. */
export function createInode(): Inode {
  return makeInode({ content: Buffer.alloc(0), sizeBytes: 0, changes: [], isShared: false });
}

interface Held {
  content: Buffer;
  sizeBytes: number;
  changes: readonly Change[];
  /** Another world reads the same buffer: it is copied before it is changed. */
  isShared: boolean;
}

function makeInode(held: Held): Inode {
  lastNumber += 1;
  const number = lastNumber;
  let { content, sizeBytes, isShared } = held;
  let changes = [...held.changes];

  const own = (neededBytes: number) => {
    if (!isShared && neededBytes <= content.length) return;
    const grown = Buffer.alloc(
      neededBytes <= content.length ? content.length : Math.max(neededBytes, content.length * 2),
    );
    content.copy(grown, 0, 0, Math.min(sizeBytes, grown.length));
    content = grown;
    isShared = false;
  };
  const put = (bytes: Uint8Array, position: number) => {
    own(position + bytes.length);
    if (position > sizeBytes) content.fill(0, sizeBytes, position);
    content.set(bytes, position);
    sizeBytes = Math.max(sizeBytes, position + bytes.length);
  };
  const cut = (size: number) => {
    own(size);
    if (size > sizeBytes) content.fill(0, sizeBytes, size);
    sizeBytes = size;
  };
  const undo = ({ sizeBefore, position, former }: Change) => {
    own(Math.max(sizeBefore, position + former.length));
    content.set(former, position);
    sizeBytes = sizeBefore;
  };
  const changeOf = (
    position: number,
    length: number,
    bytes: Uint8Array | undefined,
    sizeAfter: number,
  ): Change => {
    const endByte = Math.min(sizeBytes, position + length);
    const former =
      position < endByte ? Uint8Array.from(content.subarray(position, endByte)) : new Uint8Array();
    return { sizeBefore: sizeBytes, position: Math.min(position, sizeBytes), former, bytes, sizeAfter };
  };

  const self: Inode = {
    number,
    get sizeBytes() {
      return sizeBytes;
    },
    changedAt: 0,
    modifiedAtMs: 0,
    read(into, position) {
      const endByte = Math.min(sizeBytes, position + into.length);
      if (position >= endByte) return 0;
      into.set(content.subarray(position, endByte));
      return endByte - position;
    },
    readAll: () => Uint8Array.from(content.subarray(0, sizeBytes)),
    write(bytes, position) {
      const sizeAfter = Math.max(sizeBytes, position + bytes.length);
      const change = changeOf(position, bytes.length, Uint8Array.from(bytes), sizeAfter);
      changes.push({ ...change, position: bytes.length === 0 ? change.position : position });
      put(bytes, position);
    },
    writeForNow(bytes, position) {
      self.write(bytes, position);
      return () => {
        const last = changes.pop();
        if (last) undo(last);
      };
    },
    truncate(size) {
      changes.push(changeOf(size, Math.max(0, sizeBytes - size), undefined, size));
      cut(size);
    },
    sync() {
      changes = [];
    },
    flipBit(position) {
      own(sizeBytes);
      content[position] = (content[position] ?? 0) ^ 1;
    },
    copy() {
      isShared = true;
      const other = makeInode({ content, sizeBytes, changes, isShared: true });
      other.changedAt = self.changedAt;
      other.modifiedAtMs = self.modifiedAtMs;
      return other;
    },
    afterPowerLoss(random) {
      return loseUnsafe(self.copy(), changes, random);
    },
  };
  return self;
}

/** Takes all unsafe changes back, then does some of them again: a beginning of them, the last one torn, or with holes. */
function loseUnsafe(inode: Inode, unsafe: readonly Change[], random: SeededRandom | undefined): Inode {
  for (const { sizeBefore, position, former } of unsafe.toReversed()) {
    inode.truncate(Math.max(sizeBefore, position + former.length));
    inode.write(former, position);
    inode.truncate(sizeBefore);
  }
  const isWithHoles = random?.isChance(0.3) ?? false;
  const survivors = random ? random.between(0, unsafe.length + 1) : 0;
  for (const [index, { bytes, position, sizeAfter }] of unsafe.slice(0, survivors).entries()) {
    if (!bytes) inode.truncate(sizeAfter);
    else {
      const isTorn = index === survivors - 1 && (random?.isChance(0.5) ?? false);
      const keptBytes = isTorn ? sectorsOf(position, bytes.length, random) : bytes.length;
      inode.write(bytes.subarray(0, keptBytes), position);
      if (isWithHoles && random) punch(inode, position, keptBytes, random);
    }
  }
  inode.sync();
  return inode;
}

/** A number of bytes that ends where a sector does. */
function sectorsOf(position: number, length: number, random: SeededRandom | undefined): number {
  const cut = random?.between(0, length + 1) ?? 0;
  return Math.max(0, Math.min(length, Math.floor((position + cut) / SECTOR_BYTES) * SECTOR_BYTES - position));
}

/** The size came to the disk, one of its sectors did not: it reads as zeros. */
function punch(inode: Inode, position: number, length: number, random: SeededRandom): void {
  if (length < SECTOR_BYTES) return;
  const first = Math.ceil(position / SECTOR_BYTES) * SECTOR_BYTES;
  const last = Math.floor((position + length) / SECTOR_BYTES) * SECTOR_BYTES;
  if (last <= first) return;
  const at = first + random.between(0, (last - first) / SECTOR_BYTES) * SECTOR_BYTES;
  inode.write(new Uint8Array(SECTOR_BYTES), at);
}
