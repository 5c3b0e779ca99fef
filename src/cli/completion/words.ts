import type { Lang } from "../../contract/text.ts";
import { type CommandEntry, type Flag, type Flags, isGroup } from "../command-line/command.ts";
import { COMMON_FLAGS } from "../command-line/common-flags.ts";
import { WORDS } from "../command-line/help.ts";
import { type LoadedEntry, loadedEntries } from "../command-line/leaves.ts";
import { longFlag } from "../command-line/option.ts";

/** Completion of an operand or an option's value: files, fixed words, or none. */
export type Completed = "files" | "anything" | readonly string[];

export interface CompletedFlag {
  /** Names of the flag, short name first: `-f`, `--filename`. */
  readonly names: readonly string[];
  readonly help: string;
  readonly many: boolean;
  readonly value?: { readonly name: string; readonly words: Completed };
}

interface CompletedOperand {
  readonly name: string;
  readonly words: Completed;
  readonly many: boolean;
}

/** A command to complete; a group is completed like its default command. */
export interface CompletedCommand {
  /** Full name of the command: `vulns import`. */
  readonly path: string;
  readonly summary: string;
  readonly flags: readonly CompletedFlag[];
  readonly operand?: CompletedOperand;
  /** Names of the subcommands. */
  readonly subcommands: readonly string[];
}

/** Table of commands for shell completion, in one language. */
export interface CompletedProgram {
  readonly commands: readonly CompletedCommand[];
  /** Flags of the program alone: `--version`. */
  readonly flags: readonly CompletedFlag[];
  /** Flags common to the program and all commands. */
  readonly common: readonly CompletedFlag[];
}

export async function completedProgram(
  table: readonly CommandEntry[],
  lang: Lang,
): Promise<CompletedProgram> {
  const entries = await loadedEntries(table);
  const commands = entries.map((entry) => completedCommand(entry, entries, lang));
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
  { path, summary, command }: LoadedEntry,
  all: readonly LoadedEntry[],
  lang: Lang,
): CompletedCommand {
  const named = { path, summary: summary[lang] };
  if (isGroup(command)) {
    const { subcommands, byDefault } = command;
    const meant = all.find((one) => one.path === `${path} ${byDefault}`);
    const { flags = [], operand } = meant === undefined ? {} : completedCommand(meant, all, lang);
    const offered = operand === undefined ? {} : { operand };
    return { ...named, flags, ...offered, subcommands: subcommands.map(({ name }) => name) };
  }
  const completed = { ...named, flags: completedFlags(command.flags, lang), subcommands: [] };
  const { operand } = command;
  if (operand === undefined) return completed;
  const words = operand.choices?.() ?? "files";
  return { ...completed, operand: { name: operand.name[lang], words, many: operand.many === true } };
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

/** Completion of a flag's value: files if the value's name says so. */
function wordsOf({ choices, value }: Flag): Completed {
  if (choices !== undefined) return choices();
  return value !== undefined && /FILE|FOLDER/.test(value.en) ? "files" : "anything";
}
