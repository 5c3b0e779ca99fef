import type { Context, Output } from "../process/context.ts";

/** Pipelines whose logs show colours although they are not terminals. */
const COLORED_LOGS = ["GITLAB_CI", "GITHUB_ACTIONS"];

/**
 * Whether output is coloured: on a terminal, in logs of GitLab and GitHub, and with FORCE_COLOR; never with
 * NO_COLOR (no-color.org), --no-color or a dumb terminal.
 */
export function usesColor(output: Output, env: Context["env"], noColor: boolean): boolean {
  if (noColor || env["NO_COLOR"]) return false;
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  if (output.isTTY) return env["TERM"] !== "dumb";
  return output.isFile !== true && COLORED_LOGS.some((name) => env[name] === "true");
}
