import { Button } from "@vitrine/ui/button";
import { Dialog } from "@vitrine/ui/dialog";
import { type ComponentProps, useId } from "react";
import { useTranslations } from "use-intl";
import { CallForm } from "./call-form.tsx";
import type { Sending } from "./use-call-form.ts";

/** A form over the page, with what sends it and a way out below. */
export function FormDialog({
  form,
  submitLabel,
  isDangerous = false,
  className,
  onClose,
  children,
  ...rest
}: {
  form: Sending;
  submitLabel: string;
  isDangerous?: boolean;
  /** Of the form. */
  className?: string;
  onClose: () => void;
} & Pick<ComponentProps<typeof Dialog>, "title" | "description" | "size" | "children">) {
  const common = useTranslations("common");
  const formId = useId();
  return (
    <Dialog
      {...rest}
      isOpen
      onClose={onClose}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button
            type="submit"
            form={formId}
            variant={isDangerous ? "danger" : "primary"}
            isBusy={form.isSubmitting}
          >
            {submitLabel}
          </Button>
        </>
      }
    >
      <CallForm form={form} id={formId} {...(className ? { className } : {})}>
        {children}
      </CallForm>
    </Dialog>
  );
}
