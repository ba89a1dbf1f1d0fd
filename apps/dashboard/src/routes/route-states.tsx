import { Link, useRouter } from "@tanstack/react-router";
import { buttonClass } from "@vitrine/ui/button";
import { EmptyState } from "@vitrine/ui/empty-state";
import { ErrorState } from "@vitrine/ui/error-state";
import { Skeleton } from "@vitrine/ui/skeleton";
import { Compass } from "lucide-react";
import { useTranslations } from "use-intl";
import { toFailure } from "../lib/failure.ts";
import { useFailureText } from "../lib/use-failure-text.ts";

/** An address that leads nowhere. */
export function NotFoundPage() {
  const t = useTranslations("common");
  return (
    <main className="mx-auto w-full max-w-2xl p-6">
      <h1 className="sr-only">{t("notFoundTitle")}</h1>
      <EmptyState
        icon={<Compass aria-hidden />}
        title={t("notFoundTitle")}
        action={
          <Link to="/" className={buttonClass("primary")}>
            {t("toOverview")}
          </Link>
        }
      >
        {t("pageNotFound")}
      </EmptyState>
    </main>
  );
}

/** A page's script or its session is on the way. */
export function RoutePending() {
  const t = useTranslations("common");
  return (
    <div className="grid gap-4 p-6" role="status">
      <h1 className="sr-only">{t("loading")}</h1>
      <Skeleton className="h-7 w-48" />
      <Skeleton className="h-4 w-80 max-w-full" />
      <Skeleton className="h-64 w-full" />
    </div>
  );
}

/** A page could not be shown at all. */
export function RouteTrouble({ error, reset }: { error: unknown; reset: () => void }) {
  const t = useTranslations("common");
  const router = useRouter();
  const failureText = useFailureText();
  const failure = toFailure(error);
  return (
    <main className="mx-auto w-full max-w-2xl p-6">
      <h1 className="sr-only">{t("errorTitle")}</h1>
      <ErrorState
        title={t("errorTitle")}
        message={failureText(failure)}
        requestLabel={t("requestId")}
        requestId={failure.requestId}
        retryLabel={t("retry")}
        onRetry={() => {
          reset();
          void router.invalidate();
        }}
      />
    </main>
  );
}
