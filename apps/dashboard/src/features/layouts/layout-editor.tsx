import { useQueryClient } from "@tanstack/react-query";
import { type LayoutView, updateLayoutInput } from "@vitrine/core/model/layout";
import { Button } from "@vitrine/ui/button";
import { Notice } from "@vitrine/ui/notice";
import { Trash2, TriangleAlert } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { NameInPlace } from "../../lib/name-in-place.tsx";
import { StaleNotice } from "../../lib/query-states.tsx";
import { useCan } from "../../lib/session.ts";
import { UnsavedGuard } from "../../lib/unsaved-guard.tsx";
import { Page } from "../shell/page.tsx";
import { Canvas } from "./canvas.tsx";
import { CanvasTools } from "./canvas-tools.tsx";
import { LayoutMenu } from "./layout-menu.tsx";
import { BackToLayouts } from "./layout-page.tsx";
import { LayoutPanel } from "./layout-panel.tsx";
import { useLayoutDraft } from "./use-layout-draft.ts";
import { useZoneActs } from "./use-zone-acts.ts";
import { useZonePictures } from "./use-zone-pictures.ts";
import { ZoneList } from "./zone-list.tsx";
import { ZonePanel } from "./zone-panel.tsx";

/** Arranges the zones of a layout. Nothing is on screens before it is saved. */
export function LayoutEditor({
  layout,
  query,
  onRemoved,
}: {
  layout: LayoutView;
  query: Parameters<typeof StaleNotice>[0]["query"];
  onRemoved: () => void;
}) {
  const t = useTranslations("layout");
  const common = useTranslations("common");
  const can = useCan();
  const queryClient = useQueryClient();
  const edit = useLayoutDraft(layout);
  const { draft, faults } = edit;
  const [selectedId, select] = useState<string | null>(layout.mainZoneId);
  const [isSnapping, setSnapping] = useState(true);
  const selected = draft.zones.find((zone) => zone.id === selectedId);
  const acts = useZoneActs({ edit, selectedId, select });
  const lookOf = useZonePictures(draft.zones.map((zone) => zone.playlistId));
  const mayEdit = can("layouts.edit") && layout.isActive;
  useUndoKeys(mayEdit ? edit : null);
  const save = () => {
    const [first] = edit.save();
    if (first?.zoneId) select(first.zoneId);
  };
  const whole = faults.filter((fault) => fault.zoneId === null);
  return (
    <Page
      title={layout.name}
      heading={
        <div className="grid gap-1">
          <BackToLayouts />
          <NameInPlace
            name={layout.name}
            mayEdit={mayEdit}
            check={(name) => updateLayoutInput.shape.name.unwrap().safeParse(name)}
            onRename={async (name) => {
              await api.layouts.update.mutate({ id: layout.id, name });
              for (const head of ["layout", "entry"])
                void queryClient.invalidateQueries({ queryKey: [head] });
            }}
          />
        </div>
      }
      action={
        <>
          {mayEdit ? (
            <>
              {edit.isDirty ? <Button onClick={edit.discard}>{common("discard")}</Button> : null}
              <Button variant="primary" disabled={!edit.isDirty} isBusy={edit.isSaving} onClick={save}>
                {common("save")}
              </Button>
            </>
          ) : null}
          <LayoutMenu layout={layout} onRemoved={onRemoved} />
        </>
      }
    >
      <UnsavedGuard isDirty={edit.isDirty && !edit.isSaving} />
      <StaleNotice query={query} hasData />
      {layout.isActive ? null : (
        <Notice tone="warning" icon={<Trash2 aria-hidden />}>
          {t("isRemoved")}
        </Notice>
      )}
      {whole.map((fault) => (
        <Notice key={fault.field} tone="danger" isUrgent icon={<TriangleAlert aria-hidden />}>
          {fault.message}
        </Notice>
      ))}
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem] 3xl:grid-cols-[minmax(0,1fr)_26rem]">
        <section aria-label={t("canvas")} className="grid min-w-0 gap-3 lg:sticky lg:top-5">
          {mayEdit ? (
            <CanvasTools
              acts={acts}
              edit={edit}
              selected={selected}
              isSnapping={isSnapping}
              onSnapping={setSnapping}
            />
          ) : null}
          <Canvas
            draft={draft}
            faults={faults}
            selectedId={selectedId}
            isSnapping={isSnapping}
            mayEdit={mayEdit}
            lookOf={lookOf}
            acts={acts}
          />
          <p role="status" className="sr-only">
            {acts.said}
          </p>
        </section>
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-5">
          {selected ? (
            <ZonePanel
              key={selected.id}
              zone={selected}
              draft={draft}
              faults={faults}
              mayEdit={mayEdit}
              look={lookOf(selected.playlistId)}
              acts={acts}
            />
          ) : null}
          <ZoneList
            draft={draft}
            faults={faults}
            selectedId={selectedId}
            lookOf={lookOf}
            onSelect={acts.show}
          />
          <LayoutPanel
            layout={layout}
            draft={draft}
            faults={faults}
            mayEdit={mayEdit}
            onChange={edit.change}
          />
        </div>
      </div>
    </Page>
  );
}

/** Ctrl+Z and Ctrl+Y anywhere on the page, except where text is being typed. */
function useUndoKeys(edit: { undo: () => void; redo: () => void } | null): void {
  useEffect(() => {
    if (!edit) return;
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      if (event.target instanceof Element && event.target.matches("input, textarea")) return;
      const key = event.key.toLowerCase();
      if (key !== "z" && key !== "y") return;
      event.preventDefault();
      if (key === "y" || event.shiftKey) edit.redo();
      else edit.undo();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [edit]);
}
