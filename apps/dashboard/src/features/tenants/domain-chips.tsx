import { hostName } from "@vitrine/core/model/domain";
import { ChipBox } from "@vitrine/ui/chip-box";
import { Field } from "@vitrine/ui/field";
import type { Ref } from "react";
import { useFormatter, useTranslations } from "use-intl";

const BETWEEN = /[\s,;]+/;

/** Domains of e-mail addresses, typed one after another or pasted as a list; those that are none are marked and named. */
export function DomainChips({
  domains,
  onChange,
  error,
  ref,
}: {
  domains: readonly string[];
  onChange: (domains: string[]) => void;
  error: string | undefined;
  ref: Ref<HTMLInputElement>;
}) {
  const t = useTranslations("access");
  const format = useFormatter();
  const wrong = domains.filter((one) => !hostName.safeParse(one).success);
  const wrongWords =
    wrong.length > 0 &&
    t("domainsWrong", { count: wrong.length, domains: format.list(wrong.map((one) => `“${one}”`)) });
  const read = (text: string) =>
    text
      .split(BETWEEN)
      .map((one) => one.replace(/^.*@/, "").toLowerCase())
      .filter(Boolean);
  return (
    <Field label={t("domains")} hint={t("domainsHint")} error={wrongWords || error}>
      {(control) => (
        <ChipBox
          ref={ref}
          control={control}
          chips={domains}
          wrong={wrong}
          separator={BETWEEN}
          onAdd={(text) => onChange([...new Set([...domains, ...read(text)])])}
          onRemove={(one) => onChange(domains.filter((other) => other !== one))}
          removeLabel={(domain) => t("removeDomain", { domain })}
          autoCapitalize="none"
          autoComplete="off"
        />
      )}
    </Field>
  );
}
