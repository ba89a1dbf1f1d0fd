/** The overview and the first steps. */
export const overview = {
  overview: {
    addContent: "Add content",
    allScreens: "All screens",
    content: "Content",
    figures: "Figures",
    noScreens: "Each paired screen shows here what is on its glass.",
    noScreensTitle: "No screens yet",
    onTheGlass: "On the glass now",
    pair: "Pair a screen",
    playlists: "Playlists",
    purpose: "What your screens show right now.",
    purposeFirst: "A few steps to the first picture on a screen.",
    screens: "Screens",
    showNow: "Show now…",
    storage: "Storage",
    title: "Overview",
  },
  firstSteps: {
    addContent: "Add content",
    addWebPage: "Add a web page",
    createPlaylist: "New playlist",
    done: "(done)",
    hasContent: {
      text: "Pictures, films or web pages. You can also drop files anywhere on this page.",
      title: "Add something to show",
    },
    hasPlaylist: {
      text: "Pairing can make one of all your content. Or make one yourself and choose what is in it.",
      title: "Put it in a playlist",
    },
    hasScreen: {
      text: "Open the Vitrine player on a screen and enter the code that it shows.",
      title: "Pair a screen",
    },
    isPlaying: {
      text: "This ticks itself once a screen confirms that a picture is on its glass.",
      title: "See it play",
    },
    pair: "Pair a screen",
    progress: "{done} of {count} done",
    title: "First steps",
    toScreens: "Show screens",
  },
};
