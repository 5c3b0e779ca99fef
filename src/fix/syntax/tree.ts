// Nodes of a document with their offsets in the section's text, built from js-yaml's parser events. Edits of
// the text need offsets, which decoded values lack.

import {
  COLLECTION_STYLE,
  EVENT_ID,
  type Event,
  getScalarValue,
  SCALAR_STYLE,
  type ScalarEvent,
} from "js-yaml";
import type { Segment } from "../../contract/field-path.ts";
import { offsetOf } from "../../workload/yaml/events.ts";
import { resolvePlain } from "../../workload/yaml/scalar.ts";
import type { CollectionNode, Entry, Item, Node, ScalarNode, Spot } from "./node.ts";
import { closingBracket, skipBlank, skipColon } from "./scan.ts";

interface Builder {
  readonly text: string;
  readonly events: readonly Event[];
  at: number;
  depth: number;
  readonly path: Segment[];
  anchors: Map<string, Node>;
}

/** Root nodes of a section's documents. The events must come from a text that compose() accepts. */
export function syntaxTrees(text: string, events: readonly Event[]): readonly Node[] {
  const builder: Builder = { text, events, at: 0, depth: 0, path: [], anchors: new Map() };
  const roots: Node[] = [];
  while (builder.at < events.length) {
    if (events[builder.at++]?.type !== EVENT_ID.DOCUMENT) continue;
    builder.anchors = new Map();
    roots.push(node(builder));
  }
  return roots;
}

function node(builder: Builder): Node {
  const { text, depth, anchors } = builder;
  const event = builder.events[builder.at++];
  if (event?.type === EVENT_ID.ALIAS) {
    const start = event.anchorStart - 1;
    const target = anchors.get(text.slice(event.anchorStart, event.anchorEnd));
    return { kind: "alias", start, content: start, end: event.anchorEnd, depth, target };
  }
  if (event === undefined || event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP) {
    throw new Error("the parser's events are not well-formed");
  }
  const anchored =
    event.anchorStart < 0
      ? {}
      : { anchor: { name: text.slice(event.anchorStart, event.anchorEnd), path: [...builder.path] } };
  const properties = Math.max(event.anchorEnd, event.tagEnd);
  const made =
    event.type === EVENT_ID.SCALAR
      ? scalar(builder, event, properties, anchored)
      : collection(builder, event, anchored);
  if (made.anchor !== undefined) anchors.set(made.anchor.name, made);
  return made;
}

type Anchored = Pick<Spot, "anchor">;

function scalar(
  { text, depth }: Builder,
  event: ScalarEvent,
  properties: number,
  anchored: Anchored,
): ScalarNode {
  const style = STYLES[event.style] ?? "block";
  const quotes = style === "single" || style === "double" ? 1 : 0;
  const isNull = style === "plain" && resolvePlain(getScalarValue(text, event)) === null;
  const written = event.valueStart >= 0;
  const start = written || properties >= 0 ? offsetOf(event) : -1;
  const content = written ? event.valueStart - quotes : properties;
  const end = written ? event.valueEnd + quotes : properties;
  return { kind: "scalar", start, content, end, depth, style, isNull, ...anchored };
}

const STYLES: Readonly<Record<number, ScalarNode["style"]>> = {
  [SCALAR_STYLE.PLAIN]: "plain",
  [SCALAR_STYLE.SINGLE_QUOTED]: "single",
  [SCALAR_STYLE.DOUBLE_QUOTED]: "double",
};

function collection(
  builder: Builder,
  event: Extract<Event, { start: number }>,
  anchored: Anchored,
): CollectionNode {
  const { text, depth } = builder;
  const isFlow = event.style === COLLECTION_STYLE.FLOW;
  const place = { start: offsetOf(event), content: event.start, depth, ...anchored };
  builder.depth += 1;
  const members = event.type === EVENT_ID.MAPPING ? entries(builder) : items(builder, event.start, isFlow);
  builder.depth -= 1;
  const last = members.at(-1)?.end ?? event.start + 1;
  const isPair = isFlow && event.type === EVENT_ID.MAPPING && text[event.start] !== "{";
  const end = isFlow && !isPair ? closingBracket(text, last) + 1 : last;
  if (event.type === EVENT_ID.SEQUENCE) {
    return { kind: "sequence", style: isFlow ? "flow" : "block", members, end, ...place };
  }
  const style = isPair ? "pair" : isFlow ? "flow" : "block";
  return { kind: "mapping", style, members: members as readonly Entry[], end, ...place };
}

function closed(builder: Builder): boolean {
  if (builder.events[builder.at]?.type !== EVENT_ID.POP) return false;
  builder.at += 1;
  return true;
}

function entries(builder: Builder): readonly Entry[] {
  const { text, path } = builder;
  const made: Entry[] = [];
  while (!closed(builder)) {
    const event = builder.events[builder.at];
    const key = node(builder);
    const name = event?.type === EVENT_ID.SCALAR ? keyOf(text, event) : undefined;
    path.push(name ?? "");
    const value = node(builder);
    path.pop();
    const colon = skipColon(text, key.end);
    made.push({
      key: name,
      isMerge: name === "<<" && key.kind === "scalar" && key.style === "plain",
      start: key.start,
      keyEnd: key.end,
      quoted: key.kind === "scalar" && key.style === "double",
      colon,
      end: value.end >= 0 ? value.end : Math.max(colon, key.end),
      value,
    });
  }
  return made;
}

function keyOf(text: string, event: ScalarEvent): string {
  const source = getScalarValue(text, event);
  return event.style === SCALAR_STYLE.PLAIN ? String(resolvePlain(source)) : source;
}

function items(builder: Builder, start: number, isFlow: boolean): readonly Item[] {
  const { text, path } = builder;
  const made: Item[] = [];
  let cursor = start;
  while (!closed(builder)) {
    path.push(made.length);
    const value = node(builder);
    path.pop();
    const dash = skipBlank(text, cursor);
    cursor = value.end >= 0 ? value.end : dash + 1;
    made.push({ start: isFlow ? value.start : dash, end: cursor, value });
  }
  return made;
}
