import { usedBy } from "@vitrine/core/model/asset";
import { id } from "@vitrine/core/model/ids";
import { manifestPreview } from "@vitrine/core/model/manifest";
import {
  addItemsInput,
  createPlaylistInput,
  listPlaylistsInput,
  moveItemInput,
  playlistPage,
  playlistView,
  removeItemsInput,
  removePlaylistsInput,
  restorePlaylistsInput,
  updateItemInput,
  updatePlaylistInput,
} from "@vitrine/core/model/playlist";
import type { OrganizationScope } from "@vitrine/db/scope";
import * as z from "zod";
import { previewPlaylist } from "../../manifest/preview-manifest.ts";
import type { RequestContext } from "../../trpc/context.ts";
import { router } from "../../trpc/init.ts";
import { organizationProcedure } from "../../trpc/procedures.ts";
import { restoreThings } from "../removal.ts";
import { getUsedBy } from "../used-by.ts";
import { addItems } from "./add-items.ts";
import { createPlaylist } from "./create-playlist.ts";
import { duplicatePlaylist } from "./duplicate-playlist.ts";
import { moveItem } from "./move-item.ts";
import { getPlaylist, listPlaylists } from "./queries.ts";
import { removeItems } from "./remove-items.ts";
import { removePlaylists } from "./remove-playlists.ts";
import { updateItem } from "./update-item.ts";
import { updatePlaylist } from "./update-playlist.ts";

const nothing = z.strictObject({});
const one = z.strictObject({ id });

export const playlistsRouter = router({
  /** Playlists by time or name, present or removed, a page at a time. */
  list: organizationProcedure("playlists.view")
    .input(listPlaylistsInput)
    .output(playlistPage)
    .query(({ ctx, input }) => listPlaylists(readerOf(ctx), input)),
  /** One playlist with its items in order. Errors: NOT_FOUND. */
  get: organizationProcedure("playlists.view")
    .input(one)
    .output(playlistView)
    .query(({ ctx, input }) => getPlaylist(readerOf(ctx), input.id)),
  /** Makes a playlist of these assets. Errors: NAME_TAKEN, NOT_FOUND for an unknown asset. */
  create: organizationProcedure("playlists.create")
    .input(createPlaylistInput)
    .output(playlistView)
    .mutation(async ({ ctx, input }) => getPlaylist(readerOf(ctx), await createPlaylist(ctx, input))),
  /** Changes name or order. Errors: NOT_FOUND, NAME_TAKEN. */
  update: organizationProcedure("playlists.edit")
    .input(updatePlaylistInput)
    .output(playlistView)
    .mutation(async ({ ctx, input }) => {
      await updatePlaylist(ctx, input);
      return getPlaylist(readerOf(ctx), input.id);
    }),
  /** Copies a playlist under a free name and gives the copy. Errors: NOT_FOUND. */
  duplicate: organizationProcedure("playlists.create")
    .input(one)
    .output(playlistView)
    .mutation(async ({ ctx, input }) => getPlaylist(readerOf(ctx), await duplicatePlaylist(ctx, input.id))),
  /** Removes playlists; `restore` undoes it. Errors: NOT_FOUND, IN_USE without `force`. */
  remove: organizationProcedure("playlists.delete")
    .input(removePlaylistsInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      await removePlaylists(ctx, input);
      return {};
    }),
  /** Brings removed playlists back. Errors: NOT_FOUND. */
  restore: organizationProcedure("playlists.delete")
    .input(restorePlaylistsInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      await restoreThings(ctx, "playlist", input.ids);
      return {};
    }),
  /** What plays it. Errors: NOT_FOUND. */
  usedBy: organizationProcedure("playlists.view")
    .input(one)
    .output(usedBy)
    .query(({ ctx, input }) => getUsedBy(ctx.services.database, ctx.scope, "playlist", input.id)),
  /** Adds assets and playlists before an item or at the end. Errors: NOT_FOUND, PLAYLIST_FULL, PLAYLIST_CYCLE, PLAYLISTS_TOO_DEEP. */
  addItems: organizationProcedure("playlists.edit")
    .input(addItemsInput)
    .output(playlistView)
    .mutation(async ({ ctx, input }) => {
      await addItems(ctx, input);
      return getPlaylist(readerOf(ctx), input.playlistId);
    }),
  /** Says how long, how often and when an item plays, or switches it on and off. Errors: NOT_FOUND. */
  updateItem: organizationProcedure("playlists.edit")
    .input(updateItemInput)
    .output(playlistView)
    .mutation(async ({ ctx, input }) => {
      await updateItem(ctx, input);
      return getPlaylist(readerOf(ctx), input.playlistId);
    }),
  /** Moves an item before another or to the end. Errors: NOT_FOUND. */
  moveItem: organizationProcedure("playlists.edit")
    .input(moveItemInput)
    .output(playlistView)
    .mutation(async ({ ctx, input }) => {
      await moveItem(ctx, input);
      return getPlaylist(readerOf(ctx), input.playlistId);
    }),
  /** Takes items out. Errors: NOT_FOUND. */
  removeItems: organizationProcedure("playlists.edit")
    .input(removeItemsInput)
    .output(playlistView)
    .mutation(async ({ ctx, input }) => {
      await removeItems(ctx, input);
      return getPlaylist(readerOf(ctx), input.playlistId);
    }),
  /** What a screen with this playlist would play, with addresses for its files. Errors: NOT_FOUND. */
  preview: organizationProcedure("playlists.view")
    .input(one)
    .output(manifestPreview)
    .query(({ ctx, input }) => previewPlaylist({ ...readerOf(ctx), clock: ctx.services.clock }, input.id)),
});

function readerOf({ services, scope, contentOrigin }: RequestContext & { scope: OrganizationScope }) {
  return {
    database: services.database,
    scope,
    fileUrl: (file: { sha256: string; mediaType: string }) =>
      services.contentUrls.make(contentOrigin, scope, file),
  };
}
