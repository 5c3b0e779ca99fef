import { EXIT } from "../contract/error.ts";
import { languageOf } from "./command-line/language.ts";
import { ofWidth, widthAsked } from "./command-line/width.ts";
import { parse } from "./parse.ts";
import type { Context } from "./process/context.ts";
import { usesColor } from "./terminal/color.ts";
import { reportFailure } from "./terminal/failure.ts";
import { guardedStreams } from "./terminal/log-guard.ts";

/** Runs one command line from beginning to end; never rejects. Resolves to the exit code. */
export async function run(ambient: Context): Promise<number> {
  let context = guardedStreams(ofWidth(ambient, widthAsked(ambient.env["COLUMNS"])));
  const lang = languageOf(context);
  try {
    const invocation = await parse(context, lang);
    if (invocation.kind === "print") {
      await context[invocation.on].write(invocation.text);
      return invocation.on === "stdout" ? EXIT.admitted : EXIT.usage;
    }
    const { command, session, noColor, width, values, operands } = invocation;
    context = ofWidth(context, width);
    const color = usesColor(context.stdout, context.env, noColor);
    return await command.run({ ...session, context, color }, values, operands);
  } catch (error) {
    return reportFailure(error, context, lang);
  }
}
