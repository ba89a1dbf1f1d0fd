import { Button } from "@vitrine/ui/button";
import { Table, Td, Th, Tr } from "@vitrine/ui/table";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useLengthWords } from "../../lib/use-length-words.ts";
import { lengthOf, type Stretch } from "./timeline-drawing.ts";
import { TIMELINE_FILL } from "./timeline-look.ts";

const STEP = 100;

/** The stretches of the bar, the newest first. */
export function TimelineTable({
  stretches,
  timeZone,
  caption,
}: {
  stretches: readonly Stretch[];
  timeZone: string;
  caption: string;
}) {
  const t = useTranslations("history");
  const common = useTranslations("common");
  const format = useFormatter();
  const length = useLengthWords();
  const [count, setCount] = useState(STEP);
  const moment = (text: string) =>
    format.dateTime(new Date(text), { dateStyle: "medium", timeStyle: "medium", timeZone });
  const newest = [...stretches].reverse();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section className="max-h-96 overflow-auto rounded-md border" tabIndex={0} aria-label={caption}>
      <Table>
        <caption className="sr-only">{caption}</caption>
        <thead className="sticky top-0 bg-sunken">
          <tr>
            <Th>{t("statusColumn")}</Th>
            <Th>{t("from")}</Th>
            <Th>{t("until")}</Th>
            <Th className="text-end">{t("took")}</Th>
          </tr>
        </thead>
        <tbody>
          {newest.slice(0, count).map((stretch) => (
            <Tr key={stretch.from}>
              <Td className="h-9 whitespace-nowrap">
                <span className="flex items-center gap-2">
                  <span aria-hidden className={`size-2.5 rounded-xs ${TIMELINE_FILL[stretch.status]}`} />
                  {t(`status.${stretch.status}`)}
                </span>
              </Td>
              <Td className="h-9 whitespace-nowrap">{moment(stretch.from)}</Td>
              <Td className="h-9 whitespace-nowrap">{moment(stretch.until)}</Td>
              <Td className="h-9 whitespace-nowrap text-end">{length(lengthOf(stretch))}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {newest.length > count ? (
        <div className="grid justify-center p-2">
          <Button size="sm" onClick={() => setCount(count + STEP)}>
            {common("loadMore")}
          </Button>
        </div>
      ) : null}
    </section>
  );
}
