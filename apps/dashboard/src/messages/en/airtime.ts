/** How long a screen will show what. */
export const airtime = {
  airtime: {
    asChart: "Show as chart",
    asTable: "Show as table",
    caption: "Airtime of {name}, {range}",
    column: { content: "Content", plays: "Plays", share: "Share", time: "Time" },
    empty: "By the schedule, nothing is shown in this time.",
    idle: "Nothing",
    more: "{count, plural, one {Show # more} other {Show # more}}",
    range: { today: "Today", week: "Next 7 days", month: "Next 30 days" },
    rangeLabel: "Time of the forecast",
    share: "{share} of the time, {time}",
    summary:
      "{count, plural, one {Only “{first}” is shown: {time}, {share} of the time.} other {# things share the screen. “{first}” has the most: {time}, {share} of the time.}}",
    summaryIdle: "Nothing is shown for {time}.",
    title: "Airtime",
    purpose: "What the schedule will show, and for how long.",
  },
};
