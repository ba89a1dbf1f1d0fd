import { useQueryClient } from "@tanstack/react-query";
import { notify } from "@vitrine/ui/notices";
import { useTranslations } from "use-intl";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { useAct } from "../../lib/use-act.ts";
import { enBusinesses } from "../../messages/en-businesses.ts";
import { BusinessField } from "./business-field.tsx";
import { useBusinessNames } from "./use-business-names.ts";

type Props = {
  businessId: string | null;
  /** Head of the query keys of what is moved. */
  head: "asset" | "playlist" | "layout" | "device" | "group" | "entry";
  move: (businessId: string | null) => Promise<unknown>;
  isDisabled?: boolean;
};

/** Shows which business something belongs to, and moves it at once when another is chosen. */
export function MoveToBusiness(props: Props) {
  return (
    <MoreMessages messages={enBusinesses}>
      <Move {...props} />
    </MoreMessages>
  );
}

function Move({ businessId, head, move, isDisabled = false }: Props) {
  const t = useTranslations("business");
  const queryClient = useQueryClient();
  const names = useBusinessNames();
  const act = useAct(move, {
    done: (_, chosen) => {
      const name = names?.find(({ id }) => id === chosen)?.name;
      notify({ title: name === undefined ? t("movedToWhole") : t("moved", { name }) });
    },
    settled: () => {
      for (const key of [head, "business"]) void queryClient.invalidateQueries({ queryKey: [key] });
    },
  });
  return (
    <BusinessField
      value={act.isPending ? act.variables : businessId}
      onChange={act.mutate}
      isDisabled={isDisabled}
    />
  );
}
