import { Field } from "@vitrine/ui/field";
import { Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import type { ShownContent } from "../shown/shown-content.ts";
import { SHOWN_ICONS, ShownPicture } from "../shown/shown-picture.tsx";

const ShownDialog = lazy(async () => ({ default: (await import("../shown/shown-dialog.tsx")).ShownDialog }));

/** What an entry shows, by its picture; a press picks something else. */
export function ContentField({
  value,
  onChange,
  error,
  isReadOnly,
}: {
  value: ShownContent | null;
  onChange: (value: ShownContent) => void;
  error: string | undefined;
  isReadOnly: boolean;
}) {
  const t = useTranslations("entry");
  const shownText = useTranslations("shown");
  const [isOpen, setOpen] = useState(false);
  const Icon = value ? SHOWN_ICONS[value.kind] : null;
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
            {value ? (
              <ShownPicture content={value} className="w-24" />
            ) : (
              <span className="grid aspect-video w-24 shrink-0 place-items-center rounded-sm bg-sunken text-muted">
                <Plus aria-hidden className="size-5" />
              </span>
            )}
            <span className="grid min-w-0 grow">
              <span className="truncate font-medium">
                {value ? value.name || shownText("unseen") : shownText("needed")}
              </span>
              <span className="flex min-w-0 items-center gap-1 text-muted text-sm [&_svg]:size-3.5">
                {Icon ? <Icon aria-hidden /> : null}
                {value ? shownText(`one.${value.kind}`) : t("contentHint")}
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
          <ShownDialog
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
