import { LAYOUTS, type Layout } from "../../attest/attach/attach.ts";
import { SIGSTORE_AUDIENCE, SIGSTORE_TOKEN_VARIABLE } from "../../attest/keyless/identity-token.ts";
import { TOKEN_VARIABLE } from "../../attest/notary/job-token.ts";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { READING_FLAGS } from "../check/flags.ts";
import type { Flags, Values } from "../command-line/command.ts";
import { parseSbomOption } from "./sbom-option.ts";
import { parseScanOption } from "./scan-option.ts";

const FILE = { fr: "FICHIER", en: "FILE" };
const URI = { fr: "URI", en: "URI" };

const { insecureRegistry, caFile } = READING_FLAGS;

export const ATTEST_FLAGS = {
  key: {
    value: { fr: "FICHIER|env://NOM|vault://CLÉ", en: "FILE|env://NAME|vault://KEY" },
    help: {
      fr: "clé privée qui signe : PEM, cosign.key avec COSIGN_PASSWORD, ou une clé transit de Vault (VAULT_ADDR, et VAULT_TOKEN ou VAULT_ID_TOKEN et VAULT_AUTH_ROLE) ; jamais la clé elle-même",
      en: "private key to sign with: PEM, cosign.key with COSIGN_PASSWORD, or a transit key of Vault (VAULT_ADDR, and VAULT_TOKEN or VAULT_ID_TOKEN and VAULT_AUTH_ROLE); never the key itself",
    },
  },
  certificate: {
    value: FILE,
    help: {
      fr: "--key : certificat de la clé, émis par l'autorité de l'organisation, suivi de ceux de ses autorités intermédiaires (PEM), à joindre à la signature",
      en: "--key: certificate of the key, issued by the organisation's authority, followed by those of its intermediate authorities (PEM), to be attached to the signature",
    },
  },
  tsa: {
    value: { fr: "URL", en: "URL" },
    help: {
      fr: "--key : faire dater chaque signature par cette autorité d'horodatage (RFC 3161)",
      en: "--key: have each signature dated by this timestamp authority (RFC 3161)",
    },
  },
  via: {
    value: { fr: "URL", en: "URL" },
    help: {
      fr: "faire signer par le notaire de la plateforme, à cette adresse, sur présentation du jeton d'identité du job ; le job n'a pas de clé",
      en: "have the platform's notary sign, at this address, for the job's identity token; the job has no key",
    },
  },
  signingConfig: {
    value: FILE,
    help: {
      fr: "signer sans clé, par les services de cette configuration Sigstore (signing_config v0.2 : Fulcio, Rekor, horodatage), sur présentation du jeton d'identité du job",
      en: "sign without a key, by the services of this Sigstore configuration (signing_config v0.2: Fulcio, Rekor, timestamps), for the job's identity token",
    },
  },
  token: {
    value: { fr: "env://NOM|file://CHEMIN", en: "env://NAME|file://PATH" },
    parse: parseToken,
    help: {
      fr: `--via, --signing-config : variable ou fichier qui contient le jeton (par défaut ${TOKEN_VARIABLE} pour --via et ${SIGSTORE_TOKEN_VARIABLE} pour --signing-config, sinon le jeton est demandé à GitHub) ; jamais le jeton lui-même`,
      en: `--via, --signing-config: variable or file that holds the token (default: ${TOKEN_VARIABLE} for --via and ${SIGSTORE_TOKEN_VARIABLE} for --signing-config, else GitHub is asked for one); never the token itself`,
    },
  },
  audience: {
    value: { fr: "TEXTE", en: "TEXT" },
    help: {
      fr: `--via, --signing-config : destinataire du jeton (par défaut l'adresse du notaire, ou ${SIGSTORE_AUDIENCE})`,
      en: `--via, --signing-config: audience of the token (default: the notary's address, or ${SIGSTORE_AUDIENCE})`,
    },
  },
  provenance: {
    help: {
      fr: "attester la provenance SLSA, d'après l'environnement de la CI (GitLab, GitHub, Jenkins, Tekton), ou d'après le jeton avec --via",
      en: "attest SLSA provenance, from the CI's environment (GitLab, GitHub, Jenkins, Tekton), or from the token with --via",
    },
  },
  sbom: {
    value: { fr: "FICHIER[,…]", en: "FILE[,…]" },
    many: true,
    parse: parseSbomOption,
    help: {
      fr: "attester ce SBOM, CycloneDX ou SPDX en JSON ; FICHIER,platform=linux/arm64 dit de quelle plateforme d'un index ; répétable",
      en: "attest this SBOM, CycloneDX or SPDX in JSON; FILE,platform=linux/arm64 says of which platform of an index; repeatable",
    },
  },
  scan: {
    value: { fr: "FICHIER[,…]", en: "FILE[,…]" },
    many: true,
    parse: parseScanOption,
    help: {
      fr: "attester ce rapport d'analyse (SARIF, GitLab, Semgrep, SonarQube, ZAP…) et le joindre, secrets masqués ; FICHIER,exit-code=0,target=. dit ce que le rapport ne dit pas ; répétable",
      en: "attest this scan report (SARIF, GitLab, Semgrep, SonarQube, ZAP…) and attach it, secrets masked; FILE,exit-code=0,target=. says what the report does not; repeatable",
    },
  },
  trial: {
    value: FILE,
    many: true,
    help: {
      fr: "attester les essais d'un fichier de « douane trial --output », chacun de la plateforme qu'il a essayée ; la politique dit de qui ils comptent",
      en: "attest the trials of a file of `douane trial --output`, each of the platform that it tried; the policy says whose count",
    },
  },
  verdict: {
    help: {
      fr: "juger l'image par --policy, comme « douane check », et attester le verdict (SLSA VSA), pour ce qui ne dépend que de l'image et de ses attestations ; il vaut 7 jours",
      en: "judge the image by --policy, as `douane check` does, and attest the verdict (SLSA VSA) on what depends on the image and its attestations alone; good for 7 days",
    },
  },
  policy: {
    env: true,
    value: FILE,
    help: { fr: "--verdict : politique de la plateforme", en: "--verdict: the platform's policy" },
  },
  verifier: {
    value: URI,
    help: {
      fr: "--verdict : verifier.id, qui identifie qui juge (par défaut urn:douane:verifier)",
      en: "--verdict: verifier.id, which identifies who judges (default: urn:douane:verifier)",
    },
  },
  predicate: {
    value: FILE,
    help: {
      fr: "attester ce prédicat in-toto, en JSON, du type que dit --type",
      en: "attest this in-toto predicate, in JSON, of the type that --type gives",
    },
  },
  type: { value: URI, help: { fr: "type du prédicat de --predicate", en: "type of --predicate" } },
  sign: {
    help: {
      fr: "signer aussi l'image elle-même, comme « cosign sign »",
      en: "sign the image itself, too, as `cosign sign` does",
    },
  },
  layout: {
    value: { fr: "both|bundle|tag", en: "both|bundle|tag" },
    parse: parseLayout,
    choices: () => LAYOUTS,
    help: {
      fr: "où attacher : bundle (bundles Sigstore, lus par cosign 3), tag (.att et .sig, lus par cosign 2), both (par défaut, les deux)",
      en: "where to attach: bundle (Sigstore bundles, read by cosign 3), tag (.att and .sig, read by cosign 2), both (default)",
    },
  },
  repair: {
    help: {
      fr: "rétablir les listes partagées que des écritures simultanées ont perdues ; ne signe rien",
      en: "restore the shared lists that concurrent writers lost; signs nothing",
    },
  },
  platform: {
    value: { fr: "OS/ARCH", en: "OS/ARCH" },
    help: {
      fr: "n'attester que l'image de cette plateforme (par défaut l'index et toutes ses plateformes)",
      en: "attest the image of this platform only (default: the index and all its platforms)",
    },
  },
  builder: {
    value: URI,
    help: {
      fr: "provenance : plateforme de build, à la place de celle de la CI",
      en: "provenance: build platform, in the place of the CI's",
    },
  },
  buildType: {
    value: URI,
    help: { fr: "provenance : type de build", en: "provenance: build type" },
  },
  source: {
    value: { fr: "URL", en: "URL" },
    help: { fr: "provenance : dépôt des sources", en: "provenance: source repository" },
  },
  commit: {
    value: { fr: "SHA", en: "SHA" },
    help: { fr: "provenance : commit construit", en: "provenance: commit that was built" },
  },
  ref: {
    value: { fr: "REF", en: "REF" },
    help: { fr: "provenance : branche ou tag Git", en: "provenance: Git branch or tag" },
  },
  invocation: {
    value: URI,
    help: { fr: "provenance : adresse de cette exécution", en: "provenance: address of this run" },
  },
  insecureRegistry,
  caFile,
} as const satisfies Flags;

