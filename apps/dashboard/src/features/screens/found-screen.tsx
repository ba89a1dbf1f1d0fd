import { Monitor } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import type { Outputs } from "../../lib/api-client.ts";

/** The screen that showed the code, so that a stranger's is noticed. */
export function FoundScreen({ found }: { found: Outputs["devices"]["findPairing"] }) {
  const t = useTranslations("pair");
  const format = useFormatter();
  const { hardware } = found;
  const facts: [string, string][] = [
    [t("os"), hardware.os],
    [t("version"), hardware.appVersion],
    [t("glass"), t("pixels", { width: hardware.displayWidth, height: hardware.displayHeight })],
    [t("address"), found.remoteAddress],
    [t("since"), format.dateTime(new Date(found.requestedAt), { timeStyle: "short" })],
  ];
  return (
    <section aria-label={t("found")} className="flex gap-3 rounded-lg border bg-surface p-3">
      <Monitor aria-hidden className="mt-0.5 size-5 shrink-0 text-accent-text" />
      <div className="min-w-0 grow">
        <p className="break-words font-medium">{hardware.model || t("unknownModel")}</p>
        <dl className="tabular mt-1 grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 text-sm">
          {facts.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="min-w-0 break-words">{value}</dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  );
}
