const KEY = "vitrine-known";

/** Whether nobody has signed in from this browser yet: then signing up is the likelier wish. */
export function isFirstVisit(storage: Pick<Storage, "getItem">): boolean {
  return storage.getItem(KEY) === null;
}

/** Remembers that somebody signed in from this browser. */
export function rememberVisit(storage: Pick<Storage, "setItem">): void {
  storage.setItem(KEY, "1");
}
