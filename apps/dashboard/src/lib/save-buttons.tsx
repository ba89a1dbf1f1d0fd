import { Button } from "@vitrine/ui/button";
import { useTranslations } from "use-intl";
import type { Sending } from "./use-call-form.ts";

/** Saves a form that stands open, or puts back what it was. */
export function SaveButtons({ form, onDiscard }: { form: Sending; onDiscard: () => void }) {
  const t = useTranslations("common");
  return (
    <div className="flex justify-end gap-2">
      {form.isDirty ? <Button onClick={onDiscard}>{t("discard")}</Button> : null}
      <Button type="submit" variant="primary" isBusy={form.isSubmitting} disabled={!form.isDirty}>
        {t("save")}
      </Button>
    </div>
  );
}
