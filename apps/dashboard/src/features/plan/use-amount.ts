import type { PlanThing } from "@vitrine/core/model/plan";
import { useFormatter } from "use-intl";
import { useBytes } from "../../lib/use-bytes.ts";

/** Writes how much of a thing there is: a number, or a size. */
export function useAmount(): (thing: PlanThing, value: number) => string {
  const format = useFormatter();
  const bytes = useBytes();
  return (thing, value) => (thing === "storage" ? bytes(value) : format.number(value));
}
