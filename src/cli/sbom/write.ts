import { defineCommand } from "../command-line/command.ts";
import { WRITE_EXAMPLES } from "./examples.ts";
import { SBOM_FLAGS } from "./flags.ts";
import { runSbom } from "./run-sbom.ts";

export const writeCommand = defineCommand({
  description: {
    fr: "Écrit le SBOM d'une image : les paquets que ses couches contiennent vraiment, d'après les bases de données de dpkg, d'apk et de rpm, et ce que npm, pip, Conda, Maven, Go, Cargo, RubyGems, Composer, .NET et Nix y ont laissé. Rien n'est extrait, exécuté, ni demandé au réseau, registre mis à part.",
    en: "Writes the SBOM of an image: the packages that its layers really hold, by the databases of dpkg, apk and rpm, and by what npm, pip, Conda, Maven, Go, Cargo, RubyGems, Composer, .NET and Nix left there. Nothing is unpacked or run, and the network is asked for nothing but the image.",
  },
  operand: {
    name: { fr: "IMAGE|FICHIER", en: "IMAGE|FILE" },
    many: true,
    help: {
      fr: "registre/nom:tag, registre/nom@sha256:…, oci:RÉPERTOIRE, oci-archive:FICHIER, docker-archive:FICHIER, docker-daemon:IMAGE, podman:IMAGE, ou le chemin d'une archive ou d'un répertoire OCI ; un fichier qui est un SBOM est lu lui-même",
      en: "registry/name:tag, registry/name@sha256:…, oci:FOLDER, oci-archive:FILE, docker-archive:FILE, docker-daemon:IMAGE, podman:IMAGE, or the path of an archive or OCI layout; a file that is an SBOM is read itself",
    },
  },
  flags: SBOM_FLAGS,
  examples: WRITE_EXAMPLES,
  epilogue: {
    fr: `Codes de retour :
  0   le document est complet
  2   quelque chose n'a pas pu être lu : le document ne dit peut-être pas tout (stderr le nomme)
  64  ligne de commande incorrecte
  65  l'image n'est pas lisible comme ce qu'elle prétend être
  69  l'image n'était pas joignable
  70  défaut de douane

SOURCE_DATE_EPOCH fixe la date du document : la même image donne alors le même fichier.`,
    en: `Exit codes:
  0   the document is complete
  2   something could not be read: the document may not say everything (stderr names it)
  64  the command line is wrong
  65  the image is not readable as what it claims to be
  69  the image could not be reached
  70  a defect of douane

SOURCE_DATE_EPOCH sets the document's date: the same image then gives the same file.`,
  },
  run: runSbom,
});
