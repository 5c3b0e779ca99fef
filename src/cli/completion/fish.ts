import type { CompletedCommand, CompletedFlag, CompletedProgram } from "./words.ts";

/** Lines for ~/.config/fish/completions/douane.fish. */
export function fishCompletion({ commands, common, flags }: CompletedProgram): string {
  const first = commands.filter(({ path }) => !path.includes(" "));
  const none = `not ${seen(first.map(({ path }) => path))}`;
  const lines = [
    "complete -c douane -f",
    ...common.map((flag) => option(flag)),
    ...flags.map((flag) => option(flag, none)),
    ...first.map(({ path, summary }) => `complete -c douane -n '${none}' -a ${path} -d ${quoted(summary)}`),
    ...commands.flatMap((command) => linesOf(command, commands)),
  ];
  return `${lines.join("\n")}\n`;
}

function linesOf(
  { path, flags, operand, subcommands }: CompletedCommand,
  all: readonly CompletedCommand[],
): readonly string[] {
  const words = path.split(" ");
  const here = [
    ...words.map((word) => seen([word])),
    ...(subcommands.length === 0 ? [] : [`not ${seen(subcommands)}`]),
  ].join("; and ");
  const below = subcommands.map((name) => {
    const summary = all.find((one) => one.path === `${path} ${name}`)?.summary ?? "";
    return `complete -c douane -n '${here}' -a ${name} -d ${quoted(summary)}`;
  });
  const options = flags.map((flag) => option(flag, here));
  if (operand === undefined) return [...below, ...options];
  const offered = typeof operand.words === "object" ? `-a ${quoted(operand.words.join(" "))}` : "-F";
  return [...below, ...options, `complete -c douane -n '${here}' ${offered}`];
}

function seen(words: readonly string[]): string {
  return `__fish_seen_subcommand_from ${words.join(" ")}`;
}

/** A complete line for fish; `condition` contains no quote. */
function option({ names, help, value }: CompletedFlag, condition?: string): string {
  const named = names.map((name) => (name.startsWith("--") ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const when = condition === undefined ? "" : ` -n '${condition}'`;
  return `complete -c douane${when} ${named.join(" ")}${valueOf(value)} -d ${quoted(help)}`;
}

function valueOf(value: CompletedFlag["value"]): string {
  if (value === undefined) return "";
  if (value.words === "files") return " -r -F";
  return value.words === "anything" ? " -x" : ` -x -a ${quoted(value.words.join(" "))}`;
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
