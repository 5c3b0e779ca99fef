import type { Lang, Text } from "../../contract/text.ts";
import type { Context } from "../process/context.ts";

/** An option of the command line. Without `value` it is a switch. */
export interface Flag {
  /** Short form, one letter: `f` for `-f`. */
  readonly short?: string;
  /** Name of its value in the help: `FILE`. */
  readonly value?: Text;
  readonly help: Text;
  /** The flag may be repeated. */
  readonly many?: true;
  /** Set if a variable of the environment may give the option: `DOUANE_…`. */
  readonly env?: true;
  /** The values that a shell completes; a value that names a file needs none. */
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
  /** `IMAGE`. */
  readonly name: Text;
  readonly help: Text;
  readonly many?: true;
  /** The words that a shell completes; files without. */
  readonly choices?: () => readonly string[];
}

/** Context of a command, with the common options parsed. */
export interface Session {
  readonly context: Context;
  readonly lang: Lang;
  /** `--lang` was given: settings found on the way do not change it. */
  readonly langChosen: boolean;
  /** Colour on stdout. */
  readonly color: boolean;
  /** Only errors go to stderr. */
  readonly quiet: boolean;
  /** All details are shown. */
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

/** A command that is made of subcommands, each with flags of its own: `douane vulns import`. */
export interface CommandGroup {
  readonly description: Text;
  readonly subcommands: readonly CommandEntry[];
  /** Name of the subcommand that is meant where none is named: `scan` of `douane vulns IMAGE`. */
  readonly byDefault?: string;
  readonly examples: AnyCommand["examples"];
  readonly epilogue?: Text;
}

/** A command in the table of all, or in that of a group. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: Text;
  /** Each command is a chunk of its own: `--help` loads none of them. */
  load(): Promise<AnyCommand | CommandGroup>;
}

export function isGroup(command: AnyCommand | CommandGroup): command is CommandGroup {
  return "subcommands" in command;
}

/** Infers the types of run()'s values from the flags. */
export function defineCommand<const F extends Flags>(command: Command<F>): Command<F> {
  return command;
}
