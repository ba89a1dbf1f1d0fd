import type { DeviceView } from "@vitrine/core/model/device";
import { Dialog } from "@vitrine/ui/dialog";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Outputs } from "../../lib/api-client.ts";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { enPair } from "../../messages/en-pair.ts";
import { PairCodeStep } from "./pair-code-step.tsx";
import { PairDescribeStep } from "./pair-describe-step.tsx";
import { PairWaitStep } from "./pair-wait-step.tsx";
import { codeLetters } from "./pairing-code.ts";

type Step =
  | { kind: "code" }
  | { kind: "describe"; code: string; found: Outputs["devices"]["findPairing"] }
  | { kind: "wait"; device: DeviceView };

type Props = { code: string; assetIds: readonly string[]; onClose: () => void };

/** Pairs a screen: its code, what it is and what it plays, and then only what it confirms itself. */
export function PairDialog(props: Props) {
  return (
    <MoreMessages messages={enPair}>
      <Pairing {...props} />
    </MoreMessages>
  );
}

function Pairing({ code, assetIds, onClose }: Props) {
  const t = useTranslations("pair");
  const common = useTranslations("common");
  const [step, setStep] = useState<Step>({ kind: "code" });
  const [typed, setTyped] = useState(() => codeLetters(code));
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="sm"
      title={step.kind === "wait" ? t("waitTitle", { name: step.device.name }) : t("title")}
      description={
        step.kind === "code" ? t("codePurpose") : step.kind === "describe" ? t("describePurpose") : null
      }
      closeLabel={common("close")}
    >
      {step.kind === "code" ? (
        <PairCodeStep
          letters={typed}
          onLetters={setTyped}
          onFound={(letters, found) => setStep({ kind: "describe", code: letters, found })}
        />
      ) : step.kind === "describe" ? (
        <PairDescribeStep
          code={step.code}
          found={step.found}
          assetIds={assetIds}
          onBack={() => {
            setTyped("");
            setStep({ kind: "code" });
          }}
          onClaimed={(device) => setStep({ kind: "wait", device })}
        />
      ) : (
        <PairWaitStep device={step.device} onClose={onClose} />
      )}
    </Dialog>
  );
}
