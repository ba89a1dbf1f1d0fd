import { Toast } from "@base-ui/react/toast";
import { CircleAlert, CircleCheck, X } from "lucide-react";
import { useEffect } from "react";
import { type NoticeContent, takeNotices } from "./notices.ts";

const toastManager = Toast.createToastManager();

/** Where notices appear: bottom, announced politely, reachable with F6. Stay 6 s, 10 s with an action. */
export function Toaster({ closeLabel, regionLabel }: { closeLabel: string; regionLabel: string }) {
  useEffect(() => takeNotices(add), []);
  return (
    <Toast.Provider toastManager={toastManager} limit={3}>
      <Toast.Portal>
        <Toast.Viewport
          aria-label={regionLabel}
          className="fixed end-4 bottom-20 z-45 flex w-[min(24rem,calc(100vw-2rem))] flex-col gap-2 sm:bottom-4"
        >
          <ToastList closeLabel={closeLabel} />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastList({ closeLabel }: { closeLabel: string }) {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      swipeDirection={["down", "right"]}
      className="rounded-lg border bg-raised shadow-lift transition data-ending-style:opacity-0 data-limited:hidden data-starting-style:translate-y-2 data-starting-style:opacity-0"
    >
      <Toast.Content className="flex items-start gap-3 py-2.5 ps-3 pe-2">
        {toast.type === "danger" ? (
          <CircleAlert aria-hidden className="mt-1 size-4 shrink-0 text-danger" />
        ) : (
          <CircleCheck aria-hidden className="mt-1 size-4 shrink-0 text-success" />
        )}
        <div className="grid min-w-0 grow gap-0.5 py-0.5">
          <Toast.Title className="break-words font-medium" />
          <Toast.Description className="break-words text-muted text-sm" />
        </div>
        <Toast.Action className="h-7 shrink-0 rounded-md px-2 font-medium text-accent-text hover:bg-hover" />
        <Toast.Close
          aria-label={closeLabel}
          className="grid size-7 shrink-0 place-items-center rounded-md text-muted hover:bg-hover"
        >
          <X aria-hidden className="size-4" />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}

function add(notice: NoticeContent): void {
  const { action } = notice;
  const id = toastManager.add({
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
              toastManager.close(id);
              action.onSelect();
            },
          },
        }
      : {}),
  });
}
