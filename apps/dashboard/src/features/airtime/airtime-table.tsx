import type { AirtimeView } from "@vitrine/core/model/entry";
import { useFormatter, useTranslations } from "use-intl";
import { airtimeBars } from "./airtime-bars.ts";
import { useTimeWords } from "./use-time-words.ts";

/** The figures of the chart, all of them. */
export function AirtimeTable({ view, caption }: { view: AirtimeView; caption: string }) {
  const t = useTranslations("airtime");
  const format = useFormatter();
  const { length, share } = useTimeWords();
  const { bars, idleMs } = airtimeBars(view);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section className="max-h-96 overflow-auto rounded-md border" tabIndex={0} aria-label={caption}>
      <table className="tabular w-full text-start">
        <caption className="sr-only">{caption}</caption>
        <thead className="sticky top-0 bg-sunken text-muted text-sm">
          <tr>
            <th scope="col" className="px-3 py-1.5 text-start font-medium">
              {t("column.content")}
            </th>
            <th scope="col" className="px-3 py-1.5 text-end font-medium">
              {t("column.plays")}
            </th>
            <th scope="col" className="px-3 py-1.5 text-end font-medium">
              {t("column.time")}
            </th>
            <th scope="col" className="px-3 py-1.5 text-end font-medium">
              {t("column.share")}
            </th>
          </tr>
        </thead>
        <tbody>
          {bars.map((bar) => (
            <tr key={bar.id} className="border-t">
              <th scope="row" className="break-words px-3 py-1.5 text-start font-normal">
                {bar.name}
              </th>
              <td className="px-3 py-1.5 text-end">{format.number(bar.plays)}</td>
              <td className="whitespace-nowrap px-3 py-1.5 text-end">{length(bar.shownMs)}</td>
              <td className="px-3 py-1.5 text-end">{share(bar.share)}</td>
            </tr>
          ))}
          {idleMs >= 1000 ? (
            <tr className="border-t text-muted">
              <th scope="row" className="px-3 py-1.5 text-start font-normal">
                {t("idle")}
              </th>
              <td />
              <td className="whitespace-nowrap px-3 py-1.5 text-end">{length(idleMs)}</td>
              <td className="px-3 py-1.5 text-end">{share(idleMs / view.totalMs)}</td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </section>
  );
}
