import { VirtualRows } from "@vitrine/ui/virtual-rows";
import type { ComponentProps } from "react";
import { useTranslations } from "use-intl";
import { useScroller } from "../shell/page.tsx";
import { AssetRow } from "./asset-row.tsx";

type RowProps = ComponentProps<typeof AssetRow>;

/** Content as a list of rows. */
export function AssetList({
  assets,
  more,
  rowOf,
}: {
  assets: readonly RowProps["asset"][];
  more: ComponentProps<typeof VirtualRows>["more"];
  rowOf: (asset: RowProps["asset"]) => RowProps;
}) {
  const t = useTranslations("content");
  const scroller = useScroller();
  return (
    <div className="overflow-hidden rounded-lg border bg-raised *:-mt-px">
      <VirtualRows
        items={assets}
        keyOf={(asset) => asset.id}
        rowHeight={56}
        gap={0}
        scroller={scroller}
        label={t("title")}
        more={more}
        renderItem={(asset) => <AssetRow {...rowOf(asset)} />}
      />
    </div>
  );
}
