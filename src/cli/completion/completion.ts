import { EXIT, UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { type AnyCommand, type CommandEntry, defineCommand } from "../command-line/command.ts";
import { suggestion } from "../command-line/nearest.ts";
import { writeData } from "../terminal/log-guard.ts";
import { bashCompletion } from "./bash.ts";
import { fishCompletion } from "./fish.ts";
import { completedProgram } from "./words.ts";
import { zshCompletion } from "./zsh.ts";

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;
const NAMES = Object.keys(SHELLS) as readonly (keyof typeof SHELLS)[];

const ABOUT = {
  description: {
    fr: "Affiche la complétion des commandes, des options et de leurs valeurs pour bash, zsh ou fish.",
    en: "Prints the completion of commands, options and their values for bash, zsh or fish.",
  },
  operand: {
    name: { fr: "SHELL", en: "SHELL" },
    help: { fr: "bash, zsh ou fish", en: "bash, zsh or fish" },
    choices: () => NAMES,
  },
  examples: [
    {
      line: { fr: "source <(douane completion bash)", en: "source <(douane completion bash)" },
      says: {
        fr: "bash, dans ~/.bashrc ; zsh de même, après compinit",
        en: "bash, in ~/.bashrc; zsh likewise, after compinit",
      },
    },
    {
      line: {
        fr: "douane completion fish > ~/.config/fish/completions/douane.fish",
        en: "douane completion fish > ~/.config/fish/completions/douane.fish",
      },
      says: { fr: "fish", en: "fish" },
    },
  ],
} as const;

/** The completion command for a table that includes it. */
export function completionOf(table: readonly CommandEntry[]): AnyCommand {
  return defineCommand({
    ...ABOUT,
    flags: {},
    run: async ({ context: { stdout }, lang }, _values, [word = ""]) => {
      const shell = NAMES.find((name) => name === word);
      if (shell === undefined) throw unknownShell(word);
      await writeData(stdout, SHELLS[shell](await completedProgram(table, lang)));
      return EXIT.admitted;
    },
  });
}

function unknownShell(word: string): UsageError {
  const { fr, en } = suggestion(word, NAMES);
  return new UsageError("shell-unknown", {
    fr: `douane completion ${quoted(word)} : shell inconnu. ${fr}`,
    en: `douane completion ${quoted(word)}: unknown shell. ${en}`,
  });
}
