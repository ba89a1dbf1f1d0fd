import { queryOptions } from "@tanstack/react-query";
import { WARN_AT } from "@vitrine/core/model/plan";
import { api } from "../../lib/api-client.ts";

/** The organization's plan, and what is used of it. */
export const planQuery = queryOptions({
  queryKey: ["plan"],
  queryFn: ({ signal }) => api.organization.plan.query(undefined, { signal }),
});

/** How near a limit is, as the tone of what shows it. */
export function toneOf(use: number, limit: number): "accent" | "warning" | "danger" {
  if (use >= limit) return "danger";
  return use >= limit * WARN_AT ? "warning" : "accent";
}
