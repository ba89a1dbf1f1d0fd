import { Resolver } from "node:dns/promises";

/** Looks TXT records up. */
export type TxtRecords = {
  /** Values of all TXT records of a name, none where it has none; `unreachable` where nobody could say. Never rejects. */
  find(name: string): Promise<string[] | "unreachable">;
};

const TIMEOUT_MS = 2_000;
const TRIES = 2;
/** What DNS says where there is no such name, and where it has no such record. */
const ABSENT = new Set(["ENOTFOUND", "ENODATA"]);

/** By these servers (`address` or `address:port`), or those of the machine. */
export function makeTxtRecords(servers: readonly string[]): TxtRecords {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
  if (servers.length > 0) resolver.setServers(servers);
  return {
    async find(name) {
      try {
        const records = await resolver.resolveTxt(name);
        return records.map((parts) => parts.join(""));
      } catch (error) {
        const isAbsent = error instanceof Error && "code" in error && ABSENT.has(String(error.code));
        return isAbsent ? [] : "unreachable";
      }
    },
  };
}
