import type { DomainView } from "@vitrine/core/model/domain";
import { CopyButton } from "@vitrine/ui/copy-button";
import { useTranslations } from "use-intl";

/** The record that proves a domain, to be copied part by part. */
export function DomainRecord({ record, text }: { record: DomainView["record"]; text: string }) {
  const t = useTranslations("domains");
  const parts = [
    { label: t("recordName"), value: record.name, copy: t("copyName") },
    { label: t("recordValue"), value: record.value, copy: t("copyValue") },
  ];
  return (
    <div className="grid gap-3 rounded-md bg-sunken p-3">
      <p>{text}</p>
      <dl className="grid gap-3 sm:grid-cols-[auto_minmax(0,1fr)] sm:gap-x-4">
        <dt className="text-muted">{t("recordType")}</dt>
        <dd>TXT</dd>
        {parts.map(({ label, value, copy }) => (
          <div key={label} className="contents">
            <dt className="text-muted">{label}</dt>
            <dd className="flex min-w-0 flex-wrap items-center gap-2">
              <code className="min-w-0 break-all">{value}</code>
              <CopyButton text={value} label={copy} doneLabel={t("copied")} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="text-muted text-sm">{t("pointTo")}</p>
    </div>
  );
}
