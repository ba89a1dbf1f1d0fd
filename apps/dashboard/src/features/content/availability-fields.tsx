import { Field } from "@vitrine/ui/field";
import { IconButton } from "@vitrine/ui/icon-button";
import { Input } from "@vitrine/ui/input";
import { X } from "lucide-react";
import { useId } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "../../lib/session.ts";
import { instantOfLocal, localOf } from "./local-instant.ts";

/** From when until when an asset may play, by the clock of the organization's zone; empty is open. */
export function AvailabilityFields({
  from,
  until,
  errors,
  onFrom,
  onUntil,
}: {
  from: string | null;
  until: string | null;
  errors: { from?: string | undefined; until?: string | undefined };
  onFrom: (instant: string | null) => void;
  onUntil: (instant: string | null) => void;
}) {
  const t = useTranslations("content");
  const { timeZone } = useSession().organization;
  const id = useId();
  return (
    <fieldset className="grid min-w-0 gap-2" aria-describedby={id}>
      <legend className="pb-1.5 font-medium">{t("availability.title")}</legend>
      <Moment label={t("availability.from")} value={from} error={errors.from} onChange={onFrom} />
      <Moment label={t("availability.until")} value={until} error={errors.until} onChange={onUntil} />
      <p id={id} className="text-muted text-sm">
        {t("availability.hint", { timeZone })}
      </p>
    </fieldset>
  );
}

function Moment({
  label,
  value,
  error,
  onChange,
}: {
  label: string;
  value: string | null;
  error: string | undefined;
  onChange: (instant: string | null) => void;
}) {
  const t = useTranslations("content");
  const { timeZone } = useSession().organization;
  return (
    <Field label={label} error={error}>
      {(control) => (
        <div className="flex items-center gap-1">
          <Input
            {...control}
            type="datetime-local"
            max="2199-12-31T23:59"
            className="tabular max-w-60"
            value={value === null ? "" : localOf(value, timeZone)}
            onChange={(event) => onChange(instantOfLocal(event.target.value, timeZone) ?? null)}
          />
          {value === null ? null : (
            <IconButton label={t("availability.clear", { name: label })} onClick={() => onChange(null)}>
              <X aria-hidden />
            </IconButton>
          )}
        </div>
      )}
    </Field>
  );
}
