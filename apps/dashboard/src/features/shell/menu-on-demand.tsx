import {
  type ComponentType,
  cloneElement,
  lazy,
  type ReactElement,
  Suspense,
  useMemo,
  useState,
} from "react";

type Loaded = { default: ComponentType<{ trigger: ReactElement }> };
type Trigger = ReactElement<{ onClick?: () => void; onPointerEnter?: () => void; "aria-haspopup"?: "menu" }>;

/** A menu whose script is fetched when it is first wanted: its button is there at once, and its first press opens it. */
export function MenuOnDemand({ load, trigger }: { load: () => Promise<Loaded>; trigger: Trigger }) {
  const [isWanted, setWanted] = useState(false);
  const Menu = useMemo(() => lazy(load), [load]);
  const button = cloneElement(trigger, {
    "aria-haspopup": "menu",
    onPointerEnter: () => void load(),
    onClick: () => setWanted(true),
  });
  if (!isWanted) return button;
  return (
    <Suspense fallback={button}>
      <Menu trigger={trigger} />
    </Suspense>
  );
}
