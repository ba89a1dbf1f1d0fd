import { Toast } from "@base-ui/react/toast";

/** The one queue of notices; anything may add to it, also outside of components. */
export const toastManager = Toast.createToastManager();

/** Tells that something was done, with a way to undo it where there is one. Stays 6 s, 10 s with an action. */
export function notify(notice: {
  title: string;
  description?: string;
  tone?: "neutral" | "danger";
  action?: { label: string; onSelect: () => void };
}): void {
  const { action } = notice;
  const toastId = toastManager.add({
    title: notice.title,
    type: notice.tone ?? "neutral",
    priority: notice.tone === "danger" ? "high" : "low",
    timeout: action ? 10_000 : 6_000,
    ...(notice.description ? { description: notice.description } : {}),
    ...(action
      ? {
          actionProps: {
            children: action.label,
            onClick: () => {
              toastManager.close(toastId);
              action.onSelect();
            },
          },
        }
      : {}),
  });
}
