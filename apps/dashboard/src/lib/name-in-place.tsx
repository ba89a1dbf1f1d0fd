import { Button } from "@vitrine/ui/button";
import { Field } from "@vitrine/ui/field";
import { IconButton } from "@vitrine/ui/icon-button";
import { Input } from "@vitrine/ui/input";
import { Pencil } from "lucide-react";
import { type SubmitEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { toFailure } from "./failure.ts";
import { UnsavedGuard } from "./unsaved-guard.tsx";
import { useFailureText } from "./use-failure-text.ts";

type Checked =
  | { success: true; data: string }
  | { success: false; error: { issues: readonly { message: string }[] } };

/** A heading that can be renamed where it stands: Enter saves, Escape takes back. */
export function NameInPlace({
  name,
  mayEdit,
  check,
  onRename,
}: {
  name: string;
  mayEdit: boolean;
  check: (name: string) => Checked;
  onRename: (name: string) => Promise<void>;
}) {
  const t = useTranslations("common");
  const failureText = useFailureText();
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const stop = () => {
    setTyped(null);
    setError(null);
  };
  if (typed === null) {
    return (
      <div className="flex min-w-0 items-center gap-1">
        <h1 className="min-w-0 break-words font-semibold text-xl tracking-tight">{name}</h1>
        {mayEdit ? (
          <IconButton label={t("rename", { name })} size="sm" onClick={() => setTyped(name)}>
            <Pencil aria-hidden />
          </IconButton>
        ) : null}
      </div>
    );
  }
  const save = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const checked = check(typed);
    if (!checked.success) return setError(checked.error.issues[0]?.message ?? t("nameNeeded"));
    if (checked.data === name) return stop();
    setBusy(true);
    try {
      await onRename(checked.data);
      stop();
    } catch (failed) {
      setError(failureText(toFailure(failed)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={save} className="flex min-w-0 grow flex-wrap items-start gap-2">
      <h1 className="sr-only">{name}</h1>
      <UnsavedGuard isDirty={typed !== name && !isBusy} />
      <Field label={t("name")} isLabelHidden error={error} className="min-w-0 max-w-md grow basis-56">
        {(control) => (
          <Input
            {...control}
            value={typed}
            autoFocus
            onFocus={(event) => event.target.select()}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => (event.key === "Escape" ? stop() : undefined)}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" isBusy={isBusy}>
        {t("save")}
      </Button>
      <Button onClick={stop}>{t("cancel")}</Button>
    </form>
  );
}
