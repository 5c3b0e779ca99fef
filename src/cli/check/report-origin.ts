import { shellWord } from "../../contract/shell-word.ts";
import { excerpt } from "../../contract/shown.ts";
import type { ReportOrigin } from "../../report/report.ts";
import type { Context } from "../process/context.ts";

/** Maximum number of characters of the command line that are shown. */
const SHOWN = 1_000;

/**
 * Origin of a report that is kept. Times come from SOURCE_DATE_EPOCH if set, so that the same evidence gives
 * the same bytes.
 */
export async function reportOrigin(
  { argv, env, now }: Pick<Context, "argv" | "env" | "now">,
  policy: string | undefined,
): Promise<ReportOrigin> {
  const { maskText } = await import("../../secrets/scan.ts");
  // The command is masked before it is cut, since half a secret would not be recognised.
  const command = maskText(["douane", ...argv.map(shellWord)].join(" "));
  return {
    date: dateOf(env["SOURCE_DATE_EPOCH"], now()).toISOString(),
    command: command.length > SHOWN ? `${command.slice(0, SHOWN)}…` : command,
    ...(policy === undefined ? {} : { policy: excerpt(maskText(policy)) }),
  };
}

/** Date for seconds since 1970 (reproducible-builds.org); an invalid value is ignored. */
function dateOf(epoch: string | undefined, now: Date): Date {
  return epoch !== undefined && /^\d{1,11}$/.test(epoch) ? new Date(Number(epoch) * 1_000) : now;
}
