import { useTranslations } from "use-intl";
import { useFieldName } from "./use-audit-words.ts";
import { nameInWords, type ValueChange, valueChanges, valueText } from "./value-changes.ts";

/** What an event changed: each value that differs, as it was and as it is. */
export function ValueTable({ before, after }: { before: unknown; after: unknown }) {
  const t = useTranslations("audit");
  const fieldName = useFieldName();
  const changes = valueChanges(before, after);
  const words = (value: unknown) => (typeof value === "boolean" ? t(value ? "yes" : "no") : valueText(value));
  if (changes.length === 0) return <p className="text-muted">{t("nothingMore")}</p>;
  const label = ({ path }: ValueChange) => {
    const text = path.map((name) => fieldName(name) ?? nameInWords(name)).join(" · ");
    return text.charAt(0).toUpperCase() + text.slice(1);
  };
  return (
    <dl className="grid grid-cols-[minmax(0,1fr)] overflow-clip rounded-lg border">
      {changes.map((change) => (
        <div key={change.path.join(".")} className="grid gap-1 border-t px-3 py-2 first:border-t-0">
          <dt className="text-muted text-sm">{label(change)}</dt>
          <dd className="grid gap-1">
            {change.before === undefined ? null : (
              <del className="break-words rounded-sm bg-danger-soft px-1.5 py-0.5 text-danger decoration-danger/50">
                <span className="sr-only">{t("before")}: </span>
                {words(change.before)}
              </del>
            )}
            {change.after === undefined ? null : (
              <ins className="break-words rounded-sm bg-success-soft px-1.5 py-0.5 text-success no-underline">
                <span className="sr-only">{t("after")}: </span>
                {words(change.after)}
              </ins>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
