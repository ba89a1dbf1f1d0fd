import type { FieldPath, FieldValues, UseFormSetError } from "react-hook-form";
import { type Failure, issuesOf } from "./failure.ts";

/** Fields that a code of the catalogue speaks of, where a form has them. */
const FIELDS_OF: Partial<Record<Failure["code"], readonly string[]>> = {
  EMAIL_TAKEN: ["email"],
  SLUG_TAKEN: ["slug"],
  NAME_TAKEN: ["name"],
  WRONG_PASSWORD: ["currentPassword", "password"],
  PASSWORD_UNSAFE: ["password", "newPassword"],
  PAIRING_CODE_UNKNOWN: ["code"],
  WRONG_CODE: ["code"],
};

/**
 * Puts a failed call's words where they belong: each issue on its field, what belongs to no field of the
 * form on the form as a whole. Nothing typed is lost.
 */
export function showFailure<Values extends FieldValues>(
  failure: Failure,
  words: string,
  fields: readonly FieldPath<Values>[],
  setError: UseFormSetError<Values>,
): void {
  const issues = issuesOf(failure);
  const placed = issues.flatMap((issue) => {
    const field = fields.find((one) => one === issue.path || issue.path.startsWith(`${one}.`));
    return field ? [{ field, message: issue.message }] : [];
  });
  for (const [index, { field, message }] of placed.entries()) {
    setError(field, { type: "server", message }, { shouldFocus: index === 0 });
  }
  if (issues.length > 0 && placed.length === issues.length) return;
  const field = fields.find((one) => FIELDS_OF[failure.code]?.includes(one));
  if (field) setError(field, { type: "server", message: words }, { shouldFocus: true });
  else setError("root", { type: failure.requestId ?? "", message: words });
}
