/** Why a screen shows what it shows. */
export const why = {
  why: {
    title: "Why is this playing?",
    idleTitle: "Why is nothing playing?",
    at: "For {time}",
    asOf: "As of {time}, by the schedule.",
    waiting: "Working it out",
    more: "{count, plural, one {# more thing is left out} other {# more things are left out}}",
    fewer: "Show less",
    because: {
      override: "“{shown}” is on because the override “{entry}” goes before everything else{when}.",
      wins: "“{shown}” is on because “{entry}” (priority {priority, number}) is active{when}.",
      shares:
        "“{shown}” is on because “{entry}” (priority {priority, number}) is active{when}. It takes turns with {others}.",
      interrupt: "“{shown}” is on because “{entry}” comes in between for its share of the time{when}.",
      screenPlaylist: "“{shown}” is on because the screen’s own playlist plays when {reason}.",
      organizationDefault:
        "“{shown}” is on because the organization’s default playlist plays when {reason}, and the screen has none of its own that can.",
      finishing: "“{shown}” is playing to its end at {until}. Then the screen belongs to {next}.",
      onlyShown: "“{shown}” is on.",
    },
    reason: {
      noEntry: "no entry of the schedule is active",
      nonePlayable: "no active entry has anything that can play",
    },
    next: {
      entry: "“{entry}”",
      screenPlaylist: "its own playlist",
      organizationDefault: "the organization’s default playlist",
      idle: "nothing: it will be idle",
    },
    idle: {
      nothingAtAll:
        "Nothing plays: no entry of the schedule is active, and neither the screen nor the organization has a playlist with something that can play.",
      nonePlayable:
        "Nothing plays: what is active has nothing that can play, and neither the screen nor the organization has a playlist to fall back on.",
      gap: "Nothing plays just then: “{entry}” has the screen, but nothing of it is due.",
      gapPlain: "Nothing plays just then, though there is something that can play.",
    },
    when: {
      moment: "{day}, {time}",
      until: " until {to}",
      since: " since {from}",
      between: " from {from} to {to}",
    },
    verdict: {
      wins: "“{entry}” (priority {priority, number}) has the screen{when}.",
      winsOverride: "The override “{entry}” has the screen{when}.",
      shares: "“{entry}” (priority {priority, number}) takes its turn, item by item{when}.",
      interrupts: "“{entry}” comes in between for its share of the time{when}.",
      takesZone: "“{entry}” takes one zone of whichever layout plays{when}.",
      beatenByOverride: "“{entry}” is active{when}, and waits: an override goes before it.",
      beatenByPriority: "It beats “{entry}” (priority {priority, number}).",
      beatenByPriorityPlain: "“{entry}” (priority {priority, number}) waits: a higher priority goes first.",
      beatenByNewer: "“{entry}” is an override too, but a newer one of the same priority goes first.",
      nothingPlayable: "“{entry}” is active{when}, but nothing in it can play, so it is left out.",
    },
    skipped: {
      cut: "{items} {count, plural, one {is} other {are}} left out of “{playlist}”: the playlists hold each other, so the circle is cut there.",
      missing:
        "{items} {count, plural, one {is} other {are}} left out of “{playlist}”: {count, plural, one {it was} other {they were}} removed or {count, plural, one {is} other {are}} not ready.",
      outsideDaypart:
        "{items} in “{playlist}” {count, plural, one {waits for its daypart} other {wait for their dayparts}}.",
      outsideDayparts:
        "{items} in “{playlist}” {count, plural, one {waits} other {wait}} for {parts, plural, one {the daypart} other {one of the dayparts}} {dayparts}.",
      notYetAvailable: "{items} in “{playlist}” {count, plural, one {is} other {are}} not available yet.",
      noLongerAvailable: "{items} in “{playlist}” {count, plural, one {is} other {are}} no longer available.",
      nothingPlayable:
        "{items} in “{playlist}” {count, plural, one {has} other {have}} nothing that can play.",
      others: "{count, plural, one {# other} other {# others}}",
    },
  },
};
