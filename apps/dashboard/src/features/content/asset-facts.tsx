import type { AssetView } from "@vitrine/core/model/asset";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { formatDuration } from "../../lib/duration.ts";
import { useSession } from "../../lib/session.ts";
import { useBytes } from "../../lib/use-bytes.ts";

/** What was read from the file itself, and where it came from. */
export function AssetFacts({ asset }: { asset: AssetView }) {
  const t = useTranslations("content");
  const format = useFormatter();
  const bytes = useBytes();
  const { timeZone } = useSession().organization;
  const moment = (instant: string | null) =>
    instant && format.dateTime(new Date(instant), { dateStyle: "medium", timeStyle: "short", timeZone });
  const facts: [string, ReactNode][] = [
    [t("fact.kind"), t(`kind.${asset.kind}`)],
    [
      t("fact.pixels"),
      asset.width && asset.height ? t("pixels", { width: asset.width, height: asset.height }) : null,
    ],
    [t("fact.length"), asset.durationMs ? formatDuration(asset.durationMs) : null],
    [t("fact.size"), asset.sizeBytes === null ? null : bytes(asset.sizeBytes)],
    [t("fact.type"), asset.mediaType],
    [t("fact.codec"), asset.codec],
    [t("availability.from"), moment(asset.availableFrom)],
    [t("availability.until"), moment(asset.availableUntil)],
    [
      t("fact.added"),
      format.dateTime(new Date(asset.createdAt), { dateStyle: "medium", timeStyle: "short" }),
    ],
    [t("fact.by"), asset.createdByName],
    [
      t("fact.changed"),
      format.dateTime(new Date(asset.updatedAt), { dateStyle: "medium", timeStyle: "short" }),
    ],
    [
      t("fact.checksum"),
      asset.sha256 ? (
        <code key="sha" title={asset.sha256} className="select-all break-all text-sm">
          {asset.sha256.slice(0, 16)}…
        </code>
      ) : null,
    ],
  ];
  return (
    <section className="grid gap-2">
      <h3 className="font-medium">{t("facts")}</h3>
      <dl className="tabular grid grid-cols-[auto_1fr] gap-x-5 gap-y-1.5">
        {facts
          .filter(([, value]) => value !== null && value !== "")
          .map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="min-w-0 break-words">{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}
