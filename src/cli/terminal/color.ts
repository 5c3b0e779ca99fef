import type { Context, Output } from "../process/context.ts";

/** Colour only on a terminal, unless FORCE_COLOR; never with NO_COLOR (no-color.org), --no-color or a dumb terminal. */
export function usesColor(output: Output, env: Context["env"], noColor: boolean): boolean {
  if (noColor || env["NO_COLOR"]) return false;
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return output.isTTY && env["TERM"] !== "dumb";
}
