import { issuesOf, toFailure } from "../../lib/failure.ts";

/** What a refusal says of the business that something was to belong to. */
export function businessIssue(error: unknown): string | undefined {
  return error ? issuesOf(toFailure(error)).find(({ path }) => path === "businessId")?.message : undefined;
}
