import { resolve } from "node:path";
import type { Lang } from "../../contract/text.ts";
import type { ReportInput } from "../../report/report.ts";
import { RULES } from "../../rules/index.ts";
import type { Session } from "../command-line/command.ts";
import { writeOutput } from "../process/write-output.ts";
import { reportFailure } from "../terminal/failure.ts";
import { VERSION } from "../version.ts";
import type { FormatTarget } from "./format-target.ts";

/** Writes every report; one that cannot be written does not keep the others back. Resolves to the exit codes of the failures. */
export async function writeReports(
  input: ReportInput,
  targets: readonly FormatTarget[],
  session: Session,
  lang: Lang,
): Promise<readonly number[]> {
  const failures: number[] = [];
  for (const target of targets) {
    try {
      await writeReport(input, target, session, lang);
    } catch (error) {
      failures.push(await reportFailure(error, session.context, lang));
    }
  }
  return failures;
}

async function writeReport(
  input: ReportInput,
  { format, file }: FormatTarget,
  { context, color }: Session,
  lang: Lang,
): Promise<void> {
  // Why nothing was judged stands on stderr already; an empty checklist adds nothing.
  if (file === undefined && format.terminal && input.verdicts.length === 0) return;
  const render = await format.load();
  const options = { lang, version: VERSION, rules: RULES };
  if (file !== undefined) return writeOutput(resolve(context.cwd, file), render(input, options));
  const { columns } = context.stdout;
  const shown = {
    ...options,
    color: color && format.terminal,
    ...(columns === undefined ? {} : { width: columns }),
  };
  await context.stdout.write(render(input, shown));
}
