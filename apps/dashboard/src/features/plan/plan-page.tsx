import { useQuery } from "@tanstack/react-query";
import { PLAN_FEATURES, type PlanView } from "@vitrine/core/model/plan";
import { CopyButton } from "@vitrine/ui/copy-button";
import { Progress } from "@vitrine/ui/progress";
import { Skeleton } from "@vitrine/ui/skeleton";
import { Status } from "@vitrine/ui/status";
import { CircleCheck, CircleMinus } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { Loading, QueryError, StaleNotice } from "../../lib/query-states.tsx";
import { useSession } from "../../lib/session.ts";
import { SettingsSection } from "../settings/settings-section.tsx";
import { Page } from "../shell/page.tsx";
import { planQuery, toneOf } from "./plan-query.ts";
import { useAmount } from "./use-amount.ts";

/** What the organization may have, and how much of it is used. */
export function PlanPage() {
  const t = useTranslations("plan");
  const names = useTranslations("planName");
  const features = useTranslations("planFeature");
  const { organization } = useSession();
  const plan = useQuery(planQuery);
  return (
    <Page title={t("title")} purpose={t("purpose")}>
      {plan.data ? (
        <>
          <StaleNotice query={plan} hasData />
          <SettingsSection title={t("use")} text={t("useText")}>
            <div className="grid gap-5">
              <p>
                <span className="text-muted">{t("yours")}</span>{" "}
                <span className="font-medium">{names(plan.data.plan)}</span>
              </p>
              <ul className="grid gap-4">
                {plan.data.uses.map((one) => (
                  <Use key={one.thing} of={one} />
                ))}
              </ul>
            </div>
          </SettingsSection>
          <SettingsSection title={t("features")} text={t("featuresText")}>
            <ul className="grid gap-2">
              {PLAN_FEATURES.map((feature) => {
                const has = plan.data.features.includes(feature);
                return (
                  <li key={feature} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
                    <span>{features(feature)}</span>
                    <Status
                      tone={has ? "success" : "neutral"}
                      icon={has ? <CircleCheck aria-hidden /> : <CircleMinus aria-hidden />}
                    >
                      {t(has ? "has" : "hasNot")}
                    </Status>
                  </li>
                );
              })}
            </ul>
          </SettingsSection>
          <SettingsSection title={t("id")} text={t("idText")}>
            <div className="flex items-center gap-2">
              <code className="min-w-0 break-all text-sm">{organization.id}</code>
              <CopyButton text={organization.id} label={t("copyId")} doneLabel={t("copied")} />
            </div>
          </SettingsSection>
        </>
      ) : plan.isError ? (
        <QueryError query={plan} />
      ) : (
        <Loading className="grid max-w-xl gap-4">
          <Skeleton className="h-8" />
          <Skeleton className="h-8" />
          <Skeleton className="h-8" />
          <Skeleton className="h-8" />
        </Loading>
      )}
    </Page>
  );
}

function Use({ of: { thing, use, limit } }: { of: PlanView["uses"][number] }) {
  const t = useTranslations("plan");
  const things = useTranslations("planThing");
  const amount = useAmount();
  const format = useFormatter();
  if (limit === null) {
    return (
      <li className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-medium">{things(thing)}</span>
        <span className="tabular text-muted">{t("noLimit", { use: amount(thing, use) })}</span>
      </li>
    );
  }
  const tone = toneOf(use, limit);
  const share = limit === 0 ? 1 : use / limit;
  return (
    <li className="grid gap-1.5">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-medium">{things(thing)}</span>
        <span className="tabular text-muted">
          {t("of", { use: amount(thing, use), limit: amount(thing, limit) })}
        </span>
      </p>
      <Progress value={share} label={things(thing)} tone={tone} />
      {tone === "accent" ? null : (
        <p className={tone === "danger" ? "text-danger text-sm" : "text-sm text-warning"}>
          {tone === "danger"
            ? t("full")
            : t("nearlyFull", { share: format.number(share, { style: "percent" }) })}
        </p>
      )}
    </li>
  );
}
