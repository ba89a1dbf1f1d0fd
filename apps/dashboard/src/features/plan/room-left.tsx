import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { PlanThing } from "@vitrine/core/model/plan";
import { Status } from "@vitrine/ui/status";
import { Gauge, TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import { useSession } from "../../lib/session.ts";
import { planQuery, toneOf } from "./plan-query.ts";
import { useAmount } from "./use-amount.ts";

/** Beside what adds one: how many there are of how many, where the plan has a limit that this person may know. It warns from four fifths on. */
export function RoomLeft({ thing }: { thing: PlanThing }) {
  const t = useTranslations("plan");
  const amount = useAmount();
  const { businesses } = useSession().organization;
  const { data } = useQuery({ ...planQuery, enabled: businesses === null });
  const found = data?.uses.find((one) => one.thing === thing);
  if (found === undefined || found.limit === null) return null;
  const tone = toneOf(found.use, found.limit);
  const words = { use: amount(thing, found.use), limit: amount(thing, found.limit) };
  return (
    <Link
      to="/settings/plan"
      aria-label={t("room", { thing, ...words })}
      className="tabular flex min-h-8 items-center rounded-md px-1 text-sm hover:underline"
    >
      <Status
        tone={tone === "accent" ? "neutral" : tone}
        icon={tone === "accent" ? <Gauge aria-hidden /> : <TriangleAlert aria-hidden />}
      >
        {t("of", words)}
      </Status>
    </Link>
  );
}
