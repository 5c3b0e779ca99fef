import type { Text } from "../../contract/text.ts";
import {
  checkText,
  type Field,
  member,
  pairs,
  reject,
  rejectMissing,
  rejectValue,
  type Spelling,
  textOf,
} from "./field.ts";
import { DNS_LABEL, DNS_SUBDOMAIN, LABEL_VALUE, QUALIFIED_NAME } from "./names.ts";

/** Maximum number of bytes of all annotations together (TotalAnnotationSizeLimitB). */
const ANNOTATION_BYTES = 256 * 1024;

/** Checks metadata: name or generateName, namespace, labels, annotations. */
export function checkObjectMetadata(metadata: Field): void {
  const name = member(metadata, "name");
  const prefix = member(metadata, "generateName");
  if ((name.value ?? "") === "" && (prefix.value ?? "") === "") rejectMissing(name);
  checkNamed(metadata);
}

/** Checks metadata of an object whose name may not be set yet. */
export function checkNamed(metadata: Field): void {
  checkText(member(metadata, "name"), DNS_SUBDOMAIN);
  checkText(member(metadata, "generateName"), GENERATED);
  checkText(member(metadata, "namespace"), DNS_LABEL);
  checkTemplateMetadata(metadata);
}

/** Prefix of a generated name, which may end in a hyphen. */
const GENERATED: Spelling = {
  isValid: (text) => DNS_SUBDOMAIN.isValid(text.replace(/-$/, "a")),
  expected: DNS_SUBDOMAIN.expected,
};

/** Checks labels and annotations, which pod templates also have. */
export function checkTemplateMetadata(metadata: Field): void {
  checkLabels(member(metadata, "labels"));
  const annotations = member(metadata, "annotations");
  let bytes = 0;
  for (const [key, value] of pairs(annotations)) {
    checkKey(value, key.toLowerCase());
    bytes += Buffer.byteLength(key) + Buffer.byteLength(textOf(value) ?? "");
  }
  if (bytes > ANNOTATION_BYTES) reject(annotations, TOO_LARGE);
}

const TOO_LARGE: Text = {
  fr: `dépasse ${ANNOTATION_BYTES} octets`,
  en: `exceeds ${ANNOTATION_BYTES} bytes`,
};

/** Checks labels, and label values of nodeSelector and matchLabels. */
export function checkLabels(labels: Field): void {
  for (const [key, value] of pairs(labels)) {
    checkKey(value, key);
    checkText(value, LABEL_VALUE);
  }
}

function checkKey(field: Field, key: string): void {
  if (QUALIFIED_NAME.isValid(key)) return;
  const { fr, en } = QUALIFIED_NAME.expected;
  reject(field, { fr: `n'a pas pour clé ${fr}`, en: `does not have as its key ${en}` });
}

/** Refuses a name that is longer than its kind allows. */
export function checkNameLength(metadata: Field, most: number): void {
  const name = member(metadata, "name");
  if ((textOf(name)?.length ?? 0) <= most) return;
  rejectValue(name, { fr: `${most} caractères au plus`, en: `at most ${most} characters long` });
}
