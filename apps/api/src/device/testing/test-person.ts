import { createHash, randomUUID } from "node:crypto";
import { assets, blobs } from "@vitrine/db/schema";
import { organizationScope } from "@vitrine/db/scope";
import * as z from "zod";
import { callProcedure } from "../../testing/alike-world.ts";
import type { TestServer } from "../../testing/test-server.ts";

export type TestPerson = Awaited<ReturnType<typeof makePerson>>;

const result = z.object({ result: z.object({ data: z.unknown() }) });
const session = z.object({ organization: z.object({ id: z.string() }) });
const withId = z.looseObject({ id: z.string() });

/** An owner of an organization of their own, signed in over real HTTP, in which everything has the same names. */
export async function makePerson(
  { url, services }: Pick<TestServer, "url" | "services">,
  name = "Sam Alike",
) {
  const signedUp = await callProcedure(url, "account.signUp", {
    type: "mutation",
    input: {
      name,
      email: `sam-${randomUUID()}@example.com`,
      password: "correct horse battery",
      organizationName: "Alike",
    },
  });
  const cookie = signedUp.cookie ?? "";
  const organizationId = session.parse(result.parse(signedUp.body).result.data).organization.id;
  const scope = organizationScope(organizationId);
  const call = async (path: string, input: unknown, type = "mutation"): Promise<unknown> => {
    const answer = await callProcedure(url, path, { type, input, cookie });
    if (answer.status !== 200) throw new Error(`${path} failed: ${JSON.stringify(answer.body)}`);
    return result.parse(answer.body).result.data;
  };
  return {
    cookie,
    organizationId,
    scope,
    call,
    query: (path: string, input?: unknown) => call(path, input, "query"),
    makePlaylist: async (assetIds: string[] = [], name = "Loop") =>
      withId.parse(await call("playlists.create", { name, assetIds })).id,
    /** A ready picture whose file is these bytes. */
    makeAsset: async (bytes: Buffer, name = `Picture ${randomUUID()}`) => {
      const stored = await services.blobs.write(scope, piecesOf(bytes));
      const id = services.newId();
      await services.database.batch(scope, (q) => [
        q
          .insert(blobs)
          .values({ organizationId, ...stored, mediaType: "image/png" })
          .onConflictDoNothing(),
        q.insert(assets).values({
          organizationId,
          id,
          kind: "image",
          name,
          state: "ready",
          width: 10,
          height: 10,
          sizeBytes: bytes.length,
          mediaType: "image/png",
          blobSha256: stored.sha256,
        }),
      ]);
      return { id, sha256: createHash("sha256").update(bytes).digest("hex") };
    },
  };
}

async function* piecesOf(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
