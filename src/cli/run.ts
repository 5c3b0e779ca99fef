import { EXIT } from "../contract/error.ts";
import { usesColor } from "./color.ts";
import type { Context } from "./context.ts";
import { reportFailure } from "./failure.ts";
import { languageOf } from "./language.ts";
import { parse } from "./parse.ts";

/** Runs one command line from beginning to end; never rejects. Resolves to the exit code. */
export async function run(context: Context): Promise<number> {
  const lang = languageOf(context);
  try {
    const invocation = await parse(context, lang);
    if (invocation.does === "print") {
      await context[invocation.on].write(invocation.text);
      return invocation.on === "stdout" ? EXIT.admitted : EXIT.usage;
    }
    const { command, session, noColor, values, operands } = invocation;
    const color = usesColor(context.stdout, context.env, noColor);
    return await command.run({ ...session, context, color }, values, operands);
  } catch (error) {
    return reportFailure(error, context, lang);
  }
}
