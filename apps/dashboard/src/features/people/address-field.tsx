import { ChipBox } from "@vitrine/ui/chip-box";
import { Field } from "@vitrine/ui/field";
import type { Ref } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { addressesIn, BETWEEN_ADDRESSES, isAddress } from "./addresses.ts";

/** E-mail addresses, typed one after another or pasted as a list; those that are none are marked and named. */
export function AddressField({
  addresses,
  onChange,
  error,
  ref,
}: {
  addresses: readonly string[];
  onChange: (addresses: string[]) => void;
  error: string | undefined;
  ref: Ref<HTMLInputElement>;
}) {
  const t = useTranslations("invite");
  const format = useFormatter();
  const wrong = addresses.filter((one) => !isAddress(one));
  const wrongWords =
    wrong.length > 0 &&
    t("wrong", { count: wrong.length, addresses: format.list(wrong.map((one) => `“${one}”`)) });
  return (
    <Field label={t("addresses")} hint={t("addressesHint")} error={wrongWords || error}>
      {(control) => (
        <ChipBox
          ref={ref}
          control={control}
          chips={addresses}
          wrong={wrong}
          separator={BETWEEN_ADDRESSES}
          onAdd={(text) => onChange([...new Set([...addresses, ...addressesIn(text)])])}
          onRemove={(address) => onChange(addresses.filter((one) => one !== address))}
          removeLabel={(address) => t("removeAddress", { address })}
          inputMode="email"
          autoCapitalize="none"
          autoComplete="off"
          autoFocus
          className="max-h-40 min-h-16 overflow-y-auto pointer-coarse:min-h-20"
        />
      )}
    </Field>
  );
}
