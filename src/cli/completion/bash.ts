import type { Completed, CompletedCommand, CompletedFlag, CompletedProgram } from "./words.ts";

/**
 * Completion function for bash 3.2 (macOS) and later. Files are completed by readline itself if nothing is
 * offered.
 */
export function bashCompletion({ commands, common, flags }: CompletedProgram): string {
  const names = commands.map(({ path }) => path).filter((path) => !path.includes(" "));
  const paths = commands.map(({ path }) => quoted(path.includes(" ") ? path : ` ${path}`));
  const ofCommands = commands.flatMap(({ path, flags: own }) =>
    own.flatMap((flag) => valueCase((name) => quoted(`${path}:${name}`), flag)),
  );
  const ofAll = common.flatMap((flag) => valueCase((name) => `*:${name}`, flag));
  return `# douane completion bash
_douane() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} command= flags words files= index
  # bash makes a word of the = in --format=json.
  if [[ $cur == = ]]; then cur=; elif [[ $prev == = ]]; then prev=\${COMP_WORDS[COMP_CWORD - 2]}; fi
  for ((index = 1; index < COMP_CWORD; index++)); do
    case "$command \${COMP_WORDS[index]}" in
    ${paths.join("|")}) command="\${command:+$command }\${COMP_WORDS[index]}" ;;
    esac
  done
  COMPREPLY=()
  case $command:$prev in
${[...ofCommands, ...ofAll].join("\n")}
  esac
  case $command in
    '') flags=${quoted(listOf([...flags, ...common]))} words=${quoted(names.join(" "))} ;;
${commands.map((command) => commandCase(command, common)).join("\n")}
  esac
  [[ $cur == -* ]] && words=$flags files=
  while IFS= read -r index; do COMPREPLY+=("$index"); done < <(compgen -W "$words" -- "$cur")
  # Where words are offered, readline adds no files itself; bash before 4 does not quote these.
  if [[ $files && \${#COMPREPLY[@]} -gt 0 ]]; then
    compopt -o filenames 2>/dev/null
    while IFS= read -r index; do COMPREPLY+=("$index"); done < <(compgen -f -- "$cur")
  fi
}
complete -o bashdefault -o default -F _douane douane
`;
}

/**
 * Completions of a command: its options and words; for a group, its subcommands and the completions of its
 * default command.
 */
function commandCase(
  { path, flags, operand, subcommands }: CompletedCommand,
  common: readonly CompletedFlag[],
): string {
  const words = [...subcommands, ...(typeof operand?.words === "object" ? operand.words : [])];
  const files = subcommands.length > 0 && operand?.words === "files" ? " files=1" : "";
  return `    ${quoted(path)}) flags=${quoted(listOf([...flags, ...common]))} words=${quoted(words.join(" "))}${files} ;;`;
}

/** Completions of an option's value: its words, otherwise readline's default. */
function valueCase(patternOf: (name: string) => string, { names, value }: CompletedFlag): readonly string[] {
  if (value === undefined) return [];
  const before = names.map(patternOf).join("|");
  const words = wordsOf(value.words);
  if (words === "") return [`    ${before}) return ;;`];
  return [
    `    ${before})`,
    `      while IFS= read -r index; do COMPREPLY+=("$index"); done < <(compgen -W ${quoted(words)} -- "$cur")`,
    "      return",
    "      ;;",
  ];
}

function listOf(flags: readonly CompletedFlag[]): string {
  return flags.flatMap(({ names }) => names).join(" ");
}

function wordsOf(words: Completed): string {
  return typeof words === "object" ? words.join(" ") : "";
}

/** Words in quotes; our words contain neither quotes nor white space. */
function quoted(words: string): string {
  return `'${words}'`;
}
