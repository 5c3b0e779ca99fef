import { LIMITS } from "../../../contract/limits.ts";
import { quotedUpTo } from "../../../contract/shown.ts";
import type { Text } from "../../../contract/text.ts";
import { type Fields, isFields } from "../../../json/fields.ts";
import { problem } from "./problem.ts";
import type { SbomProblem } from "./sbom-document.ts";

/** Constraint on a part of a document: the needed subset of JSON Schema. */
export type Shape =
  | { readonly kind: "text"; readonly values?: ReadonlySet<string>; readonly mayBeEmpty?: true }
  | { readonly kind: "number" }
  | { readonly kind: "list"; readonly of: Shape; readonly isNeverEmpty?: true }
  | {
      readonly kind: "object";
      readonly needs: readonly string[];
      readonly fields: () => Readonly<Record<string, Shape>>;
    }
  | { readonly kind: "either"; readonly of: readonly [Shape, Shape] };

export const TEXT: Shape = { kind: "text", mayBeEmpty: true };
export const SAID: Shape = { kind: "text" };

export function oneOf(...values: readonly string[]): Shape {
  return { kind: "text", values: new Set(values) };
}

export function list(of: Shape): Shape {
  return { kind: "list", of };
}

/** @param fields called when first needed, since shapes may be recursive */
export function object(
  needs: readonly string[],
  fields: Readonly<Record<string, Shape>> | (() => Readonly<Record<string, Shape>>),
): Shape {
  return { kind: "object", needs, fields: typeof fields === "function" ? fields : () => fields };
}

/** Violations of a shape, each with its JSON pointer (RFC 6901), up to LIMITS.sbomProblems. */
export function misshapen(value: unknown, shape: Shape): readonly SbomProblem[] {
  const found: SbomProblem[] = [];
  check(value, shape, "", found);
  return found;
}

function check(value: unknown, shape: Shape, at: string, found: SbomProblem[]): void {
  if (found.length >= LIMITS.sbomProblems) return;
  switch (shape.kind) {
    case "text": {
      if (typeof value !== "string") found.push(wrong(at, TEXTS.text));
      else if (shape.values !== undefined && !shape.values.has(value)) found.push(unknownValue(at, value));
      else if (value === "" && shape.mayBeEmpty !== true) found.push(wrong(at, TEXTS.empty));
      return;
    }
    case "number": {
      if (typeof value !== "number") found.push(wrong(at, TEXTS.number));
      return;
    }
    case "list": {
      if (!Array.isArray(value)) found.push(wrong(at, TEXTS.list));
      else if (value.length === 0 && shape.isNeverEmpty === true) found.push(wrong(at, TEXTS.empty));
      else for (const [index, item] of value.entries()) check(item, shape.of, `${at}/${index}`, found);
      return;
    }
    case "object": {
      if (isFields(value)) checkFields(value, shape, at, found);
      else found.push(wrong(at, TEXTS.object));
      return;
    }
    case "either": {
      const [first, second] = shape.of;
      if (misshapen(value, first).length > 0) check(value, second, at, found);
      return;
    }
  }
}

function checkFields(
  value: Fields,
  shape: Extract<Shape, { kind: "object" }>,
  at: string,
  found: SbomProblem[],
): void {
  for (const name of shape.needs) {
    if (!Object.hasOwn(value, name)) found.push(wrong(`${at}/${escaped(name)}`, TEXTS.absent));
  }
  for (const [name, of] of Object.entries(shape.fields())) {
    if (Object.hasOwn(value, name)) check(value[name], of, `${at}/${escaped(name)}`, found);
  }
}

function escaped(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

const TEXTS = {
  text: { fr: "un texte est attendu", en: "a text is expected" },
  number: { fr: "un nombre est attendu", en: "a number is expected" },
  list: { fr: "une liste est attendue", en: "a list is expected" },
  object: { fr: "un objet est attendu", en: "an object is expected" },
  empty: { fr: "ne doit pas être vide", en: "must not be empty" },
  absent: { fr: "manque", en: "is missing" },
} as const satisfies Record<string, Text>;

function wrong(at: string, { fr, en }: Text): SbomProblem {
  const place = at === "" ? "/" : at;
  return problem("invalid", { fr: `${place} : ${fr}`, en: `${place}: ${en}` });
}

function unknownValue(at: string, value: string): SbomProblem {
  const shown = quotedUpTo(60, value);
  return wrong(at, {
    fr: `la valeur ${shown} n'est pas de celles que le format connaît`,
    en: `the value ${shown} is none that the format knows`,
  });
}
