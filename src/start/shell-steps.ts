import type { ProgramStep } from "../contract/image-facts.ts";
import { isShellScript } from "../shell/interpreter.ts";
import type { StartableImage } from "./startable-image.ts";

/** Step of the start that is a shell script, with its file and text. */
export type ShellStep = ProgramStep & { readonly file: string; readonly script: string };

/** Shell script that the start calls by this name. */
export function shellStep(
  { program }: Pick<StartableImage, "program">,
  called: string | undefined,
): ShellStep | undefined {
  return program.steps.filter(({ name }) => name === called).find(isShellStep);
}

/** Shell scripts that the start leads to. */
export function shellSteps({ program }: Pick<StartableImage, "program">): readonly ShellStep[] {
  return program.steps.filter(isShellStep);
}

function isShellStep(step: ProgramStep): step is ShellStep {
  return step.file !== undefined && step.script !== undefined && isShellScript(step.script);
}
