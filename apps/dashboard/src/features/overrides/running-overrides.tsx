import { useQuery } from "@tanstack/react-query";
import type { RunningOverride } from "@vitrine/core/model/entry";
import { Button } from "@vitrine/ui/button";
import { Notice } from "@vitrine/ui/notice";
import { CloudAlert } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { StaleNotice } from "../../lib/query-states.tsx";
import { useTargetWords } from "../targets/use-target-words.ts";
import { OverrideCard } from "./override-card.tsx";
import { runningOverridesQuery } from "./override-queries.ts";

const TICK_MS = 1000;

/** A card for each override that is running; it goes when it ends. Says aloud what begins and what is over. */
export function RunningOverrides() {
  const t = useTranslations("runningOverride");
  const common = useTranslations("common");
  const query = useQuery(runningOverridesQuery);
  const nowMs = useNow(query.data !== undefined && query.data.length > 0);
  const running = (query.data ?? []).filter(({ endsAt }) => endsAt === null || Date.parse(endsAt) > nowMs);
  const said = useAnnouncement(query.data === undefined ? undefined : running);
  return (
    <>
      <p role="status" className="sr-only">
        {said}
      </p>
      <StaleNotice query={query} hasData={query.data !== undefined} />
      {query.isError && query.data === undefined ? (
        <Notice
          tone="warning"
          icon={<CloudAlert aria-hidden />}
          action={
            <Button size="sm" isBusy={query.isFetching} onClick={() => void query.refetch()}>
              {common("retry")}
            </Button>
          }
        >
          {t("unread")}
        </Notice>
      ) : null}
      {running.length > 0 ? (
        <section aria-label={t("region")} className="grid gap-3">
          {running.map((one) => (
            <OverrideCard key={one.entry.id} override={one} nowMs={nowMs} />
          ))}
        </section>
      ) : null}
    </>
  );
}

function useNow(isTicking: boolean): number {
  const [nowMs, setNow] = useState(Date.now);
  useEffect(() => {
    if (!isTicking) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [isTicking]);
  return nowMs;
}

/** What has changed since the list was read first, in words. */
function useAnnouncement(running: readonly RunningOverride[] | undefined): string {
  const t = useTranslations("runningOverride");
  const where = useTargetWords();
  const known = useRef<ReadonlyMap<string, RunningOverride>>(undefined);
  const [said, setSaid] = useState("");
  const ids = running?.map(({ entry }) => entry.id).join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: compared by the ids, once for each change of them
  useEffect(() => {
    if (!running) return;
    const now = new Map(running.map((one) => [one.entry.id, one]));
    const before = known.current;
    known.current = now;
    if (!before) return;
    const begun = running.filter(({ entry }) => !before.has(entry.id));
    const over = [...before.values()].filter(({ entry }) => !now.has(entry.id));
    const words = [
      ...begun.map(({ entry }) => t("announceStarted", { name: entry.name, targets: where(entry.targets) })),
      ...over.map(({ entry }) => t("announceEnded", { name: entry.name })),
    ];
    if (words.length > 0) setSaid(words.join(". "));
  }, [ids]);
  return said;
}
