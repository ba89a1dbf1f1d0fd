import { useFormatter, useTranslations } from "use-intl";
import { type Failure, issuesOf, namesOf, numberOf, textOf } from "./failure.ts";
import { useBytes } from "./use-bytes.ts";

/** Says a failure in words of the catalogue; one entry for every code. */
export function useFailureText(): (failure: Failure) => string {
  const t = useTranslations("errors");
  const format = useFormatter();
  const bytes = useBytes();
  return (failure) => {
    if (failure.code === "INVALID_INPUT") {
      return issuesOf(failure)[0]?.message ?? t("INVALID_INPUT");
    }
    const what = textOf(failure, "what") ?? "other";
    const seconds = numberOf(failure, "retryAfterSeconds") ?? 60;
    const amount = (name: string) => {
      const value = numberOf(failure, name) ?? 0;
      return what === "storage" ? bytes(value) : format.number(value);
    };
    return t(failure.code, {
      limit: amount("limit"),
      use: amount("use"),
      plan: textOf(failure, "plan") ?? "other",
      lifts: textOf(failure, "lifts") ?? "other",
      feature: textOf(failure, "feature") ?? "other",
      address: textOf(failure, "address") ?? "",
      email: textOf(failure, "email") ?? "",
      host: textOf(failure, "host") ?? "",
      name: textOf(failure, "name") ?? "",
      domain: textOf(failure, "domain") ?? "",
      organization: textOf(failure, "organization") ?? "",
      names: namesOf(failure).join(" → "),
      reason: textOf(failure, "reason") ?? "other",
      what,
      seconds: format.number(seconds),
      minutes: format.number(Math.ceil(seconds / 60)),
    });
  };
}
