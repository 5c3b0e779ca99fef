import { isNamedSecret } from "./named-secret.ts";

/** A word of a command line: without its quotes, and with them. */
export interface Word {
  readonly text: string;
  readonly written: string;
}

/** The text that echo, printf or sed writes. */
export function writtenContent(words: readonly Word[]): string {
  const [program, ...args] = words.map(({ text }) => text);
  if (program === "sed") return args.flatMap(replacements).join("\n");
  if (program === "printf") return formatted(args.filter((word) => word !== "--"));
  const first = args.findIndex((word) => !/^-[neE]{1,3}$/.test(word));
  return first < 0 ? "" : withNewlines(args.slice(first).join(" "));
}

/** Of the same length, so that a value stays what it was: `\n`, `\t`. */
function withNewlines(text: string): string {
  return text.replace(/\\[nr]/g, " \n").replace(/\\t/g, "\t ");
}

/** More arguments are given to no format by hand. */
const ROUNDS = 200;

/** printf uses its format again until all arguments are taken. */
function formatted([format = "", ...args]: readonly string[]): string {
  const parts: string[] = [];
  let left = args;
  for (let round = 0; round < ROUNDS && (round === 0 || left.length > 0); round++) {
    let taken = 0;
    const given = left;
    parts.push(
      withNewlines(format).replace(/%(?:%|-?\d{0,3}(?:\.\d{1,3})?[sbqdiu])/g, (directive) => {
        if (directive === "%%") return "%";
        taken += 1;
        return given[taken - 1] ?? "";
      }),
    );
    if (taken === 0) break;
    left = left.slice(taken);
  }
  return parts.join("");
}

/**
 * What `s/PATTERN/REPLACEMENT/` puts into the file: settings, `s/password:.*\/password: x/`, or the value
 * of what the pattern names, `s/__DB_PASSWORD__/x/`.
 */
function replacements(script: string): readonly string[] {
  return script.split(/[;\n]/).flatMap((command) => {
    const head = /(?:^|[\d,$/}])\s{0,5}s([^\w\s\\])/.exec(command);
    if (head === null) return [];
    const [pattern = "", replacement = ""] = command.slice(head.index + head[0].length).split(head[1] ?? "");
    // A part of what is replaced stays.
    const plain = replacement.replace(/\\[\d&]/g, "${}");
    return plain === "" ? [] : [namedValue(pattern, plain) ?? plain];
  });
}

function namedValue(pattern: string, value: string): string | undefined {
  const name = pattern.replace(/[^A-Za-z0-9]{1,100}/g, "_").replace(/^_|_$/g, "");
  // A word may be anything: `s/nullok_secure/nullok/`.
  const isValue = /[^A-Za-z_-]/.test(value) && !/[\s:=]/.test(value);
  return isValue && isNamedSecret(name, value) ? `${name}: ${value}` : undefined;
}
