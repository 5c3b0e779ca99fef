import type { HelpConfiguration, Option, Command as Parser } from "commander";
import type { Lang, Text } from "../../contract/text.ts";
import type { AnyCommand, CommandGroup } from "./command.ts";

/** Translations of commander's own English texts. */
export const WORDS = {
  description: {
    fr: "Dit si une image de conteneur peut entrer sur la plateforme Atlas, et aide son équipe à l'y faire entrer.",
    en: "Decides whether a container image may enter the Atlas platform, and helps its team to get it in.",
  },
  help: { fr: "afficher cette aide", en: "show this help" },
  version: { fr: "afficher la version", en: "show the version" },
  examples: { fr: "Exemples :", en: "Examples:" },
} as const satisfies Record<string, Text>;

const TITLES: Readonly<Record<string, Text>> = {
  "Usage:": { fr: "Utilisation :", en: "Usage:" },
  "Arguments:": { fr: "Arguments :", en: "Arguments:" },
  "Options:": { fr: "Options :", en: "Options:" },
  "Global Options:": { fr: "Options communes :", en: "Common options:" },
  "Commands:": { fr: "Commandes :", en: "Commands:" },
};

/** Configuration of commander's help in this language. */
export function helpConfiguration(lang: Lang): HelpConfiguration {
  return {
    showGlobalOptions: true,
    styleTitle: (title) => TITLES[title]?.[lang] ?? title,
    subcommandTerm: (parser) => parser.name(),
    // commander's "(default: …)" is removed: it is English, and our help texts state defaults.
    optionDescription: (option: Option) => option.description,
    commandUsage: (parser) => usageOf(parser, lang),
  };
}

function usageOf(parser: Parser, lang: Lang): string {
  if (parser.parent === null) {
    return { fr: "douane <commande> [options]", en: "douane <command> [options]" }[lang];
  }
  if (parser.commands.length > 0) {
    return `${pathOf(parser)} ${{ fr: "<commande>", en: "<command>" }[lang]} [options]`;
  }
  const operands = parser.registeredArguments.map(
    (argument) => ` [${argument.name()}${argument.variadic ? "…" : ""}]`,
  );
  return `${pathOf(parser)}${operands.join("")} [options]`;
}

/** Full name of a command: `douane vulns import`. */
export function pathOf(parser: Parser): string {
  return parser.parent === null ? parser.name() : `${pathOf(parser.parent)} ${parser.name()}`;
}

/** Text below the options: examples, then the command's own epilogue. */
export function helpEpilogue({ examples, epilogue }: AnyCommand | CommandGroup, lang: Lang): string {
  const lines = examples.flatMap(({ line, says }) => [`  # ${says[lang]}`, `  ${line[lang]}`]);
  const parts = [["", WORDS.examples[lang], ...lines].join("\n")];
  if (epilogue !== undefined) parts.push(`\n\n${epilogue[lang]}`);
  return parts.join("");
}

export function programEpilogue(lang: Lang): string {
  return {
    fr: `
Exemples :
  # la liste du contrat pour une image, avec les remèdes
  douane check registry.example.fr/equipe/portail:1.4.2
  # les manifestes rendus d'un répertoire, avec les images qu'ils nomment
  douane check deployment-targets/prod
  # sans registre : une archive, un répertoire OCI, le moteur local
  douane check docker-archive:portail.tar oci:./image docker-daemon:portail:dev
  # pourquoi une exigence existe, et comment la satisfaire
  douane explain non-root

« douane <commande> --help » détaille chaque commande.`,
    en: `
Examples:
  # the contract's checklist for an image, with remedies
  douane check registry.example.fr/team/portal:1.4.2
  # the rendered manifests of a folder, with the images that they name
  douane check deployment-targets/prod
  # without a registry: an archive, an OCI layout, the local engine
  douane check docker-archive:portal.tar oci:./image docker-daemon:portal:dev
  # why a requirement exists, and how to meet it
  douane explain non-root

\`douane <command> --help\` explains each command.`,
  }[lang];
}
