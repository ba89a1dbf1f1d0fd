import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Button } from "./button.tsx";

type Props<Item> = {
  items: readonly Item[];
  keyOf: (item: Item) => string;
  /** Least width of a cell in pixels; as many as fit make a row. Leave out for one a row. */
  minCellWidth?: number;
  /** A first guess of a row's height in pixels, measured once it is there. */
  rowHeight: number;
  gap?: number;
  /** The element that scrolls; null while it is not there yet. */
  scroller: HTMLElement | null;
  label: string;
  renderItem: (item: Item, index: number) => ReactNode;
  /** More can be fetched; asked for when the end comes near, and by the button. */
  more?: { label: string; isLoading: boolean; onLoad: () => void } | undefined;
};

/** A list or grid of any length of which only what is seen is in the page; fetches on as it is scrolled. */
export function VirtualRows<Item>(props: Props<Item>) {
  const { items, gap = 16, more, scroller } = props;
  const box = useRef<HTMLUListElement>(null);
  const { columns, offset } = useGrid(box, props.minCellWidth, gap, scroller);
  const rowCount = Math.ceil(items.length / columns);
  const rows = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller,
    estimateSize: () => props.rowHeight,
    gap,
    overscan: 3,
    scrollMargin: offset,
  });
  const visible = rows.getVirtualItems();
  const lastVisible = visible.at(-1)?.index ?? 0;
  const isNearEnd = rowCount > 0 && lastVisible >= rowCount - 3;
  const canLoad = more !== undefined && !more.isLoading;
  const onLoad = more?.onLoad;
  useEffect(() => {
    if (isNearEnd && canLoad) onLoad?.();
  }, [isNearEnd, canLoad, onLoad]);

  return (
    <div>
      <ul ref={box} aria-label={props.label} className="relative" style={{ height: rows.getTotalSize() }}>
        {visible.flatMap((row) =>
          items.slice(row.index * columns, (row.index + 1) * columns).map((item, column) => (
            <li
              key={props.keyOf(item)}
              ref={column === 0 ? rows.measureElement : undefined}
              data-index={row.index}
              className="absolute top-0 min-w-0"
              style={{
                width: `calc((100% - ${gap * (columns - 1)}px) / ${columns})`,
                insetInlineStart: `calc((100% + ${gap}px) / ${columns} * ${column})`,
                transform: `translateY(${row.start - offset}px)`,
              }}
            >
              {props.renderItem(item, row.index * columns + column)}
            </li>
          )),
        )}
      </ul>
      {more ? (
        <div className="grid justify-center py-4">
          <Button isBusy={more.isLoading} onClick={more.onLoad}>
            {more.label}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function useGrid(
  box: RefObject<HTMLUListElement | null>,
  minCellWidth: number | undefined,
  gap: number,
  scroller: HTMLElement | null,
): { columns: number; offset: number } {
  const [grid, setGrid] = useState({ columns: 1, offset: 0 });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || !scroller) return;
    const measure = () => {
      const columns = minCellWidth
        ? Math.max(1, Math.floor((element.clientWidth + gap) / (minCellWidth + gap)))
        : 1;
      const offset = Math.round(
        element.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop,
      );
      setGrid((now) => (now.columns === columns && now.offset === offset ? now : { columns, offset }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    observer.observe(scroller);
    if (element.parentElement?.parentElement) observer.observe(element.parentElement.parentElement);
    return () => observer.disconnect();
  }, [box, scroller, minCellWidth, gap]);
  return grid;
}