export type AttestValues = Values<typeof ATTEST_FLAGS>;

/** Variable or file that holds an identity token. */
export type TokenPlace =
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "file"; readonly path: string };

/** Place of the token; the value itself is not shown, since it may be the token. */
function parseToken(value: string): TokenPlace {
  const [, name] = /^env:\/\/([A-Za-z_][A-Za-z0-9_]{0,200})$/.exec(value) ?? [];
  if (name !== undefined) return { kind: "variable", name };
  const [, path] = /^file:\/\/(.{1,4096})$/.exec(value) ?? [];
  if (path !== undefined) return { kind: "file", path };
  throw new UsageError("token-option", {
    fr: "--token attend env://NOM, le nom d'une variable, ou file://CHEMIN. Si c'est le jeton lui-même qui a été donné, les journaux et tout processus de la machine ont pu le lire : le laisser expirer.",
    en: "--token expects env://NAME, the name of a variable, or file://PATH. If it was given the token itself, the logs and every process of the machine may have read it: let it expire.",
  });
}

function parseLayout(value: string): Layout {
  const layout = LAYOUTS.find((candidate) => candidate === value);
  if (layout !== undefined) return layout;
  throw new UsageError("layout-unknown", {
    fr: `--layout ${quoted(value)} : les valeurs possibles sont ${LAYOUTS.join(", ")}.`,
    en: `--layout ${quoted(value)}: the possible values are ${LAYOUTS.join(", ")}.`,
  });
}
