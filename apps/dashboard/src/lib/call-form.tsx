import type { ReactNode } from "react";
import { FailureNotice } from "./failure-notice.tsx";
import type { Sending } from "./use-call-form.ts";

/** The fields of a form that is sent in one call, below what the server said of it as a whole. */
export function CallForm({
  form,
  id,
  className = "grid gap-4",
  children,
}: {
  form: Sending;
  id?: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <form id={id} onSubmit={form.submit} noValidate className={className}>
      <Refusal form={form} />
      {children}
    </form>
  );
}

/** What the server said of a form as a whole, for one that lays itself out. */
export function Refusal({ form: { refusal } }: { form: Sending }) {
  return refusal ? <FailureNotice {...refusal} /> : null;
}
