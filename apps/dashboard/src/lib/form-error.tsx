import type { FieldErrors, FieldValues } from "react-hook-form";
import { FailureNotice } from "./failure-notice.tsx";

/** What the server said of the form as a whole. */
export function FormError<Values extends FieldValues>({ errors }: { errors: FieldErrors<Values> }) {
  const { root } = errors;
  return root?.message ? <FailureNotice message={root.message} requestId={String(root.type ?? "")} /> : null;
}
