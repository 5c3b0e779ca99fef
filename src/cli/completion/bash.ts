import type { Completed, CompletedFlag, CompletedProgram } from "./words.ts";

/** A function for bash 3.2 (macOS) and later. Files are readline's own: it completes them when nothing is offered. */
export function bashCompletion({ commands, common, flags }: CompletedProgram): string {
  const names = commands.map(({ name }) => name);
  const ofCommands = commands.flatMap((command) =>
    command.flags.flatMap((flag) => valueCase(command.name, flag)),
  );
  const operands = commands.map(
    ({ name, flags: own, operand }) =>
      `    ${name}) flags=${quoted(listOf([...own, ...common]))} words=${quoted(wordsOf(operand?.words))}${operand?.orFiles === true ? " files=1" : ""} ;;`,
  );
  return `# douane completion bash
_douane() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} command= flags words files= index
  # bash makes a word of the = in --format=json.
  if [[ $cur == = ]]; then cur=; elif [[ $prev == = ]]; then prev=\${COMP_WORDS[COMP_CWORD - 2]}; fi
  for ((index = 1; index < COMP_CWORD; index++)); do
    case \${COMP_WORDS[index]} in
    ${names.join("|")})
      command=\${COMP_WORDS[index]}
      break
      ;;
    esac
  done
  COMPREPLY=()
  case $command:$prev in
${[...ofCommands, ...common.flatMap((flag) => valueCase("*", flag))].join("\n")}
  esac
  case $command in
    '') flags=${quoted(listOf([...flags, ...common]))} words=${quoted(names.join(" "))} ;;
${operands.join("\n")}
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

/** What follows an option: its words, else what readline completes. */
function valueCase(command: string, { names, value }: CompletedFlag): readonly string[] {
  if (value === undefined) return [];
  const before = names.map((name) => `${command}:${name}`).join("|");
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

function wordsOf(words: Completed | undefined): string {
  return typeof words === "object" ? words.join(" ") : "";
}

/** Words of ours hold neither quotes nor white space of their own. */
function quoted(words: string): string {
  return `'${words}'`;
}
