import { Field } from "@vitrine/ui/field";
import { controlClass } from "@vitrine/ui/input";
import { X } from "lucide-react";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { tagOf } from "../../lib/tag-of.ts";

const MAX_TAGS = 30;

/** Tags as words in a box: Enter or a comma adds one, Backspace in the empty box takes the last away. */
export function TagField({
  tags,
  known,
  onChange,
  label,
  hint,
  error,
}: {
  tags: readonly string[];
  /** Tags in use, which are offered; undefined while they are not known. */
  known: readonly { tag: string }[] | undefined;
  onChange: (tags: readonly string[]) => void;
  label: string;
  hint?: string;
  error?: string | undefined;
}) {
  const t = useTranslations("content");
  const listId = useId();
  const [typed, setTyped] = useState("");
  const add = (text: string) => {
    const fresh = text
      .split(",")
      .map(tagOf)
      .filter((tag) => tag !== "" && !tags.includes(tag));
    if (fresh.length > 0) onChange([...new Set([...tags, ...fresh])].slice(0, MAX_TAGS));
    setTyped("");
  };
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <div
          className={`${controlClass} flex h-auto min-h-8 flex-wrap items-center gap-1 p-1 focus-within:outline-2 focus-within:outline-accent-text pointer-coarse:h-auto`}
        >
          {tags.map((tag) => (
            <span
              key={tag}
              className="inline-flex h-6 max-w-full items-center rounded-sm bg-sunken ps-2 text-sm"
            >
              <span className="truncate">{tag}</span>
              <button
                type="button"
                aria-label={t("removeTag", { tag })}
                onClick={() => onChange(tags.filter((one) => one !== tag))}
                className="grid size-6 place-items-center rounded-sm text-muted hover:text-text"
              >
                <X aria-hidden className="size-3.5" />
              </button>
            </span>
          ))}
          <input
            {...control}
            list={listId}
            value={typed}
            maxLength={50}
            onChange={(event) =>
              event.target.value.includes(",") ? add(event.target.value) : setTyped(event.target.value)
            }
            onBlur={() => add(typed)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && typed.trim() !== "") {
                event.preventDefault();
                add(typed);
              }
              if (event.key === "Backspace" && typed === "") onChange(tags.slice(0, -1));
            }}
            className="h-6 min-w-24 grow bg-transparent px-1.5 outline-none"
          />
          <datalist id={listId}>
            {known
              ?.filter((one) => !tags.includes(one.tag))
              .slice(0, 50)
              .map((one) => (
                <option key={one.tag} value={one.tag} />
              ))}
          </datalist>
        </div>
      )}
    </Field>
  );
}
