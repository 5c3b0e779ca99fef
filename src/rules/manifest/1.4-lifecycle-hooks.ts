// The hooks of a container can run (contract 1.4: processes are stopped and started without impact).
//
//   exec of a program, or a shell, that the image does not have     fail; unproven if the image was not read
//   no action, or several; no port; an empty command                fail: Kubernetes refuses it
//   tcpSocket                                                       fail: the kubelet cannot perform it
//   postStart that fails                                            the kubelet kills the container
//   preStop that fails                                              the program is stopped at once

import type { HookFacts } from "../../contract/pod-facts.ts";
import { defineRule } from "../../contract/rule.ts";
import type { Text } from "../../contract/text.ts";
import { hookOverride } from "../../start/entrypoint-and-command.ts";
import { judgedTarget } from "./health/absent-program.ts";
import { execTarget } from "./health/exec-target.ts";
import { type HandlerEvidence, type JudgedHandler, outcomeOfHandlers } from "./health/handler-findings.ts";
import { type HandlerMistake, handlerMistakes } from "./health/handler-mistakes.ts";

const ID = "1.4-lifecycle-hooks";
const HOOKS = ["postStart", "preStop"] as const;

export const lifecycleHooks = defineRule({
  id: ID,
  rows: ["stateless"],
  title: {
    fr: "Les hooks du conteneur peuvent s'exécuter",
    en: "The container's hooks can run",
  },
  why: {
    fr: "Un preStop dont le programme manque échoue en silence : le conteneur s'arrête sans le délai prévu. Un postStart qui échoue fait tuer le conteneur.",
    en: "A preStop whose program is missing fails in silence: the container stops without the delay it was meant to have. A postStart that fails has the container killed.",
  },
  remedy: {
    fr: "Nommer un programme que l'image contient, ou écrire « preStop: { sleep: { seconds: 5 } } ».",
    en: "Name a program that the image holds, or write `preStop: { sleep: { seconds: 5 } }`.",
  },
  needs: ["workload", "placement"],
  uses: ["image"],
  check(evidence) {
    const { lifecycle = {} } = evidence.placement.spec;
    const handlers = HOOKS.flatMap((name) => {
      const hook = lifecycle[name];
      return hook === undefined ? [] : [judge(evidence, `lifecycle.${name}`, hook)];
    });
    if (handlers.length === 0) {
      return {
        status: "n/a",
        reason: { fr: "le conteneur n'a pas de hook", en: "the container has no hook" },
      };
    }
    const names = handlers.map(({ field }) => field).join(", ");
    return outcomeOfHandlers(ID, evidence, handlers, {
      fr: `rien dans le manifeste ni dans l'image n'empêche ${names}`,
      en: `nothing in the manifest or in the image prevents ${names}`,
    });
  },
});

const SLEEP: Text = {
  fr: "Nommer un programme que l'image contient ; pour une simple attente, écrire « sleep: { seconds: 5 } », que le kubelet exécute lui-même (Kubernetes 1.30).",
  en: "Name a program that the image holds; for a mere delay, write `sleep: { seconds: 5 }`, which the kubelet performs itself (Kubernetes 1.30).",
};

/**
 * Mistake of a tcpSocket hook. LifecycleHandler, core/v1: no validation of this field, and lifecycle hooks
 * will fail at runtime.
 */
const TCP: HandlerMistake = {
  field: "tcpSocket",
  value: "unsupported",
  message: {
    fr: "le kubelet n'exécute pas tcpSocket dans un hook : il échoue toujours",
    en: "the kubelet does not perform tcpSocket in a hook: it always fails",
  },
  remedy: {
    fr: "Remplacer tcpSocket par exec, httpGet ou sleep, ou supprimer le hook.",
    en: "Replace tcpSocket by exec, httpGet or sleep, or remove the hook.",
  },
};

function judge(
  { placement: { spec }, image }: HandlerEvidence,
  field: string,
  hook: HookFacts,
): JudgedHandler {
  const mistakes = [...handlerMistakes(hook, spec), ...(hook.tcpSocket === undefined ? [] : [TCP])];
  const command = hook.exec?.command ?? [];
  if (mistakes.length > 0 || command.length === 0) return { field, mistakes };
  return { field, ...judgedTarget(execTarget(image, hookOverride(spec, command), spec.volumeMounts), SLEEP) };
}
