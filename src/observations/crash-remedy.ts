import { excerpt } from "../contract/shown.ts";
import type { Text } from "../contract/text.ts";
import { absentPaths, deniedReads } from "./denied-writes.ts";
import { outputLines } from "./output-lines.ts";
import type { PhaseRun } from "./phase-run.ts";

/**
 * Remedy for an application that ended at its start, from its output: a program for another processor, a
 * missing module or library, a missing variable or file. A guess, which gives a hint but never a verdict.
 */
export function crashRemedy(run: PhaseRun, platform: string): Text | undefined {
  const lines = outputLines(run);
  if (lines.some((line) => FORMAT.test(line))) return otherProcessor(platform);
  const [denied] = deniedReads(run);
  if (denied !== undefined) return NOT_ITS_OWN(excerpt(denied));
  const lacking = firstOf(lines, lackingIn);
  if (lacking !== undefined) return LACKS(excerpt(lacking));
  const variable = firstOf(lines, variableIn);
  if (variable !== undefined) return VARIABLE(excerpt(variable));
  const [path] = absentPaths(run);
  return path === undefined ? undefined : FILE(excerpt(path));
}

/** Message of the kernel for a program that this processor cannot run, and for a script without `#!`. */
const FORMAT = /exec format error/i;

export function isOtherFormat(message: string): boolean {
  return FORMAT.test(message);
}

export function otherProcessor(platform: string): Text {
  const other = platform.includes("arm64") ? "linux/amd64" : "linux/arm64";
  const own = excerpt(platform);
  return {
    fr: `Le programme est d'un autre processeur que celui de cette machine (l'image est ${own}), ou c'est un script sans « #! » : construire l'image pour celui-ci (docker build --platform ${other}), ou l'essayer sur une machine ${own}.`,
    en: `The program is for another processor than this machine's (the image is ${own}), or a script without \`#!\`: build the image for this one (docker build --platform ${other}), or try it on a machine of ${own}.`,
  };
}

const LACKING = [
  /\bCannot find (?:module|package) ['"]([^'"]{1,200})/,
  /\bNo module named ['"]?([\w.]{1,100})/,
  /\berror while loading shared libraries: ([\w.+-]{1,100})/,
  /\bClassNotFoundException: ([\w.$]{1,200})/,
];

function lackingIn(line: string): string | undefined {
  return firstOf(LACKING, (pattern) => pattern.exec(line)?.[1]);
}

/** Words near the name of a missing variable. */
const ABSENCE =
  /\b(?:environment|env|not set|unset|not defined|undefined|missing|required|must be set|not provided|not found|empty)\b/i;
const NAMED = [
  /\bKeyError: ['"]([A-Z][A-Z0-9_]{1,60})['"]/,
  /\b[Vv]ariable:? ["'`]?([A-Z][A-Z0-9_]{1,60})\b/,
];
/** Names of errors, which look like variables. */
const CODE = /^(?:ERR|MODULE|UV|SSL|SQLITE|SIG|HPE|ENOENT)_/;
const WORD = /[^A-Za-z0-9_]+/;
const NAME = /^[A-Z][A-Z0-9]{0,40}_[A-Z0-9_]{1,60}$/;

function variableIn(line: string): string | undefined {
  const named = firstOf(NAMED, (pattern) => pattern.exec(line)?.[1]);
  if (named !== undefined) return named;
  return ABSENCE.test(line)
    ? line.split(WORD).find((word) => NAME.test(word) && !CODE.test(word))
    : undefined;
}

function firstOf<A, B>(all: readonly A[], find: (one: A) => B | undefined): B | undefined {
  for (const one of all) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

const LACKS = (name: string): Text => ({
  fr: `L'image ne contient pas ${name} : l'installer ou le copier dans l'étape finale du Dockerfile, et vérifier WORKDIR et CMD.`,
  en: `The image does not hold ${name}: install or copy it in the Dockerfile's final stage, and check WORKDIR and CMD.`,
});

const NOT_ITS_OWN = (path: string): Text => ({
  fr: `L'utilisateur du conteneur n'a pas le droit de lire ou d'exécuter ${path} : le lui donner dans le Dockerfile (COPY --chown, RUN chown ou chmod a+rX) ; si un volume y est monté, par son defaultMode ou fsGroup.`,
  en: `The container's user may not read or execute ${path}: give it the right in the Dockerfile (COPY --chown, RUN chown or chmod a+rX); if a volume is mounted there, by its defaultMode or fsGroup.`,
});

const VARIABLE = (name: string): Text => ({
  fr: `Donner la variable ${name} dans env du manifeste ; pour une image seule, ou pour une valeur que le manifeste prend dans un Secret ou un ConfigMap, dans trial.env (douane.yaml).`,
  en: `Give the variable ${name} in env of the manifest; for an image alone, or for a value that the manifest takes from a Secret or ConfigMap, in trial.env (douane.yaml).`,
});

const FILE = (path: string): Text => ({
  fr: `Donner le fichier ${path} par un ConfigMap ou un Secret que le manifeste monte ; pour une image seule, ou pour un objet absent des manifestes, dans trial.files (douane.yaml). S'il est de l'application, le copier dans l'image.`,
  en: `Give the file ${path} by a ConfigMap or Secret that the manifest mounts; for an image alone, or for an object that is not among the manifests, in trial.files (douane.yaml). If it is the application's, copy it into the image.`,
});
