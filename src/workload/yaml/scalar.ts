// Scalars as kubectl and the API server read them: go-yaml v2's resolve(), behind sigs.k8s.io/yaml.
// It is neither YAML 1.2 nor quite YAML 1.1:
//
//   y Y yes Yes YES on On ON true True TRUE       true       (no, off, false alike; yEs is a string)
//   "" ~ null Null NULL                           null
//   010 0o10 0O10 +010   0x1F   0b11 0b-1         octal, hexadecimal, binary: Go's ParseInt, base 0
//   08 1_000 1_.5 .5 1e3 1.                       numbers: underscores are dropped, 08 is 8
//   1:30  2024-01-01                              strings: no sexagesimals, no timestamps
//   .inf .nan                                     numbers that JSON cannot hold: the document is refused

/** Scalar of a JSON document. */
export type Scalar = string | number | boolean | null;

const WORDS: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ...["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"].map(
    (word) => [word, true] as const,
  ),
  ...["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"].map(
    (word) => [word, false] as const,
  ),
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null] as const),
  ...[".nan", ".NaN", ".NAN"].map((word) => [word, Number.NaN] as const),
  ...[".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"].map((word) => [word, Infinity] as const),
  ...["-.inf", "-.Inf", "-.INF"].map((word) => [word, -Infinity] as const),
]);

const LONGEST_WORD = 5;
const DECIMAL = /^[-+]?(?:0|[1-9]\d*)$/;
const INTEGER = /^([-+]?)(?:0[xX]([\da-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+))$/;
/** Binary number with an inner sign, which go-yaml accepts by a separate second attempt. */
const SIGNED_BINARY = /^0b([-+][01]+)$/;
/**
 * A fraction for which go-yaml relies on ParseFloat, which requires a digit on either side of an underscore.
 */
const FRACTION = /^\.\d+(?:_\d+)*(?:[eE][-+]?\d+(?:_\d+)*)?$/;
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;

/** Value of a plain scalar without a tag. NaN and infinities are returned although JSON has none. */
export function resolvePlain(source: string): Scalar {
  const first = source.charCodeAt(0);
  if (isDigit(first) || first === PLUS || first === MINUS || first === DOT) return resolveNumber(source);
  if (source.length > LONGEST_WORD) return source;
  const word = WORDS.get(source);
  return word === undefined ? source : word;
}

const PLUS = 0x2b;
const MINUS = 0x2d;
const DOT = 0x2e;

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function resolveNumber(source: string): Scalar {
  const special = WORDS.get(source);
  if (special !== undefined) return special;
  if (source.startsWith(".") && !FRACTION.test(source)) return source;
  const plain = source.includes("_") ? source.replaceAll("_", "") : source;
  if (DECIMAL.test(plain)) return finite(plain, source);
  return resolveBased(plain) ?? (FLOAT.test(plain) ? finite(plain, source) : source);
}

/** Octal, hexadecimal and binary integers of up to 64 bits, as ParseInt(…, 0, 64) and ParseUint read them. */
function resolveBased(plain: string): number | undefined {
  const [, sign = "", hexadecimal, binary, octal] = INTEGER.exec(plain) ?? [];
  const signed = SIGNED_BINARY.exec(plain)?.[1];
  if (signed !== undefined) return Number.parseInt(signed, 2);
  const digits = hexadecimal ?? binary ?? octal;
  if (digits === undefined) return undefined;
  const prefix = hexadecimal === undefined ? (binary === undefined ? "0o" : "0b") : "0x";
  const magnitude = BigInt(prefix + digits);
  const bits = magnitude.toString(2).length;
  if (bits > 64 || (bits === 64 && !fitsSigned(sign, magnitude))) return undefined;
  return Number(sign === "-" ? -magnitude : magnitude);
}

/**
 * Whether a number fits 64 bits. ParseUint accepts no sign, so only unsigned numbers use the 64th bit; -2^63
 * is the exception.
 */
function fitsSigned(sign: string, magnitude: bigint): boolean {
  return sign === "" || (sign === "-" && magnitude === 2n ** 63n);
}

/** The number; the original text if the number overflows, for which ParseFloat reports a range error. */
function finite(plain: string, source = plain): number | string {
  const value = Number(plain);
  return Number.isFinite(value) ? value : source;
}
