import { base64Forms, twiceBase64Forms } from "./base64-anchors.ts";
import {
  Base64Starts,
  base64Run,
  type EncodedRun,
  escapedRun,
  goesOn,
  hexRun,
  numbersRun,
  startOfHex,
} from "./encoded-runs.ts";

/** An encoding of bytes as text, with the anchors that suggest an encoded secret. */
export interface Encoding {
  readonly anchors: readonly string[];
  /**
   * Cheap test of the bytes from an anchor on, before they are decoded; false if this encoding is impossible.
   */
  readonly may?: (bytes: Uint8Array, at: number) => boolean;
  /**
   * Makes a function for one search of a text: start of the run that contains an anchor. Absent if the run
   * starts at the anchor.
   */
  readonly starts?: (text: string) => (at: number) => number;
  /** Decoder of the run at an offset; undefined if nothing there is encoded so. */
  readonly decode: (text: string, start: number) => EncodedRun | undefined;
}

/** Beginnings of private keys and of credentials. */
const KEYS = ["-----BEGIN ", '{"auths"'];
const TOKENS = ["ghp_", "gho_", "ghs_", "ghu_", "github_pat_", "npm_", "glpat-", "AKIA"];
/** Base64 of the beginnings of gzip, of a Java key store, and of PKCS#12 after its length. */
const BINARY = ["H4sI", "/u3+7QAAAAI"];
const WIDE_KEY = Buffer.from("-----BEGIN", "utf16le").toString("latin1");
/** zlib's default header, which gives only two reliable characters: searched at the start of a literal. */
const ZLIB = ['"', "'", "`"].flatMap((quote) => ["w", "x", "y", "z"].map((third) => `${quote}eJ${third}`));
/** Version and algorithm in PKCS#8: RSA, P-256, other curves, the curves of RFC 8410. */
const DER = [
  "020100300d06092a864886f70d010101",
  "020100301306072a8648ce3d0201",
  "020100301006072a8648ce3d0201",
  "020100300506032b65",
];

const FORMS = [
  ...[...KEYS, ...TOKENS, WIDE_KEY].flatMap((text) => base64Forms(text)),
  ...["-----BEGIN ", "ghp_", "npm_", "glpat-"].flatMap((text) => twiceBase64Forms(text)),
  ...base64Forms("-----BEGIN ").flatMap(({ anchor, before }) => twiceBase64Forms(anchor, before)),
];
const BEFORE = new Map(FORMS.map(({ anchor, before }) => [anchor, before]));

function hexOf(text: string): readonly string[] {
  const hex = Buffer.from(text, "latin1").toString("hex");
  return [hex, hex.toUpperCase()];
}

/**
 * Beginnings of keys and tokens with each character escaped; two escaped characters suffice to recognise an
 * encoding.
 */
const DASHES = [
  "\\x2d\\x2d",
  "\\u002d\\u002d",
  "\\u002D\\u002D",
  "\\x2D\\x2D",
  "\\055\\055",
  "%2D%2D",
  "%2d%2d",
  "=2D=2D",
];
const ENTITIES = ["&#45;&#45;", "&#x2d;&#x2d;", "&#x2D;&#x2D;"];
const LETTERS = [
  "\\x67\\x68",
  "\\x6e\\x70\\x6d",
  "\\x6E\\x70\\x6D",
  "\\x67\\x6c",
  "\\x67\\x6C",
  "\\u0067\\u0068",
  "\\u006e\\u0070",
  "\\u0067\\u006c",
];
/** PEM with escaped spaces and literal dashes. */
const SPACED = ["%20", "+", "\\x20", "\\u0020", "\\040", "=20", "&#32;", "&#x20;"].map(
  (space) => `-----BEGIN${space}`,
);
const NUMBERS = [
  "0x2d,",
  "0x2D,",
  "45, 45, 45, 45, 45, 66",
  "45,45,45,45,45,66",
  "'-', '-', '-'",
  "'-','-','-'",
  "0x67, 0x68, 0x",
  "0x67,0x68,0x",
  "0x30, 0x82, 0x0",
  "0x30,0x82,0x0",
];

/** Encodings in which programs contain keys and tokens as data. */
export const DATA_ENCODINGS: readonly Encoding[] = [
  { anchors: [...BEFORE.keys()], may: goesOn, starts: groupsIn, decode: base64Run },
  // The last anchor is gzip in base64 of base64.
  { anchors: [...BINARY, "SDRzS"], may: goesOn, decode: base64Run },
  { anchors: ["IBAzCC"], may: goesOn, starts: () => (at) => at - 6, decode: base64Run },
  { anchors: [...KEYS, ...TOKENS].flatMap(hexOf), decode: hexRun },
  { anchors: DER.flatMap((hex) => [hex, hex.toUpperCase()]), starts: sequencesIn, decode: hexRun },
];

/** Names of secrets in settings: encoded text may be a settings file. */
const SECRET_NAMES =
  "password Password PASSWORD passwd PASSWD secret Secret SECRET api_key API_KEY mot_de_passe MOT_DE_PASSE";

const NAMES = SECRET_NAMES.split(" ");
/** Names searched in base64 of base64; each has nine forms there, and all names together slow the search by a third. */
const TWICE = ["password", "PASSWORD"];

/** Encodings that hide the beginning of keys and tokens from a plain search. */
export const ENCODINGS: readonly Encoding[] = [
  {
    anchors: [
      ...NAMES.flatMap((name) => base64Forms(name)),
      ...TWICE.flatMap((name) => twiceBase64Forms(name)),
    ].map(({ anchor }) => anchor),
    may: goesOn,
    starts: (text) => {
      const starts = new Base64Starts(text);
      return (at) => starts.of(at);
    },
    decode: base64Run,
  },
  { anchors: NAMES.flatMap(hexOf), starts: (text) => (at) => startOfHex(text, at), decode: hexRun },
  ...DATA_ENCODINGS,
  { anchors: ZLIB, starts: () => (at) => at + 1, decode: base64Run },
  { anchors: hexOf("\x1f\x8b\x08"), decode: hexRun },
  { anchors: [...DASHES, ...ENTITIES, ...LETTERS, ...SPACED], decode: escapedRun },
  { anchors: NUMBERS, decode: numbersRun },
];

function groupsIn(text: string): (at: number) => number {
  return (at) => {
    for (const [anchor, before] of BEFORE) if (text.startsWith(anchor, at)) return at - before;
    return at;
  };
}

/**
 * Starts of the SEQUENCE around a version and an algorithm: a tag and one to three bytes of length precede
 * both.
 */
function sequencesIn(text: string): (at: number) => number {
  return (at) => {
    if (text.startsWith("3082", at - 8)) return at - 8;
    return at - (text.startsWith("3081", at - 6) ? 6 : 4);
  };
}
