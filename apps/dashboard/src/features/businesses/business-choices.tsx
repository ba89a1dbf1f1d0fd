import { useQuery } from "@tanstack/react-query";
import { Checkbox } from "@vitrine/ui/checkbox";
import { RadioCards } from "@vitrine/ui/radio-cards";
import { useId } from "react";
import { useTranslations } from "use-intl";
import { FieldGroup } from "../../lib/field-group.tsx";
import { businessNamesQuery } from "./business-queries.ts";

/** Whether somebody sees everything or some businesses alone, and which; nothing where there are no businesses. */
export function BusinessChoices({
  value,
  onChange,
  error,
}: {
  /** Null: everything. */
  value: readonly string[] | null;
  onChange: (businessIds: string[] | null) => void;
  error?: string | undefined;
}) {
  const t = useTranslations("limits");
  const listId = useId();
  const { data } = useQuery(businessNamesQuery);
  const names = data?.rows ?? [];
  if (names.length === 0 && value === null) return null;
  return (
    <FieldGroup title={t("sees")} error={error}>
      {() => (
        <div className="grid gap-3">
          <RadioCards
            label={t("sees")}
            value={value === null ? "all" : "some"}
            onChange={(next) => onChange(next === "all" ? null : [])}
            options={[
              { value: "all", label: t("all"), hint: t("allHint") },
              { value: "some", label: t("some"), hint: t("someHint") },
            ]}
          />
          {value === null ? null : (
            <ul className="grid max-h-60 gap-1 overflow-y-auto rounded-lg border p-2 sm:grid-cols-2">
              {names.map(({ id, name }) => (
                <li key={id} className="flex min-w-0 items-center gap-2 py-0.5">
                  <Checkbox
                    id={`${listId}-${id}`}
                    isChecked={value.includes(id)}
                    onChange={(isChecked) =>
                      onChange(isChecked ? [...value, id] : value.filter((one) => one !== id))
                    }
                  />
                  <label htmlFor={`${listId}-${id}`} className="min-w-0 truncate">
                    {name}
                  </label>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </FieldGroup>
  );
}
