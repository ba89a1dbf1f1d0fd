import { Button } from "@vitrine/ui/button";
import { ErrorState } from "@vitrine/ui/error-state";
import { Notice } from "@vitrine/ui/notice";
import { CloudAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { toFailure } from "./failure.ts";
import { useFailureText } from "./use-failure-text.ts";

type Query = {
  error: unknown;
  isFetching: boolean;
  dataUpdatedAt: number;
  refetch: () => unknown;
};

/** The view is being read: skeletons in its shape, and the word for who does not see them. */
export function Loading({ className, children }: { className?: string; children: ReactNode }) {
  const t = useTranslations("common");
  return (
    <div role="status" className={className}>
      <span className="sr-only">{t("loading")}</span>
      {children}
    </div>
  );
}

/** The view could not be read at all. */
export function QueryError({ query }: { query: Query }) {
  const t = useTranslations("common");
  const failureText = useFailureText();
  const failure = toFailure(query.error);
  return (
    <ErrorState
      title={failure.code === "NOT_FOUND" ? t("notFoundTitle") : t("errorTitle")}
      message={failureText(failure)}
      requestLabel={t("requestId")}
      requestId={failure.requestId}
      retryLabel={t("retry")}
      isRetrying={query.isFetching}
      onRetry={() => void query.refetch()}
    />
  );
}

/** What is shown may be old: the last try to read it failed. Nothing while all is well. */
export function StaleNotice({ query, hasData }: { query: Query; hasData: boolean }) {
  const t = useTranslations("common");
  const format = useFormatter();
  const failureText = useFailureText();
  if (!query.error || !hasData) return null;
  const failure = toFailure(query.error);
  return (
    <Notice
      tone="warning"
      icon={<CloudAlert aria-hidden />}
      action={
        <Button size="sm" isBusy={query.isFetching} onClick={() => void query.refetch()}>
          {t("retry")}
        </Button>
      }
    >
      {t("stale", { time: format.dateTime(query.dataUpdatedAt, { timeStyle: "short" }) })}{" "}
      {failureText(failure)}
      {failure.requestId ? (
        <span className="text-muted text-sm">
          {" "}
          {t("requestId")} <code className="select-all break-all">{failure.requestId}</code>
        </span>
      ) : null}
    </Notice>
  );
}
