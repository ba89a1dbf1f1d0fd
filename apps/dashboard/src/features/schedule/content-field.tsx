import { Field } from "@vitrine/ui/field";
import { Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { CONTENT_ICONS } from "./content-icons.ts";
import type { Chosen } from "./entry-values.ts";

const ContentPicker = lazy(async () => ({ default: (await import("./content-picker.tsx")).ContentPicker }));

/** What an entry shows, by its picture; a press picks something else. */
export function ContentField({
  value,
  onChange,
  error,
  isReadOnly,
}: {
  value: Chosen | null;
  onChange: (value: Chosen) => void;
  error: string | undefined;
  isReadOnly: boolean;
}) {
  const t = useTranslations("entry");
  const [isOpen, setOpen] = useState(false);
  const Icon = value ? CONTENT_ICONS[value.kind] : Plus;
  const fault = error ?? (value && !value.isPresent ? t("gone") : undefined);
  return (
    <>
      <Field label={t("content")} error={fault}>
        {({ "aria-invalid": isInvalid, ...control }) => (
          <button
            {...control}
            type="button"
            disabled={isReadOnly}
            data-invalid={isInvalid}
            onClick={() => setOpen(true)}
            className="flex w-full min-w-0 items-center gap-3 rounded-lg border border-control/50 p-2 text-start transition-colors hover:not-disabled:bg-hover data-invalid:border-danger"
          >
            <span className="relative grid aspect-video w-24 shrink-0 place-items-center overflow-hidden rounded-sm bg-sunken text-muted [&_svg]:size-5">
              {value?.thumbnailUrl ? (
                <img src={value.thumbnailUrl} alt="" className="absolute inset-0 size-full object-cover" />
              ) : (
                <Icon aria-hidden />
              )}
            </span>
            <span className="grid min-w-0 grow">
              <span className="truncate font-medium">{value?.name ?? t("choose")}</span>
              <span className="flex min-w-0 items-center gap-1 text-muted text-sm [&_svg]:size-3.5">
                {value ? <Icon aria-hidden /> : null}
                {value ? t(value.kind) : t("contentHint")}
              </span>
            </span>
            {value && !isReadOnly ? (
              <span className="pe-1 font-medium text-accent-text text-sm">{t("change")}</span>
            ) : null}
          </button>
        )}
      </Field>
      {isOpen ? (
        <Suspense>
          <ContentPicker
            chosen={value}
            onClose={() => setOpen(false)}
            onPick={(picked) => {
              onChange(picked);
              setOpen(false);
            }}
          />
        </Suspense>
      ) : null}
    </>
  );
}
