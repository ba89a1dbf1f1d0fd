import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { SessionView } from "@vitrine/core/model/account";
import { Button } from "@vitrine/ui/button";
import { ConfirmDialog } from "@vitrine/ui/confirm-dialog";
import { Notice } from "@vitrine/ui/notice";
import { notify } from "@vitrine/ui/notices";
import { Skeleton } from "@vitrine/ui/skeleton";
import { ShieldAlert, ShieldCheck } from "lucide-react";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { api, type Outputs } from "../../lib/api-client.ts";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { Loading, QueryError, StaleNotice } from "../../lib/query-states.tsx";
import { sessionQuery, useSession } from "../../lib/session.ts";
import { useAct } from "../../lib/use-act.ts";
import { enFactor } from "../../messages/en-factor.ts";
import { SettingsSection } from "../settings/settings-section.tsx";
import { RecoveryCodesDialog } from "./recovery-codes-dialog.tsx";
import { secondFactorQuery } from "./second-factor-query.ts";
import { TurnOn } from "./turn-on.tsx";

/** One's own second factor: on, off, and its recovery codes. */
export function SecondFactorSection() {
  return (
    <MoreMessages messages={enFactor}>
      <Section />
    </MoreMessages>
  );
}

function Section() {
  const t = useTranslations("factor");
  const factor = useQuery(secondFactorQuery);
  return (
    <SettingsSection title={t("name")} text={t("text")}>
      {factor.data ? (
        <div className="grid gap-4">
          <StaleNotice query={factor} hasData />
          {factor.data.since === null ? <Off /> : <On factor={factor.data} since={factor.data.since} />}
        </div>
      ) : factor.isError ? (
        <QueryError query={factor} />
      ) : (
        <Loading className="grid gap-3">
          <Skeleton className="h-10" />
          <Skeleton className="h-8 w-40" />
        </Loading>
      )}
    </SettingsSection>
  );
}

/** Puts in place what changed of the second factor, here and in the session. */
function useChanged(): (session?: SessionView) => void {
  const queryClient = useQueryClient();
  return (session) => {
    if (session) queryClient.setQueryData(sessionQuery.queryKey, session);
    void queryClient.invalidateQueries({ queryKey: secondFactorQuery.queryKey });
    void queryClient.invalidateQueries({ queryKey: ["member"] });
  };
}

function Off() {
  const t = useTranslations("factor");
  const changed = useChanged();
  return (
    <>
      <Notice tone="neutral" icon={<ShieldAlert aria-hidden />}>
        {t("off")}
      </Notice>
      <TurnOn
        onDone={(session) => {
          changed(session);
          notify({ title: t("turnedOn") });
        }}
      />
    </>
  );
}

const FEW_CODES = 3;

function On({ factor, since }: { factor: Outputs["secondFactor"]["get"]; since: string }) {
  const t = useTranslations("factor");
  const common = useTranslations("common");
  const format = useFormatter();
  const changed = useChanged();
  const { user } = useSession();
  const [asked, setAsked] = useState<"renew" | "turnOff" | null>(null);
  const renew = useAct(() => api.secondFactor.renewRecoveryCodes.mutate(), {
    done: () => changed(),
    settled: () => setAsked(null),
  });
  const turnOff = useAct(() => api.secondFactor.turnOff.mutate(), {
    done: (session) => {
      changed(session);
      notify({ title: t("turnedOff") });
    },
    settled: () => setAsked(null),
  });
  const left = factor.recoveryCodesLeft;
  const areFew = left <= FEW_CODES;
  return (
    <>
      <Notice tone="success" icon={<ShieldCheck aria-hidden />}>
        {t("on", { date: format.dateTime(new Date(since), { dateStyle: "long" }) })}
      </Notice>
      <p className={areFew ? "text-danger" : "text-muted"}>
        {t("left", { count: left })}
        {areFew ? `. ${t("leftFew")}` : ""}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button variant={areFew ? "primary" : "secondary"} onClick={() => setAsked("renew")}>
          {t("renew")}
        </Button>
        <Button onClick={() => setAsked("turnOff")}>{t("turnOff")}</Button>
      </div>
      <ConfirmDialog
        isOpen={asked === "renew"}
        onClose={() => setAsked(null)}
        onConfirm={() => renew.mutate(undefined)}
        title={t("renewTitle")}
        confirmLabel={t("renewConfirm")}
        cancelLabel={common("cancel")}
        isDangerous={false}
        isBusy={renew.isPending}
      >
        {t("renewText")}
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={asked === "turnOff"}
        onClose={() => setAsked(null)}
        onConfirm={() => turnOff.mutate(undefined)}
        title={t("turnOffTitle")}
        confirmLabel={t("turnOff")}
        cancelLabel={common("cancel")}
        isBusy={turnOff.isPending}
      >
        {t("turnOffText")}
      </ConfirmDialog>
      {renew.data ? (
        <RecoveryCodesDialog
          codes={renew.data.recoveryCodes}
          email={user.email}
          onClose={() => renew.reset()}
        />
      ) : null}
    </>
  );
}
