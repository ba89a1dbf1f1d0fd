/** What a person could start by hand in a bare browser window, and should not on a shop's screen. */
const GESTURES = ["contextmenu", "dragstart", "dragover", "drop", "selectstart"] as const;

/** Switches off the browser's own answers to keys, drops and the context menu. Our own listeners go on. */
export function keepHandsOff(document: Document): void {
  for (const gesture of GESTURES) document.addEventListener(gesture, (event) => event.preventDefault());
  document.addEventListener("keydown", (event) => {
    const isForButton = event.key === "Enter" || event.key === " " || event.key === "Tab";
    if (!isForButton) event.preventDefault();
  });
  document.addEventListener("wheel", (event) => event.preventDefault(), { passive: false });
}
