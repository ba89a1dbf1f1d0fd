import { cn } from "@vitrine/ui/cn";
import { Monitor, Moon, Sun } from "lucide-react";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { chooseTheme, storedTheme, THEMES } from "../../lib/theme.ts";

const ICONS = { system: Monitor, light: Sun, dark: Moon };

/** Light, dark, or as the machine has it. */
export function ThemeChoice() {
  const t = useTranslations("theme");
  const name = useId();
  const [theme, setTheme] = useState(() => storedTheme(localStorage));
  return (
    <fieldset className="grid gap-2">
      <legend className="pb-2 font-medium">{t("label")}</legend>
      <div className="grid gap-2 sm:grid-cols-3">
        {THEMES.map((value) => {
          const Icon = ICONS[value];
          return (
            <label
              key={value}
              className={cn(
                "flex min-h-12 items-center gap-3 rounded-lg border bg-raised px-3 has-focus-visible:outline-2 has-focus-visible:outline-accent-text",
                theme === value && "border-accent bg-accent-soft",
              )}
            >
              <input
                type="radio"
                name={name}
                value={value}
                checked={theme === value}
                onChange={() => {
                  setTheme(value);
                  chooseTheme(value, localStorage, document.documentElement);
                }}
                className="accent-accent outline-none"
              />
              <Icon aria-hidden className="size-4 text-muted" />
              {t(value)}
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
