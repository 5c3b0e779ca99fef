import type { Random } from "./random.ts";

/**
 * Mutates lines of a text, the units of YAML and Dockerfiles: removed, doubled, swapped, indented, inserted.
 */
export function mutateLines(input: Buffer, random: Random, other: Buffer): Buffer {
  const lines = input.toString("latin1").split("\n");
  const at = random.below(lines.length);
  const line = lines[at] ?? "";
  const to = random.below(lines.length);
  const theirs = random.pick(other.toString("latin1").split("\n"));
  const changes = [
    () => lines.splice(at, 1),
    () => lines.splice(at, 0, line),
    () => lines.splice(to, 0, ...lines.splice(at, 1)),
    () => lines.splice(at, 1, `  ${line}`),
    () => lines.splice(at, 1, line.replace(/^ {2}/, "")),
    () => lines.splice(at, 0, theirs),
    () =>
      lines.splice(
        at,
        1,
        line.replace(/[:=\s].*$/s, (rest) => rest.slice(0, 1)),
      ),
  ];
  random.pick(changes)();
  return Buffer.from(lines.join("\n"), "latin1");
}
