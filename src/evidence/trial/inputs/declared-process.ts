import type { ContainerFacts } from "../../../contract/pod-facts.ts";
import { canonicalJson } from "../../../json/canonical-json.ts";
import { terminationMessagePath } from "../../../start/termination-message.ts";
import { trialHooks } from "../hooks.ts";
import { hookAction } from "./declared-handler.ts";
import type { DeclaredInput, SpecSources } from "./declared-input.ts";

type Place = readonly [place: string, input: DeclaredInput];

/** Processes beside a container's first process, and descriptors that the first process finds open. */
export function declaredProcess({ spec }: Pick<SpecSources, "spec">): readonly Place[] {
  const probes = execCommands(spec);
  const { postStart, preStop } = spec.lifecycle ?? {};
  const { stdin = false, tty = false } = spec;
  return [
    ...(probes.length === 0 ? [] : [["exec", { text: JSON.stringify(probes) }] as const]),
    ...(postStart === undefined && preStop === undefined
      ? []
      : [
          [
            "hooks",
            {
              text: canonicalJson([hookAction(postStart, spec), hookAction(preStop, spec), trialHooks(spec)]),
            },
          ] as const,
        ]),
    ...(stdin || tty ? [["terminal", { text: JSON.stringify({ stdin, tty }) }] as const] : []),
    ["message", { text: terminationMessagePath(spec) }],
  ];
}

/**
 * Commands of probes, each preceded by its timeoutSeconds if that is not the default, since the command is
 * ended then.
 */
function execCommands(spec: ContainerFacts): readonly (readonly (string | number)[])[] {
  const { startupProbe, readinessProbe, livenessProbe } = spec;
  return [startupProbe, readinessProbe, livenessProbe].flatMap((probe) => {
    const { exec, timeoutSeconds: seconds = 1 } = probe ?? {};
    const command = exec?.command ?? [];
    return command.length === 0 ? [] : [seconds > 1 ? [seconds, ...command] : command];
  });
}
