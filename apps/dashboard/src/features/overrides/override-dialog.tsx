import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@vitrine/ui/button";
import { Dialog } from "@vitrine/ui/dialog";
import { Notice } from "@vitrine/ui/notice";
import { notify } from "@vitrine/ui/notices";
import { CircleAlert, Siren } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { type Failure, issuesOf } from "../../lib/failure.ts";
import { FieldGroup } from "../../lib/field-group.tsx";
import { useSession } from "../../lib/session.ts";
import { useAct } from "../../lib/use-act.ts";
import { useFailureText } from "../../lib/use-failure-text.ts";
import { BusinessField } from "../businesses/business-field.tsx";
import { useBusinessInView } from "../businesses/use-business-names.ts";
import { ShownChoices } from "../shown/shown-choices.tsx";
import { contentInputOf, type ShownContent } from "../shown/shown-content.ts";
import { areNowhere, EVERYWHERE, targetsInputOf } from "../targets/targets.ts";
import { TargetsField } from "../targets/targets-field.tsx";
import { type ChosenEnd, type EndChoice, endOf } from "./end-choice.ts";
import { EndPicker } from "./end-picker.tsx";

const FIELDS = ["content", "targets", "businessId", "endsAt"] as const;
type Errors = { [Field in (typeof FIELDS)[number] | "root"]?: string | undefined };
const END_FAULTS = { missing: "endNeeded", unreadable: "endUnreadable", past: "endPast" } as const;

/** Shows something now, above everything else, on all screens or on some, until an end that must be chosen. */
export function OverrideDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("override");
  const shownText = useTranslations("shown");
  const targetsText = useTranslations("targets");
  const common = useTranslations("common");
  const failureText = useFailureText();
  const queryClient = useQueryClient();
  const { timeZone } = useSession().organization;
  const [content, setContent] = useState<ShownContent | null>(null);
  const [targets, setTargets] = useState(EVERYWHERE);
  const [businessId, setBusinessId] = useState<string | null | undefined>(useBusinessInView());
  const [choice, setChoice] = useState<EndChoice | null>(null);
  const [custom, setCustom] = useState("");
  const [errors, setErrors] = useState<Errors>({});
  const forget = (field: keyof Errors) =>
    setErrors((now) => ({ ...now, [field]: undefined, root: undefined }));

  const start = useAct(
    (input: { content: ShownContent; endsAtMs: number }) =>
      api.schedule.override.mutate({
        content: contentInputOf(input.content),
        targets: targetsInputOf(targets),
        businessId,
        endsAt: new Date(input.endsAtMs).toISOString(),
      }),
    {
      done: (entry) => {
        notify({ title: t("started", { name: entry.name }), description: t("startedHint") });
        onClose();
      },
      failure: (failure) => {
        setErrors(errorsOf(failure, failureText(failure)));
        return true;
      },
      settled: () => {
        for (const head of ["overview", "entry", "preview", "device"]) {
          void queryClient.invalidateQueries({ queryKey: [head] });
        }
      },
    },
  );
  const submit = () => {
    const end = endOf(choice, custom, { timeZone, nowMs: Date.now() });
    const found: Errors = {
      ...(content ? {} : { content: shownText("needed") }),
      ...(areNowhere(targets) ? { targets: targetsText("needed") } : {}),
      ...endError(end, t),
    };
    setErrors(found);
    if (content && end.kind === "ok" && Object.keys(found).length === 0) {
      start.mutate({ content, endsAtMs: end.endsAtMs });
    }
  };

  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="md"
      title={t("title")}
      description={t("purpose")}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button variant="danger" isBusy={start.isPending} onClick={submit}>
            <Siren aria-hidden />
            {t("start")}
          </Button>
        </>
      }
    >
      <div className="grid gap-5">
        {errors.root ? (
          <Notice tone="danger" isUrgent icon={<CircleAlert aria-hidden />}>
            {errors.root}
          </Notice>
        ) : null}
        <FieldGroup title={shownText("title")} error={errors.content}>
          {(describedBy) => (
            <ShownChoices
              use="field"
              firstKind="asset"
              areReady
              chosen={content}
              describedBy={describedBy}
              onChoose={(next) => {
                setContent(next);
                forget("content");
              }}
            />
          )}
        </FieldGroup>
        <TargetsField
          value={targets}
          error={errors.targets}
          onChange={(next) => {
            setTargets(next);
            forget("targets");
          }}
        />
        <BusinessField
          value={businessId}
          error={errors.businessId}
          onChange={(next) => {
            setBusinessId(next);
            forget("businessId");
          }}
        />
        <FieldGroup title={t("end")} error={errors.endsAt}>
          {(describedBy) => (
            <EndPicker
              choice={choice}
              custom={custom}
              timeZone={timeZone}
              describedBy={describedBy}
              isInvalid={errors.endsAt !== undefined}
              onChange={(nextChoice, nextCustom) => {
                setChoice(nextChoice);
                setCustom(nextCustom);
                forget("endsAt");
              }}
            />
          )}
        </FieldGroup>
      </div>
    </Dialog>
  );
}

function endError(end: ChosenEnd, t: ReturnType<typeof useTranslations<"override">>): Errors {
  return end.kind === "ok" ? {} : { endsAt: t(END_FAULTS[end.kind]) };
}

/** Each issue of the server on its field; what belongs to none stands above the form. */
function errorsOf(failure: Failure, words: string): Errors {
  const errors: Errors = {};
  for (const { path, message } of issuesOf(failure)) {
    errors[FIELDS.find((field) => path === field || path.startsWith(`${field}.`)) ?? "root"] = message;
  }
  if (Object.keys(errors).length > 0) return errors;
  return { root: failure.requestId ? `${words} (${failure.requestId})` : words };
}
