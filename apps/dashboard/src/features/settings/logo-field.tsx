import { Button } from "@vitrine/ui/button";
import { ImageOff } from "lucide-react";
import { useTranslations } from "use-intl";
import { FieldGroup } from "../../lib/field-group.tsx";

/** The picture that is the logo, and the ways to another or none. */
export function LogoField({
  isChosen,
  name,
  url,
  error,
  mayPick,
  onPick,
  onClear,
}: {
  isChosen: boolean;
  name: string | null;
  /** Null while it cannot be shown. */
  url: string | null;
  error: string | undefined;
  mayPick: boolean;
  onPick: () => void;
  onClear: () => void;
}) {
  const t = useTranslations("brand");
  return (
    <FieldGroup title={t("logo")} error={error}>
      {(describedBy) => (
        <>
          <div className="flex flex-wrap items-center gap-3">
            {isChosen ? (
              <span className="checker grid h-16 w-28 shrink-0 place-items-center overflow-hidden rounded-md border">
                {url ? (
                  <img src={url} alt={name ?? ""} className="max-h-full max-w-full object-contain p-1" />
                ) : (
                  <ImageOff aria-hidden className="size-5 text-muted" />
                )}
              </span>
            ) : null}
            {mayPick ? (
              <Button onClick={onPick} aria-describedby={describedBy}>
                {t(isChosen ? "changeLogo" : "pickLogo")}
              </Button>
            ) : null}
            {mayPick && isChosen ? <Button onClick={onClear}>{t("clearLogo")}</Button> : null}
          </div>
          <p className="text-muted text-sm">{t(isChosen && !url ? "logoGone" : "logoHint")}</p>
        </>
      )}
    </FieldGroup>
  );
}
