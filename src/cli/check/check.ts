import { defineCommand } from "../command-line/command.ts";
import { CHECK_FLAGS } from "./flags.ts";
import { runCheck } from "./run-check.ts";
import { SERVER_FLAGS, withoutServer } from "./server-flags.ts";

export const checkCommand = defineCommand({
  description: {
    fr: "Juge des images, des manifestes Kubernetes avec les images qu'ils nomment, et des Dockerfiles selon les 18 lignes du contrat ; dit, pour chacune : oui avec la preuve, non avec le lieu et le remède, ou ce qui manque pour le prouver. Les images ne sont ni extraites ni exécutées.",
    en: "Judges images, Kubernetes manifests together with the images that they name, and Dockerfiles by the 18 rows of the contract; says for each row: yes with its proof, no with the place and the remedy, or what is missing to prove it. Images are neither unpacked nor run.",
  },
  operand: {
    name: { fr: "RÉPERTOIRE|FICHIER|IMAGE", en: "FOLDER|FILE|IMAGE" },
    many: true,
    help: {
      fr: "un répertoire (ses manifestes et ses Dockerfiles), un fichier .yaml, .yml ou .json, un Dockerfile, - (des manifestes sur l'entrée standard) ; ou une image : registre/nom:tag, registre/nom@sha256:…, oci:RÉPERTOIRE, oci-archive:FICHIER, docker-archive:FICHIER, docker-daemon:IMAGE, podman:IMAGE, ou le chemin d'une archive ou d'un répertoire OCI",
      en: "a folder (its manifests and Dockerfiles), a .yaml, .yml or .json file, a Dockerfile, - (manifests on standard input); or an image: registry/name:tag, registry/name@sha256:…, oci:FOLDER, oci-archive:FILE, docker-archive:FILE, docker-daemon:IMAGE, podman:IMAGE, or the path of an archive or OCI layout",
    },
  },
  flags: { ...CHECK_FLAGS, ...SERVER_FLAGS },
  examples: [
    {
      line: {
        fr: "douane check registry.example.fr/equipe/portail:1.4.2",
        en: "douane check registry.example.fr/team/portal:1.4.2",
      },
      says: { fr: "une image d'un registre", en: "an image of a registry" },
    },
    {
      line: { fr: "douane check deployment-targets/prod", en: "douane check deployment-targets/prod" },
      says: {
        fr: "les manifestes rendus d'un répertoire, avec toutes les images qu'ils nomment",
        en: "the rendered manifests of a folder, with every image that they name",
      },
    },
    {
      line: {
        fr: "helm template ./chart | douane check -f - --no-images --kubernetes 1.29",
        en: "helm template ./chart | douane check -f - --no-images --kubernetes 1.29",
      },
      says: {
        fr: "un chart rendu, sans lire les images, pour un cluster en version 1.29",
        en: "a rendered chart, without reading images, for a cluster of version 1.29",
      },
    },
    {
      line: { fr: "douane check .", en: "douane check ." },
      says: {
        fr: "dans un dépôt d'application : ses Dockerfiles et ses manifestes",
        en: "in an application's repository: its Dockerfiles and its manifests",
      },
    },
    {
      line: {
        fr: "douane check portail.tar --format checklist --format junit=douane.xml --fail-on refused",
        en: "douane check portal.tar --format checklist --format junit=douane.xml --fail-on refused",
      },
      says: {
        fr: "dans un pipeline : n'échouer que sur un refus, et garder un rapport JUnit",
        en: "in a pipeline: fail on a refusal only, and keep a JUnit report",
      },
    },
    {
      line: {
        fr: "douane check --evidence preuves.json --policy politique.yaml",
        en: "douane check --evidence evidence.json --policy policy.yaml",
      },
      says: {
        fr: "rejuger d'après des preuves gardées par --save-evidence",
        en: "judge again from evidence that --save-evidence kept",
      },
    },
    {
      line: {
        fr: "helm template ./chart | douane check -f - --server https://douane.douane.svc:8443 --token-file jeton --namespace boutique",
        en: "helm template ./chart | douane check -f - --server https://douane.douane.svc:8443 --token-file token --namespace shop",
      },
      says: {
        fr: "avant la fusion, les lignes que l'admission de la plateforme donnerait",
        en: "before the merge, the rows that the platform's admission would give",
      },
    },
  ],
  epilogue: {
    fr: `Codes de retour :
  0   admise (avec --fail-on refused : non refusée)
  1   refusée
  2   à prouver : une ligne obligatoire n'est pas prouvée (l'image seule ne les prouve pas toutes) ; ou une source laissée de côté
  3   refusée, et autre chose n'a pas pu être lu ou écrit : la dernière ligne compte les deux
  64  ligne de commande ou réglages incorrects
  65  l'entrée n'est pas lisible comme ce qu'elle prétend être
  69  une source n'était pas joignable
  70  défaut de douane`,
    en: `Exit codes:
  0   admitted (with --fail-on refused: not refused)
  1   refused
  2   unproven: a mandatory row is not proven (an image alone does not prove them all); or a source was left out
  3   refused, and something else could not be read or written: the last line counts both
  64  the command line or the settings are wrong
  65  the input is not readable as what it claims to be
  69  a source could not be reached
  70  a defect of douane`,
  },
  async run(session, values, operands) {
    if (values.server === undefined) return runCheck(session, withoutServer(values), operands);
    const { runServerCheck } = await import("./run-server-check.ts");
    return runServerCheck(session, values, values.server, operands);
  },
});
