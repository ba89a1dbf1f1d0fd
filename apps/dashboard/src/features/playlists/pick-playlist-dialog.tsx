import { Button } from "@vitrine/ui/button";
import { Dialog } from "@vitrine/ui/dialog";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { SearchBox } from "../../lib/search-box.tsx";
import { PlaylistChoices } from "./playlist-choices.tsx";

/** Lets one playlist be picked by its pictures. */
export function PickPlaylistDialog({
  title,
  onClose,
  onPick,
}: {
  title: string;
  onClose: () => void;
  onPick: (playlistId: string) => void;
}) {
  const t = useTranslations("picker");
  const common = useTranslations("common");
  const [search, setSearch] = useState("");
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="md"
      title={title}
      closeLabel={common("close")}
      footer={<Button onClick={onClose}>{common("cancel")}</Button>}
    >
      <div className="grid gap-4">
        <SearchBox value={search} label={t("searchPlaylists")} onChange={setSearch} />
        <PlaylistChoices search={search} onPick={onPick} onClear={() => setSearch("")} />
      </div>
    </Dialog>
  );
}
