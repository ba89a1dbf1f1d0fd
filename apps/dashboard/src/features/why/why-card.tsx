import { useQuery } from "@tanstack/react-query";
import type { ExplanationView } from "@vitrine/core/model/entry";
import { Button } from "@vitrine/ui/button";
import { cn } from "@vitrine/ui/cn";
import { Skeleton } from "@vitrine/ui/skeleton";
import { ArrowLeftRight, CircleDashed, CircleSlash, Hourglass, type LucideIcon, Play } from "lucide-react";
import { useId, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { QueryError, StaleNotice } from "../../lib/query-states.tsx";
import { exactTimeWords } from "../../lib/time-words.ts";
import { enWhy } from "../../messages/en-why.ts";
import { useWordsForUnseen } from "../businesses/use-words-for-unseen.ts";
import { explainQuery } from "./why-query.ts";
import { type DaypartsOf, type WhySentence, whySentences } from "./why-sentences.ts";
import { whyWords } from "./why-words.ts";

const SHOWN_AT_FIRST = 6;

/** Why a screen shows what it shows at an instant (epoch ms), in sentences. */
export function WhyCard(props: Props) {
  return (
    <MoreMessages messages={enWhy}>
      <Card {...props} />
    </MoreMessages>
  );
}

type Props = {
  deviceId: string;
  at: number | "now";
  timeZone: string;
  daypartsOf?: DaypartsOf;
  /** It changes by itself: not to be read out each time. */
  isQuiet?: boolean;
  className?: string;
};

function Card({ deviceId, at, timeZone, daypartsOf, isQuiet = false, className }: Props) {
  const t = useTranslations("why");
  const format = useFormatter();
  const title = useId();
  const query = useQuery({ ...explainQuery(deviceId, at), select: useWordsForUnseen() });
  const view = query.data;
  return (
    <section
      aria-labelledby={title}
      className={cn("grid content-start gap-3 rounded-lg border bg-raised p-4", className)}
    >
      <header className="grid gap-0.5">
        <h2 id={title} className="font-medium">
          {view && !view.showing ? t("idleTitle") : t("title")}
        </h2>
        {view ? (
          <p className="tabular text-muted text-sm">
            {t(at === "now" ? "asOf" : "at", {
              time: exactTimeWords(format, new Date(view.at), timeZone),
            })}
          </p>
        ) : null}
      </header>
      <StaleNotice query={query} hasData={view !== undefined} />
      {view ? (
        <Sentences
          view={view}
          timeZone={timeZone}
          daypartsOf={daypartsOf}
          isOld={query.isPlaceholderData}
          isQuiet={isQuiet}
        />
      ) : query.isError ? (
        <QueryError query={query} />
      ) : (
        <div role="status" className="grid gap-2">
          <span className="sr-only">{t("waiting")}</span>
          <Skeleton className="h-4" />
          <Skeleton className="h-4 w-4/5" />
          <Skeleton className="h-4 w-3/5" />
        </div>
      )}
    </section>
  );
}

const ICONS: Record<WhySentence["kind"], LucideIcon> = {
  outcome: Play,
  idle: CircleDashed,
  has: Play,
  between: ArrowLeftRight,
  waits: Hourglass,
  left_out: CircleSlash,
  skipped: CircleSlash,
};

function Sentences({
  view,
  timeZone,
  daypartsOf,
  isOld,
  isQuiet,
}: {
  view: ExplanationView;
  timeZone: string;
  daypartsOf: DaypartsOf | undefined;
  isOld: boolean;
  isQuiet: boolean;
}) {
  const t = useTranslations("why");
  const format = useFormatter();
  const [isAll, setAll] = useState(false);
  const words = whyWords({ t, format, timeZone, localDate: view.localDate });
  const [lead, ...rest] = whySentences(view, words, daypartsOf);
  const shown = isAll ? rest : rest.slice(0, SHOWN_AT_FIRST);
  return (
    <div aria-live={isQuiet ? "off" : "polite"} className={cn("grid gap-3", isOld && "opacity-60")}>
      <p className="break-words">{lead?.text}</p>
      {shown.length > 0 ? (
        <ul className="grid gap-2 border-t pt-3">
          {shown.map(({ key, kind, text }) => {
            const Icon = ICONS[kind];
            return (
              <li key={key} className="grid grid-cols-[auto_minmax(0,1fr)] gap-2 text-muted">
                <Icon aria-hidden className="mt-0.5 size-4" />
                <span className="break-words">{text}</span>
              </li>
            );
          })}
        </ul>
      ) : null}
      {rest.length > SHOWN_AT_FIRST ? (
        <Button variant="link" className="justify-self-start" onClick={() => setAll(!isAll)}>
          {isAll ? t("fewer") : t("more", { count: rest.length - SHOWN_AT_FIRST })}
        </Button>
      ) : null}
    </div>
  );
}
