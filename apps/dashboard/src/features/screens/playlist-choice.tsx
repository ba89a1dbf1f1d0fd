import { useQuery } from "@tanstack/react-query";
import type { FieldControl } from "@vitrine/ui/field";
import { Select } from "@vitrine/ui/select";
import { Clapperboard, Plus, Star } from "lucide-react";
import { useTranslations } from "use-intl";
import { playlistChoicesQuery } from "../playlists/playlist-queries.ts";

/** Stands for the organization's default playlist. */
export const DEFAULT_CHOICE = "default";
/** Stands for a new playlist of the person's content. */
export const NEW_CHOICE = "new";

/** Which playlist a screen plays: one of its own, a new one where that is offered, or the organization's default. */
export function PlaylistChoice({
  value,
  onChange,
  control,
  label,
  newCount,
  isDefaultUnseen = false,
  isDisabled,
}: {
  /** One that is not on the list is another business's. */
  value: string;
  onChange: (value: string) => void;
  control?: FieldControl;
  label?: string;
  /** How many assets a new playlist would hold; 0 or absent: none is offered. */
  newCount?: number;
  /** The organization has a default, which is not on the list either. */
  isDefaultUnseen?: boolean;
  isDisabled?: boolean;
}) {
  const t = useTranslations("screens");
  const shown = useTranslations("shown");
  const playlists = useQuery(playlistChoicesQuery);
  const defaultName = isDefaultUnseen ? shown("unseen") : playlists.data?.find((one) => one.isDefault)?.name;
  const isListed =
    [DEFAULT_CHOICE, NEW_CHOICE].includes(value) || playlists.data?.some(({ id }) => id === value);
  const unseen = playlists.data && !isListed ? [{ id: value, name: shown("unseen") }] : [];
  return (
    <Select
      {...(control ? { control } : {})}
      {...(label ? { label } : {})}
      {...(isDisabled ? { isDisabled } : {})}
      value={value}
      onChange={onChange}
      options={[
        ...(newCount
          ? [
              {
                value: NEW_CHOICE,
                label: t("newPlaylistOf", { count: newCount }),
                icon: <Plus aria-hidden />,
              },
            ]
          : []),
        {
          value: DEFAULT_CHOICE,
          label: defaultName ? t("organizationDefault", { name: defaultName }) : t("noDefault"),
          icon: <Star aria-hidden />,
        },
        ...[...unseen, ...(playlists.data ?? [])].map((one) => ({
          value: one.id,
          label: one.name,
          icon: <Clapperboard aria-hidden />,
        })),
      ]}
    />
  );
}
