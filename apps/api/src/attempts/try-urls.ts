import postgres from "postgres";
import { callProcedure, makeAlikeWorld } from "../testing/alike-world.ts";
import { SAMPLES } from "../testing/samples.ts";
import type { TestServer } from "../testing/test-server.ts";
import { until } from "../testing/until.ts";
import type { HostileUrl } from "./hostile-urls.ts";
import { inTurns } from "./in-turns.ts";
import { URL_FIELDS } from "./url-fields.ts";

export type UrlTally = { sent: number; kept: number; refused: number; failed: string[] };

/** Gives every address to every field that takes one, and waits until all that follows is done. */
export async function tryUrls(server: TestServer, urls: readonly HostileUrl[]): Promise<UrlTally> {
  const world = await makeAlikeWorld(server.url);
  const tally: UrlTally = { sent: 0, kept: 0, refused: 0, failed: [] };
  for (const { path, field } of URL_FIELDS) {
    const sample = await SAMPLES[path]?.(world, server.url);
    await inTurns(urls, 4, async ({ trick, url }) => {
      const input = Object.assign({}, sample, { [field]: url });
      const { status } = await callProcedure(server.url, path, {
        type: "mutation",
        input,
        cookie: world.cookie,
      });
      tally.sent += 1;
      if (status === 200) tally.kept += 1;
      else if (status < 500) tally.refused += 1;
      else tally.failed.push(`${path}, ${trick}: ${status}`);
    });
  }
  const superuser = postgres(server.testDatabase.superuserUrl, { max: 1, onnotice: () => {} });
  try {
    await until(
      "all that follows is done",
      async () =>
        (
          await superuser`select from pgboss.job where state in ('created', 'active', 'retry')
        and name = 'process-asset'`
        ).length === 0,
      300_000,
    );
  } finally {
    await superuser.end();
  }
  return tally;
}

/** How many of them a server that does not look would call: the control of those above. */
export async function fetchNaively(urls: readonly HostileUrl[]): Promise<void> {
  await inTurns(urls, 16, async ({ url }) => {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    await response?.body?.cancel().catch(() => {});
  });
}
