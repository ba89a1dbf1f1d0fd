import { type ReactNode, useId } from "react";

/** One subject of a settings page: what it is about beside what can be set. */
export function SettingsSection({
  title,
  text,
  children,
}: {
  title: string;
  text?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="grid gap-x-10 gap-y-4 border-t pt-6 first-of-type:border-t-0 first-of-type:pt-0 lg:grid-cols-[16rem_minmax(0,36rem)]"
    >
      <header className="grid content-start gap-1">
        <h2 id={id} className="font-semibold text-lg">
          {title}
        </h2>
        {text ? <p className="text-muted">{text}</p> : null}
      </header>
      <div className="min-w-0">{children}</div>
    </section>
  );
}
