import { useQuery } from "@tanstack/react-query";
import type { Choice } from "@vitrine/ui/choice-box";
import { useTranslations } from "use-intl";
import { useCan } from "../../lib/session.ts";
import { useDebounced } from "../../lib/use-debounced.ts";
import { TARGET_ICONS } from "./target-icons.ts";
import { deviceTagsQuery, targetsQuery } from "./target-queries.ts";
import { namedTargets, type Target, type TargetKind, targetKey } from "./targets.ts";

const PAUSE_MS = 150;

/** Targets of some kinds that what was typed finds, as choices of a box; `isSettled`: it was looked for. */
export function useFoundTargets(
  typed: string,
  kinds: readonly TargetKind[],
): { found: Target[]; isSettled: boolean; choiceOf: (target: Target) => Choice } {
  const t = useTranslations("targets");
  const isAllowed = useCan()("devices.view");
  const wanted = typed.trim();
  const query = useQuery({ ...targetsQuery(useDebounced(wanted, PAUSE_MS)), enabled: isAllowed });
  const known = useQuery({ ...deviceTagsQuery, enabled: isAllowed && kinds.includes("tags") });
  const tags = known.data?.map(({ tag }) => tag).filter((tag) => tag.includes(wanted.toLowerCase()));
  const found = namedTargets({
    isEverywhere: false,
    groups: query.data?.groups.map(({ id, name }) => ({ id, name })) ?? [],
    tags: tags ?? [],
    devices: query.data?.devices.map(({ id, name }) => ({ id, name })) ?? [],
  });
  return {
    found: found.filter(({ kind }) => kinds.includes(kind)),
    isSettled: !isAllowed || query.isError || query.data?.search === wanted,
    choiceOf: (target) => {
      const Icon = TARGET_ICONS[target.kind];
      return {
        value: targetKey(target),
        label: target.name,
        detail: t(`kind.${target.kind}`),
        icon: <Icon aria-hidden />,
      };
    },
  };
}
