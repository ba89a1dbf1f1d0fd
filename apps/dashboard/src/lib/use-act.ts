import { type UseMutationResult, useMutation } from "@tanstack/react-query";
import { notify } from "@vitrine/ui/notices";
import { useTranslations } from "use-intl";
import { type Failure, toFailure } from "./failure.ts";
import { useFailureText } from "./use-failure-text.ts";

/**
 * A change made by a press: what goes wrong is told in a notice with the request id, unless `onFailure`
 * answers true for having dealt with it.
 */
export function useAct<Input, Output>(
  act: (input: Input) => Promise<Output>,
  on: {
    done?: (output: Output, input: Input) => void;
    failure?: (failure: Failure, input: Input) => boolean;
    /** A promise keeps the act under way until it is kept. */
    settled?: () => unknown;
  } = {},
): UseMutationResult<Output, Error, Input> {
  const t = useTranslations("common");
  const failureText = useFailureText();
  return useMutation<Output, Error, Input>({
    mutationFn: act,
    onSuccess: (output, input) => on.done?.(output, input),
    onError: (error, input) => {
      const failure = toFailure(error);
      if (on.failure?.(failure, input)) return;
      notify({
        tone: "danger",
        title: failureText(failure),
        ...(failure.requestId ? { description: `${t("requestId")} ${failure.requestId}` } : {}),
      });
    },
    onSettled: () => on.settled?.(),
  });
}
