import type { Lang } from "../../contract/text.ts";

/** Text of a commented `douane.yaml`, in which every value is the default. */
export function teamSettingsText(lang: Lang): string {
  return `${LINES[lang].join("\n")}\n`;
}

const LINES: Readonly<Record<Lang, readonly string[]>> = {
  fr: [
    "# Réglages de l'équipe pour douane. Chaque clé est facultative : douane schema config.",
    "",
    "# Dès quel verdict le code de retour n'est pas 0 : refused, ou unproven.",
    "failOn: unproven",
    "",
    "# L'équipe qui répond de l'image ; son nom figure dans chaque rapport.",
    "# team: portail",
    "",
    "# Ce dont l'application a besoin pour un essai (douane trial).",
    "# trial:",
    '#   env: { PORT: "8080" }              # des variables',
    "#   warmUp: [/, /connexion]             # des chemins à demander",
    "#   dependencies:                       # ce qui doit tourner à côté",
    "#     - { name: db, image: postgres:17, env: { POSTGRES_PASSWORD: essai } }",
    "#   compose: { services: [db, redis] }  # ou des services de compose.yaml",
  ],
  en: [
    "# The team's settings for douane. Every key is optional: douane schema config.",
    "",
    "# From which verdict on the exit code is not 0: refused, or unproven.",
    "failOn: unproven",
    "",
    "# The team that answers for the image; its name stands in every report.",
    "# team: portal",
    "",
    "# What the application needs for a trial (douane trial).",
    "# trial:",
    '#   env: { PORT: "8080" }              # variables',
    "#   warmUp: [/, /login]                 # paths to ask for",
    "#   dependencies:                       # what has to run beside it",
    "#     - { name: db, image: postgres:17, env: { POSTGRES_PASSWORD: trial } }",
    "#   compose: { services: [db, redis] }  # or services of compose.yaml",
  ],
};
