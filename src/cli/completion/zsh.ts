import type { Completed, CompletedCommand, CompletedFlag, CompletedProgram } from "./words.ts";

/** Completion script for zsh: a file `_douane` in fpath, or text to evaluate after compinit. */
export function zshCompletion({ commands, common, flags }: CompletedProgram): string {
  const described = commands
    .filter(({ path }) => !path.includes(" "))
    .map(({ path, summary }) => `    ${quoted(`${path}:${escaped(summary)}`)}`);
  const nested = commands.filter(({ path }) => path.includes(" ")).map(({ path }) => `'${path}'`);
  return `#compdef douane
_douane() {
  local curcontext=$curcontext state line command
  local -a commands nested common
  commands=(
${described.join("\n")}
  )
  nested=(${nested.join(" ")})
  common=(
${common.map(argument).join("\n")}
  )
  _arguments -C -S $common \\
${flags.map((flag) => `${argument(flag)} \\`).join("\n")}
    '1: :->command' '*:: :->argument'
  case $state in
  command) _describe -t commands douane commands ;;
  argument)
    command=$words[1]
    while (( CURRENT > 2 && $nested[(Ie)$command $words[2]] )); do
      command="$command $words[2]"
      shift words
      (( CURRENT-- ))
    done
    curcontext=\${curcontext%:*}-\${command// /-}:
    case $command in
${commands.map(commandCase).join("\n")}
    esac
    ;;
  esac
}
if [[ $funcstack[1] == _douane ]]; then _douane "$@"; else compdef _douane douane; fi
`;
}

function commandCase({ path, flags, operand, subcommands }: CompletedCommand): string {
  const own = flags.map(argument);
  if (operand !== undefined) {
    const { words, many } = operand;
    const offered = subcommands.length > 0 ? wordsOrFiles(subcommands) : action(words);
    own.push(`    ${quoted(`${many ? "*" : "1"}:${escaped(operand.name)}:${offered}`)}`);
  } else if (subcommands.length > 0) {
    own.push(`    ${quoted(`1:${escaped(path)}:${action(subcommands)}`)}`);
  }
  return [
    `    ${quoted(path)})`,
    `      _arguments -S $common${own.map((line) => ` \\\n  ${line}`).join("")}`,
    "      ;;",
  ].join("\n");
}

/** Option for _arguments: `'(-f --filename)'{-f,--filename}'[help]:FILE:_files'`. */
function argument({ names, help, many, value }: CompletedFlag): string {
  const [first = "", ...others] = names;
  const text = `[${escaped(help)}]${value === undefined ? "" : `:${escaped(value.name)}:${action(value.words)}`}`;
  const joined = (name: string): string => (name.startsWith("--") && value !== undefined ? `${name}=` : name);
  const before = many ? "*" : others.length === 0 ? "" : `(${names.join(" ")})`;
  if (others.length === 0) return `    ${quoted(`${before}${joined(first)}${text}`)}`;
  return `    ${quoted(before)}{${names.map(joined).join(",")}}${quoted(text)}`;
}

function action(words: Completed): string {
  if (words === "files") return "_files";
  return words === "anything" ? " " : `(${words.join(" ")})`;
}

function wordsOrFiles(words: readonly string[]): string {
  return `{compadd -- ${words.join(" ")}; _files}`;
}

/** Escapes characters with a meaning for _arguments and _describe. */
function escaped(text: string): string {
  return text.replace(/[\\:[\]]/g, "\\$&");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
