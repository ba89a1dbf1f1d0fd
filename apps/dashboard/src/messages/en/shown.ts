/** Choosing what to show, and on which screens. */
export const shown = {
  shown: {
    empty: "There is nothing of this kind yet.",
    kind: "Kind of content",
    kinds: { asset: "Content", layout: "Layouts", playlist: "Playlists" },
    needed: "Choose what to show",
    noMatch: "Nothing has this name.",
    one: { asset: "Content", layout: "Layout", playlist: "Playlist" },
    search: { asset: "Search content", layout: "Search layouts", playlist: "Search playlists" },
    title: "What to show",
  },
  targets: {
    add: "Add screens, groups or tags",
    chosen: "Chosen screens, groups and tags",
    empty: "There are none yet.",
    everywhere: "All screens",
    everywhereInside: "all screens",
    kind: { devices: "Screen", groups: "Group", tags: "Tag" },
    needed: "Choose at least one screen, group or tag",
    newTag: "New tag",
    open: "Show screens, groups and tags",
    remove: "Remove {name}",
    searching: "Searching",
    some: "Screens, groups or tags",
    tag: "tag {tag}",
    title: "Where",
  },
};
