import { type DeviceView, privateHost, updateDeviceInput } from "@vitrine/core/model/device";
import { Button } from "@vitrine/ui/button";
import { Field } from "@vitrine/ui/field";
import { IconButton } from "@vitrine/ui/icon-button";
import { Input } from "@vitrine/ui/input";
import { Plus, X } from "lucide-react";
import { type SubmitEvent, useState } from "react";
import { useTranslations } from "use-intl";

type Hosts = { privateHosts: string[] };

/** The hosts of the private network that web content may reach from a screen. */
export function HostsField({
  device,
  mayEdit,
  onChange,
}: {
  device: DeviceView;
  mayEdit: boolean;
  onChange: (next: Hosts, former: Hosts) => void;
}) {
  const t = useTranslations("screenSettings");
  const [typed, setTyped] = useState("");
  const [error, setError] = useState<string | null>(null);
  const hosts = device.privateHosts;
  const save = (privateHosts: string[]) => onChange({ privateHosts }, { privateHosts: hosts });
  const add = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const host = privateHost.safeParse(typed);
    if (!host.success) return setError(host.error.issues[0]?.message ?? null);
    if (hosts.includes(host.data)) return setError(t("hostThere", { host: host.data }));
    const all = updateDeviceInput.shape.privateHosts.safeParse([...hosts, host.data]);
    if (!all.success) return setError(all.error.issues[0]?.message ?? null);
    setError(null);
    setTyped("");
    save([...hosts, host.data]);
  };
  return (
    <div className="grid gap-3">
      {hosts.length === 0 ? (
        <p className="text-muted">{t("noHosts")}</p>
      ) : (
        <ul aria-label={t("hosts")} className="rounded-lg border bg-raised">
          {hosts.map((host) => (
            <li key={host} className="flex min-h-10 items-center gap-2 ps-3 pe-1 not-first:border-t">
              <code className="min-w-0 grow break-all text-sm">{host}</code>
              {mayEdit ? (
                <IconButton
                  label={t("removeHost", { host })}
                  size="sm"
                  onClick={() => save(hosts.filter((one) => one !== host))}
                >
                  <X aria-hidden />
                </IconButton>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {mayEdit ? (
        <form onSubmit={add} noValidate className="flex items-end gap-2">
          <Field label={t("host")} hint={t("hostHint")} error={error} className="grow">
            {(control) => (
              <div className="flex gap-2">
                <Input
                  {...control}
                  value={typed}
                  autoCapitalize="none"
                  spellCheck={false}
                  placeholder="menu.local"
                  onChange={(event) => {
                    setTyped(event.target.value);
                    setError(null);
                  }}
                />
                <Button type="submit" disabled={typed.trim() === ""}>
                  <Plus aria-hidden />
                  {t("addHost")}
                </Button>
              </div>
            )}
          </Field>
        </form>
      ) : null}
    </div>
  );
}
