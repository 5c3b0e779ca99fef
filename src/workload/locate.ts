import type { Event } from "js-yaml";
import { parsePath } from "../contract/field-path.ts";
import { compose } from "./yaml/compose.ts";
import type { Places } from "./yaml/mapping.ts";
import { parse } from "./yaml/parse.ts";
import { type Position, positionsIn } from "./yaml/position.ts";
import type { Section } from "./yaml/split.ts";

/** Text of a document, kept so that its fields can be located later. */
export interface DocumentText {
  readonly section: Section;
  /** Index of the document in the section, from 0. */
  readonly ordinal: number;
}

/**
 * Finds fields by their path: the key of a mapping's entry, the beginning of a list's item. For a missing
 * field, the nearest existing ancestor is returned; for a field from an alias or merge key, the place where
 * it is written. A request parses the section again; only the last section is remembered, so requests should
 * be grouped by section.
 */
export function createLocator(): (document: DocumentText, path: string) => Position {
  let section: Section | undefined;
  let locate: LocateInSection | undefined;
  return (document, path) => {
    if (section !== document.section) locate = undefined;
    section = document.section;
    locate ??= openSection(section, parse(section.text));
    return locate(document.ordinal, path);
  };
}

/** Finds fields of a section's documents, by their ordinal and path. */
export type LocateInSection = (ordinal: number, path: string) => Position;

/** Like createLocator(), for a section whose events are available. */
export function openSection({ text, line }: Section, events: readonly Event[]): LocateInSection {
  const places: Places = new Map();
  const documents = compose(text, events, { places });
  const positionOf = positionsIn(text, line);
  return (ordinal, path) => {
    const document = documents[ordinal];
    return positionOf(offsetOfPath(path, document?.value, document?.offset ?? 0, places));
  };
}

function offsetOfPath(path: string, root: unknown, start: number, places: Places): number {
  let offset = start;
  let value = root;
  for (const segment of parsePath(path)) {
    if (typeof value !== "object" || value === null) break;
    const place = places.get(value)?.get(segment);
    if (place === undefined) break;
    offset = place;
    value = (value as Readonly<Record<string | number, unknown>>)[segment];
  }
  return offset;
}
