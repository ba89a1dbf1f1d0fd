import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeOf, failureOf } from "../../testing/failure-of.ts";
import { makeTestOrganization, type TestOrganization } from "../../testing/test-organization.ts";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";
import { testWhatLimitedMembersMake } from "./testing/limited-makes.ts";
import { testWhatLimitedMembersSee } from "./testing/limited-sees.ts";

let server: TestServer;
let all: ReturnType<TestOrganization["as"]>;
beforeAll(async () => {
  server = await startTestServer();
  all = (await makeTestOrganization(server.services)).as("admin");
});
afterAll(() => server[Symbol.asyncDispose]());

testWhatLimitedMembersSee(() => server.services);
testWhatLimitedMembersMake(() => server.services);

describe("businesses of an organization", () => {
  test("are made, found, renamed and removed; a name is one whatever its case", async () => {
    const made = await all.businesses.create({ name: "Harbour Café", address: "Quay 1" });
    expect(made).toMatchObject({ name: "Harbour Café", address: "Quay 1", note: "" });
    expect(await codeOf(all.businesses.create({ name: "HARBOUR café" }))).toBe("NAME_TAKEN");
    const other = await all.businesses.create({ name: "Museum" });
    expect(await codeOf(all.businesses.update({ id: other.id, name: "harbour café" }))).toBe("NAME_TAKEN");
    await all.businesses.update({ id: other.id, name: "Town museum", note: "Closed on Mondays" });
    const { rows, total } = await all.businesses.list({ search: "MUSEUM" });
    expect(rows.map(({ name }) => name)).toEqual(["Town museum"]);
    expect(total).toBe(1);
    await all.businesses.remove({ id: other.id });
    expect(await codeOf(all.businesses.get({ id: other.id }))).toBe("NOT_FOUND");
  });

  test("are kept while something belongs to them; what was removed does not hold them", async () => {
    const { id } = await all.businesses.create({ name: "Bakery" });
    const { id: playlistId } = await all.playlists.create({ name: "Bread", businessId: id });
    expect(await failureOf(all.businesses.remove({ id }))).toEqual({
      code: "BUSINESS_IN_USE",
      data: expect.objectContaining({ playlists: 1, screens: 0 }),
    });
    await all.playlists.remove({ ids: [playlistId] });
    await all.businesses.remove({ id });
    await all.playlists.restore({ ids: [playlistId] });
    expect(await all.playlists.get({ id: playlistId })).toMatchObject({ businessId: null });
  });

  test("give names of their own: the same one is free in each, and in the organization", async () => {
    const [one, other] = await Promise.all(["North", "South"].map((name) => all.businesses.create({ name })));
    if (!one || !other) throw new Error("Two are made");
    for (const businessId of [one.id, other.id, null])
      await all.playlists.create({ name: "Breakfast", businessId });
    expect(await codeOf(all.playlists.create({ name: "Breakfast", businessId: one.id }))).toBe("NAME_TAKEN");
    const moved = await all.playlists.create({ name: "Moved", businessId: one.id });
    await all.playlists.create({ name: "Moved", businessId: other.id });
    expect(await codeOf(all.playlists.update({ id: moved.id, businessId: other.id }))).toBe("NAME_TAKEN");
  });
});
