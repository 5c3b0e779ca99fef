// Valid forms of names (apimachinery, pkg/util/validation/validation.go). Length is checked first, so that
// expressions only see short texts.

import type { Spelling } from "./field.ts";

const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const WORD = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const LABEL_LENGTH = 63;
const SUBDOMAIN_LENGTH = 253;
const PORT_LENGTH = 15;

/** Form of names of containers, volumes, namespaces and hosts. */
export const DNS_LABEL: Spelling = {
  isValid: (text) => text.length <= LABEL_LENGTH && LABEL.test(text),
  expected: {
    fr: `un nom en minuscules, chiffres et tirets, de ${LABEL_LENGTH} caractères au plus`,
    en: `a name of lowercase letters, digits and hyphens, of at most ${LABEL_LENGTH} characters`,
  },
};

/** Form of most objects' names; single labels have no length limit. */
export const DNS_SUBDOMAIN: Spelling = {
  isValid: (text) => text.length <= SUBDOMAIN_LENGTH && text.split(".").every((label) => LABEL.test(label)),
  expected: {
    fr: `un nom en minuscules, chiffres, tirets et points, de ${SUBDOMAIN_LENGTH} caractères au plus`,
    en: `a name of lowercase letters, digits, hyphens and dots, of at most ${SUBDOMAIN_LENGTH} characters`,
  },
};

export const LABEL_VALUE: Spelling = {
  isValid: (text) => text.length <= LABEL_LENGTH && WORD.test(text),
  expected: {
    fr: `une valeur d'étiquette : lettres, chiffres, « - », « _ » et « . », de ${LABEL_LENGTH} caractères au plus`,
    en: `a label value: letters, digits, "-", "_" and ".", of at most ${LABEL_LENGTH} characters`,
  },
};

/** Form of label keys and, in lower case, annotation keys: `app`, `app.kubernetes.io/name`. */
export const QUALIFIED_NAME: Spelling = {
  isValid(text) {
    const parts = text.split("/");
    const [name = "", prefix] = parts.toReversed();
    if (parts.length > 2 || (prefix !== undefined && !DNS_SUBDOMAIN.isValid(prefix))) return false;
    return name.length <= LABEL_LENGTH && WORD.test(name);
  },
  expected: {
    fr: "une clé comme « app » ou « app.kubernetes.io/name »",
    en: 'a key such as "app" or "app.kubernetes.io/name"',
  },
};

/** Form of port names: https://www.rfc-editor.org/rfc/rfc6335#section-5.1 */
export const PORT_NAME: Spelling = {
  isValid: (text) =>
    text.length <= PORT_LENGTH && LABEL.test(text) && /[a-z]/.test(text) && !text.includes("--"),
  expected: {
    fr: `un nom de port en minuscules, chiffres et tirets, de ${PORT_LENGTH} caractères au plus, avec une lettre`,
    en: `a port name of lowercase letters, digits and hyphens, of at most ${PORT_LENGTH} characters, with a letter in it`,
  },
};

/**
 * Form of variable names, as relaxed in Kubernetes 1.30: older clusters accept only letters, digits, `-`, `_`
 * and `.`.
 */
export const VARIABLE_NAME: Spelling = {
  isValid: (text) => /^[ -<>-~]+$/.test(text),
  expected: {
    fr: "un nom de variable en caractères ASCII imprimables, sans « = »",
    en: 'a variable name of printable ASCII characters, without "="',
  },
};

/** Form of keys of ConfigMaps and Secrets. */
export const DATA_KEY: Spelling = {
  isValid: (text) =>
    text.length <= SUBDOMAIN_LENGTH &&
    /^[-._a-zA-Z0-9]+$/.test(text) &&
    text !== "." &&
    !text.startsWith(".."),
  expected: {
    fr: "une clé : lettres, chiffres, « - », « _ » et « . »",
    en: 'a key: letters, digits, "-", "_" and "."',
  },
};

/** Form of a path in a volume; such a path must not lead out of the volume. */
export const INNER_PATH: Spelling = {
  isValid: (text) => !text.startsWith("/") && !text.split("/").includes(".."),
  expected: { fr: "un chemin relatif sans « .. »", en: 'a relative path without ".."' },
};
