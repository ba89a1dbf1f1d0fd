import { zodResolver } from "@hookform/resolvers/zod";
import type { BaseSyntheticEvent } from "react";
import {
  type FieldErrors,
  type FieldPath,
  type FieldValues,
  type UseFormProps,
  type UseFormReturn,
  useForm,
} from "react-hook-form";
import type * as z from "zod";
import { type Failure, toFailure } from "./failure.ts";
import { showFailure } from "./form-failure.ts";
import { useFailureText } from "./use-failure-text.ts";

/** How a form stands with the server: what every form shows, whatever is typed in it. */
export type Sending = {
  submit: (event?: BaseSyntheticEvent) => Promise<void>;
  isSubmitting: boolean;
  isDirty: boolean;
  /** What the server said of the form as a whole, with the request to name when asking about it. */
  refusal: { message: string; requestId: string } | null;
};

/** A form that is sent in one call. */
export type CallForm<Typed extends FieldValues, Sent> = UseFormReturn<Typed, unknown, Sent> &
  Sending & { errors: FieldErrors<Typed> };

type Call<Typed extends FieldValues, Sent> = {
  /** Fields that show what the server says of them. */
  fields: readonly FieldPath<Typed>[] | ((sent: Sent) => readonly FieldPath<Typed>[]);
  /** Sends what was typed, and goes on from there. */
  call: (sent: Sent) => Promise<void>;
  /** Answers true for having dealt with a failure, which is then not shown. */
  failure?: ((failure: Failure) => boolean) | undefined;
  /** What is typed does not fit; the first field that says so has the focus already, where it takes it. */
  invalid?: (() => void) | undefined;
};

/**
 * A form whose values are checked by a schema and sent in one call. What the server refuses stands on its field,
 * which gets the focus, or on the form as a whole; nothing typed is lost. It follows `values` where those change
 * elsewhere, but for what was typed since.
 */
export function useCallForm<Typed extends FieldValues, Sent>({
  schema,
  fields,
  call,
  failure,
  invalid,
  ...props
}: Call<Typed, Sent> & { schema: z.ZodType<Sent, Typed> } & Pick<
    UseFormProps<Typed, unknown, Sent>,
    "defaultValues" | "values"
  >): CallForm<Typed, Sent> {
  const form = useForm<Typed, unknown, Sent>({
    ...props,
    resolver: zodResolver(schema),
    resetOptions: { keepDirtyValues: true },
  });
  return {
    ...useCall(form, { fields, call, failure, invalid }),
    // What is put back by hand is put back whole, which the library takes `resetOptions` for otherwise.
    reset: (values, keep) => form.reset(values, { keepDirtyValues: false, ...keep }),
  };
}

/** The same of a form whose values are checked by other means. */
export function useCall<Typed extends FieldValues, Sent>(
  form: UseFormReturn<Typed, unknown, Sent>,
  { fields, call, failure, invalid }: Call<Typed, Sent>,
): CallForm<Typed, Sent> {
  const failureText = useFailureText();
  const { errors, isSubmitting, isDirty } = form.formState;
  const submit = form.handleSubmit(async (sent) => {
    try {
      await call(sent);
    } catch (error) {
      const failed = toFailure(error);
      if (failure?.(failed)) return;
      const shown = typeof fields === "function" ? fields(sent) : fields;
      showFailure(failed, failureText(failed), shown, form.setError);
    }
  }, invalid);
  const { root } = errors;
  const refusal = root?.message ? { message: root.message, requestId: String(root.type ?? "") } : null;
  return { ...form, errors, isSubmitting, isDirty, submit, refusal };
}
