import { type Assignment, assignments } from "./assignments.ts";
import { isNamedSecret } from "./named-secret.ts";
import { isPlaceholder } from "./placeholder.ts";
import type { ScannedText } from "./scanned-text.ts";
import type { SecretSpan } from "./spans.ts";

/** A file whose name says that it holds credentials, though their form does not. */
interface CredentialFile {
  readonly kind: string;
  readonly confidence: SecretSpan["confidence"];
  /** Of the absolute path. */
  readonly name: RegExp;
  /** Every secret is a match's group `secret`. */
  readonly pattern: RegExp;
  /** What is read as if it were not there: Maven's own settings.xml shows passwords in comments. */
  readonly comments?: RegExp;
}

const FILES: readonly CredentialFile[] = [
  {
    kind: "netrc-password",
    confidence: "confirmed",
    name: /\/[._]netrc$/,
    pattern: /\bpassword\s{1,20}(?<secret>\S{1,512})/dg,
  },
  {
    kind: "pgpass-password",
    confidence: "confirmed",
    name: /\/\.pgpass$/,
    pattern: /^[^#:\n]{1,255}:[^:\n]{1,20}:[^:\n]{1,255}:[^:\n]{1,255}:(?<secret>[^\n\r]{1,512})$/dgm,
  },
  {
    kind: "mysql-password",
    confidence: "confirmed",
    name: /\/\.my\.cnf$/,
    pattern: /^\s{0,20}password\s{0,20}=\s{0,20}["']?(?<secret>[^\s"']{1,512})/dgm,
  },
  {
    kind: "npm-registry-token",
    confidence: "confirmed",
    name: /\/\.?npmrc$/,
    pattern:
      /^[^#;\n=]{0,500}\b(?:_authToken|_auth|_password)\s{0,20}=\s{0,20}["']?(?<secret>[^\s"'$]{8,2048})/dgm,
  },
  {
    kind: "maven-password",
    confidence: "confirmed",
    name: /\/settings(?:-security)?\.xml$/,
    pattern: /<password>(?<secret>[^<>{}$\s]{1,512})<\/password>/dg,
    comments: /<!--(?:(?!-->|<!--)[^]){0,65536}-->/g,
  },
];

/** Examples that a repository shows on purpose. */
const EXAMPLE = /[._-](?:example|exemple|sample|template|tpl|dist|defaults?|schema|md)(?:\.[a-z]{1,10})?$/i;
/** Files in which an application keeps values under names. */
const SETTINGS =
  /\/(?:\.env(?:rc|\.[\w.-]{1,100})?|[\w-]{1,100}\.env|(?:application|bootstrap)(?:-[\w-]{1,60})?\.(?:properties|ya?ml)|appsettings(?:\.\w{1,60})?\.json|credentials\.(?:json|ya?ml|properties)|secrets\.(?:json|env|properties|toml))$/i;

/** The secrets that only the file's name or their own names betray. */
export function credentialsOf(scanned: ScannedText): readonly SecretSpan[] {
  if (EXAMPLE.test(scanned.path)) return [];
  const file = FILES.find(({ name }) => name.test(scanned.path));
  if (file !== undefined) return secretsOf(file, scanned.text);
  return SETTINGS.test(scanned.path) ? assignments(scanned.text).flatMap(namedSecret) : [];
}

function secretsOf(file: CredentialFile, text: string): readonly SecretSpan[] {
  const { comments, pattern } = file;
  const plain =
    comments === undefined ? text : text.replace(comments, (comment) => " ".repeat(comment.length));
  return [...plain.matchAll(pattern)].flatMap((match) => spanOf(file, match));
}

function spanOf({ kind, confidence }: CredentialFile, match: RegExpExecArray): SecretSpan[] {
  const [start, end] = match.indices?.groups?.["secret"] ?? [0, 0];
  const value = match.input.slice(start, end);
  return isPlaceholder(value) ? [] : [{ kind, confidence, start, end, value }];
}

/** A value under a secret's name: `DB_PASSWORD=…`. */
export function namedSecret({ name, value, start, end }: Omit<Assignment, "line">): SecretSpan[] {
  if (!isNamedSecret(name, value)) return [];
  return [{ kind: "named-secret", confidence: "likely", start, end, value }];
}
