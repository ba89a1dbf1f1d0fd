import { Notice } from "@vitrine/ui/notice";
import { CircleAlert } from "lucide-react";
import { useTranslations } from "use-intl";

/** What went wrong, with the request to name when asking somebody about it. */
export function FailureNotice({ message, requestId }: { message: string; requestId: string }) {
  const t = useTranslations("common");
  return (
    <Notice tone="danger" isUrgent icon={<CircleAlert aria-hidden />}>
      <p>{message}</p>
      {requestId === "" ? null : (
        <p className="text-muted text-sm">
          {t("requestId")} <code className="select-all break-all">{requestId}</code>
        </p>
      )}
    </Notice>
  );
}
