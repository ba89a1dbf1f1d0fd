import type { ZoneInput } from "@vitrine/core/model/layout";
import { MAX_ZONES } from "@vitrine/core/model/layout";
import { Button } from "@vitrine/ui/button";
import { IconButton } from "@vitrine/ui/icon-button";
import { BringToFront, Copy, Magnet, Plus, Redo2, SendToBack, Trash2, Undo2 } from "lucide-react";
import { useTranslations } from "use-intl";
import type { Edit, ZoneActs } from "./use-zone-acts.ts";

/** What can be done on the canvas, as buttons. */
export function CanvasTools({
  acts,
  edit,
  selected,
  isSnapping,
  onSnapping,
}: {
  acts: ZoneActs;
  edit: Edit;
  selected: ZoneInput | undefined;
  isSnapping: boolean;
  onSnapping: (isSnapping: boolean) => void;
}) {
  const t = useTranslations("layout");
  const { zones } = edit.draft;
  const place = selected ? zones.indexOf(selected) : -1;
  const onSelected = (act: (id: string) => void) => () => (selected ? act(selected.id) : undefined);
  return (
    <div className="flex flex-wrap items-center gap-1">
      <Button onClick={acts.add} disabled={zones.length >= MAX_ZONES} className="me-1">
        <Plus aria-hidden />
        <span className="max-sm:sr-only">{t("add")}</span>
      </Button>
      <IconButton
        label={t("duplicate")}
        disabled={!selected || zones.length >= MAX_ZONES}
        onClick={onSelected(acts.duplicate)}
      >
        <Copy aria-hidden />
      </IconButton>
      <IconButton
        label={t("forward")}
        disabled={!selected || place === zones.length - 1}
        onClick={onSelected((id) => acts.step(id, 1))}
      >
        <BringToFront aria-hidden />
      </IconButton>
      <IconButton
        label={t("backward")}
        disabled={!selected || place === 0}
        onClick={onSelected((id) => acts.step(id, -1))}
      >
        <SendToBack aria-hidden />
      </IconButton>
      <IconButton
        label={t("removeZone")}
        disabled={!selected || zones.length === 1}
        onClick={onSelected(acts.remove)}
      >
        <Trash2 aria-hidden />
      </IconButton>
      <span aria-hidden className="mx-1 h-5 w-px bg-border max-sm:hidden" />
      <IconButton label={t("undo")} disabled={!edit.canUndo} onClick={edit.undo}>
        <Undo2 aria-hidden />
      </IconButton>
      <IconButton label={t("redo")} disabled={!edit.canRedo} onClick={edit.redo}>
        <Redo2 aria-hidden />
      </IconButton>
      <IconButton
        label={t("snap")}
        aria-pressed={isSnapping}
        className="ms-auto aria-pressed:bg-accent-soft aria-pressed:text-accent-text"
        onClick={() => onSnapping(!isSnapping)}
      >
        <Magnet aria-hidden />
      </IconButton>
    </div>
  );
}
