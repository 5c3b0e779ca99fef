// The image contains no secret (contract 1.4: secrets are injected at start, preferably as files).
//
// Secrets are searched while the layers are read: in every layer, also in files that later layers delete, in ENV, LABEL,
// the history with its build arguments, and the command. Values are masked in evidence and findings.
//
//   key material and tokens by their content, credential files, passwords in URLs     fail
//   a literal value under a secret's name, in .env, ENV, ARG, LABEL, the command      fail
//   the same in the application's settings: YAML, JSON, TOML, INI, properties, XML, settings.py,
//     wp-config.php, scripts, tfstate; a file that is a secret by its name (master.key)  fail
//   hashes of passwords: .htpasswd, /etc/shadow, SQL dumps; mysql -p, curl -u          fail
//   keytabs, snmpd.conf, dovecot, OpenVPN, CSV columns, notebooks, HAR, Erlang, Lua…    fail
//   the same in folders of packages, unless a package's list or manifest names the file  fail
//   ${X}, {{ x }}, changeme, *.example, tests, docs, translations, comments            silent
//   tokens, keys of clouds and URLs with a password among the strings of programs, in names of files,
//     targets of links and extended attributes                                        fail
//   a text under a secret's name in classes of the JVM, assemblies of .NET and modules of Python (ADR 0135)   fail
//   any of these in base64, hexadecimal, gzip, escapes, lists of bytes, also nested   fail
//   a JWT in use under a token's name, Supabase's service_role key (ADR 0134)          fail
//   another JWT (may be public or expired), a key behind a passphrase, a URL to localhost   note
//   a URL to a host of one word in tests and documentation                            note
//   /etc/ssl/private/ssl-cert-snakeoil.key with ssl-cert's own self-signed certificate   note
//   in a base layer                                                                   fail; the finding names it
//   keys that a framework's build draws in its own files, keys made to be published, default passwords
//     of products (ADR 0118)                                                          note
//   a package's own test, example or documentation, its unchanged configuration in /etc, a key
//     compiled into a distribution's library, if the image proves it (ADR 0034, 0041);
//     one note per package                                                            note
//   a file that could not be searched: unknown format, password, bound                unproven, named
// Archives, compressed files, key stores and encodings are searched, too (src/archives). The detectors in
// src/secrets exclude texts that only look like secrets.

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import type { ImageFacts, SecretFacts } from "../../contract/image-facts.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { layersRead } from "./layers-read.ts";
import { isPackaged, packagedSecrets } from "./packaged-secrets.ts";
import { secretKind } from "./secret-kinds.ts";
import { secretPlace } from "./secret-place.ts";
import { unsearchedFiles } from "./unsearched-files.ts";

const ID = "1.4-no-secrets";

export const noSecrets = defineRule({
  id: ID,
  rows: ["no-baked-state"],
  title: { fr: "L'image ne contient aucun secret", en: "The image holds no secret" },
  why: {
    fr: "Quiconque peut télécharger l'image lit tout ce qu'elle contient : les fichiers de chaque couche, même supprimés ensuite, ENV, les arguments de construction. Un secret embarqué ne peut être ni changé ni révoqué sans reconstruire.",
    en: "Whoever can pull the image reads all it holds: the files of every layer, even those deleted later, ENV, build arguments. A baked-in secret can be neither changed nor revoked without a new build.",
  },
  remedy: {
    fr: "Injecter le secret au lancement, de préférence par un fichier monté depuis un Secret Kubernetes, puis révoquer cette valeur.",
    en: "Inject the secret at start, preferably as a file mounted from a Kubernetes Secret, then revoke this value.",
  },
  needs: ["image"],
  check({ image }) {
    const sorted = image.secrets.toSorted((a, b) => Number(isHidden(a)) - Number(isHidden(b)));
    const packaged = sorted.filter(isPackaged);
    const judged = sorted
      .filter((secret) => !isPackaged(secret))
      .map((secret) => ({ weak: secretKind(secret.kind).weak === true, finding: finding(image, secret) }));
    const notes = [...once(judged.filter(({ weak }) => weak)), ...packagedSecrets(image, packaged)];
    const findings = once(judged.filter(({ weak }) => !weak));
    const read = layersRead(image);
    const proof = {
      fr: `aucun secret reconnu dans ${read.fr}, archives comprises, ENV, LABEL, l'historique et la commande ; dans les programmes natifs, les assemblies .NET de plus d'un mégaoctet et le bytecode de Python postérieur à 3.13, seules les formes connues (clés, jetons, adresses) ont été cherchées, dans les bibliothèques les clés privées seules`,
      en: `no secret recognised in ${read.en}, archives included, ENV, LABEL, the history and the command; in native programs, .NET assemblies above one megabyte and byte code of Python after 3.13 only known forms (keys, tokens, addresses) were looked for, in libraries only private keys`,
    };
    return outcomeOf({ findings, notes }, unsearchedFiles(image) ?? proof);
  },
});

function isHidden({ at }: SecretFacts): boolean {
  return at.in === "file" && at.hidden === true;
}

/** One finding per value and place; of several layers, the visible layer. */
function once(judged: readonly { readonly finding: Finding }[]): readonly Finding[] {
  const found = new Map<string, Finding>();
  for (const one of judged) {
    if (!found.has(one.finding.fingerprint)) found.set(one.finding.fingerprint, one.finding);
  }
  return [...found.values()];
}

function finding(image: ImageFacts, secret: SecretFacts): Finding {
  const { name, remedy } = secretKind(secret.kind);
  const place = secretPlace(image, secret);
  const masked = excerpt(secret.masked);
  return {
    message: {
      fr: `${name.fr} ${place.name.fr} : ${masked}`,
      en: `${name.en} ${place.name.en}: ${masked}`,
    },
    remedy: remedy ?? {
      fr: `${place.removal.fr}, injecter le secret au lancement, de préférence par un fichier monté depuis un Secret Kubernetes, puis révoquer cette valeur : l'image a pu être copiée.`,
      en: `${place.removal.en}, inject the secret at start, preferably as a file mounted from a Kubernetes Secret, then revoke this value: the image may have been copied.`,
    },
    fingerprint: fingerprint(ID, secret.kind, secret.id),
    at: place.at,
  };
}
