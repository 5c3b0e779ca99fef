import type { Lang, Text } from "../../contract/text.ts";
import type { Context } from "../process/context.ts";

/** Option of the command line; without `value`, a switch. */
export interface Flag {
  /** Short form, one letter: `f` for `-f`. */
  readonly short?: string;
  /** Name of the value in the help: `FILE`. */
  readonly value?: Text;
  readonly help: Text;
  /** Set if the flag may be repeated. */
  readonly many?: true;
  /** Set if a variable of the environment may give the option: `DOUANE_…`. */
  readonly env?: true;
  /** Values for shell completion; not needed for files. */
  readonly choices?: () => readonly string[];
  /** Parses the value. @throws UsageError */
  readonly parse?: (value: string) => unknown;
  /** Verifies the values of a repeated flag together. @throws UsageError */
  verify?(values: readonly unknown[]): void;
}

/** Flags by name in camelCase: `saveEvidence` is `--save-evidence`. */
export type Flags = Readonly<Record<string, Flag>>;

type Parsed<F extends Flag> = F extends { readonly parse: (value: string) => infer T } ? T : string;
type ValueOf<F extends Flag> = F extends { readonly value: Text }
  ? F extends { readonly many: true }
    ? readonly Parsed<F>[]
    : Parsed<F> | undefined
  : boolean;

/**
 * Values of the flags: a boolean for a switch, possibly undefined for a value, a list for a repeated flag.
 */
export type Values<F extends Flags> = { readonly [K in keyof F]: ValueOf<F[K]> };

interface Operand {
  /** Name of the operand in the help: `IMAGE`. */
  readonly name: Text;
  readonly help: Text;
  readonly many?: true;
  /** Words for shell completion; absent for files. */
  readonly choices?: () => readonly string[];
}

/** Context of a command, with the common options parsed. */
export interface Session {
  readonly context: Context;
  readonly lang: Lang;
  /** Whether `--lang` was given, so that settings read later do not change the language. */
  readonly langChosen: boolean;
  /** Whether stdout is coloured. */
  readonly color: boolean;
  /** Whether stderr only gets errors. */
  readonly quiet: boolean;
  /** Whether all details are shown. */
  readonly verbose: boolean;
}

/** A command: data, and a function that resolves to the exit code. Operands are optional to the parser. */
export interface Command<F extends Flags = Flags> {
  readonly description: Text;
  readonly operand?: Operand;
  readonly flags: F;
  readonly examples: readonly { readonly line: Text; readonly says: Text }[];
  /** Text below the options, such as exit codes. */
  readonly epilogue?: Text;
  run(session: Session, values: Values<F>, operands: readonly string[]): Promise<number>;
}

/** A command without its flags' types, as the parser stores it. */
// oxlint-disable-next-line typescript/no-explicit-any -- variance: a table of commands with different flags
export type AnyCommand = Command<any>;

/** A command with subcommands, each with its own flags: `douane vulns import`. */
export interface CommandGroup {
  readonly description: Text;
  readonly subcommands: readonly CommandEntry[];
  /** Name of the default subcommand: `scan` for `douane vulns IMAGE`. */
  readonly byDefault?: string;
  readonly examples: AnyCommand["examples"];
  readonly epilogue?: Text;
}

/** A command in the main table or in a group's table. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: Text;
  /** Loads the command, which is a separate chunk: `--help` loads none. */
  load(): Promise<AnyCommand | CommandGroup>;
}

export function isGroup(command: AnyCommand | CommandGroup): command is CommandGroup {
  return "subcommands" in command;
}

/** Returns the command, with the types of run()'s values inferred from its flags. */
export function defineCommand<const F extends Flags>(command: Command<F>): Command<F> {
  return command;
}
