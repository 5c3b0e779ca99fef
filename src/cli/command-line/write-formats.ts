import { resolve } from "node:path";
import type { Lang } from "../../contract/text.ts";
import { writeOutput } from "../process/write-output.ts";
import type { Session } from "./command.ts";
import type { FormatTarget } from "./format-target.ts";

/** Options that affect the wording of any format. */
export interface WriteOptions {
  readonly lang: Lang;
  readonly verbose: boolean;
  /** Whether output is coloured; never in a file. */
  readonly color: boolean;
  /** Width of the terminal in columns. */
  readonly width?: number;
}

/** Writes each format to its target; a long text is written in pieces. */
export async function writeFormats<Format extends { readonly name: string }>(
  { context, lang, verbose, color }: Session,
  targets: readonly FormatTarget<Format>[],
  write: (format: Format, options: WriteOptions) => string | Iterable<string>,
): Promise<void> {
  const { columns } = context.stdout;
  for (const { format, file } of targets) {
    const text = write(format, {
      lang,
      verbose,
      color: color && file === undefined,
      ...(columns === undefined ? {} : { width: columns }),
    });
    const pieces = typeof text === "string" ? [text] : text;
    if (file === undefined) for (const piece of pieces) await context.stdout.write(piece);
    else await writeOutput(resolve(context.cwd, file), pieces, context);
  }
}
