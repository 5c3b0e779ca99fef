import { isJumbled } from "./entropy.ts";
import { foldCase } from "./fold-case.ts";
import { innerBase64, urlAlphabet, type ValueForms } from "./value-forms.ts";

/** Characters of the shortest piece of a random value that is masked. */
const PIECE = 8;
/** Base64 characters and hexadecimal digits that a piece fills. */
const [BASE64_PIECE, HEX_PIECE] = [Math.floor((PIECE * 8) / 6), 2 * PIECE];
/**
 * Minimum length of a random part from which pieces are taken, and maximum number of its characters that are
 * used.
 */
const [RANDOM, LONGEST] = [16, 4_096];
/** Minimum number of different characters in a piece: `00000000` occurs in other texts. */
const DIFFERENT = 5;

/**
 * Pieces of the random parts of a value (a token, a password in a URL): a program may print a half, or cut
 * the value into lines or labels of a DNS name. Words and hosts in the value give no pieces; letters of a
 * single case give none either, since they may be a word.
 */
export function valuePieces(value: string): ValueForms {
  const tokens = (value.match(/[\w+/=~-]+/g) ?? []).filter(isRandom).map((token) => token.slice(0, LONGEST));
  const pieces = tokens.map(piecesOf);
  return {
    exact: pieces.flatMap(({ exact }) => exact),
    folded: pieces.flatMap(({ folded }) => folded),
  };
}

/** Whether letters and digits of the token look random; dashes and slashes part words. */
function isRandom(token: string): boolean {
  const text = token.replace(/[^A-Za-z0-9]+/g, "");
  return text.length >= RANDOM && isJumbled(text);
}

function piecesOf(token: string): ValueForms {
  const bytes = Buffer.from(token);
  const encoded = innerBase64(bytes).flatMap((text) => runs(text, BASE64_PIECE));
  const hex = runs(bytes.toString("hex"), HEX_PIECE).filter((_, digit) => digit % 2 === 0);
  const base64 = encoded.filter((run) => new Set(run).size >= DIFFERENT);
  return {
    exact: [...base64, ...base64.map(urlAlphabet)],
    folded: [...runs(token, PIECE).filter(isTelling).map(foldCase), ...hex.filter(isVaried)],
  };
}

/** All runs of this length in the text. */
function runs(text: string, length: number): readonly string[] {
  return Array.from({ length: Math.max(0, text.length - length + 1) }, (_, at) =>
    text.slice(at, at + length),
  );
}

/** Whether a piece cannot be part of a word: it has letters and digits, or letters of both cases. */
function isTelling(piece: string): boolean {
  const [digits = 0, capitals = 0, small = 0] = [/\d/g, /[A-Z]/g, /[a-z]/g].map(
    (kind) => piece.match(kind)?.length ?? 0,
  );
  const isMixed = digits > 0 ? capitals + small > 0 : Math.min(capitals, small) > 1;
  return isMixed && isVaried(piece);
}

function isVaried(piece: string): boolean {
  return new Set(piece).size >= DIFFERENT;
}
