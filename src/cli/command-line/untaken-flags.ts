import { UsageError } from "../../contract/error.ts";
import type { Text } from "../../contract/text.ts";
import type { Context } from "../process/context.ts";
import type { Flags, Values } from "./command.ts";
import { variableOf } from "./environment.ts";
import { longFlag } from "./option.ts";

/**
 * A flag that is given and has no effect makes its user believe in one. What the environment gives
 * is for every command: it is no mistake there.
 *
 * @param taken the flags that have an effect
 * @param command as the user wrote it: `douane vulns affected`
 * @throws UsageError option-without-effect
 */
export function refuseUntaken<F extends Flags>(
  { env }: Pick<Context, "env">,
  values: Values<F>,
  taken: readonly (keyof F & string)[],
  command: string,
): void {
  const given = Object.entries(values).filter(
    ([name, value]) => isGiven(value) && !taken.includes(name) && (env[variableOf(name)] ?? "").trim() === "",
  );
  if (given.length === 0) return;
  throw withoutEffect(given.map(([name]) => longFlag(name)).join(", "), command);
}

function isGiven(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
}

function withoutEffect(options: string, command: string): UsageError {
  const text: Text = {
    fr: `${command} ne tient pas compte de ${options} : retirer l'option. ${command.split(" ").slice(0, 2).join(" ")} --help dit ce que chaque option fait.`,
    en: `${command} takes no account of ${options}: leave it out. ${command.split(" ").slice(0, 2).join(" ")} --help says what each option does.`,
  };
  return new UsageError("option-without-effect", text);
}
