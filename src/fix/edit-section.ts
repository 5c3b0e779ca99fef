import { isDeepStrictEqual } from "node:util";
import type { Segment } from "../contract/field-path.ts";
import { excerpt } from "../contract/shown.ts";
import type { Text } from "../contract/text.ts";
import { compose } from "../workload/yaml/compose.ts";
import { parse } from "../workload/yaml/parse.ts";
import { decodeText } from "../workload/yaml/text.ts";
import { YamlError } from "../workload/yaml/yaml-error.ts";
import { compose as composeOrigins, lineOrigins, type Origins } from "./line-origins.ts";
import { documentStyle } from "./syntax/document-style.ts";
import { applyEdits, type Edit, withoutEmptied } from "./syntax/edit.ts";
import { insertions } from "./syntax/insert.ts";
import type { Node } from "./syntax/node.ts";
import { EditRefused } from "./syntax/refused.ts";
import { removalEdits } from "./syntax/remove.ts";
import { newTargets, type Targets, target } from "./syntax/targets.ts";
import { editText, inOrder, type TextEdit } from "./syntax/text-edit.ts";
import { syntaxTrees } from "./syntax/tree.ts";

/** Edits by index of the document in the section. */
export type DocumentEdits = ReadonlyMap<number, readonly Edit[]>;

export interface EditedSection {
  readonly text: string;
  /** Original line of each line of the new section. */
  readonly origins: Origins;
}

/**
 * Text of a section with its documents edited. Every other byte stays: comments, order, quotes, anchors, line
 * breaks. The result is parsed again; if it differs from the edited value, the edit is refused.
 *
 * @throws EditRefused
 */
export function editSection(text: string, edits: DocumentEdits): EditedSection {
  const before = documents(text);
  const wanted = new Map([...edits].map(([at, list]) => [at, withoutEmptied(before[at], list)]));
  const put = pass(text, wanted, (edit) => edit.op !== "remove");
  const taken = pass(put.text, wanted, (edit) => edit.op === "remove");
  verify(before, wanted, [...put.shared, ...taken.shared], taken.text);
  return { text: taken.text, origins: composeOrigins(put.origins, taken.origins) };
}

function documents(text: string): readonly unknown[] {
  const read = readable(text);
  return compose(read, parse(read)).map(({ value }) => value);
}

/** The text with the line breaks that Kubernetes recognises; offsets stay the same. */
function readable(text: string): string {
  const decoded = decodeText(Buffer.from(text));
  return "text" in decoded && decoded.text.length === text.length ? decoded.text : text;
}

interface Passed extends EditedSection {
  readonly shared: readonly SharedEdit[];
}

type SharedEdit = Edit & { readonly anchor: string; readonly document: number };

function pass(text: string, edits: DocumentEdits, isMeant: (edit: Edit) => boolean): Passed {
  const read = readable(text);
  const trees = syntaxTrees(read, parse(read));
  const changes: TextEdit[] = [];
  const shared: SharedEdit[] = [];
  for (const [at, list] of edits) {
    const root = trees[at];
    const meant = list.filter(isMeant);
    if (root === undefined || meant.length === 0) continue;
    const targets = newTargets();
    for (const edit of meant) target(root, edit, targets);
    changes.push(...textEdits(read, root, targets));
    for (const edit of targets.shared.values()) shared.push({ ...edit, document: at });
  }
  const sorted = inOrder(changes);
  if (sorted === undefined) throw new EditRefused(UNSURE);
  const edited = editText(text, sorted);
  return { text: edited, origins: lineOrigins(text, sorted, edited), shared };
}

function textEdits(text: string, root: Node, { changes }: Targets): readonly TextEdit[] {
  const style = documentStyle(text, root);
  return [...changes].flatMap(([node, change]) => [
    ...insertions(text, node, change, style),
    ...removalEdits(text, node, change.removed, style.lineBreak),
  ]);
}

/** Parses the edited text again and asserts that exactly the edits were applied. */
function verify(
  before: readonly unknown[],
  edits: DocumentEdits,
  shared: readonly SharedEdit[],
  text: string,
): void {
  const expected = before.map((value, at) => {
    const templates = shared.filter(({ document, path }) => document === at && isTemplate(path));
    return applyEdits(value, [...(edits.get(at) ?? []), ...templates]);
  });
  let after: readonly unknown[];
  try {
    after = documents(text).map((value) => applyEdits(value, []));
  } catch (error) {
    if (error instanceof YamlError) throw new EditRefused(UNSURE);
    throw error;
  }
  if (isDeepStrictEqual(after, expected)) return;
  const [first] = shared;
  throw first === undefined ? new EditRefused(UNSURE) : sharedWithOthers(first.anchor, first.path);
}

/**
 * Whether the path is inside an extension key (`x-defaults`), which only contains anchors for other parts.
 */
function isTemplate(path: readonly Segment[]): boolean {
  return path.some((segment) => typeof segment === "string" && /^(?:x-|_|\.)/.test(segment));
}

const UNSURE: Text = {
  fr: "la modification n'a pas pu être vérifiée ; ce workload reste tel quel",
  en: "the change could not be verified; this workload stays as it is",
};

function sharedWithOthers(anchor: string, path: readonly Segment[]): EditRefused {
  const name = excerpt(anchor);
  return new EditRefused(
    {
      fr: `l'ancre « &${name} » est partagée avec ce qui doit rester tel quel : écrire cette partie en toutes lettres là où elle doit changer`,
      en: `the anchor \`&${name}\` is shared with what must stay as it is: write this part out where it has to change`,
    },
    path,
  );
}
