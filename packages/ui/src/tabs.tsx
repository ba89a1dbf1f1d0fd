import { Tabs as Base } from "@base-ui/react/tabs";
import { type ReactNode, useRef } from "react";
import { useChosenInSight } from "./use-chosen-in-sight.ts";

/** Views of one thing, one at a time. */
export function Tabs<Value extends string>({
  value,
  onChange,
  label,
  tabs,
}: {
  value: Value;
  onChange: (value: Value) => void;
  label: string;
  tabs: readonly { value: Value; label: ReactNode; panel: ReactNode }[];
}) {
  const list = useRef<HTMLDivElement>(null);
  useChosenInSight(list, value);
  return (
    <Base.Root value={value} onValueChange={onChange} className="grid min-h-0 gap-4">
      <Base.List ref={list} aria-label={label} className="flex gap-5 overflow-x-auto border-b">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="-mb-px h-9 whitespace-nowrap border-transparent border-b-2 font-medium text-muted -outline-offset-2 hover:text-text data-active:border-accent data-active:text-text"
          >
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} tabIndex={-1} className="outline-none">
          {tab.panel}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
