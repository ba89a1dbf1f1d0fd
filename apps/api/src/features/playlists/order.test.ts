import { auditEvents, playlistItems } from "@vitrine/db/schema";
import { and, asc, eq } from "drizzle-orm";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { makeTestOrganization, type TestOrganization } from "../../testing/test-organization.ts";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";

let server: TestServer;
let ours: TestOrganization;
let api: ReturnType<TestOrganization["as"]>;
let assetId: string;

beforeAll(async () => {
  server = await startTestServer();
  ours = await makeTestOrganization(server.services);
  api = ours.as("manager");
  assetId = await ours.makeAsset();
});
afterAll(() => server[Symbol.asyncDispose]());

let made = 0;
async function makePlaylist(count: number) {
  const assetIds = Array.from({ length: count }, () => assetId);
  return api.playlists.create({ name: `Order ${made++}`, assetIds });
}

/** What a plain list does. */
function moved(ids: readonly string[], itemId: string, beforeItemId: string | null): string[] {
  if (itemId === beforeItemId) return [...ids];
  const rest = ids.filter((id) => id !== itemId);
  rest.splice(beforeItemId === null ? rest.length : rest.indexOf(beforeItemId), 0, itemId);
  return rest;
}

const idsOf = (view: { items: { id: string }[] }) => view.items.map((item) => item.id);
const step = fc.oneof(
  fc.record({ kind: fc.constant("move" as const), item: fc.nat(), before: fc.option(fc.nat()) }),
  fc.record({
    kind: fc.constant("add" as const),
    count: fc.integer({ min: 1, max: 3 }),
    before: fc.option(fc.nat()),
  }),
  fc.record({ kind: fc.constant("remove" as const), item: fc.nat() }),
);

test("moving, adding and removing do what they do to a plain list", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 15 }), async (steps) => {
      const { id: playlistId, ...view } = await makePlaylist(4);
      let model = idsOf(view);
      let version = 1;
      const at = (index: number | null) => (index === null ? null : (model[index % model.length] ?? null));
      for (const one of steps) {
        if (model.length === 0 && one.kind !== "add") continue;
        const before = "before" in one && model.length > 0 ? at(one.before) : null;
        const itemId = "item" in one ? (at(one.item) ?? "") : "";
        if (one.kind === "move") {
          const after = await api.playlists.moveItem({ playlistId, itemId, beforeItemId: before });
          model = moved(model, itemId, before);
          if (itemId !== before) version += 1;
          expect(idsOf(after)).toEqual(model);
        } else if (one.kind === "remove") {
          await api.playlists.removeItems({ playlistId, itemIds: [itemId] });
          model = model.filter((id) => id !== itemId);
          version += 1;
        } else {
          const assetIds = Array.from({ length: one.count }, () => assetId);
          const after = await api.playlists.addItems({
            playlistId,
            assetIds,
            ...(before !== null && { beforeItemId: before }),
          });
          const known = new Set(model);
          const added = idsOf(after).filter((id) => !known.has(id));
          model.splice(before === null ? model.length : model.indexOf(before), 0, ...added);
          version += 1;
        }
      }
      const end = await api.playlists.get({ id: playlistId });
      expect({ ids: idsOf(end), version: end.version }).toEqual({ ids: model, version });
    }),
    { numRuns: 15 },
  );
});

const movedItem = z.object({ itemId: z.string(), beforeItemId: z.string().nullable() });

test("moves made at the same time take effect one after the other, each as it was asked", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ item: fc.nat(), before: fc.option(fc.nat()) }), { minLength: 8, maxLength: 24 }),
      async (moves) => {
        const start = await makePlaylist(6);
        const ids = idsOf(start);
        const at = (index: number) => ids[index % ids.length] ?? "";
        await Promise.all(
          moves.map(({ item, before }) =>
            api.playlists.moveItem({
              playlistId: start.id,
              itemId: at(item),
              beforeItemId: before === null ? null : at(before),
            }),
          ),
        );
        const end = await api.playlists.get({ id: start.id });
        const [audits] = await server.services.database.batch(ours.scope, (q) => [
          q
            .select({ after: auditEvents.after })
            .from(auditEvents)
            .where(and(eq(auditEvents.subjectId, start.id), eq(auditEvents.action, "playlists.moveItem")))
            .orderBy(asc(auditEvents.id)),
        ]);
        // Audit ids are drawn while the playlist is held, so their order is the order in which the moves were made.
        const model = audits
          .map(({ after }) => movedItem.parse(after))
          .reduce((list, { itemId, beforeItemId }) => moved(list, itemId, beforeItemId), ids);
        expect(idsOf(end)).toEqual(model);
        expect(end.version).toBe(1 + audits.length);
      },
    ),
    { numRuns: 8 },
  );
});

test("positions stay short however often one place is used", async () => {
  const start = await makePlaylist(3);
  let model = idsOf(start);
  for (let count = 0; count < 320; count++) {
    // The last goes before the second again and again: the worst case for keys between two neighbours.
    const [, second = ""] = model;
    const last = model.at(-1) ?? "";
    await api.playlists.moveItem({ playlistId: start.id, itemId: last, beforeItemId: second });
    model = moved(model, last, second);
  }
  const [rows] = await server.services.database.batch(ours.scope, (q) => [
    q
      .select({ id: playlistItems.id, position: playlistItems.position })
      .from(playlistItems)
      .where(eq(playlistItems.playlistId, start.id))
      .orderBy(asc(playlistItems.position)),
  ]);
  expect(rows.map(({ id }) => id)).toEqual(model);
  expect(Math.max(...rows.map(({ position }) => position.length))).toBeLessThanOrEqual(48);
});
