import { queryOptions } from "@tanstack/react-query";
import { api } from "../../lib/api-client.ts";

/** From this share of a limit on, people are warned. */
const WARN_AT = 0.8;

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
