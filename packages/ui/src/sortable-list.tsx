import {
  type Announcements,
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import {
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { GripVertical } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";

/** What is said aloud while a line is moved. */
export type SortableText = {
  instructions: string;
  picked: (key: string) => string;
  over: (key: string, overKey: string) => string;
  dropped: (key: string, overKey: string) => string;
  cancelled: (key: string) => string;
};

/** Lines in an order that people change by drag, by touch, and by keyboard (space, arrows, space). */
export function SortableList({
  keys,
  onMove,
  text,
  children,
}: {
  keys: readonly string[];
  /** The line `key` was put where `overKey` was. */
  onMove: (key: string, overKey: string) => void;
  text: SortableText;
  children: ReactNode;
}) {
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 4 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 150, tolerance: 6 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    if (over && over.id !== active.id) onMove(String(active.id), String(over.id));
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={onDragEnd}
      accessibility={{
        announcements: announcements(text),
        screenReaderInstructions: { draggable: text.instructions },
      }}
    >
      <SortableContext items={[...keys]} strategy={verticalListSortingStrategy}>
        {children}
      </SortableContext>
    </DndContext>
  );
}

/** One line of a sortable list with its handle at the start. */
export function SortableRow({
  id,
  handleLabel,
  isDisabled = false,
  className,
  children,
}: {
  id: string;
  handleLabel: string;
  isDisabled?: boolean;
  className?: string;
  children: ReactNode;
}) {
  const sortable = useSortable({ id, disabled: isDisabled });
  const { setNodeRef, setActivatorNodeRef, listeners, attributes, transform, transition, isDragging } =
    sortable;
  return (
    <div
      ref={setNodeRef}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      className={cn(
        "flex items-center gap-2 bg-raised",
        isDragging && "relative z-10 shadow-lift",
        className,
      )}
    >
      {isDisabled ? null : (
        <button
          type="button"
          ref={setActivatorNodeRef}
          {...attributes}
          {...listeners}
          aria-label={handleLabel}
          className="grid h-10 w-7 shrink-0 cursor-grab touch-none place-items-center rounded-md text-muted hover:bg-hover active:cursor-grabbing"
        >
          <GripVertical aria-hidden className="size-4" />
        </button>
      )}
      {children}
    </div>
  );
}

function announcements(text: SortableText): Announcements {
  return {
    onDragStart: ({ active }) => text.picked(String(active.id)),
    onDragOver: ({ active, over }) => (over ? text.over(String(active.id), String(over.id)) : undefined),
    onDragEnd: ({ active, over }) =>
      over ? text.dropped(String(active.id), String(over.id)) : text.cancelled(String(active.id)),
    onDragCancel: ({ active }) => text.cancelled(String(active.id)),
  };
}
