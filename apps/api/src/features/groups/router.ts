import { usedBy } from "@vitrine/core/model/asset";
import {
  changeGroupInput,
  createGroupInput,
  groupPage,
  groupView,
  listGroupsInput,
  removeGroupsInput,
  renameGroupInput,
} from "@vitrine/core/model/group";
import { id } from "@vitrine/core/model/ids";
import type { OrganizationScope } from "@vitrine/db/scope";
import * as z from "zod";
import type { RequestContext } from "../../trpc/context.ts";
import { router } from "../../trpc/init.ts";
import { organizationProcedure } from "../../trpc/procedures.ts";
import { getUsedBy } from "../used-by.ts";
import { getGroup, listGroups } from "./queries.ts";
import { removeGroups, restoreGroups } from "./remove-groups.ts";
import { changeGroup, createGroup, duplicateGroup, renameGroup } from "./write-groups.ts";

const nothing = z.strictObject({});
const one = z.strictObject({ id });

export const groupsRouter = router({
  /** Groups of screens by name, a page at a time. */
  list: organizationProcedure("devices.view")
    .input(listGroupsInput)
    .output(groupPage)
    .query(({ ctx, input }) => listGroups(readerOf(ctx), input)),
  /** Makes one of these screens. Errors: NAME_TAKEN, TOO_MANY, NOT_FOUND for an unknown screen. */
  create: organizationProcedure("devices.edit")
    .input(createGroupInput)
    .output(groupView)
    .mutation(async ({ ctx, input }) => getGroup(readerOf(ctx), await createGroup(ctx, input))),
  /** Errors: NOT_FOUND, NAME_TAKEN. */
  rename: organizationProcedure("devices.edit")
    .input(renameGroupInput)
    .output(groupView)
    .mutation(async ({ ctx, input }) => {
      await renameGroup(ctx, input);
      return getGroup(readerOf(ctx), input.id);
    }),
  /** Puts screens in and takes screens out. Errors: NOT_FOUND. */
  change: organizationProcedure("devices.edit")
    .input(changeGroupInput)
    .output(groupView)
    .mutation(async ({ ctx, input }) => {
      await changeGroup(ctx, input);
      return getGroup(readerOf(ctx), input.id);
    }),
  /** Copies one with its screens under a free name. Errors: NOT_FOUND, TOO_MANY. */
  duplicate: organizationProcedure("devices.edit")
    .input(one)
    .output(groupView)
    .mutation(async ({ ctx, input }) => getGroup(readerOf(ctx), await duplicateGroup(ctx, input.id))),
  /** Removes groups; `restore` undoes it. Errors: NOT_FOUND, IN_USE without `force`. */
  remove: organizationProcedure("devices.edit")
    .input(removeGroupsInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      await removeGroups(ctx, input);
      return {};
    }),
  /** Brings removed groups back with their screens. Errors: NOT_FOUND, TOO_MANY. */
  restore: organizationProcedure("devices.edit")
    .input(removeGroupsInput.pick({ ids: true }))
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      await restoreGroups(ctx, input.ids);
      return {};
    }),
  /** Entries of the schedule that target it. Errors: NOT_FOUND. */
  usedBy: organizationProcedure("devices.view")
    .input(one)
    .output(usedBy)
    .query(({ ctx, input }) => getUsedBy(ctx.services.database, ctx.scope, "group", input.id)),
});

function readerOf({ services, scope }: RequestContext & { scope: OrganizationScope }) {
  return { database: services.database, scope };
}
