import { Button } from "@vitrine/ui/button";
import { Dialog } from "@vitrine/ui/dialog";
import { Upload } from "lucide-react";
import { type SubmitEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { useSession } from "../../lib/session.ts";
import { enBusinesses } from "../../messages/en-businesses.ts";
import { BusinessField } from "../businesses/business-field.tsx";
import { useBusinessInView, useBusinessNames } from "../businesses/use-business-names.ts";
import { useUploadManager } from "./uploads-context.tsx";

type Props = { files: readonly File[]; onDone: () => void };

/** Sends files that were picked; where there are businesses to choose from, asks first which one they belong to. */
export function FilesToAdd({ files, onDone }: Props) {
  const manager = useUploadManager();
  const { businesses } = useSession().organization;
  const names = useBusinessNames();
  const isAsked = names && names.length > (businesses === null ? 0 : 1);
  const taken = useRef<typeof files>(undefined);
  useEffect(() => {
    // Effects run twice while the dashboard is developed.
    if (isAsked !== false || taken.current === files) return;
    taken.current = files;
    manager.add(files.map((file) => ({ file })));
    onDone();
  }, [isAsked, manager, files, onDone]);
  if (!isAsked) return null;
  return (
    <MoreMessages messages={enBusinesses}>
      <Question
        count={files.length}
        onSend={(businessId) => {
          manager.add(files.map((file) => ({ file, businessId })));
          onDone();
        }}
        onClose={onDone}
      />
    </MoreMessages>
  );
}

function Question({
  count,
  onSend,
  onClose,
}: {
  count: number;
  onSend: (businessId: string | null) => void;
  onClose: () => void;
}) {
  const t = useTranslations("business");
  const common = useTranslations("common");
  const formId = useId();
  const { businesses } = useSession().organization;
  const inView = useBusinessInView();
  const [businessId, choose] = useState(inView ?? (businesses === null ? null : undefined));
  const [isMissing, setMissing] = useState(false);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (businessId === undefined) setMissing(true);
    else onSend(businessId);
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("filesTitle", { count })}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary">
            <Upload aria-hidden />
            {t("filesAdd")}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit}>
        <BusinessField
          value={businessId}
          error={isMissing && businessId === undefined ? t("needed") : undefined}
          onChange={choose}
        />
      </form>
    </Dialog>
  );
}
