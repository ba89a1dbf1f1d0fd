import { useQuery } from "@tanstack/react-query";
import { Checkbox } from "@vitrine/ui/checkbox";
import { Skeleton } from "@vitrine/ui/skeleton";
import { CircleAlert } from "lucide-react";
import { useId } from "react";
import { useTranslations } from "use-intl";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { QueryError } from "../../lib/query-states.tsx";
import { enDayparts } from "../../messages/en-dayparts.ts";
import { daypartChoicesQuery } from "./dayparts-queries.ts";
import { useWindowWords } from "./use-window-words.ts";

/** Dayparts to tick, each with its hours in words. */
export function DaypartChoices(props: Props) {
  return (
    <MoreMessages messages={enDayparts}>
      <Choices {...props} />
    </MoreMessages>
  );
}

type Props = {
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  label: string;
  hint?: string;
  error?: string | undefined;
};

function Choices({ chosen, onChange, label, hint, error }: Props) {
  const t = useTranslations("dayparts");
  const words = useWindowWords();
  const id = useId();
  const dayparts = useQuery(daypartChoicesQuery);
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <fieldset className="grid min-w-0 gap-1.5" aria-describedby={described || undefined}>
      <legend className="pb-1.5 font-medium">{label}</legend>
      {dayparts.data ? (
        dayparts.data.length === 0 ? (
          <p className="text-muted text-sm">{t("noneToChoose")}</p>
        ) : (
          <ul className="max-h-60 overflow-y-auto rounded-lg border">
            {dayparts.data.map((daypart) => (
              <li key={daypart.id} className="not-first:border-t">
                <label
                  htmlFor={`${id}-${daypart.id}`}
                  className="flex min-h-11 items-center gap-3 px-3 py-1.5 hover:bg-hover"
                >
                  <Checkbox
                    id={`${id}-${daypart.id}`}
                    isChecked={chosen.includes(daypart.id)}
                    onChange={(isChosen) =>
                      onChange(
                        isChosen ? [...chosen, daypart.id] : chosen.filter((one) => one !== daypart.id),
                      )
                    }
                  />
                  <span className="grid min-w-0 grow">
                    <span className="truncate font-medium">{daypart.name}</span>
                    <span className="tabular truncate text-muted text-sm">
                      {daypart.windows.map((window) => words.all(window)).join(" · ")}
                    </span>
                  </span>
                </label>
              </li>
            ))}
          </ul>
        )
      ) : dayparts.isError ? (
        <QueryError query={dayparts} />
      ) : (
        <Skeleton className="h-24" />
      )}
      {hint ? (
        <p id={`${id}-hint`} className="text-muted text-sm">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} role="alert" className="flex items-center gap-1.5 text-danger text-sm">
          <CircleAlert aria-hidden className="size-3.5" />
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
