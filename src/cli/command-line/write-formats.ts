import { resolve } from "node:path";
import type { Session } from "../command-line/command.ts";
import type { FormatTarget } from "../command-line/format-target.ts";
import { writeOutput } from "../process/write-output.ts";
import type { SbomFormat } from "./formats.ts";
import type { TableOptions } from "./table.ts";

/** Writes each format to its place. */
export async function writeFormats(
  { context, lang, verbose, color }: Session,
  targets: readonly FormatTarget<SbomFormat>[],
  write: (format: SbomFormat, options: TableOptions) => string,
): Promise<void> {
  const { columns } = context.stdout;
  for (const { format, file } of targets) {
    const text = write(format, {
      lang,
      verbose,
      color: color && file === undefined,
      ...(columns === undefined ? {} : { width: columns }),
    });
    if (file === undefined) await context.stdout.write(text);
    else await writeOutput(resolve(context.cwd, file), text, context);
  }
}
