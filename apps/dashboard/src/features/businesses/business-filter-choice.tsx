import { Select } from "@vitrine/ui/select";
import { useTranslations } from "use-intl";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { useSession } from "../../lib/session.ts";
import { enBusinesses } from "../../messages/en-businesses.ts";
import { useBusinessNames } from "./use-business-names.ts";

type Props = {
  value: string | undefined;
  onChange: (business: string | undefined) => void;
};

/** Narrows a list to what belongs to one business, where there is more than one to choose from. */
export function BusinessFilterChoice(props: Props) {
  return (
    <MoreMessages messages={enBusinesses}>
      <Filter {...props} />
    </MoreMessages>
  );
}

function Filter({ value, onChange }: Props) {
  const t = useTranslations("business");
  const { businesses } = useSession().organization;
  const names = useBusinessNames() ?? [];
  return (
    <Select
      label={t("filter")}
      className="w-auto min-w-32 max-w-56"
      value={value ?? ""}
      onChange={(next) => onChange(next || undefined)}
      options={[
        { value: "", label: t("all") },
        ...(businesses === null ? [{ value: "none", label: t("whole") }] : []),
        ...names.map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  );
}
