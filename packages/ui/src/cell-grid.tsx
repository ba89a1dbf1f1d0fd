import type { ComponentProps } from "react";

/**
 * A grid of cells to walk through by keys, where a table's layout would not do. Rows hold cells alone. Either the
 * grid is reached by Tab and hands the focus on, or one of its cells is; the caller sees to it.
 */
export function CellGrid(props: ComponentProps<"div"> & { "aria-label": string }) {
  // biome-ignore lint/a11y/useSemanticElements: a table lays its rows out by itself
  return <div role="grid" {...props} />;
}

/** A row of a grid of cells. */
export function CellRow(props: ComponentProps<"div">) {
  // biome-ignore lint/a11y/useSemanticElements: a table lays its rows out by itself
  // biome-ignore lint/a11y/useFocusableInteractive: its cells take the focus in turn
  return <div role="row" {...props} />;
}

/** One cell; its name, or what is in it, is said when it is reached. */
export function Cell(props: ComponentProps<"div"> & { tabIndex: 0 | -1 }) {
  // biome-ignore lint/a11y/useSemanticElements: a table lays its rows out by itself
  // biome-ignore lint/a11y/useFocusableInteractive: its tabIndex is among the props
  return <div role="gridcell" {...props} />;
}

/** The head of a column of cells; takes no focus. */
export function CellHead(props: ComponentProps<"div">) {
  // biome-ignore lint/a11y/useSemanticElements: a table lays its rows out by itself
  // biome-ignore lint/a11y/useFocusableInteractive: there is nothing to do with it
  return <div role="columnheader" {...props} />;
}
