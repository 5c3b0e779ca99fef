import type { CompletedFlag, CompletedProgram } from "./words.ts";

/** Lines for ~/.config/fish/completions/douane.fish. */
export function fishCompletion({ commands, common, flags }: CompletedProgram): string {
  const none = `not __fish_seen_subcommand_from ${commands.map(({ name }) => name).join(" ")}`;
  const lines = [
    "complete -c douane -f",
    ...common.map((flag) => option(flag)),
    ...flags.map((flag) => option(flag, none)),
    ...commands.map(
      ({ name, summary }) => `complete -c douane -n '${none}' -a ${name} -d ${quoted(summary)}`,
    ),
    ...commands.flatMap(({ name, flags: own, operand }) => {
      const seen = `__fish_seen_subcommand_from ${name}`;
      const options = own.map((flag) => option(flag, seen));
      if (operand === undefined) return options;
      const words = typeof operand.words === "object" ? [`-a ${quoted(operand.words.join(" "))}`] : [];
      const files = operand.orFiles || words.length === 0 ? ["-F"] : [];
      return [...options, `complete -c douane -n '${seen}' ${[...files, ...words].join(" ")}`];
    }),
  ];
  return `${lines.join("\n")}\n`;
}

/** Among the condition's words stands no quote. */
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
