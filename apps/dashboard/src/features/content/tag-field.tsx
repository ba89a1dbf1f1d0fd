import { ChipBox } from "@vitrine/ui/chip-box";
import { Field } from "@vitrine/ui/field";
import { useId } from "react";
import { useTranslations } from "use-intl";
import { tagOf } from "../../lib/tag-of.ts";

const MAX_TAGS = 30;

/** Tags as words in a box, ended by a comma; those in use are offered. */
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
  const add = (text: string) => {
    const fresh = text
      .split(",")
      .map(tagOf)
      .filter((tag) => tag !== "" && !tags.includes(tag));
    if (fresh.length > 0) onChange([...new Set([...tags, ...fresh])].slice(0, MAX_TAGS));
  };
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <ChipBox
          control={control}
          chips={tags}
          separator={/,/}
          onAdd={add}
          onRemove={(tag) => onChange(tags.filter((one) => one !== tag))}
          removeLabel={(tag) => t("removeTag", { tag })}
          list={listId}
          maxLength={50}
        >
          <datalist id={listId}>
            {known
              ?.filter((one) => !tags.includes(one.tag))
              .slice(0, 50)
              .map((one) => (
                <option key={one.tag} value={one.tag} />
              ))}
          </datalist>
        </ChipBox>
      )}
    </Field>
  );
}
