import { jwtUse } from "./jwt.ts";
import { isPlaceholder } from "./placeholder.ts";
import type { SecretSpan } from "./spans.ts";

/** Words, at least one of which occurs in every match of the patterns below. */
const HINT =
  /authorization|_auth|-token|-key|curl|httpie|AUTH|SETUSER|~|mysql|mariadb|redis-cli|sshpass|login|--|-creds|mongo|ldap|htpasswd|pass(?:wd|word)?\b|\bmc |smbclient|lftp|storepass|keypass|identified|http-basic|bundle|aws|securestring|sqlplus|sqlldr|expdp|impdp|openssl|zip|7z/i;

/** Text between a program's name and its flag, within one command. */
const UP_TO = "\\b[^|;&\\n]{0,300}?";
/** A literal word, in quotes or not. */
const WORD = `["']?(?<secret>[^\\s"'$\`;&|<>{}()]{3,512})`;

/** MySQL account options that follow PASSWORD but are not passwords: passwords are quoted. */
const NO_OPTION = "(?!(?:EXPIRE|HISTORY|REUSE|REQUIRE|RANDOM|NULL|DEFAULT)\\b)";

/**
 * Positions where well-known programs take a secret without its name: after a short flag, or after a user.
 * Sources: the programs' manuals.
 */
const PROGRAMS: readonly RegExp[] = [
  new RegExp(
    `\\bcurl${UP_TO}\\s["']?(?:-u[ ]{0,5}|(?:--user|--proxy-user)[ =]{1,5})["']?[\\w.@%+-]{1,100}:${WORD}`,
    "dg",
  ),
  new RegExp(`\\bcurl${UP_TO}\\s--oauth2-bearer[ ]{1,5}${WORD}`, "dg"),
  new RegExp(`\\baws[ ]configure[ ]set[ ]{1,5}\\S{0,60}(?:secret|token)\\S{0,60}[ ]{1,5}${WORD}`, "dgi"),
  new RegExp(
    `\\bcrudini[ ]--set[ ]\\S{1,200}[ ]\\S{1,100}[ ]\\w{0,60}(?:password|secret|token)[ ]${WORD}`,
    "dgi",
  ),
  new RegExp(`\\bhttp-basic\\.[\\w.-]{1,100}[ ]{1,5}\\S{1,100}[ ]{1,5}${WORD}`, "dg"),
  new RegExp(
    `\\bbundle[ ]config[ ]{1,5}(?:set[ ]{1,5})?(?:--\\w{1,10}[ ]{1,5})?[\\w.-]{1,100}[ ]{1,5}[\\w.@%+-]{1,100}:${WORD}`,
    "dg",
  ),
  new RegExp(
    `\\b(?:IDENTIFIED[ ](?:WITH[ ]\\w{1,40}[ ])?BY|(?:CREATE|ALTER)[ ](?:USER|ROLE)[ ]\\S{1,100}[ ](?:WITH[ ])?(?:ENCRYPTED[ ])?PASSWORD)[ ]{1,5}${NO_OPTION}${WORD}`,
    "dgi",
  ),
  new RegExp(`\\b(?:mysql|mariadb)[a-z-]{0,20}${UP_TO}\\s-p${WORD}`, "dg"),
  new RegExp(`\\bredis-cli${UP_TO}\\s-a[ ]{1,5}${WORD}`, "dg"),
  new RegExp(`\\bredis-cli${UP_TO}\\s(?:AUTH|auth)[ ]{1,5}[\\w.-]{1,100}[ ]{1,5}${WORD}`, "dg"),
  new RegExp(`\\bredis-cli${UP_TO}\\s(?:AUTH|auth)[ ]{1,5}${WORD}["']?[ ]{0,5}(?=$|[&;|\\n])`, "dg"),
  // Redis: AUTH commands and access lists (ACL), as one argument or several.
  new RegExp(
    `(?<![\\w-])AUTH[ ]{1,5}[\\w.-]{1,100}[ ]{1,5}(?=[^\\s\\\\]{0,100}\\d)(?<secret>[^\\s"'$\`;&|<>{}()\\\\]{4,512})(?=\\\\r|\\r?\\n|["'])`,
    "dg",
  ),
  new RegExp(
    `(?:\\bSETUSER[ ](?:[^\\n>]{0,300}[ ])?|\\buser[ ](?=[^\\n]{0,600}[ ][~+&])[^\\n>]{0,300}[ ])["']?>(?<secret>[^\\s"'$\`;&|<>/]{4,300})(?=["' ]|$)`,
    "dg",
  ),
  new RegExp(`\\bsshpass${UP_TO}\\s-p[ ]{0,5}${WORD}`, "dg"),
  new RegExp(`\\bmongo[a-z]{0,10}${UP_TO}\\s-p[ ]{1,5}${WORD}`, "dg"),
  new RegExp(
    `\\b(?:docker|podman|nerdctl|buildah|skopeo|crane|oras|helm|az|oc)[ ](?:auth[ ]|registry[ ])?login${UP_TO}\\s(?:-p|--password)[ =]{1,5}${WORD}`,
    "dg",
  ),
  new RegExp(
    `\\s--[\\w-]{0,40}(?:pass|password|passwd|passphrase|token|secret|(?:api|secret|encryption|signing)-key)[ ]{1,5}(?!\\\\)(?=\\S{0,100}\\d)${WORD}`,
    "dg",
  ),
  new RegExp(`\\s--(?:src-|dest-)?creds[ =]{1,5}["']?[\\w.@%+-]{1,100}:${WORD}`, "dg"),
  new RegExp(
    `\\bmc[ ](?:alias|config[ ]host)[ ](?:set|add)[ ]\\S{1,100}[ ]\\S{1,200}[ ]\\S{1,100}[ ]${WORD}`,
    "dg",
  ),
  new RegExp(`\\bsmbclient${UP_TO}\\s-U[ ]{0,5}["']?[\\w.\\\\/-]{1,100}%${WORD}`, "dg"),
  new RegExp(`\\blftp${UP_TO}\\s-u[ ]{0,5}["']?[\\w.@-]{1,100},${WORD}`, "dg"),
  new RegExp(`\\bldap[a-z]{1,10}${UP_TO}\\s-w[ ]{1,5}${WORD}`, "dg"),
  new RegExp(
    `\\bhtpasswd[ ]{1,5}-\\w{0,5}b\\w{0,5}[ ]{1,5}(?:\\S{1,100}[ ]{1,5})?[\\w.@-]{1,100}[ ]{1,5}${WORD}`,
    "dg",
  ),
  new RegExp(
    `\\b(?:npm|pnpm)[ ]{1,5}(?:config[ ]{1,5})?set[ ]{1,5}\\S{0,200}(?:_authToken|_auth|_password)[ =]{1,5}${WORD}`,
    "dg",
  ),
  new RegExp(`-pass(?:in|out)?[ ]{1,5}pass:${WORD}`, "dg"),
  new RegExp(`\\bopenssl${UP_TO}\\s-[kK][ ]{1,5}${WORD}`, "dg"),
  new RegExp(`\\b(?:un)?zip${UP_TO}\\s-P[ ]{0,5}${WORD}`, "dg"),
  new RegExp(`\\b7z[ar]{0,1}${UP_TO}\\s-p${WORD}`, "dg"),
  new RegExp(`ConvertTo-SecureString[ ]{1,5}(?:-String[ ]{1,5})?["'](?<secret>[^"'\\n$]{3,512})["']`, "dg"),
  new RegExp(
    `\\b(?:sqlplus|sqlldr|expdp|impdp)\\b[^|;&\\n]{0,100}?[ ][\\w$]{1,64}/(?<secret>[^\\s@/"'$]{3,100})@`,
    "dg",
  ),
  new RegExp(`-(?:store|key|src|dest)(?:store)?pass[ ]{1,5}${WORD}`, "dg"),
  new RegExp(
    `\\becho[ ]{1,5}(?:-[ne]{1,2}[ ]{1,5})?["']?[\\w.-]{1,60}:${WORD}["']?[ ]{0,5}\\|[ ]{0,5}(?:sudo[ ]{1,5})?chpasswd`,
    "dg",
  ),
];

