import type { DockerfileProblem } from "../contract/dockerfile-facts.ts";
import type { Escape } from "./lines.ts";
import { refused } from "./problem.ts";

const DIRECTIVE = /^\s*#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(\S.*)$/;
const KNOWN = new Set(["syntax", "escape", "check"]);

/** The parser directives at the top of a file: https://docs.docker.com/reference/dockerfile/#parser-directives. */
export function readDirectives(lines: readonly string[]): {
  readonly escape: Escape;
  readonly problems: readonly DockerfileProblem[];
} {
  const seen = new Set<string>();
  const problems: DockerfileProblem[] = [];
  let escape: Escape = "\\";
  for (const [index, line] of lines.entries()) {
    const [, name, value = ""] = DIRECTIVE.exec(line.trimEnd()) ?? [];
    const key = name?.toLowerCase() ?? "";
    if (!KNOWN.has(key)) break;
    const at = { line: index + 1, column: 1 + line.length - line.trimStart().length };
    if (seen.has(key)) problems.push(refused.repeatedDirective(key, at));
    seen.add(key);
    if (key !== "escape") continue;
    if (value === "\\" || value === "`") escape = value;
    else problems.push(refused.escape(value, at));
  }
  return { escape, problems };
}
