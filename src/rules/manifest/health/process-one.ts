import { shellCommands } from "../../../shell/parse-commands.ts";
import { shellForm } from "../../../shell/shells.ts";
import { commandName } from "../../../shell/wrappers.ts";
import { innermost } from "../../../start/handler-commands.ts";
import { startedImage } from "../../../start/started-image.ts";
import type { HandlerEvidence } from "./handler-findings.ts";

/**
 * Whether a process of this name lives as long as its container. `yes`: process 1; `perhaps`: a program of
 * the start whose end may end the container, or the start or the name is unknown.
 */
export function livesWithContainer(name: string, evidence: HandlerEvidence): "yes" | "perhaps" | "no" {
  const { image, placement, workload } = evidence;
  if (image === undefined || name === "") return "perhaps";
  const { program, manifest } = startedImage({ image, placement, workload });
  const own = replacements(program.argv, program.steps);
  if (own.some((words) => isNamed(words, name))) return "yes";
  const isStarted = program.steps.some((step) => isNamed([step.name], name));
  return isStarted || manifest?.unknown !== undefined ? "perhaps" : "no";
}

/**
 * Commands that process 1 runs: the container's own command, or the commands that its script or text executes
 * instead.
 */
function replacements(
  argv: readonly string[],
  steps: readonly { readonly name: string; readonly script?: string }[],
): readonly (readonly string[])[] {
  const words = innermost(argv);
  const text = shellForm(words) ?? steps.find(({ name }) => name === words[0])?.script;
  if (text === undefined) return [words];
  const executed = shellCommands(text).filter((command) => command.words[0] === "exec");
  return executed.map((command) =>
    innermost(command.words.flatMap((word) => (/^\$(?:@|\*)$/.test(word) ? words.slice(1) : [word]))),
  );
}

function isNamed(words: readonly string[], name: string): boolean {
  return commandName(words[0]) === commandName(name) || words.join(" ").includes(name);
}
