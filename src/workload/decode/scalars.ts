// Scalars as the API server's strict JSON decoding accepts them, without conversions: `"1000"` is not an
// integer, 8080 not a string; a float without a fraction is an integer.

import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { maskText } from "../../secrets/scan.ts";
import { type Decoder, type Decoding, refuse } from "./decoding.ts";

export function string(value: unknown, decoding: Decoding): string | undefined {
  if (typeof value === "string") return value;
  // The value is not shown, since it may be a password without quotes.
  const kind = kindOf(value);
  const scalar = typeof value !== "object";
  refuse(decoding, {
    fr: `attend un texte, et non ${kind.fr}${scalar ? " : le mettre entre guillemets" : ""}`,
    en: `must be a string, not ${kind.en}${scalar ? ": put it in quotes" : ""}`,
  });
  return undefined;
}

export function boolean(value: unknown, decoding: Decoding): boolean | undefined {
  if (typeof value === "boolean") return value;
  refuseType(decoding, { fr: "true ou false", en: "true or false" }, value);
  return undefined;
}

export const int32 = integer(-(2 ** 31), 2 ** 31 - 1);
/** Decoder of integers that are exact in JavaScript; user and group ids are below 2^31 anyway. */
export const int64 = integer(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);

function integer(least: number, most: number): Decoder<number> {
  return (value, decoding) => {
    if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) {
      return value === 0 ? 0 : value;
    }
    refuseType(decoding, { fr: "un entier", en: "an integer" }, value);
    return undefined;
  };
}

/** Decoder of a port's number or name: Kubernetes' IntOrString. */
export function intOrString(value: unknown, decoding: Decoding): number | string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number") return int32(value, decoding);
  refuseType(decoding, { fr: "un numéro ou un nom", en: "a number or a name" }, value);
  return undefined;
}

/** A quantity: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const QUANTITY = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;

/** Decoder of a quantity, as text: `500m`, 2, `128Mi`. */
export function quantity(value: unknown, decoding: Decoding): string | undefined {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text === "string" && QUANTITY.test(text)) return text;
  refuseType(decoding, { fr: "une quantité (500m, 128Mi)", en: "a quantity (500m, 128Mi)" }, value);
  return undefined;
}

/** Records that the value has another type than expected. */
export function refuseType(decoding: Decoding, expected: Text, value: unknown): void {
  const found = describe(value);
  refuse(decoding, {
    fr: `attend ${expected.fr}, et non ${found.fr}`,
    en: `must be ${expected.en}, not ${found.en}`,
  });
}

function describe(value: unknown): Text {
  const { fr, en } = kindOf(value);
  if (typeof value === "string") {
    // The value is masked before it is cut, since half a secret is not recognised.
    const shown = quoted(maskText(value));
    return { fr: `le texte ${shown}`, en: `the string ${shown}` };
  }
  if (typeof value !== "number" && typeof value !== "boolean") return { fr, en };
  return { fr: `${value}`, en: `${value}` };
}

function kindOf(value: unknown): Text {
  if (typeof value === "number") return { fr: "un nombre", en: "a number" };
  if (typeof value === "boolean") return { fr: "un booléen", en: "a boolean" };
  if (typeof value === "string") return { fr: "un texte", en: "a string" };
  if (Array.isArray(value)) return { fr: "une liste", en: "a list" };
  return { fr: "un objet", en: "a mapping" };
}
