import type { Assignment } from "./assignments.ts";
import { CREDENTIAL_FORMS, type CredentialForm } from "./credential-forms.ts";
import { isExampleFile } from "./example-file.ts";
import { literalSettings } from "./literal-settings.ts";
import { namedKind } from "./named-kind.ts";
import { isNamedSecret } from "./named-secret.ts";
import { originalPath } from "./original-path.ts";
import { isPlaceholder } from "./placeholder.ts";
import { isPublishedDefault } from "./published-defaults.ts";
import { ScannedText } from "./scanned-text.ts";
import { settingsForm } from "./settings-form.ts";
import type { SecretSpan } from "./spans.ts";
import { wholeFile } from "./whole-file.ts";

/** Cheap test of a path: most files match no form. */
const MAY_BE = new RegExp(CREDENTIAL_FORMS.map(({ name }) => name.source).join("|"), "i");

/** Secrets that only the file's name, or the name of a value, reveals. */
export function credentialsOf(scanned: ScannedText): readonly SecretSpan[] {
  // Some extensions belong to the format itself: `terraform.tfstate.backup`.
  const isKnown = settingsForm(scanned.path) !== undefined;
  const path = isKnown ? scanned.path : originalPath(scanned.path);
  if (isExampleFile(scanned.path) || isExampleFile(path)) return [];
  const original = path === scanned.path ? scanned : new ScannedText(() => scanned.text, path);
  return [...secretsByForm(original), ...wholeFile(original), ...literalSettings(original)];
}

/** Secrets in files whose name announces a program's own format. */
export function secretsByForm(scanned: ScannedText): readonly SecretSpan[] {
  if (!MAY_BE.test(scanned.path)) return [];
  const forms = CREDENTIAL_FORMS.filter(({ name }) => name.test(scanned.path));
  return forms.flatMap((form) => secretsOf(form, scanned.text));
}

function secretsOf(file: CredentialForm, text: string): readonly SecretSpan[] {
  const { comments, pattern } = file;
  const plain =
    comments === undefined ? text : text.replace(comments, (comment) => " ".repeat(comment.length));
  return [...plain.matchAll(pattern)].flatMap((match) => spanOf(file, match));
}

function spanOf({ kind, confidence }: CredentialForm, match: RegExpExecArray): SecretSpan[] {
  const [start, end] = match.indices?.groups?.["secret"] ?? [0, 0];
  const value = match.input.slice(start, end);
  if (isPlaceholder(value)) return [];
  // A default in a package's own tests: `localhost:5432:*:postgres:postgres`.
  if (isPublishedDefault(value))
    return [{ kind: "published-default", confidence: "likely", start, end, value }];
  return [{ kind, confidence, start, end, value }];
}

/** Secret in a value under a secret's name: `DB_PASSWORD=…`. */
export function namedSecret({ name, value, start, end }: Omit<Assignment, "line">): SecretSpan[] {
  if (!isNamedSecret(name, value)) return [];
  return [{ kind: namedKind(name, value, ""), confidence: "likely", start, end, value }];
}
