import { overviewView } from "@vitrine/core/model/overview";
import { router } from "../../trpc/init.ts";
import { organizationProcedure } from "../../trpc/procedures.ts";
import { deviceReaderOf } from "../devices/device-reader.ts";
import { getOverview } from "./get-overview.ts";

export const overviewRouter = router({
  /** First steps, counts and the newest screens. */
  get: organizationProcedure("organization.view")
    .output(overviewView)
    .query(({ ctx }) => getOverview(deviceReaderOf(ctx))),
});
