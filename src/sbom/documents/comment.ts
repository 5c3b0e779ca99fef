import type { Property } from "./properties.ts";

/**
 * Properties as a comment, for formats without properties: one `name=value` per line. Characters that would
 * break the line are escaped as in JSON.
 */
export function commentOf(properties: readonly Property[]): string {
  return properties.map(([name, value]) => `${name}=${JSON.stringify(value).slice(1, -1)}`).join("\n");
}

/** Properties in a comment: its lines of the form `name=value`; other lines are ignored. */
export function propertiesInComment(comment: string): readonly Property[] {
  return comment.split("\n").flatMap((line) => {
    const equals = line.indexOf("=");
    if (!line.startsWith("douane:") || equals < 0) return [];
    const value = unescaped(line.slice(equals + 1));
    return value === undefined ? [] : [[line.slice(0, equals), value] as const];
  });
}

function unescaped(text: string): string | undefined {
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return undefined;
  }
}