/** HTTP headers with credentials, in any client or server. */
const HEADERS: readonly RegExp[] = [
  new RegExp(
    `\\bproxy_set_header[ \\t]{1,20}(?:authorization[ \\t]{1,20}["']?(?:bearer|basic)|x-(?:api-key|auth-token|vault-token))[ \\t]{1,20}${WORD}`,
    "dgi",
  ),
  new RegExp(
    `(?:\\b|-H)(?:proxy-)?authorization["']?[ ]{0,5}[:=][ ]{0,5}["']?(?:bearer|basic|token|apikey)[ ]{1,5}${WORD}`,
    "dgi",
  ),
  new RegExp(
    `(?:\\b|-H)(?:x-(?:api-key|auth-token|vault-token|access-token)|private-token|job-token|deploy-token)["']?[ ]{0,5}:[ ]{0,5}${WORD}`,
    "dgi",
  ),
];

/**
 * Secrets at these positions, in a command line or a script: `curl -u ci:…`, `mysql -p…`, `Authorization:
 * Bearer …`.
 */
export function inPrograms(text: string): readonly SecretSpan[] {
  if (!HINT.test(text)) return [];
  return [...PROGRAMS, ...HEADERS]
    .flatMap((pattern) => [...text.matchAll(pattern)])
    .flatMap((match) => {
      const [start, end] = match.indices?.groups?.["secret"] ?? [0, 0];
      const value = text.slice(start, end);
      if (isPlaceholder(value) || /^[./~%-]|^@/.test(value)) return [];
      // A JWT that grants no access is classified by the detector of JWTs.
      if (value.startsWith("eyJ") && (jwtUse(value) ?? "secret") !== "secret") return [];
      return [{ kind: "named-secret", confidence: "likely", start, end, value }];
    });
}

const PROGRAM = /^(?:\S{0,200}\/)?(?:curl|redis-cli|sshpass|(?:mysql|mariadb|mongo|ldap)[a-z-]{0,20})$/;

/** Index of the first word of each form by command line, cached: it is asked for once for each of its words. */
const FIRST_WORDS = new WeakMap<readonly unknown[], Map<RegExp, number>>();

/** Index of the first word that matches, which has no state; -1 if none does. */
export function firstWord(argv: readonly unknown[], form: RegExp): number {
  const known = FIRST_WORDS.get(argv) ?? new Map<RegExp, number>();
  FIRST_WORDS.set(argv, known);
  const first = known.get(form) ?? argv.findIndex((word) => typeof word === "string" && form.test(word));
  known.set(form, first);
  return first;
}

/** Program and short flag before a word of a command line, if they define the word's meaning: `curl -u `. */
export function programBefore(argv: readonly unknown[], index: number): string {
  const first = firstWord(argv, PROGRAM);
  if (first === -1 || first >= index) return "";
  const program = String(argv[first]);
  const before = argv[index - 1];
  const isFlag = typeof before === "string" && /^-[A-Za-z]$/.test(before);
  return isFlag ? `${program} ${before} ` : `${program} `;
}
