import { type Event, parseEvents, YAMLException } from "js-yaml";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { hoistBracket } from "./closing-bracket.ts";
import { YamlError } from "./yaml-error.ts";

/**
 * Parser events of one section of a stream, for compose() and for positions.
 *
 * @throws YamlError not YAML, too long, nested too deeply
 */
export function parse(text: string): readonly Event[] {
  if (text.length > LIMITS.yamlDocumentCharacters) {
    throw new YamlError(
      {
        fr: `le document dépasse ${LIMITS.yamlDocumentCharacters} caractères (limite yamlDocumentCharacters)`,
        en: `the document exceeds ${LIMITS.yamlDocumentCharacters} characters (limit yamlDocumentCharacters)`,
      },
      0,
    );
  }
  let source = text;
  let budget: number = LIMITS.yamlDocumentCharacters;
  for (;;) {
    try {
      return parseEvents(source, { maxDepth: LIMITS.yamlDepth });
    } catch (cause) {
      if (!(cause instanceof YAMLException)) throw cause;
      const offset = cause.mark?.position ?? 0;
      const drawn = cause.reason === DEFICIENT ? hoistBracket(source, offset) : undefined;
      // Moving such a bracket costs parsing up to its place, and a copy of the text.
      budget -= offset + text.length / 16;
      if (drawn === undefined || budget < 0) {
        const maybeTemplate = !cause.reason.startsWith(TOO_DEEP);
        const said = describe(cause.reason, offset >= text.trimEnd().length);
        throw new YamlError(said, offset, { cause, maybeTemplate });
      }
      source = drawn;
    }
  }
}

const DEFICIENT = "deficient indentation";
const TOO_DEEP = "nesting exceeded";

function describe(reason: string, atEnd: boolean): Text {
  if (reason === DEFICIENT && atEnd) {
    return {
      fr: "YAML non valide : crochet, accolade ou guillemet non refermé",
      en: "not valid YAML: a bracket, brace or quote is not closed",
    };
  }
  if (reason.startsWith(TOO_DEEP)) {
    return {
      fr: `le document dépasse ${LIMITS.yamlDepth} niveaux d'imbrication (limite yamlDepth)`,
      en: `the document nests deeper than ${LIMITS.yamlDepth} levels (limit yamlDepth)`,
    };
  }
  const french = FRENCH.find(([english]) => reason.startsWith(english))?.[1];
  return {
    fr: `YAML non valide : ${french ?? quoted(reason)}`,
    en: `not valid YAML: ${french === undefined ? quoted(reason) : reason}`,
  };
}

/** French words for the parser's messages about common mistakes; other messages are quoted. */
const FRENCH: readonly (readonly [string, string])[] = [
  ["tab characters must not be used in indentation", "une tabulation ne peut pas servir d'indentation"],
  ["bad indentation of a mapping entry", "indentation incorrecte d'une clé"],
  ["bad indentation of a sequence entry", "indentation incorrecte d'un élément de liste"],
  [DEFICIENT, "indentation insuffisante"],
  ["expected ':' after a mapping key", "« : » attendu après une clé"],
  ["can not read a block mapping entry", "une clé doit tenir sur une ligne, suivie de « : »"],
  ["a whitespace character is expected after the key-value", "espace attendue après « : »"],
  ["missed comma between flow collection entries", "virgule manquante entre deux éléments"],
  ["unexpected end of the stream within a flow collection", "crochet ou accolade non refermé"],
  ["unexpected end of the stream within a double quoted scalar", "guillemet double non refermé"],
  ["unexpected end of the stream within a single quoted scalar", "apostrophe non refermée"],
  ["unknown escape sequence", "séquence d'échappement inconnue"],
  ["null byte is not allowed in input", "octet nul dans le texte"],
  ["the stream contains non-printable characters", "caractère non imprimable"],
  ["end of the stream or a document separator is expected", "fin du document ou « --- » attendu"],
];
