import {
  COLLECTION_STYLE,
  EVENT_ID,
  type Event,
  getScalarValue,
  SCALAR_STYLE,
  type ScalarEvent,
} from "js-yaml";
import { type Anchors, closeAnchor, followAlias, newAnchors, openAnchor } from "./anchors.ts";
import { type Dialect, KUBERNETES } from "./dialect.ts";
import { duplicateKey, mergedKey } from "./duplicate-keys.ts";
import { offsetOf } from "./events.ts";
import { keyName, type Mapping, merge, mergeSources, type Places, setOwn } from "./mapping.ts";
import type { Scalar } from "./scalar.ts";
import { taggedValue, untaggedValue } from "./scalar-node.ts";
import { MERGE_TAG, type TagDirectives, tagName } from "./tag.ts";

interface Composer {
  readonly text: string;
  readonly events: readonly Event[];
  at: number;
  directives: TagDirectives;
  anchors: Anchors;
  /** Whether the composer is inside brackets. */
  inFlow: boolean;
  readonly places: Places | undefined;
  readonly valuePlaces: Places | undefined;
  readonly dialect: Dialect;
}

interface ComposeOptions {
  readonly places?: Places;
  readonly valuePlaces?: Places;
  readonly dialect?: Dialect;
}

export interface ComposedDocument {
  readonly value: unknown;
  /** Offset of the anchor's content. */
  readonly offset: number;
}

/**
 * Documents of a text as JSON values, from js-yaml's parser events; by default as kubectl would send them.
 * Aliases share values, which must not be changed.
 *
 * @param options.places receives the offsets of all entries
 * @param options.valuePlaces receives offsets of mappings' values instead of keys
 * @throws YamlError
 */
export function compose(
  text: string,
  events: readonly Event[],
  { places, valuePlaces, dialect = KUBERNETES }: ComposeOptions = {},
): readonly ComposedDocument[] {
  const composer: Composer = {
    text,
    events,
    at: 0,
    directives: [],
    anchors: newAnchors(),
    inFlow: false,
    places,
    valuePlaces,
    dialect,
  };
  const documents: ComposedDocument[] = [];
  while (composer.at < events.length) {
    const event = events[composer.at++];
    if (event?.type !== EVENT_ID.DOCUMENT) continue;
    composer.directives = event.directives;
    composer.anchors = newAnchors();
    documents.push({ offset: offsetOf(events[composer.at]), value: composeNode(composer) });
  }
  return documents;
}

/** Reads the next node. */
function composeNode(composer: Composer): unknown {
  const event = composer.events[composer.at++];
  if (event?.type === EVENT_ID.ALIAS) {
    const name = composer.text.slice(event.anchorStart, event.anchorEnd);
    return followAlias(composer.anchors, name, event.anchorStart);
  }
  if (event === undefined || event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP) {
    throw new Error("the parser's events are not well-formed");
  }
  composer.anchors.size += 1;
  if (event.anchorStart < 0) return composeContent(composer, event);
  const name = composer.text.slice(event.anchorStart, event.anchorEnd);
  const before = openAnchor(composer.anchors, name);
  const value = composeContent(composer, event);
  closeAnchor(composer.anchors, name, value, before);
  return value;
}

type Content = Extract<Event, { anchorStart: number; tagStart: number }>;

function composeContent(composer: Composer, event: Content): unknown {
  if (event.type === EVENT_ID.SCALAR) return composeScalar(composer, event);
  const outside = composer.inFlow;
  if (event.style === COLLECTION_STYLE.FLOW) composer.inFlow = true;
  const value = event.type === EVENT_ID.MAPPING ? composeMapping(composer) : composeSequence(composer);
  composer.inFlow = outside;
  return value;
}

function composeSequence(composer: Composer): unknown[] {
  const items: unknown[] = [];
  const places = openPlaces(composer.places, items);
  const valuePlaces = openPlaces(composer.valuePlaces, items);
  while (!closed(composer)) {
    const start = offsetOf(composer.events[composer.at]);
    places?.set(items.length, start);
    valuePlaces?.set(items.length, start);
    items.push(composeNode(composer));
  }
  return items;
}

function openPlaces(
  places: Places | undefined,
  collection: object,
): Map<string | number, number> | undefined {
  if (places === undefined) return undefined;
  const opened = new Map<string | number, number>();
  places.set(collection, opened);
  return opened;
}

function closed(composer: Composer): boolean {
  if (composer.events[composer.at]?.type !== EVENT_ID.POP) return false;
  composer.at += 1;
  return true;
}

function composeScalar(composer: Composer, event: ScalarEvent): Scalar {
  const source = getScalarValue(composer.text, event);
  composer.anchors.size += source.length;
  if (event.tagStart < 0) return untaggedValue(source, event, composer.dialect, composer.inFlow);
  const raw = composer.text.slice(event.tagStart, event.tagEnd);
  return taggedValue(source, raw, event, composer.dialect, composer.directives);
}

/**
 * Composes a mapping. In manifests, a merge key takes effect at its position, as in go-yaml v2: it overrides
 * earlier keys and later keys override it, so `privileged: false` before `<<: *other` may end up true.
 */
function composeMapping(composer: Composer): Mapping {
  const mapping: Mapping = {};
  const places = openPlaces(composer.places, mapping);
  const valuePlaces = openPlaces(composer.valuePlaces, mapping);
  const { merging } = composer.dialect;
  let merged: Set<string> | undefined;
  while (!closed(composer)) {
    const event = composer.events[composer.at];
    if (isMergeKey(composer, event)) {
      composer.at += 1;
      if (merged !== undefined && merging === "refused") throw duplicateKey("<<", offsetOf(event));
      merged ??= new Set();
      composeMerge(composer, mapping, merged);
      continue;
    }
    const start = offsetOf(event);
    const key = keyName(composeNode(composer), start);
    if (Object.hasOwn(mapping, key)) {
      if (merged?.delete(key) !== true) throw duplicateKey(key, start);
      if (merging === "refused") throw mergedKey(key, start);
    }
    // An empty value has no place of its own.
    places?.set(key, start);
    valuePlaces?.set(key, offsetOf(composer.events[composer.at]) || start);
    setOwn(mapping, key, composeNode(composer));
  }
  return mapping;
}

const NONE: ReadonlySet<string> = new Set();

function composeMerge(composer: Composer, mapping: Mapping, merged: Set<string>): void {
  const event = composer.events[composer.at];
  const value = composeNode(composer);
  const { merging } = composer.dialect;
  const explicit = new Set(Object.keys(mapping).filter((key) => !merged.has(key)));
  for (const source of mergeSources(value, event?.type === EVENT_ID.SEQUENCE, offsetOf(event))) {
    const twice = merging === "refused" ? Object.keys(source).find((key) => explicit.has(key)) : undefined;
    if (twice !== undefined) throw mergedKey(twice, offsetOf(event));
    const left = merging === "explicit" ? explicit : NONE;
    merge(source, mapping, { merged, left }, [composer.places, composer.valuePlaces]);
  }
}

/** Whether a key is a merge key: plain `<<`, or tagged `!!merge`; a quoted "<<" is an ordinary key. */
function isMergeKey({ text, directives }: Composer, event: Event | undefined): boolean {
  if (event?.type !== EVENT_ID.SCALAR || event.valueEnd - event.valueStart !== 2) return false;
  if (!text.startsWith("<<", event.valueStart)) return false;
  if (event.tagStart < 0) return event.style === SCALAR_STYLE.PLAIN;
  return tagName(text.slice(event.tagStart, event.tagEnd), directives) === MERGE_TAG;
}
