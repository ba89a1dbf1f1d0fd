import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";

/** Choices under a title, with what is wrong with them; the id of that describes the choices. */
export function FieldGroup({
  title,
  error,
  children,
}: {
  title: ReactNode;
  error?: string | undefined;
  children: (describedBy: string | undefined) => ReactNode;
}) {
  const id = useId();
  return (
    <fieldset className="grid min-w-0 gap-1.5">
      <legend className="mb-1.5 font-medium">{title}</legend>
      {children(error ? id : undefined)}
      {error ? (
        <p id={id} role="alert" className="flex items-start gap-1.5 text-danger text-sm">
          <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          <span>{error}</span>
        </p>
      ) : null}
    </fieldset>
  );
}
