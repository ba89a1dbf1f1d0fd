/** Something that was done or went wrong, with a way to undo it where there is one. */
export type NoticeContent = {
  title: string;
  description?: string;
  tone?: "neutral" | "danger";
  action?: { label: string; onSelect: () => void };
};

const waiting: NoticeContent[] = [];
const listeners = new Set<() => void>();
let isWanted = false;
let show: ((notice: NoticeContent) => void) | undefined;

/** Tells something to the person; anything may, also outside of components. Waits until there is a place for it. */
export function notify(notice: NoticeContent): void {
  if (show) {
    show(notice);
    return;
  }
  waiting.push(notice);
  isWanted = true;
  for (const listener of listeners) listener();
}

/** Whether any notice was ever told: then a place for them is needed. */
export function hasNotices(): boolean {
  return isWanted;
}

/** Calls back when a first notice waits. */
export function subscribeNotices(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Takes over showing: what waits at once, all others as they come. Gives the way to hand it back. */
export function takeNotices(taker: (notice: NoticeContent) => void): () => void {
  show = taker;
  for (const notice of waiting.splice(0)) taker(notice);
  return () => {
    if (show === taker) show = undefined;
  };
}
