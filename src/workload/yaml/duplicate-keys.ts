import { quoted } from "../../contract/shown.ts";
import { YamlError } from "./yaml-error.ts";

export function duplicateKey(key: string, offset: number): YamlError {
  return new YamlError(
    {
      fr: `la clé ${quoted(key)} est définie deux fois : n'en garder qu'une`,
      en: `the key ${quoted(key)} is set twice: keep one of them`,
    },
    offset,
  );
}

/** Problem of a key that is set both explicitly and by a merge: readers differ in which of them counts. */
export function mergedKey(key: string, offset: number): YamlError {
  return new YamlError(
    {
      fr: `la clé ${quoted(key)} est définie ici et par « << » : selon le lecteur, l'une ou l'autre compte. N'en garder qu'une`,
      en: `the key ${quoted(key)} is set here and by \`<<\`: readers disagree which one counts. Keep one of them`,
    },
    offset,
  );
}
