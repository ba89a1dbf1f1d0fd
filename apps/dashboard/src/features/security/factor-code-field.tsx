import { Button } from "@vitrine/ui/button";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { useState } from "react";
import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";
import { useTranslations } from "use-intl";

/** A code of the app, or a recovery code for who has lost it. */
export function FactorCodeField<Values extends FieldValues>({
  form,
  name,
  onSwitch,
  hasFocus = false,
}: {
  form: Pick<UseFormReturn<Values>, "register" | "getFieldState">;
  name: FieldPath<Values>;
  /** The other kind of code is about to be typed: what stands there is to go. */
  onSwitch: () => void;
  hasFocus?: boolean;
}) {
  const t = useTranslations("factor");
  const [isRecovery, setRecovery] = useState(false);
  const change = () => {
    onSwitch();
    setRecovery(!isRecovery);
  };
  return (
    <div className="grid justify-items-start gap-2">
      <Field
        key={String(isRecovery)}
        label={isRecovery ? t("recoveryCode") : t("code")}
        hint={isRecovery ? t("recoveryCodeHint") : t("codeHint")}
        error={form.getFieldState(name).error?.message}
        className="w-full"
      >
        {(control) => (
          <Input
            {...control}
            {...form.register(name)}
            inputMode={isRecovery ? "text" : "numeric"}
            autoComplete={isRecovery ? "off" : "one-time-code"}
            autoCapitalize={isRecovery ? "characters" : "none"}
            spellCheck={false}
            autoFocus={hasFocus || isRecovery}
            className="font-mono"
          />
        )}
      </Field>
      <Button variant="link" size="sm" onClick={change}>
        {isRecovery ? t("useApp") : t("useRecoveryCode")}
      </Button>
    </div>
  );
}
