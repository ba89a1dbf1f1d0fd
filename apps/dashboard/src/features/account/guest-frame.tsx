import type { AddressView } from "@vitrine/core/model/organization";
import { type ReactNode, useEffect } from "react";
import { useTranslations } from "use-intl";
import { useAccent } from "../../lib/use-accent.ts";
import { Wordmark } from "../shell/wordmark.tsx";

/** The page of those who are not inside yet: one form, and beside it what they will get. */
export function GuestFrame({
  title,
  purpose,
  brand = null,
  children,
}: {
  title: string;
  purpose: ReactNode;
  /** Whose page it is; null: ours. */
  brand?: AddressView["branding"];
  children: ReactNode;
}) {
  useAccent(brand?.brandColor ?? null);
  const t = useTranslations("account");
  const shell = useTranslations("shell");
  useEffect(() => {
    document.title = shell("tab", { page: title });
  }, [title, shell]);
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(0,1fr)_minmax(0,1.1fr)]">
      <main className="flex flex-col px-5 py-6 sm:px-10">
        {brand ? <Signboard {...brand} /> : <Wordmark />}
        <div className="mx-auto my-auto grid w-full max-w-sm gap-6 py-10">
          <header className="grid gap-1">
            <h1 className="text-balance font-semibold text-2xl tracking-tight">{title}</h1>
            <p className="text-muted">{purpose}</p>
          </header>
          {children}
        </div>
      </main>
      <aside aria-hidden="true" className="relative hidden overflow-hidden border-s bg-sunken lg:block">
        <ShopWindow />
        <p className="absolute inset-x-10 bottom-10 max-w-md text-balance font-medium text-lg text-muted">
          {t("promise")}
        </p>
      </aside>
    </div>
  );
}

/** An organization's logo and name, in place of ours. */
function Signboard({ name, logoUrl }: NonNullable<AddressView["branding"]>) {
  return (
    <span className="flex min-w-0 items-center gap-3">
      {logoUrl === null ? null : (
        <img src={logoUrl} alt="" className="h-10 max-w-40 shrink-0 object-contain" />
      )}
      <span className="min-w-0 break-words font-semibold text-lg tracking-tight">{name}</span>
    </span>
  );
}

/** Screens hung in a calm shop window, drawn with nothing but shapes. */
function ShopWindow() {
  return (
    <svg
      viewBox="0 0 640 800"
      preserveAspectRatio="xMidYMid slice"
      className="absolute inset-0 size-full"
      aria-hidden="true"
    >
      <defs>
        <linearGradient id="dawn" x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor="#6366f1" />
          <stop offset="0.55" stopColor="#a855f7" />
          <stop offset="1" stopColor="#fb7185" />
        </linearGradient>
        <linearGradient id="sea" x1="0" y1="1" x2="1" y2="0">
          <stop offset="0" stopColor="#0ea5e9" />
          <stop offset="1" stopColor="#99f6e4" />
        </linearGradient>
        <linearGradient id="sand" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#fde68a" />
          <stop offset="1" stopColor="#f97316" />
        </linearGradient>
      </defs>
      <g>
        <rect x="96" y="150" width="380" height="222" rx="12" className="fill-bezel" />
        <rect x="102" y="156" width="368" height="206" rx="7" fill="url(#dawn)" />
        <circle cx="392" cy="226" r="34" fill="#fff" fillOpacity="0.85" />
        <path d="M102 362v-62l92-64 84 62 62-38 130 84v11a7 7 0 0 1-7 7z" fill="#1e1b4b" fillOpacity="0.55" />
        <rect x="262" y="365.500" width="48" height="3.500" rx="1.750" className="fill-edge-success" />
      </g>
      <g>
        <rect x="96" y="396" width="150" height="258" rx="12" className="fill-bezel" />
        <rect x="102" y="402" width="138" height="242" rx="7" fill="url(#sea)" />
        <path
          d="M102 560q35-22 69 0t69 0v77a7 7 0 0 1-7 7H109a7 7 0 0 1-7-7z"
          fill="#0c4a6e"
          fillOpacity="0.5"
        />
        <rect x="147" y="647.500" width="48" height="3.500" rx="1.750" className="fill-edge-success" />
      </g>
      <g>
        <rect x="270" y="396" width="274" height="162" rx="12" className="fill-bezel" />
        <rect x="276" y="402" width="262" height="146" rx="7" fill="url(#sand)" />
        <path
          d="M276 548v-20c60-44 112-44 162-14 40 24 70 22 100 2v25a7 7 0 0 1-7 7z"
          fill="#7c2d12"
          fillOpacity="0.45"
        />
        <rect x="383" y="551.500" width="48" height="3.500" rx="1.750" className="fill-edge-success" />
      </g>
    </svg>
  );
}
