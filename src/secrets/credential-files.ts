import type { Assignment } from "./assignments.ts";
import { literalSettings } from "./literal-settings.ts";
import { isNamedSecret } from "./named-secret.ts";
import { isPlaceholder } from "./placeholder.ts";
import type { ScannedText } from "./scanned-text.ts";
import type { SecretSpan } from "./spans.ts";
import { wholeFile } from "./whole-file.ts";

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
    name: /\/\.?pgpass(?:\.conf)?$/,
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
  {
    kind: "password-hash",
    confidence: "confirmed",
    name: /\/\.?htpasswd[\w.-]{0,30}$|\.htpasswd$/,
    pattern:
      /^[^#:\s]{1,100}:(?<secret>\$\S{10,300}|\{(?:SHA|SSHA\w{0,3})\}\S{10,300}|[./0-9A-Za-z]{13})[ \t\r]{0,20}$/dgm,
  },
  {
    kind: "password-hash",
    confidence: "confirmed",
    // crypt(5); a locked account's hash is one, too.
    name: /\/(?:shadow|gshadow|passwd|master\.passwd)-?$/,
    pattern: /^[^#:\s]{1,100}:!{0,2}(?<secret>\$[\w=,./$+-]{10,300}):/dgm,
  },
  {
    kind: "named-secret",
    confidence: "likely",
    name: /\/(?:ipsec\.secrets|[\w-]{1,60}\.secrets)$/,
    pattern: /:[ \t]{0,10}(?:PSK|XAUTH|EAP|PIN)[ \t]{1,10}"(?<secret>[^"\n]{3,200})"/dg,
  },
  {
    kind: "named-secret",
    confidence: "likely",
    name: /\/(?:redis|sentinel|valkey|keydb|slapd)[\w.-]{0,40}\.conf$/,
    pattern:
      /^[ \t]{0,20}(?:requirepass|masterauth|sentinel-pass|rootpw|sentinel auth-pass \S{1,100})[ \t]{1,20}"?(?<secret>[^\s"#]{3,300})/dgm,
  },
  {
    kind: "named-secret",
    confidence: "likely",
    name: /\.(?:sql|dump|ddl)$/i,
    pattern:
      /\b(?:IDENTIFIED (?:WITH [\w'"]{1,40} )?(?:BY|AS)|(?:ENCRYPTED |WITH |SET )PASSWORD|(?:USER|ROLE) [\w"'`@.%-]{1,100} PASSWORD)[ =]{1,5}'(?<secret>[^'\n]{3,300})'/dgi,
  },
  {
    kind: "named-secret",
    confidence: "likely",
    name: /\/(?:\.?(?:msmtp|mpop|fetchmail)rc|haproxy[\w.-]{0,40}\.cfg|[\w.-]{0,40}ldap\.conf)$/,
    pattern: /^[^#\n]{0,200}\b(?:insecure-)?(?:password|bindpw)[ \t]{1,20}"?(?<secret>[^\s"#$]{4,300})/dgm,
  },
  {
    kind: "named-secret",
    confidence: "likely",
    // mod_env, in any of Apache's files.
    name: /\/(?:[\w.-]{1,100}\.conf|\.htaccess)$/,
    pattern:
      /^[ \t]{0,20}SetEnv[ \t]{1,20}\w{0,60}(?:PASSWORD|PASSWD|SECRET|TOKEN|API_KEY|MOT_DE_PASSE|MDP)[ \t]{1,20}["']?(?<secret>[^\s"'$%]{4,300})/dgm,
  },
  {
    kind: "named-secret",
    confidence: "likely",
    name: /\/(?:chap|pap)-secrets$/,
    pattern: /^[^#\s]\S{0,100}[ \t]{1,20}\S{1,100}[ \t]{1,20}"?(?<secret>[^\s"]{3,200})/dgm,
  },
  {
    kind: "named-secret",
    confidence: "likely",
    name: /\/sasl_passwd$/,
    pattern: /^[^#\s]\S{0,200}[ \t]{1,20}[^\s:]{1,100}:(?<secret>\S{3,200})/dgm,
  },
];

/** Most files are none of these. */
const MAY_BE =
  /(?:netrc|pgpass|my\.cnf|npmrc|settings|passwd|shadow|secrets|redis|sentinel|valkey|keydb|slapd|msmtp|mpop|fetchmail|haproxy|\.conf|\.htaccess|\.sql|\.dump|\.ddl)[^/]{0,60}$/i;

/** Examples that a repository shows on purpose. */
const EXAMPLE = /[._-](?:example|exemple|sample|template|tpl|dist|defaults?|schema|md)(?:\.[a-z]{1,10})?$/i;
/** The secrets that only the file's name or their own names betray. */
export function credentialsOf(scanned: ScannedText): readonly SecretSpan[] {
  if (EXAMPLE.test(scanned.path)) return [];
  const named = MAY_BE.test(scanned.path) ? FILES.filter(({ name }) => name.test(scanned.path)) : [];
  return [
    ...named.flatMap((file) => secretsOf(file, scanned.text)),
    ...wholeFile(scanned),
    ...literalSettings(scanned),
  ];
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
