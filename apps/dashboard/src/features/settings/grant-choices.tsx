import { type Permission, partsOf } from "@vitrine/core/model/permissions";
import { Checkbox } from "@vitrine/ui/checkbox";
import { CircleAlert } from "lucide-react";
import { useId } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "../../lib/session.ts";

/** Permissions to tick, by area; only such as the person has, since nobody gives what they lack. */
export function GrantChoices({
  legend,
  chosen,
  offered,
  onChange,
  error,
}: {
  /** What they are; unless told otherwise, what the bearer may do. */
  legend?: string;
  chosen: readonly string[];
  /** All that the person has, unless told otherwise. */
  offered?: readonly Permission[];
  onChange: (chosen: string[]) => void;
  error: string | undefined;
}) {
  const t = useTranslations("apiKeys");
  const areas = useTranslations("area");
  const actions = useTranslations("permissionAction");
  const id = useId();
  const { permissions } = useSession().organization;
  const byArea = Map.groupBy(offered ?? permissions, (permission) => partsOf(permission).area);
  const toggle = (permission: string, isChosen: boolean) =>
    onChange(isChosen ? [...chosen, permission] : chosen.filter((one) => one !== permission));
  return (
    <fieldset className="grid gap-3" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="pb-2 font-medium">{legend ?? t("grants")}</legend>
      {error ? (
        <p id={`${id}-error`} role="alert" className="flex items-center gap-1.5 text-danger text-sm">
          <CircleAlert aria-hidden className="size-3.5" />
          {error}
        </p>
      ) : null}
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
        {[...byArea].map(([area, list]) => (
          <fieldset key={area} className="grid content-start gap-1">
            <legend className="pb-1 text-muted text-sm">{areas(area)}</legend>
            {list.map((permission) => {
              const { action } = partsOf(permission);
              return (
                <label
                  key={permission}
                  htmlFor={`${id}-${permission}`}
                  className="flex min-h-7 items-center gap-2.5"
                >
                  <Checkbox
                    id={`${id}-${permission}`}
                    isChecked={chosen.includes(permission)}
                    onChange={(isChecked) => toggle(permission, isChecked)}
                  />
                  {actions(action)}
                </label>
              );
            })}
          </fieldset>
        ))}
      </div>
    </fieldset>
  );
}
