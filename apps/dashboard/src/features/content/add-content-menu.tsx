import { Menu, MenuItem } from "@vitrine/ui/menu";
import { Globe, Radio, Upload } from "lucide-react";
import type { ReactElement } from "react";
import { useTranslations } from "use-intl";
import { useAppActions } from "../shell/app-actions.tsx";

/** The ways to add content. Its script is fetched when it is first wanted, which opens it. */
export default function AddContentMenu({ trigger }: { trigger: ReactElement }) {
  const t = useTranslations("content");
  const actions = useAppActions();
  return (
    <Menu trigger={trigger} isOpenAtFirst>
      <MenuItem icon={<Upload aria-hidden />} onSelect={actions.addContent}>
        {t("addFiles")}
      </MenuItem>
      <MenuItem icon={<Globe aria-hidden />} onSelect={() => actions.addWebPage()}>
        {t("addWebPage")}
      </MenuItem>
      <MenuItem icon={<Radio aria-hidden />} onSelect={actions.addStream}>
        {t("addStream")}
      </MenuItem>
    </Menu>
  );
}
