import { parsePath } from "../contract/field-path.ts";
import type { DocumentText } from "./locate.ts";
import { compose } from "./yaml/compose.ts";
import { parse } from "./yaml/parse.ts";
import type { Section } from "./yaml/split.ts";

/**
 * Finds the value at a path of a document, as kubectl would send it; undefined if there is none. A request parses the
 * section again; only the last section is remembered, so requests should be grouped by section.
 */
export function createObjectFinder(): (document: DocumentText, path: string) => unknown {
  let section: Section | undefined;
  let values: readonly unknown[] = [];
  return (document, path) => {
    if (section !== document.section) {
      const { text } = document.section;
      values = compose(text, parse(text)).map(({ value }) => value);
      section = document.section;
    }
    let value = values[document.ordinal];
    for (const segment of parsePath(path)) value = memberOf(value, segment);
    return value;
  };
}

function memberOf(value: unknown, segment: string | number): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, segment)) return undefined;
  return (value as Readonly<Record<string | number, unknown>>)[segment];
}
