import { escapedUnits } from "../contract/code-units.ts";
import type { DockerfileProblem, Position } from "../contract/dockerfile-facts.ts";

/** Messages for errors and for warnings of BuildKit. */
export const refused = {
  repeatedDirective: (name: string, at: Position) =>
    problem("directive", at, `la directive ${name} est donnée deux fois`, `directive ${name} is given twice`),
  escape: (value: string, at: Position) =>
    problem(
      "escape",
      at,
      `la directive escape n'accepte que \\ et \`, pas ${shown(value)}`,
      `directive escape takes \\ or \` only, not ${shown(value)}`,
    ),
  empty: (at: Position) =>
    problem(
      "empty",
      at,
      "le fichier ne contient aucune instruction FROM",
      "the file holds no FROM instruction",
    ),
  unknownInstruction: (name: string, at: Position) =>
    problem(
      "unknown-instruction",
      at,
      `instruction inconnue : ${shown(name)} (une ligne précédente se termine-t-elle bien par le caractère d'échappement ?)`,
      `unknown instruction: ${shown(name)} (does the line before end with the escape character?)`,
    ),
  beforeFrom: (name: string, at: Position) =>
    problem(
      "before-from",
      at,
      `${name} précède le premier FROM : seul ARG y est admis`,
      `${name} stands before the first FROM: only ARG may`,
    ),
  heredoc: (name: string, at: Position) =>
    problem(
      "heredoc",
      at,
      `le document intégré ${shown(name)} n'est pas terminé`,
      `here-document ${shown(name)} is not terminated`,
    ),
  arguments: (name: string, needed: "one" | "some" | "two" | "none", at: Position) => {
    const says = ARGUMENTS[needed];
    return problem("arguments", at, `${name} demande ${says.fr}`, `${name} requires ${says.en}`);
  },
  from: (at: Position) =>
    problem(
      "from",
      at,
      "FROM demande une image, ou « image AS nom »",
      "FROM requires an image, or `image AS name`",
    ),
  stageName: (name: string, at: Position) =>
    problem(
      "stage-name",
      at,
      `nom d'étape invalide : ${shown(name)} (une lettre, puis lettres, chiffres, -, _ et .)`,
      `invalid stage name: ${shown(name)} (a letter, then letters, digits, -, _ and .)`,
    ),
  flag: (name: string, instruction: string, at: Position) =>
    problem(
      "flag",
      at,
      `${instruction} n'a pas d'option ${shown(name)}`,
      `${instruction} has no option ${shown(name)}`,
    ),
  flagTwice: (name: string, instruction: string, at: Position) =>
    problem(
      "flag",
      at,
      `l'option ${shown(name)} de ${instruction} est donnée deux fois`,
      `option ${shown(name)} of ${instruction} is given twice`,
    ),
  flagValue: (name: string, instruction: string, at: Position) =>
    problem(
      "flag",
      at,
      `l'option ${shown(name)} de ${instruction} demande une valeur`,
      `option ${shown(name)} of ${instruction} requires a value`,
    ),
  pair: (word: string, at: Position) =>
    problem(
      "pair",
      at,
      `${shown(word)} n'est pas de la forme nom=valeur`,
      `${shown(word)} is not of the form name=value`,
    ),
  json: (name: string, at: Position) =>
    problem(
      "json",
      at,
      `${name} : le tableau JSON ne doit contenir que des chaînes`,
      `${name}: the JSON array may hold strings only`,
    ),
  shell: (at: Position) =>
    problem(
      "shell",
      at,
      'SHELL demande un tableau JSON : SHELL ["/bin/bash", "-c"]',
      'SHELL requires a JSON array: SHELL ["/bin/bash", "-c"]',
    ),
  healthcheck: (type: string, at: Position) =>
    problem(
      "healthcheck",
      at,
      `HEALTHCHECK : CMD ou NONE attendu, pas ${shown(type)}`,
      `HEALTHCHECK: CMD or NONE expected, not ${shown(type)}`,
    ),
  onbuild: (name: string, at: Position) =>
    problem(
      "onbuild",
      at,
      `${shown(name)} n'est pas admis derrière ONBUILD`,
      `${shown(name)} is not allowed behind ONBUILD`,
    ),
  substitution: (text: string, at: Position) =>
    problem(
      "substitution",
      at,
      `substitution de variable invalide : ${shown(text)}`,
      `invalid variable substitution: ${shown(text)}`,
    ),
  baseName: (at: Position) =>
    problem(
      "base-name",
      at,
      "le nom de l'image de base est vide une fois ses variables remplacées",
      "the base image's name is blank once its variables are replaced",
    ),
  copyFrom: (value: string, at: Position) =>
    problem(
      "copy-from",
      at,
      `--from=${shown(value)} ne désigne aucune étape précédente`,
      `--from=${shown(value)} names no earlier stage`,
    ),
} as const;

const ARGUMENTS = {
  one: { fr: "exactement un argument", en: "exactly one argument" },
  some: { fr: "au moins un argument", en: "at least one argument" },
  two: { fr: "une source et une destination", en: "a source and a destination" },
  none: { fr: "aucun argument", en: "no argument" },
} as const;

export function notJson(name: string, at: Position): DockerfileProblem {
  return problem(
    "not-json",
    at,
    `${name} commence par [ sans être un tableau JSON (guillemets doubles) : le shell recevra le texte tel quel`,
    `${name} begins with [ but is no JSON array (double quotes): the shell will get the text as it is`,
  );
}

function problem(code: string, { line, column }: Position, fr: string, en: string): DockerfileProblem {
  return { code, message: { fr, en }, at: { line, column } };
}

/**
 * The value cut at 60 characters, without characters that move a cursor or change the direction of writing.
 */
function shown(value: string): string {
  const characters = Array.from(value.slice(0, 200));
  const cut = characters.length > 60 || value.length > 200 ? `${characters.slice(0, 60).join("")}…` : value;
  return JSON.stringify(cut).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, escapedUnits);
}
