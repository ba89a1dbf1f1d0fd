import { useQuery } from "@tanstack/react-query";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { LoaderCircle } from "lucide-react";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { api, type Outputs } from "../../lib/api-client.ts";
import { toFailure } from "../../lib/failure.ts";
import { useFailureText } from "../../lib/use-failure-text.ts";
import { codeLetters, groupedCode, isWholeCode } from "./pairing-code.ts";

/** Takes the code from the glass; once its last letter is there, the screen is looked up by itself. */
export function PairCodeStep({
  letters,
  onLetters,
  onFound,
}: {
  letters: string;
  onLetters: (letters: string) => void;
  onFound: (letters: string, found: Outputs["devices"]["findPairing"]) => void;
}) {
  const t = useTranslations("pair");
  const failureText = useFailureText();
  const lookup = useQuery({
    queryKey: ["pairing", letters],
    enabled: isWholeCode(letters),
    queryFn: ({ signal }) => api.devices.findPairing.query({ code: letters }, { signal }),
    retry: false,
    staleTime: 0,
    gcTime: 0,
  });
  const { data } = lookup;
  useEffect(() => {
    if (data && isWholeCode(letters)) onFound(letters, data);
  }, [data, letters, onFound]);
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (isWholeCode(letters)) void lookup.refetch();
      }}
    >
      <Field
        label={t("code")}
        hint={t("codeHint")}
        error={lookup.isError && isWholeCode(letters) ? failureText(toFailure(lookup.error)) : undefined}
      >
        {(control) => (
          <Input
            {...control}
            value={groupedCode(letters)}
            onChange={(event) => onLetters(codeLetters(event.target.value))}
            onPaste={(event) => {
              event.preventDefault();
              onLetters(codeLetters(event.clipboardData.getData("text")));
            }}
            autoFocus
            autoComplete="off"
            autoCapitalize="characters"
            autoCorrect="off"
            spellCheck={false}
            placeholder="BCDF GHJK LMNP"
            className="h-14 text-center font-semibold text-2xl uppercase tracking-[0.2em] pointer-coarse:h-14 pointer-coarse:text-2xl"
          />
        )}
      </Field>
      <p role="status" className="flex min-h-5 items-center gap-2 text-muted">
        {lookup.isFetching ? (
          <>
            <LoaderCircle aria-hidden className="size-4 animate-spin" />
            {t("looking")}
          </>
        ) : null}
      </p>
    </form>
  );
}
