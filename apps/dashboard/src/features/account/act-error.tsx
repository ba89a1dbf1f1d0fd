import { toFailure } from "../../lib/failure.ts";
import { FailureNotice } from "../../lib/failure-notice.tsx";
import { useFailureText } from "../../lib/use-failure-text.ts";

/** What went wrong with a press, where there is no place for notices. */
export function ActError({ error }: { error: unknown }) {
  const failureText = useFailureText();
  if (!error) return null;
  const failure = toFailure(error);
  return <FailureNotice message={failureText(failure)} requestId={failure.requestId ?? ""} />;
}
