import { useFormatter, useTranslations } from "use-intl";
import { type Failure, issuesOf, namesOf, numberOf, textOf } from "./failure.ts";

/** Says a failure in words of the catalogue; one entry for every code. */
export function useFailureText(): (failure: Failure) => string {
  const t = useTranslations("errors");
  const format = useFormatter();
  return (failure) => {
    if (failure.code === "INVALID_INPUT") {
      return issuesOf(failure)[0]?.message ?? t("INVALID_INPUT");
    }
    const limit = numberOf(failure, "limit") ?? 0;
    return t(failure.code, {
      limit: format.number(limit),
      address: textOf(failure, "address") ?? "",
      email: textOf(failure, "email") ?? "",
      names: namesOf(failure).join(" → "),
      reason: textOf(failure, "reason") ?? "other",
      what: textOf(failure, "what") ?? "other",
      seconds: format.number(numberOf(failure, "retryAfterSeconds") ?? 60),
    });
  };
}
