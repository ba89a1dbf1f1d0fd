/**
 * Keeps the last picture on the glass while there is no window, or none with a picture: when a browser dies, while
 * the next one starts, and when this process itself is killed and started again.
 */
export interface Curtain extends AsyncDisposable {
  /** Takes down what is on the glass now. It is seen wherever no window is, from then on. */
  remember(): void;
  /** Covers all windows with the picture that was taken down last, until it is raised. Never rejects. */
  lower(): Promise<void>;
  /** Shows the windows again. */
  raise(): void;
}

/** For a glass that has no curtain. */
export const NO_CURTAIN: Curtain = {
  remember: () => undefined,
  lower: async () => undefined,
  raise: () => undefined,
  [Symbol.asyncDispose]: async () => undefined,
};
