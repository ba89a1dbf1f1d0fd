import { Button } from "@vitrine/ui/button";
import { Dialog } from "@vitrine/ui/dialog";
import { Notice } from "@vitrine/ui/notice";
import { Tabs } from "@vitrine/ui/tabs";
import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { toFailure } from "../../lib/failure.ts";
import { SearchBox } from "../../lib/search-box.tsx";
import { useFailureText } from "../../lib/use-failure-text.ts";
import { AssetChoices } from "./asset-choices.tsx";
import { PlaylistChoices } from "./playlist-choices.tsx";

/** Picks content by its picture, and other playlists; they are added in the order in which they were picked. */
export function AddItemsDialog({
  playlistId,
  onClose,
  onAdd,
  isBusy,
  error,
}: {
  /** The playlist to which is added: it is not offered to itself. */
  playlistId: string;
  onClose: () => void;
  onAdd: (assetIds: string[], playlistIds: string[]) => Promise<void>;
  isBusy: boolean;
  error: Error | null;
}) {
  const t = useTranslations("picker");
  const common = useTranslations("common");
  const failureText = useFailureText();
  const [kind, setKind] = useState<"content" | "playlists">("content");
  const [search, setSearch] = useState("");
  const [assets, setAssets] = useState<readonly string[]>([]);
  const [playlists, setPlaylists] = useState<readonly string[]>([]);
  const count = assets.length + playlists.length;
  const clear = () => setSearch("");
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="lg"
      title={t("title")}
      description={kind === "content" ? t("purpose") : t("playlistsPurpose")}
      closeLabel={common("close")}
      footer={
        <>
          <p className="me-auto text-muted text-sm" aria-live="polite">
            {t("picked", { count })}
          </p>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button
            variant="primary"
            isBusy={isBusy}
            disabled={count === 0}
            onClick={() => void onAdd([...assets], [...playlists]).catch(() => undefined)}
          >
            {t("add", { count })}
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {error ? (
          <Notice tone="danger" isUrgent icon={<TriangleAlert aria-hidden />}>
            {failureText(toFailure(error))}
          </Notice>
        ) : null}
        <Tabs
          value={kind}
          onChange={(next) => {
            setKind(next);
            clear();
          }}
          label={t("kinds")}
          tabs={[
            {
              value: "content",
              label: t("content"),
              panel: (
                <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
                  <SearchBox value={search} label={t("search")} onChange={setSearch} />
                  <AssetChoices
                    search={search}
                    picked={assets}
                    onToggle={(id) => setAssets(toggled(assets, id))}
                    onClear={clear}
                    onLeave={onClose}
                  />
                </div>
              ),
            },
            {
              value: "playlists",
              label: t("playlists"),
              panel: (
                <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
                  <SearchBox value={search} label={t("searchPlaylists")} onChange={setSearch} />
                  <PlaylistChoices
                    search={search}
                    exceptId={playlistId}
                    placeOf={(id) => (playlists.includes(id) ? assets.length + playlists.indexOf(id) : -1)}
                    onPick={(id) => setPlaylists(toggled(playlists, id))}
                    onClear={clear}
                  />
                </div>
              ),
            },
          ]}
        />
      </div>
    </Dialog>
  );
}

function toggled(ids: readonly string[], id: string): readonly string[] {
  return ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id];
}
