import { UsageError } from "../../contract/error.ts";
import { FAIL_ON, type FailOn } from "../../contract/fail-on.ts";
import { quoted } from "../../contract/shown.ts";

import { NEWEST_MINOR } from "../../policy/kubernetes-version.ts";

import { REPORTS } from "../../report/index.ts";
import type { Flags, Values } from "../command-line/command.ts";
import { CONNECTION_FLAGS } from "../command-line/connection-flags.ts";
import { assertDistinct } from "../command-line/format-target.ts";
import { parseKubernetes } from "../command-line/kubernetes.ts";
import { SIGNED_POLICY_FLAGS } from "../settings/policy-flags.ts";
import { parseFormat } from "./report-target.ts";
import { parseGroupBy, parseLimit, parseOnly, parseSort } from "./view-words.ts";

const FILE = { fr: "FICHIER", en: "FILE" };
const VERDICT = { fr: "VERDICT", en: "VERDICT" };

export const CHECK_FLAGS = {
  filename: {
    short: "f",
    value: { fr: "FICHIER|RÉPERTOIRE|-", en: "FILE|FOLDER|-" },
    many: true,
    help: {
      fr: "manifestes Kubernetes à juger avec leurs images, répétable ; - lit l'entrée standard",
      en: "Kubernetes manifests to judge together with their images, repeatable; - reads standard input",
    },
  },
  image: {
    value: { fr: "NOM=IMAGE", en: "NAME=IMAGE" },
    many: true,
    parse: parsePlaced,
    help: {
      fr: "cette image à la place de celle du conteneur NOM des manifestes, ou de l'image qu'ils nomment ainsi, répétable",
      en: "this image in the place of that of the container NAME of the manifests, or of the image that they call so, repeatable",
    },
  },
  noImages: {
    env: true,
    help: {
      fr: "juger les manifestes seuls : ce que seules les images prouvent reste à prouver",
      en: "judge manifests alone: what only images can prove stays unproven",
    },
  },
  trial: {
    help: {
      fr: "lancer aussi les images sous le profil Restricted, dans un bac à sable, et observer leur comportement (comme douane trial)",
      en: "also run the images under the Restricted profile, in a sandbox, and observe their behaviour (as douane trial does)",
    },
  },
  kubernetes: {
    env: true,
    value: { fr: "VERSION", en: "VERSION" },
    parse: parseKubernetes,
    help: {
      fr: `version du cluster pour laquelle juger les manifestes, par exemple 1.29 (par défaut 1.${NEWEST_MINOR}, la plus récente connue)`,
      en: `version of the cluster that manifests are judged for, 1.29 for example (default: 1.${NEWEST_MINOR}, the newest known)`,
    },
  },
  platform: {
    env: true,
    value: { fr: "OS/ARCH", en: "OS/ARCH" },
    help: {
      fr: "plateforme à juger, par exemple linux/arm64 (par défaut Linux sur l'architecture de cette machine)",
      en: "platform to judge, linux/arm64 for example (default: Linux on the architecture of this machine)",
    },
  },
  format: {
    env: true,
    value: { fr: "NOM[=FICHIER]", en: "NAME[=FILE]" },
    many: true,
    parse: parseFormat,
    verify: assertDistinct,
    choices: () => REPORTS.map(({ name }) => name),
    help: {
      fr: "rapport à écrire, répétable : checklist (par défaut), json, sarif, gitlab-codequality, junit, markdown, html, github",
      en: "report to write, repeatable: checklist (default), json, sarif, gitlab-codequality, junit, markdown, html, github",
    },
  },
  only: {
    value: VERDICT,
    parse: parseOnly,
    help: {
      fr: "ne montrer que les applications refused, unproven ou admitted (checklist, markdown)",
      en: "show only the applications that are refused, unproven or admitted (checklist, markdown)",
    },
  },
  sort: {
    value: { fr: "CLÉ", en: "KEY" },
    parse: parseSort,
    help: {
      fr: "ordre du tableau de nombreuses applications : verdict (par défaut), name, environment, file",
      en: "order of the table of many applications: verdict (default), name, environment, file",
    },
  },
  groupBy: {
    value: { fr: "CLÉ", en: "KEY" },
    parse: parseGroupBy,
    help: { fr: "grouper ce tableau : environment, team", en: "group that table: environment, team" },
  },
  limit: {
    value: { fr: "N", en: "N" },
    parse: parseLimit,
    help: {
      fr: "lignes de ce tableau, ou de chaque groupe (par défaut 24, ou 3 ; 0 : toutes)",
      en: "lines of that table, or of each group (default: 24, or 3; 0: all)",
    },
  },
  showFingerprints: {
    help: {
      fr: "montrer le nom de chaque constat, que « douane accept » attend",
      en: "show each finding's name, which `douane accept` asks for",
    },
  },
  config: {
    env: true,
    value: FILE,
    help: {
      fr: "réglages de l'équipe (par défaut douane.yaml du répertoire courant, sinon du plus proche au-dessus dans le dépôt)",
      en: "the team's settings (default: douane.yaml of the current folder, else of the nearest above it in the repository)",
    },
  },
  composeEnv: {
    value: { fr: "VARIABLE", en: "VARIABLE" },
    many: true,
    help: {
      fr: "variable de l'environnement que trial.compose peut employer, répétable ; les autres ne sont pas données aux conteneurs",
      en: "variable of the environment that trial.compose may use, repeatable; containers are given no others",
    },
  },
  policy: {
    env: true,
    value: { fr: "FICHIER|oci://RÉF", en: "FILE|oci://REF" },
    help: {
      fr: "politique de la plateforme : constats reconnus faux, exigences futures, ce qu'une équipe ne peut abaisser",
      en: "the platform's policy: findings accepted as false, future requirements, what no team may lower",
    },
  },
  ...SIGNED_POLICY_FLAGS,
  enforceFuture: {
    env: true,
    help: {
      fr: "les exigences futures décident aussi de l'admission",
      en: "future requirements decide on admission, too",
    },
  },
  failOn: {
    env: true,
    value: VERDICT,
    parse: parseFailOn,
    choices: () => FAIL_ON,
    help: {
      fr: "sortir en erreur sur refused, ou déjà sur unproven (par défaut) ; la politique peut exiger unproven",
      en: "fail on refused, or already on unproven (default); the policy may demand unproven",
    },
  },
  exclude: {
    env: true,
    value: { fr: "MOTIF", en: "PATTERN" },
    many: true,
    help: {
      fr: "fichiers des dossiers à ne pas juger, au format de .gitignore, répétable ; le rapport les nomme",
      en: "files of folders not to judge, in the format of .gitignore, repeatable; the report names them",
    },
  },
  noGitignore: {
    env: true,
    help: {
      fr: "juger aussi, dans les dossiers, ce que git ignore (avec --policy, toujours)",
      en: "judge, in folders, what git ignores, too (with --policy, always)",
    },
  },
  saveEvidence: {
    value: FILE,
    help: {
      fr: "garder ce qui a été vu des images et des manifestes, pour les juger plus tard sans eux",
      en: "keep what was seen of images and manifests, to judge them later without them",
    },
  },
  evidence: {
    value: FILE,
    many: true,
    help: {
      fr: "juger d'après ces preuves, répétable ; avec une IMAGE, elles ne comptent que pour celle-ci",
      en: "judge from this evidence, repeatable; with an IMAGE it counts for that very image only",
    },
  },
  noCache: {
    env: true,
    help: {
      fr: "relire toutes les couches, sans le cache",
      en: "read every layer again, without the cache",
    },
  },
  insecureRegistry: CONNECTION_FLAGS.insecureRegistry,
  data: {
    env: true,
    value: { fr: "RÉPERTOIRE", en: "FOLDER" },
    help: {
      fr: "où sont les données de vulnérabilités (par défaut douane/vulnerabilities sous XDG_DATA_HOME, sinon sous ~/.local/share)",
      en: "where the vulnerability data are (default: douane/vulnerabilities below XDG_DATA_HOME, else below ~/.local/share)",
    },
  },
  caFile: CONNECTION_FLAGS.caFile,
} as const satisfies Flags;

