import { Dialog } from "@vitrine/ui/dialog";
import { useTranslations } from "use-intl";
import { ShownChoices } from "./shown-choices.tsx";
import type { ShownContent, ShownKind } from "./shown-content.ts";

/** Lets one thing to show be picked: a press is the choice. */
export function ShownDialog({
  title,
  kinds,
  chosen,
  onPick,
  onClose,
}: {
  /** Says what it is picked for; leave out where that is plain. */
  title?: string;
  kinds?: readonly ShownKind[];
  chosen: ShownContent | null;
  onPick: (content: ShownContent) => void;
  onClose: () => void;
}) {
  const t = useTranslations("shown");
  const common = useTranslations("common");
  return (
    <Dialog isOpen onClose={onClose} size="lg" title={title ?? t("title")} closeLabel={common("close")}>
      <div className="grid min-h-[26rem] content-start">
        <ShownChoices
          use="press"
          {...(kinds ? { kinds } : {})}
          firstKind="playlist"
          chosen={chosen}
          onChoose={onPick}
        />
      </div>
    </Dialog>
  );
}
