import type { Lang } from "../../contract/text.ts";
import type { AnyCommand, CommandEntry, Flag, Flags } from "../command-line/command.ts";
import { COMMON_FLAGS } from "../command-line/common-flags.ts";
import { WORDS } from "../command-line/help.ts";
import { longFlag } from "../command-line/option.ts";

/** What may stand for an operand or for an option's value: files, these words, or what nobody can complete. */
export type Completed = "files" | "anything" | readonly string[];

export interface CompletedFlag {
  /** The short one first: `-f`, `--filename`. */
  readonly names: readonly string[];
  readonly help: string;
  readonly many: boolean;
  readonly value?: { readonly name: string; readonly words: Completed };
}

interface CompletedOperand {
  readonly name: string;
  readonly words: Completed;
  /** Files may stand in the place of the words. */
  readonly orFiles: boolean;
  readonly many: boolean;
}

export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly flags: readonly CompletedFlag[];
  readonly operand?: CompletedOperand;
}

/** The table of commands as shells complete it, in a language. */
export interface CompletedProgram {
  readonly commands: readonly CompletedCommand[];
  /** Of the program alone: `--version`. */
  readonly flags: readonly CompletedFlag[];
  /** Of the program and of every command. */
  readonly common: readonly CompletedFlag[];
}

export async function completedProgram(
  table: readonly CommandEntry[],
  lang: Lang,
): Promise<CompletedProgram> {
  const commands = await Promise.all(
    table.map(async (entry) => completedCommand(entry.name, entry.summary[lang], await entry.load(), lang)),
  );
  const common = [
    ...completedFlags(COMMON_FLAGS, lang),
    { names: ["-h", "--help"], help: WORDS.help[lang], many: false },
  ];
  return {
    commands,
    common,
    flags: [{ names: ["-V", "--version"], help: WORDS.version[lang], many: false }],
  };
}

function completedCommand(
  name: string,
  summary: string,
  { flags, operand }: AnyCommand,
  lang: Lang,
): CompletedCommand {
  const command = { name, summary, flags: completedFlags(flags, lang) };
  if (operand === undefined) return command;
  const words = operand.choices?.() ?? "files";
  const { many, orFiles } = operand;
  return {
    ...command,
    operand: { name: operand.name[lang], words, orFiles: orFiles === true, many: many === true },
  };
}

function completedFlags(flags: Flags, lang: Lang): readonly CompletedFlag[] {
  return Object.entries(flags).map(([name, flag]) => {
    const { short, help, value, many } = flag;
    const names = [...(short === undefined ? [] : [`-${short}`]), longFlag(name)];
    const completed = { names, help: help[lang], many: many === true };
    if (value === undefined) return completed;
    return { ...completed, value: { name: value[lang], words: wordsOf(flag) } };
  });
}

/** A value is a file when its name says so. */
function wordsOf({ choices, value }: Flag): Completed {
  if (choices !== undefined) return choices();
  return value !== undefined && /FILE|FOLDER/.test(value.en) ? "files" : "anything";
}
