import { type Fields, fieldsOf, isFields, objectsOf, stringOf, textsOf } from "../../../json/fields.ts";
import type { FeedFormat, FeedSink } from "../../feed/feed.ts";
import { dateOf, wordOf } from "../../feed/feed-texts.ts";

/**
 * Ends of support from endoflife.date: an answer of API v1 (`result`), a product's list of cycles (API v0,
 * where the file is named after the product), or several products in one document (`products`).
 */
export const endoflife: FeedFormat = {
  feed: "endoflife",
  recognises: (document) =>
    isCycle(document) || [fieldsOf(document["result"]), ...resultsOf(document)].some(isProduct),
  read(document, sink, name) {
    if (isCycle(document)) {
      readCycle(productOf(name), document, sink);
      return;
    }
    const made = [document["commit_date"], document["generated_at"], document["last_modified"]].map(dateOf);
    for (const date of made) if (date !== "") sink.dated(date);
    for (const product of [fieldsOf(document["result"]), ...resultsOf(document)]) readProduct(product, sink);
  },
};

function resultsOf(document: Fields): readonly Fields[] {
  return [...objectsOf(document["products"]), ...objectsOf(document["result"])];
}

function isProduct(value: Fields): boolean {
  const [cycle] = cyclesOf(value);
  return wordOf(value["name"]) !== "" && isCycle(cycle);
}

function cyclesOf(product: Fields): readonly Fields[] {
  return [...objectsOf(product["cycles"]), ...objectsOf(product["releases"])];
}

/**
 * Whether a value is a cycle; v0: `{"cycle": "12", "eol": "2026-06-10"}`, v1: `{"name": "12", "isEol": false,
 * "eolFrom": "2026-06-10"}`.
 */
function isCycle(value: unknown): value is Fields {
  return isFields(value) && (("cycle" in value && "eol" in value) || ("name" in value && "isEol" in value));
}

function readProduct(product: Fields, sink: FeedSink): void {
  const names = [product["name"], ...textsOf(product["aliases"])].map(wordOf).filter((name) => name !== "");
  for (const cycle of cyclesOf(product)) for (const name of names) readCycle(name, cycle, sink);
}

function readCycle(product: string, value: Fields, sink: FeedSink): void {
  const cycle = wordOf(value["cycle"] ?? value["name"]);
  const on = dateOf(value["eol"]) || dateOf(value["eolFrom"]);
  const isOver = value["eol"] ?? value["isEol"];
  if (cycle === "" || product === "" || (on === "" && typeof isOver !== "boolean")) {
    sink.malformed(`${product} ${cycle}`);
  } else {
    const extended = dateOf(value["extendedSupport"]) || dateOf(value["eoesFrom"]);
    sink.endOfLife(product, cycle, {
      on: on === "" ? isOver === true : on.slice(0, 10),
      ...(extended === "" ? {} : { extendedTo: extended.slice(0, 10) }),
    });
  }
}

/** Product by a file's name: `…/debian.json` → `debian`. */
function productOf(name: string): string {
  return wordOf(stringOf(name.split(/[\\/]/).at(-1)).replace(/\.json(?:\.gz)?$/, ""));
}
