import { network } from "@vitrine/core/model/api-key";
import { ChipBox } from "@vitrine/ui/chip-box";
import { Field } from "@vitrine/ui/field";
import type { Ref } from "react";
import { useFormatter, useTranslations } from "use-intl";

const BETWEEN = /[\s,;]+/;

/** Addresses and ranges that a key may be used from; those that are none are marked and named. */
export function NetworkField({
  networks,
  onChange,
  error,
  ref,
}: {
  networks: readonly string[];
  onChange: (networks: string[]) => void;
  error: string | undefined;
  ref: Ref<HTMLInputElement>;
}) {
  const t = useTranslations("apiKeys");
  const format = useFormatter();
  const wrong = networks.filter((one) => !network.safeParse(one).success);
  const wrongWords =
    wrong.length > 0 &&
    t("networksWrong", { count: wrong.length, networks: format.list(wrong.map((one) => `“${one}”`)) });
  return (
    <Field label={t("networks")} hint={t("networksHint")} error={wrongWords || error}>
      {(control) => (
        <ChipBox
          ref={ref}
          control={control}
          chips={networks}
          wrong={wrong}
          separator={BETWEEN}
          onAdd={(text) => onChange([...new Set([...networks, ...text.split(BETWEEN).filter(Boolean)])])}
          onRemove={(one) => onChange(networks.filter((other) => other !== one))}
          removeLabel={(one) => t("removeNetwork", { network: one })}
          autoCapitalize="none"
          autoComplete="off"
        />
      )}
    </Field>
  );
}
