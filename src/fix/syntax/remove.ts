// Removals, as edits of the text. Comments of removed nodes stay, on separate lines.

import type { CollectionNode, Entry, Item, Node } from "./node.ts";
import { EditRefused } from "./refused.ts";
import { indentationBefore, lineEnd, lineStart } from "./scan.ts";
import type { TextEdit } from "./text-edit.ts";

type Member = Entry | Item;

/** Edits that remove members of a collection. @param removed indexes of members @throws EditRefused */
export function removalEdits(
  text: string,
  node: CollectionNode,
  removed: ReadonlySet<number>,
  lineBreak: string,
): readonly TextEdit[] {
  return runs(removed).map(([first, last]) => {
    return node.style === "block"
      ? fromBlock(text, node, first, last, lineBreak)
      : fromBrackets(text, node, first, last);
  });
}

/** Runs of consecutive indexes, each as first and last. */
function runs(indexes: ReadonlySet<number>): readonly (readonly [number, number])[] {
  const made: [number, number][] = [];
  for (const index of [...indexes].toSorted((a, b) => a - b)) {
    const run = made.at(-1);
    if (run !== undefined && run[1] === index - 1) run[1] = index;
    else made.push([index, index]);
  }
  return made;
}

function fromBlock(
  text: string,
  { members, depth }: CollectionNode,
  first: number,
  last: number,
  lineBreak: string,
): TextEdit {
  const [from, to, next] = [members[first], members[last], members[last + 1]];
  if (from === undefined || to === undefined) throw refused();
  const gone = members.slice(first, last + 1);
  const indent = indentationBefore(text, from.start);
  if (indent !== undefined) {
    const isOver = text[to.end - 1] === "\n";
    const end = isOver ? to.end : lineEnd(text, to.end);
    const below = isOver ? end : Math.min(end + 1, text.length);
    const kept = commentsIn(text, from.start, end, gone).map((comment) => `${indent}${comment}${lineBreak}`);
    return { start: lineStart(text, from.start), end: below, text: kept.join(""), depth };
  }
  // The first key is after a dash: the next key takes its place.
  if (next === undefined) throw refused();
  const column = " ".repeat(from.start - lineStart(text, from.start));
  const kept = commentsIn(text, from.start, next.start, gone).map(
    (comment) => `${comment}${lineBreak}${column}`,
  );
  return { start: from.start, end: next.start, text: kept.join(""), depth };
}

/** Edit that removes a member between brackets, with its comma. */
function fromBrackets(
  text: string,
  { members, depth }: CollectionNode,
  first: number,
  last: number,
): TextEdit {
  const [before, from, to, next] = [members[first - 1], members[first], members[last], members[last + 1]];
  if (from === undefined || to === undefined) throw refused();
  const start = next === undefined && before !== undefined ? before.end : from.start;
  const end = next?.start ?? to.end;
  if (commentsIn(text, start, end, members).length > 0) throw refused();
  return { start, end, text: "", depth };
}

function commentsIn(text: string, from: number, to: number, members: readonly Member[]): readonly string[] {
  const found: string[] = [];
  let at = from;
  for (const leaf of [...leaves(members), { start: to, end: to }]) {
    const gap = text.slice(at, Math.min(leaf.start, to));
    for (const [, comment = ""] of gap.matchAll(/(?:^|\s)(#[^\r\n]*)/g)) found.push(comment.trimEnd());
    at = Math.max(at, leaf.end);
  }
  return found;
}

/** Keys and scalars in the order of the text. */
function* leaves(members: readonly Member[]): Generator<{ readonly start: number; readonly end: number }> {
  for (const member of members) {
    if ("keyEnd" in member) yield { start: member.start, end: member.keyEnd };
    yield* leavesOf(member.value);
  }
}

function* leavesOf(node: Node): Generator<{ readonly start: number; readonly end: number }> {
  if (node.kind === "mapping" || node.kind === "sequence") yield* leaves(node.members);
  else if (node.start >= 0) yield node;
}

function refused(): EditRefused {
  return new EditRefused({
    fr: "ce champ ne peut pas être retiré sans toucher à ce qui l'entoure",
    en: "this field cannot be removed without touching what surrounds it",
  });
}
