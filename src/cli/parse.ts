import { CommanderError, Command as Parser } from "commander";
import type { Lang } from "../contract/text.ts";
import { type AnyCommand, type CommandEntry, isGroup, type Session } from "./command-line/command.ts";
import { COMMON_FLAGS } from "./command-line/common-flags.ts";
import { helpConfiguration, helpEpilogue, pathOf, programEpilogue, WORDS } from "./command-line/help.ts";
import { addFlags, valuesOf } from "./command-line/option.ts";
import { usageErrorOf } from "./command-line/parse-error.ts";
import { COMMANDS } from "./commands.ts";
import type { Context } from "./process/context.ts";
import { versionLine } from "./process/version.ts";

/** Parsed command line: a command to run, or a text to print (help, version). */
export type Invocation =
  | {
      readonly kind: "run";
      readonly command: AnyCommand;
      readonly session: Omit<Session, "context" | "color">;
      readonly noColor: boolean;
      /** Requested width in columns; undefined if none was requested. */
      readonly width: number | undefined;
      readonly values: Readonly<Record<string, unknown>>;
      readonly operands: readonly string[];
    }
  | { readonly kind: "print"; readonly text: string; readonly on: "stdout" | "stderr" };

/** Parses the command line. @throws UsageError */
export async function parse(context: Context, lang: Lang): Promise<Invocation> {
  let printed = "";
  let invocation: Invocation | undefined;
  const print = (text: string): void => {
    printed += text;
  };
  const program = newParser(context, lang, print);
  let named = program;
  offer(program, { entries: COMMANDS }, lang, {
    onNamed: (parser) => {
      named = parser;
    },
    onCommand: (parser, command) => {
      invocation = invocationOf(parser, command, context.env, lang);
    },
  });
  try {
    await program.parseAsync(withoutHelpCommand(context.argv), { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === "commander.help") return { kind: "print", text: printed, on: "stderr" };
    if (error.exitCode !== 0) throw usageErrorOf(error, pathOf(named));
  }
  return invocation ?? { kind: "print", text: printed, on: "stdout" };
}

function newParser(context: Context, lang: Lang, print: (text: string) => void): Parser {
  const program = new Parser("douane")
    .exitOverride()
    .configureOutput({
      writeOut: print,
      writeErr: print,
      outputError: () => {},
      getOutHelpWidth: () => Math.min(context.stdout.columns ?? 100, 100),
      getErrHelpWidth: () => Math.min(context.stderr.columns ?? 100, 100),
    })
    .configureHelp(helpConfiguration(lang))
    .helpCommand(false)
    .helpOption("-h, --help", WORDS.help[lang])
    .version(versionLine()[lang], "-V, --version", WORDS.version[lang])
    .description(WORDS.description[lang]);
  addFlags(program, COMMON_FLAGS, lang);
  return program.addHelpText("after", programEpilogue(lang));
}

/** Adds subcommands to a parser; a subcommand is loaded when the command line names it. */
function offer(parser: Parser, { entries, byDefault }: Offered, lang: Lang, told: Told): void {
  for (const { name, summary } of entries) {
    parser
      .command(name, { isDefault: name === byDefault })
      .helpCommand(false)
      .summary(summary[lang]);
  }
  parser.hook("preSubcommand", async (_, chosen) => {
    const command = await entries.find(({ name }) => name === chosen.name())?.load();
    if (command === undefined) return;
    told.onNamed(chosen);
    chosen.description(command.description[lang]);
    chosen.addHelpText("after", helpEpilogue(command, lang));
    if (isGroup(command)) {
      offer(chosen, { entries: command.subcommands, byDefault: command.byDefault }, lang, told);
      return;
    }
    describe(chosen, command, lang);
    chosen.action(() => told.onCommand(chosen, command));
  });
}

/** Callbacks: `onNamed` for each group or command that the command line names, `onCommand` for the one that runs. */
interface Told {
  readonly onNamed: (parser: Parser) => void;
  readonly onCommand: (parser: Parser, command: AnyCommand) => void;
}

interface Offered {
  readonly entries: readonly CommandEntry[];
  readonly byDefault?: string | undefined;
}

function describe(parser: Parser, command: AnyCommand, lang: Lang): void {
  const { operand } = command;
  if (operand !== undefined) {
    const name = `[${operand.name[lang]}${operand.many === true ? "..." : ""}]`;
    parser.argument(name, operand.help[lang]);
  }
  addFlags(parser, command.flags, lang);
}

function invocationOf(parser: Parser, command: AnyCommand, env: Context["env"], lang: Lang): Invocation {
  const parsed = parser.optsWithGlobals();
  const common = valuesOf(COMMON_FLAGS, parsed, env);
  return {
    kind: "run",
    command,
    session: {
      lang,
      langChosen: common["lang"] !== undefined,
      quiet: common["quiet"] === true,
      verbose: parsed["verbose"] === true,
    },
    noColor: parsed["color"] === false,
    width: parsed["width"],
    values: valuesOf(command.flags, parsed, env),
    operands: parser.args,
  };
}

/**
 * Arguments with `douane help vulns import` rewritten, since commander's own help command would not load the
 * command.
 */
function withoutHelpCommand(argv: readonly string[]): string[] {
  const [first, ...rest] = argv;
  return first === "help" ? [...rest, "--help"] : [...argv];
}