const { platform, noCache, insecureRegistry, caFile } = CHECK_FLAGS;

/** Flags of every command that reads images. */
export const READING_FLAGS = { platform, noCache, insecureRegistry, caFile } as const satisfies Flags;

export type CheckValues = Values<typeof CHECK_FLAGS>;

/** Image with the place in the manifests that it replaces. */
interface PlacedImage {
  readonly place: string;
  readonly source: string;
}

function parsePlaced(value: string): PlacedImage {
  const at = value.indexOf("=");
  if (at > 0 && at < value.length - 1) return { place: value.slice(0, at), source: value.slice(at + 1) };
  throw new UsageError("image-place", {
    fr: `--image ${quoted(value)} : écrire NOM=IMAGE, par exemple portail=oci:image.`,
    en: `--image ${quoted(value)}: write NAME=IMAGE, for example portal=oci:image.`,
  });
}

function parseFailOn(value: string): FailOn {
  const failOn = FAIL_ON.find((candidate) => candidate === value);
  if (failOn !== undefined) return failOn;
  throw new UsageError("fail-on-unknown", {
    fr: `--fail-on ${quoted(value)} : les valeurs possibles sont refused et unproven.`,
    en: `--fail-on ${quoted(value)}: the possible values are refused and unproven.`,
  });
}
