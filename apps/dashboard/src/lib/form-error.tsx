import { Notice } from "@vitrine/ui/notice";
import { CircleAlert } from "lucide-react";
import type { FieldErrors, FieldValues } from "react-hook-form";
import { useTranslations } from "use-intl";

/** What the server said of the form as a whole. */
export function FormError<Values extends FieldValues>({ errors }: { errors: FieldErrors<Values> }) {
  const t = useTranslations("common");
  const root = errors.root;
  if (!root?.message) return null;
  return (
    <Notice tone="danger" isUrgent icon={<CircleAlert aria-hidden />}>
      <p>{root.message}</p>
      {root.type ? (
        <p className="text-muted text-sm">
          {t("requestId")} <code className="select-all break-all">{root.type}</code>
        </p>
      ) : null}
    </Notice>
  );
}
