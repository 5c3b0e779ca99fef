import type { Text } from "../../contract/text.ts";

const UTF8 = new TextDecoder("utf-8", { fatal: true });

/** Further line breaks in YAML 1.1 and go-yaml, which end a comment. */
const OTHER_BREAKS = /\r(?!\n)|[\u0085\u2028\u2029]/g;

/**
 * Text of a file without its byte order mark. Every line break that Kubernetes recognises becomes a line
 * feed, without changing offsets. If the bytes are not UTF-8, the result is a problem.
 */
export function decodeText(bytes: Uint8Array): { readonly text: string } | { readonly problem: Text } {
  try {
    const text = UTF8.decode(bytes);
    return { text: text.replace(OTHER_BREAKS, "\n") };
  } catch {
    return {
      problem: {
        fr: "le fichier n'est pas encodé en UTF-8 ; l'enregistrer en UTF-8",
        en: "the file is not encoded in UTF-8; save it as UTF-8",
      },
    };
  }
}
