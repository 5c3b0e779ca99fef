import type { SecretSpan } from "./spans.ts";

/** A format of credentials files that only the file's name reveals. */
export interface CredentialForm {
  readonly kind: string;
  readonly confidence: SecretSpan["confidence"];
  /** Matches the absolute path. */
  readonly name: RegExp;
  /** Every secret is a match's group `secret`. */
  readonly pattern: RegExp;
  /** Comments, which are skipped: Maven's stock settings.xml shows passwords in comments. */
  readonly comments?: RegExp;
}

/** Passwords of a program, by its file's name. */
function named(name: RegExp, pattern: RegExp): CredentialForm {
  return { kind: "named-secret", confidence: "likely", name, pattern };
}

const HTPASSWD = /\/\.?htpasswd[\w.-]{0,30}$|\.htpasswd$/;
const SQL = /\.(?:sql|dump|ddl|psql|pgsql)$|\/\.(?:mysql|mariadb|psql)_history$/i;
const SNMP = /\/snmp[\w.-]{0,30}\.conf$/;

export const CREDENTIAL_FORMS: readonly CredentialForm[] = [
  {
    kind: "netrc-password",
    confidence: "confirmed",
    name: /\/[._]netrc$/,
    pattern: /\bpassword\s{1,20}(?<secret>\S{1,512})/dg,
  },
  {
    kind: "pgpass-password",
    confidence: "confirmed",
    name: /\/[\w.-]{0,40}pgpass[\w.-]{0,20}$/,
    pattern: /^[^#:\n]{1,255}:[^:\n]{1,20}:[^:\n]{1,255}:[^:\n]{1,255}:(?<secret>[^\n\r]{1,512})/dgm,
  },
  {
    kind: "mysql-password",
    confidence: "confirmed",
    name: /\/\.my\.cnf$/,
    pattern: /^\s{0,20}password\s{0,20}=\s{0,20}["']?(?<secret>[^\s"']{1,512})/dgm,
  },
  {
    kind: "named-secret",
    confidence: "confirmed",
    // Terraform's state contains generated passwords (random_password) in plain text.
    name: /\.tfstate(?:\.\d{1,12})?(?:\.backup)?$/,
    pattern:
      /"type"\s{0,5}:\s{0,5}"random_password"(?:(?!"type")[^]){0,4000}?"result"\s{0,5}:\s{0,5}"(?<secret>[^"\n]{4,200})"/dg,
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
    // Maven: the master password is encrypted with a publicly known key, the other passwords only with the
    // master password.
    name: /\/settings-security\.xml$/,
    pattern: /<master>(?<secret>\{[\w+/]{16,512}={0,2}\})<\/master>/dg,
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
    name: HTPASSWD,
    pattern:
      /^[^#:\s]{1,100}:(?<secret>\$\S{10,300}|\{(?:SHA|SSHA\w{0,3})\}\S{10,300}|[./0-9A-Za-z]{13})[ \t\r]{0,20}$/dgm,
  },
  {
    kind: "password-hash",
    confidence: "confirmed",
    // Hashes of crypt(5); the hash of a locked account counts, too.
    name: /\/(?:shadow|gshadow|passwd|master\.passwd)-?$/,
    pattern: /^[^#:\s]{1,100}:!{0,2}(?<secret>\$[\w=,./$+-]{10,300}|[./\dA-Za-z]{13}|_[./\dA-Za-z]{19}):/dgm,
  },
  // Passwords in plain text, which nginx allows, too.
  named(HTPASSWD, /^[^#:\s]{1,100}:\{PLAIN\}(?<secret>\S{3,300})/dgm),
  // strongSwan, Libreswan: shared secrets, passwords, and passphrases of keys, as text or encoded.
  named(
    /\/[\w-]{1,60}\.secrets$/,
    /^(?![ \t]{0,20}#)[^\n]{0,200}:[ \t]{0,10}(?:PSK|XAUTH|EAP|NTLM|(?:RSA|ECDSA|PKCS8|P12|PIN)[ \t]{1,10}[^\s"]{1,200})[ \t]{1,10}"?(?<secret>(?<=")[^"\n]{3,200}(?=")|0[sx][\w+/=]{3,300}|\d{4,16}\b)/dgm,
  ),
  named(
    /\/(?:redis|sentinel|valkey|keydb|slapd)[\w.-]{0,40}\.conf$/,
    /^[ \t]{0,20}(?:requirepass|masterauth|rootpw|sentinel (?:sentinel-pass|auth-pass \S{1,100}))[ \t]{1,20}"?(?<secret>[^\s"#]{3,300})/dgm,
  ),
  // Users of Redis.
  named(
    /\/(?:redis|valkey|keydb)[\w.-]{0,40}\.conf$|\.acl$/,
    /^[ \t]{0,20}user[ \t]{1,20}\S{1,100}[ \t](?:[^\n>]{0,300}[ \t])?>(?<secret>\S{3,300})/dgm,
  ),
  named(
    SQL,
    /\b(?:IDENTIFIED (?:(?:WITH|VIA) [\w'"]{1,40} )?(?:BY|AS|USING)(?: VALUES)?|PASSWORD(?: FOR [^\s=]{1,200})?)[ =]{1,5}(?:PASSWORD\(|N)?'(?<secret>[^'\n]{3,300})'/dgi,
  ),
  named(
    /\/(?:\.?(?:msmtp|mpop|fetchmail)rc|haproxy[\w.-]{0,40}\.cfg|[\w.-]{0,40}ldap\.conf)$/,
    /^[^#\n]{0,200}\b(?:pass|password|bindpw)[ \t]{1,20}"?(?<secret>[^\s"#$]{4,300})/dgm,
  ),
  named(
    /\/haproxy[\w.-]{0,40}\.cfg$/,
    /^[ \t]{0,20}stats[ \t]{1,20}auth[ \t]{1,20}[^\s:]{1,100}:(?<secret>[^\s$]{3,200})/dgm,
  ),
  // Apache's mod_env, in any file of Apache.
  named(
    /\/(?:[\w.-]{1,100}\.conf|\.htaccess)$/,
    /^[ \t]{0,20}SetEnv[ \t]{1,20}\w{0,60}(?:PASSWORD|PASSWD|SECRET|TOKEN|API_KEY|MOT_DE_PASSE|MDP)[ \t]{1,20}["']?(?<secret>[^\s"'$%]{4,300})/dgim,
  ),
  named(
    /\/(?:chap|pap)-secrets$/,
    // Secrets of pppd; a value that begins with @ names a file.
    /^[^#\s]\S{0,100}[ \t]{1,20}\S{1,100}[ \t]{1,20}"?(?<secret>[^@\s"][^\s"]{2,200})/dgm,
  ),
  named(
    /\/[\w.-]{0,40}(?:relay|sasl|smtp)[\w.-]{0,40}passw[a-z]{1,5}$/,
    /^[^#\s]\S{0,200}[ \t]{1,20}[^\s:]{1,100}:(?<secret>\S{3,200})/dgm,
  ),
  // Oracle passwords are in double quotes or unquoted.
  named(SQL, /\bIDENTIFIED BY (?!(?:PASSWORD|VALUES|RANDOM)\b)"?(?<secret>[^\s'";]{3,100})/dgi),
  // Net-SNMP: passphrases of users, and communities except the well-known communities.
  named(
    SNMP,
    /^[ \t]{0,20}createUser[ \t]{1,20}(?:-e[ \t]{1,5}\S{1,100}[ \t]{1,20})?\S{1,100}[ \t]{1,20}(?:MD5|SHA[\d-]{0,4})[ \t]{1,20}"?(?<secret>[^\s"]{4,200})/dgm,
  ),
  named(
    SNMP,
    /^[ \t]{0,20}(?:r[ow]community6?|trapcommunity|authCommunity[ \t]{1,20}[\w,]{1,60}|com2sec6?[ \t]{1,20}\S{1,100}[ \t]{1,20}\S{1,100})[ \t]{1,20}"?(?!(?:public|private)\b)(?<secret>[^\s"#]{4,200})/dgm,
  ),
  named(
    /\/dovecot\/(?:[\w.-]{1,100}\/)?[\w.-]{0,60}(?:users|passwd|passdb)$/,
    /^[^#:\s]{1,100}:(?:\{[\w.-]{1,40}\})?(?<secret>[^:\s{]{4,300})/dgm,
  ),
  named(
    /\/dovecot[\w.-]{0,60}\.conf\.ext$|\/dovecot\/.{1,100}\.ext$/,
    /^[ \t]{0,20}dnpass[ \t]{0,20}=[ \t]{0,20}(?<secret>[^\s#]{4,300})/dgm,
  ),
  // OpenVPN's auth-user-pass: a user and a password, two lines and no more.
  named(
    /\/openvpn\/(?:[\w.-]{1,100}\/){0,5}[\w.-]{1,100}$|\/(?:auth|login|user-?pass|credentials?|vpn)[\w-]{0,40}\.(?:txt|conf|pass|cred)$/,
    /^[^\s#=:{}[\]<>"]{1,100}\r?\n(?<secret>(?=[^\n]{0,200}\d)[^\s#=:<>"]{4,200})\s{0,5}$/dg,
  ),
  named(/\/pgbouncer\/|\/userlist\.txt$/, /^"[^"\n]{1,100}"[ \t]{1,20}"(?<secret>[^"\n]{4,300})"/dgm),
  named(/\/passwd\.client$/, /^[^#:\s][^:\n]{0,200}:[^:\n]{1,100}:(?<secret>\S{3,200})/dgm),
  // Key file of a MongoDB replica set: base64 alone.
  named(
    /\/[\w.-]{0,40}mongo[\w.-]{0,40}key[\w.-]{0,20}$|\/(?:mongo|mongodb)\/[\w.-]{0,40}key(?:file)?$/,
    /^\s{0,5}(?<secret>[A-Za-z0-9+/\s]{200,1100}={0,2})\s{0,5}$/dg,
  ),
  named(/\/smbpasswd$/, /^[^#:\s]{1,100}:\d{1,10}:[\dA-FX]{32}:(?<secret>[\dA-F]{32}):/dgm),
  named(
    /\/(?:fstab|auto\.[\w.-]{1,40})$/,
    /^[^#\n]{0,500}[,\s](?:password|pass)=(?<secret>[^,\s]{3,200})/dgm,
  ),
  named(
    /\/\.?davfs2\/secrets$/,
    /^[^#\s]\S{0,200}[ \t]{1,20}\S{1,100}[ \t]{1,20}"?(?<secret>[^\s"]{3,200})/dgm,
  ),
  named(
    /\/[._]?curlrc$/,
    /^[ \t]{0,20}(?:-{0,2}(?:proxy-)?user|-[uU])[ \t=:]{1,10}"?[^\s":]{1,100}:(?<secret>[^\s"]{3,200})/dgm,
  ),
  named(
    /\/(?:\.bundle|bundle)\/config$/,
    /^BUNDLE_[A-Z\d_]{1,200}__[A-Z\d_]{1,100}: "?[^\s":]{1,100}:(?<secret>[^\s"/]{4,200})"?$/dgm,
  ),
  named(
    /\/auth\.json$/,
    /"(?:bearer|git(?:hub|lab)-(?:token|oauth))"\s{0,20}:\s{0,20}\{\s{0,20}"[\w.:-]{1,200}"\s{0,20}:\s{0,20}"(?<secret>[^"\s]{8,500})"/dg,
  ),
  named(
    /\/\.yarnrc\.yml$/,
    /^[^#\n]{0,100}\bnpmAuthIdent:[ \t]{1,10}["']?[^\s"':$]{1,100}:(?<secret>[^\s"'$]{4,300})/dgm,
  ),
  named(
    /\/(?:\.ivy2|\.sbt)\/\.?credentials[\w.-]{0,40}$/,
    /^[ \t]{0,20}password[ \t]{0,5}=[ \t]{0,5}(?<secret>\S{3,200})/dgm,
  ),
  named(
    /\.har$/i,
    /"name"\s{0,10}:\s{0,10}"(?:set-)?cookie"\s{0,10},\s{0,10}"value"\s{0,10}:\s{0,10}"[^"]{0,4000}?=(?<secret>(?=[\w%.~-]{0,200}\d)[\w%.~-]{20,512})/dgi,
  ),
  // Scripts of npm that start the application, except those of developers.
  named(
    /\/package\.json$/,
    /"(?:start|serve|server|worker|prod|production|migrate|release)(?::(?!dev|test|local)[\w-]{1,40})?"\s{0,5}:\s{0,5}"(?:[^"\\\n]|\\.){0,400}?(?:\b[A-Z][A-Z\d_]{0,60}(?:PASSWORD|PASSWD|SECRET|TOKEN|API_KEY|PRIVATE_KEY)=|--[\w-]{0,60}(?:password|secret|token|api-key)[ =])(?<secret>(?=[^\s"'$\\]{0,200}\d)[^\s"'$\\&|;]{4,200})/dg,
  ),
  // Keys of Hex, the package manager of Erlang and Elixir.
  named(
    /\/hex\.config$/,
    /(?:'\$(?:write|read|encrypted)_key',|\bauth_key =>)\s{0,20}<<"(?<secret>[^"]{16,512})">>/dg,
  ),
  // Symfony's decryption key, except that of development, which is meant to be in the repository.
  named(
    /\/config\/secrets\/(?!dev\/|test\/)[\w-]{1,60}\/[\w-]{1,60}\.decrypt\.private\.php$/,
    /return\s{1,5}["'](?<secret>(?:\\x[\dA-F]{2}|[^"'\\]){32,400})["']/dgi,
  ),
  // Salts that products use as keys: of Matomo's tokens, of Grav's forms and sessions.
  named(/\/config\/config\.ini\.php$/, /^[ \t]{0,20}salt[ \t]{0,5}=[ \t]{0,5}"(?<secret>[\da-f]{32})"/dgm),
  named(
    /\/user\/config\/security\.yaml$/,
    /^[ \t]{0,20}salt:[ \t]{1,10}["']?(?<secret>[A-Za-z\d]{10,64})["']?\s/dgm,
  ),
  // DokuWiki's users.
  {
    kind: "password-hash",
    confidence: "confirmed",
    name: /\/users\.auth\.php$/,
    pattern: /^[^#:\s]{1,100}:(?<secret>\$\S{10,300}?|[\da-f]{32,64}):/dgm,
  },
  // List of passwords as people write it down.
  named(
    /\/(?:pass(?![a-z])|passw|mots?[-_ ]?de[-_ ]?passe|mdp|secret|identifiants)[\w-]{0,20}\.(?:txt|lst|csv)$/i,
    /^[^#\s:=;,][^:=;,\n]{0,70}[:=;,][ \t]{0,10}(?<secret>(?=\S{0,100}\d)[^\s:=;,]{6,100})[ \t\r]{0,5}$/dgm,
  ),
];
