import { UnavailableError } from "../contract/error.ts";
import type { Text } from "../contract/text.ts";
import type { Capabilities, ExecutorProblem } from "./plan/executor.ts";
import { runcExecutor } from "./runc/executor.ts";

export type Available = Extract<Capabilities, { readonly available: true }>;

/**
 * Executor available on this machine.
 *
 * @throws UnavailableError `trial-unavailable`, with the missing part and the fix
 */
export async function availableExecutor(
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<Available> {
  const found = await runcExecutor(env).capabilities(signal);
  if (found.available) return found;
  const said = problemsText(found.problems);
  throw new UnavailableError("trial-unavailable", {
    fr: `aucun essai n'est possible sur cette machine. ${said.fr}`,
    en: `no trial is possible on this machine. ${said.en}`,
  });
}

/** Each problem with its fix, as sentences. */
export function problemsText(problems: readonly ExecutorProblem[]): Text {
  const said = (lang: keyof Text): string =>
    problems.map(({ text, fix }) => `${sentence(text[lang])} ${sentence(fix[lang])}`).join(" ");
  return { fr: said("fr"), en: said("en") };
}

function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]\)?$/.test(begun) ? begun : `${begun}.`;
}
