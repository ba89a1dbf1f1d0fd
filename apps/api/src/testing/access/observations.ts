/**
 * What somebody saw over a time, without what differs between any two runs: each id, hash and token becomes its
 * number in the order in which it was first seen, so that who refers to what stays; instants and ports go.
 */
export class Observations {
  readonly lines: string[] = [];
  readonly #seen = new Map<string, string>();

  /** Adds what a call came to. */
  note(what: string, status: number, body: unknown): void {
    this.lines.push(`${what} ${status} ${this.#plain(JSON.stringify(body))}`);
  }

  #plain(text: string): string {
    return text
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "instant")
      .replaceAll(/localhost:\d+|127\.0\.0\.1:\d+/g, "host")
      .replaceAll(/"alike(-\w+)?"/g, '"slug"')
      .replaceAll(/"(mail|thumbnailUrl)":("[^"]*"|null)/g, '"$1":"later"')
      .replaceAll(/"sequence":\d+/g, '"sequence":"one"')
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => this.#name("id", id))
      .replaceAll(/[0-9a-f]{64}/g, (hash) => this.#name("hash", hash))
      .replaceAll(/vtr_\w+|(?<![\w-])[A-Za-z0-9_-]{20,}(?![\w-])/g, (word) => this.#name("word", word));
  }

  #name(kind: string, value: string): string {
    const known = this.#seen.get(value);
    if (known !== undefined) return known;
    const name = `${kind}${this.#seen.size}`;
    this.#seen.set(value, name);
    return name;
  }
}
