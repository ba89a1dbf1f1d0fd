import {
  businessNames,
  businessPage,
  businessView,
  createBusinessInput,
  listBusinessesInput,
  updateBusinessInput,
} from "@vitrine/core/model/business";
import { id } from "@vitrine/core/model/ids";
import type { OrganizationScope } from "@vitrine/db/scope";
import * as z from "zod";
import type { RequestContext } from "../../trpc/context.ts";
import { router } from "../../trpc/init.ts";
import { organizationProcedure } from "../../trpc/procedures.ts";
import { getBusiness, listBusinesses, listNames } from "./queries.ts";
import { createBusiness, removeBusiness, updateBusiness } from "./write-businesses.ts";

const one = z.strictObject({ id });

export const businessesRouter = router({
  /** Businesses by name with what belongs to each, a page at a time; a limited member's are their own. */
  list: organizationProcedure("businesses.view")
    .input(listBusinessesInput)
    .output(businessPage)
    .query(({ ctx, input }) => listBusinesses(readerOf(ctx), input)),
  /** Id and name of all of them, at most 1,000. */
  names: organizationProcedure("businesses.view")
    .output(businessNames)
    .query(async ({ ctx }) => ({ rows: await listNames(readerOf(ctx)) })),
  /** One of them. Errors: NOT_FOUND. */
  get: organizationProcedure("businesses.view")
    .input(one)
    .output(businessView)
    .query(({ ctx, input }) => getBusiness(readerOf(ctx), input.id)),
  /** Makes one. Errors: NAME_TAKEN, TOO_MANY. */
  create: organizationProcedure("businesses.manage")
    .input(createBusinessInput)
    .output(businessView)
    .mutation(async ({ ctx, input }) => getBusiness(readerOf(ctx), await createBusiness(ctx, input))),
  /** Changes what is given. Errors: NOT_FOUND, NAME_TAKEN. */
  update: organizationProcedure("businesses.manage")
    .input(updateBusinessInput)
    .output(businessView)
    .mutation(async ({ ctx, input }) => {
      await updateBusiness(ctx, input);
      return getBusiness(readerOf(ctx), input.id);
    }),
  /** Removes one for good. Errors: NOT_FOUND, BUSINESS_IN_USE saying by what. */
  remove: organizationProcedure("businesses.manage")
    .input(one)
    .output(z.strictObject({}))
    .mutation(async ({ ctx, input }) => {
      await removeBusiness(ctx, input.id);
      return {};
    }),
});

function readerOf({ services, scope }: RequestContext & { scope: OrganizationScope }) {
  return { database: services.database, scope };
}
