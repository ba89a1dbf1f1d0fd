import type { airtimeInput, explainInput } from "@vitrine/core/model/entry";
import type { ManifestPreview } from "@vitrine/core/model/manifest";
import type * as z from "zod";
import { airtimeOf, explainInstant } from "../../../api/src/features/schedule/forecast.ts";
import type { Answers } from "./router.ts";

/** What the server works out of a screen's manifest, by the server's own functions. */
export function forecastAnswers({ manifest }: ManifestPreview): Answers {
  return {
    "schedule.explain": (input: z.infer<typeof explainInput>) => explainInstant(manifest, input),
    "schedule.airtime": (input: z.infer<typeof airtimeInput>) => airtimeOf(manifest, input),
  };
}
