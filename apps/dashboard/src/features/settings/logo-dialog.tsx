import { Dialog } from "@vitrine/ui/dialog";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { SearchBox } from "../../lib/search-box.tsx";
import { AssetChoices } from "../playlists/asset-choices.tsx";

/** Lets a picture be picked as the logo: a press is the choice. */
export function LogoDialog({
  chosenId,
  onPick,
  onClose,
}: {
  chosenId: string | null;
  onPick: (assetId: string) => void;
  onClose: () => void;
}) {
  const t = useTranslations("brand");
  const picker = useTranslations("picker");
  const common = useTranslations("common");
  const [search, setSearch] = useState("");
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="lg"
      title={t("logoTitle")}
      description={t("logoPurpose")}
      closeLabel={common("close")}
    >
      <div className="grid min-h-[26rem] grid-cols-[minmax(0,1fr)] content-start gap-4">
        <SearchBox value={search} label={picker("search")} onChange={setSearch} />
        <AssetChoices
          search={search}
          only={ONLY}
          emptyText={t("noPictures")}
          picked={chosenId === null ? [] : [chosenId]}
          onToggle={onPick}
          onClear={() => setSearch("")}
          onLeave={onClose}
        />
      </div>
    </Dialog>
  );
}

const ONLY = { kind: "image", state: "ready" } as const;
