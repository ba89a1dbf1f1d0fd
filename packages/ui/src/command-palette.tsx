import { Dialog as Base } from "@base-ui/react/dialog";
import { Command } from "cmdk";
import { Search } from "lucide-react";
import type { ReactNode } from "react";
import { veilClass } from "./dialog.tsx";

export type PaletteItem = {
  key: string;
  icon: ReactNode;
  label: string;
  detail?: string | undefined;
  onSelect: () => void;
};
export type PaletteGroup = { key: string; heading: string; items: readonly PaletteItem[] };

/** Finds anything and does the common things by keyboard. Groups are filtered by the caller. */
export function CommandPalette({
  isOpen,
  onClose,
  label,
  placeholder,
  query,
  onQuery,
  groups,
  emptyText,
}: {
  isOpen: boolean;
  onClose: () => void;
  label: string;
  placeholder: string;
  query: string;
  onQuery: (query: string) => void;
  groups: readonly PaletteGroup[];
  emptyText: string;
}) {
  return (
    <Base.Root open={isOpen} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className={veilClass} />
        <Base.Popup
          aria-label={label}
          className="fixed inset-x-0 top-[12vh] z-50 mx-auto w-[min(36rem,calc(100vw-2rem))] overflow-hidden rounded-xl border bg-raised shadow-lift outline-none transition data-ending-style:opacity-0 data-starting-style:opacity-0"
        >
          <Command shouldFilter={false} loop label={label}>
            <div className="flex items-center gap-3 border-b px-4">
              <Search aria-hidden className="size-4 shrink-0 text-muted" />
              <Command.Input
                value={query}
                onValueChange={onQuery}
                placeholder={placeholder}
                className="h-12 w-full bg-transparent text-lg outline-none"
              />
            </div>
            <Command.List className="max-h-[min(24rem,60vh)] overflow-y-auto p-2" label={label}>
              <Command.Empty className="px-3 py-8 text-center text-muted">{emptyText}</Command.Empty>
              {groups.map((group) =>
                group.items.length === 0 ? null : (
                  <Command.Group
                    key={group.key}
                    heading={group.heading}
                    className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-muted [&_[cmdk-group-heading]]:text-xs"
                  >
                    {group.items.map((item) => (
                      <Command.Item
                        key={item.key}
                        value={item.key}
                        onSelect={item.onSelect}
                        className="flex min-h-9 cursor-default items-center gap-3 rounded-md px-2 data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted"
                      >
                        {item.icon}
                        <span className="min-w-0 grow truncate">{item.label}</span>
                        {item.detail ? <span className="text-muted text-sm">{item.detail}</span> : null}
                      </Command.Item>
                    ))}
                  </Command.Group>
                ),
              )}
            </Command.List>
          </Command>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
