import { Link } from "@tanstack/react-router";
import { Button, buttonClass } from "@vitrine/ui/button";
import { cn } from "@vitrine/ui/cn";
import { Check, Clapperboard, Globe, type LucideIcon, MonitorPlay, MonitorUp, Upload } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { Outputs } from "../../lib/api-client.ts";
import { useCan } from "../../lib/session.ts";
import { useAppActions } from "../shell/app-actions.tsx";

type Steps = Outputs["overview"]["get"]["firstSteps"];
type Step = { name: keyof Steps; icon: LucideIcon; actions: ReactNode };

/** The way to the first picture on a glass. Each step ticks itself once it is so; none is ticked by a press. */
export function FirstSteps({ steps }: { steps: Steps }) {
  const t = useTranslations("firstSteps");
  const can = useCan();
  const actions = useAppActions();
  const list: Step[] = [
    {
      name: "hasContent",
      icon: Upload,
      actions: can("assets.create") ? (
        <>
          <Button variant={steps.hasContent ? "secondary" : "primary"} onClick={actions.addContent}>
            <Upload aria-hidden />
            {t("addContent")}
          </Button>
          <Button variant="ghost" onClick={() => actions.addWebPage()}>
            <Globe aria-hidden />
            {t("addWebPage")}
          </Button>
        </>
      ) : null,
    },
    {
      name: "hasScreen",
      icon: MonitorUp,
      actions: can("devices.pair") ? (
        <Button
          variant={steps.hasContent && !steps.hasScreen ? "primary" : "secondary"}
          onClick={() => actions.pair()}
        >
          <MonitorUp aria-hidden />
          {t("pair")}
        </Button>
      ) : null,
    },
    {
      name: "hasPlaylist",
      icon: Clapperboard,
      actions: can("playlists.create") ? (
        <Button
          variant={steps.hasContent && steps.hasScreen && !steps.hasPlaylist ? "primary" : "ghost"}
          onClick={actions.createPlaylist}
        >
          <Clapperboard aria-hidden />
          {t("createPlaylist")}
        </Button>
      ) : null,
    },
    {
      name: "isPlaying",
      icon: MonitorPlay,
      actions: steps.hasScreen ? (
        <Link to="/screens" className={buttonClass("secondary")}>
          <MonitorPlay aria-hidden />
          {t("toScreens")}
        </Link>
      ) : null,
    },
  ];
  const doneCount = list.filter((step) => steps[step.name]).length;
  const current = list.find((step) => !steps[step.name])?.name;
  return (
    <section aria-labelledby="first-steps" className="overflow-hidden rounded-lg border bg-raised">
      <header className="flex items-baseline gap-3 border-b px-5 py-3.5">
        <h2 id="first-steps" className="grow font-semibold text-lg">
          {t("title")}
        </h2>
        <p className="tabular text-muted text-sm" aria-live="polite">
          {t("progress", { done: doneCount, count: list.length })}
        </p>
      </header>
      <ol>
        {list.map(({ name, icon: Icon, actions: buttons }) => {
          const isDone = steps[name];
          const isCurrent = name === current;
          return (
            <li
              key={name}
              aria-current={isCurrent ? "step" : undefined}
              className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3.5 not-first:border-t"
            >
              <span
                className={cn(
                  "grid size-8 shrink-0 place-items-center rounded-full border [&_svg]:size-4",
                  isDone
                    ? "border-transparent bg-success-soft text-success"
                    : isCurrent
                      ? "border-accent text-accent-text"
                      : "text-muted",
                )}
              >
                {isDone ? <Check aria-hidden /> : <Icon aria-hidden />}
              </span>
              <span className="grid min-w-0 grow basis-60">
                <span className={cn("font-medium", isDone && "text-muted")}>
                  {t(`${name}.title`)}
                  {isDone ? <span className="sr-only"> {t("done")}</span> : null}
                </span>
                {isDone ? null : <span className="text-muted text-sm">{t(`${name}.text`)}</span>}
              </span>
              {isDone ? null : <span className="flex flex-wrap gap-2">{buttons}</span>}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
