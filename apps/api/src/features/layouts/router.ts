import { usedBy } from "@vitrine/core/model/asset";
import { id } from "@vitrine/core/model/ids";
import {
  createLayoutInput,
  layoutPage,
  layoutView,
  listLayoutsInput,
  removeLayoutsInput,
  updateLayoutInput,
} from "@vitrine/core/model/layout";
import type { OrganizationScope } from "@vitrine/db/scope";
import * as z from "zod";
import type { RequestContext } from "../../trpc/context.ts";
import { router } from "../../trpc/init.ts";
import { organizationProcedure } from "../../trpc/procedures.ts";
import { removeThings, restoreThings } from "../removal.ts";
import { getUsedBy } from "../used-by.ts";
import { getLayout, listLayouts } from "./queries.ts";
import { createLayout, duplicateLayout, updateLayout } from "./write-layouts.ts";

const nothing = z.strictObject({});
const one = z.strictObject({ id });

export const layoutsRouter = router({
  /** Layouts by name, a page at a time. */
  list: organizationProcedure("layouts.view")
    .input(listLayoutsInput)
    .output(layoutPage)
    .query(({ ctx, input }) => listLayouts(readerOf(ctx), input)),
  /** One layout with its zones. Errors: NOT_FOUND. */
  get: organizationProcedure("layouts.view")
    .input(one)
    .output(layoutView)
    .query(({ ctx, input }) => getLayout(readerOf(ctx), input.id)),
  /** Makes one. Errors: NAME_TAKEN, TOO_MANY, NOT_FOUND for an unknown playlist. */
  create: organizationProcedure("layouts.create")
    .input(createLayoutInput)
    .output(layoutView)
    .mutation(async ({ ctx, input }) => getLayout(readerOf(ctx), await createLayout(ctx, input))),
  /** Changes what is given; zones are given whole. Errors: NOT_FOUND, NAME_TAKEN. */
  update: organizationProcedure("layouts.edit")
    .input(updateLayoutInput)
    .output(layoutView)
    .mutation(async ({ ctx, input }) => {
      await updateLayout(ctx, input);
      return getLayout(readerOf(ctx), input.id);
    }),
  /** Copies one under a free name and gives the copy. Errors: NOT_FOUND, TOO_MANY. */
  duplicate: organizationProcedure("layouts.create")
    .input(one)
    .output(layoutView)
    .mutation(async ({ ctx, input }) => getLayout(readerOf(ctx), await duplicateLayout(ctx, input.id))),
  /** Removes layouts; `restore` undoes it. Errors: NOT_FOUND, IN_USE without `force`. */
  remove: organizationProcedure("layouts.delete")
    .input(removeLayoutsInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      await removeThings(ctx, "layout", input);
      return {};
    }),
  /** Brings removed layouts back. Errors: NOT_FOUND, TOO_MANY. */
  restore: organizationProcedure("layouts.delete")
    .input(removeLayoutsInput.pick({ ids: true }))
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      await restoreThings(ctx, "layout", input.ids);
      return {};
    }),
  /** Entries of the schedule that show it. Errors: NOT_FOUND. */
  usedBy: organizationProcedure("layouts.view")
    .input(one)
    .output(usedBy)
    .query(({ ctx, input }) => getUsedBy(ctx.services.database, ctx.scope, "layout", input.id)),
});

function readerOf({ services, scope }: RequestContext & { scope: OrganizationScope }) {
  return { database: services.database, scope };
}
