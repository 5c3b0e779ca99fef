// The image starts its application for production (contract 1.4: twelve-factor).
//
//   nodemon, ts-node-dev, tsx watch, node --watch, air, next dev, vite, ng serve, runserver, flask --debug   fail
//   npm run dev, by the script's text; by its name if the image lacks the text                              fail
//   --inspect, --inspect-brk (also in NODE_OPTIONS), debugpy, -agentlib:jdwp, dlv                            fail
//   NODE_ENV=development, FLASK_DEBUG=1, RAILS_ENV=development, MIX_ENV=dev, GIN_MODE=debug                 fail
//   SPRING_PROFILES_ACTIVE=dev, ASPNETCORE_ENVIRONMENT, APP_ENV…: they select a configuration               note
//   DEBUG=1, true, yes, on                                                                                  fail
//   DEBUG=app:* (npm's debug), DEBUG_COLORS, *_DEBUG=0, LOG_LEVEL=debug, vite build, vite preview            fine
//   NODE_ENV absent                                                                                         fine
//   the same in a ConfigMap of the manifests that envFrom or configMapKeyRef names                          fail
//   envFrom of a Secret, or of a ConfigMap that is not among the manifests                                  note

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { manifestKey, placeKey, runsAlways, type StartedCommand } from "../../start/command-place.ts";
import { environment, type Variable } from "../../start/environment.ts";
import { packageScript } from "../../start/package-scripts.ts";
import { STARTED_FILES, startedCommands } from "../../start/started-commands.ts";
import { containerField, type StartedImage, startedImage } from "../../start/started-image.ts";
import { profileNote } from "./configuration-profiles.ts";
import { developmentTool } from "./development-tools.ts";
import { defineStartRule } from "./start-rule.ts";
import { unlessUnknown } from "./unfollowed.ts";

const ID = "1.4-development-mode";

const DEVELOPMENT = /^(?:dev|devel|development|local)$/i;
const DEVELOPMENT_SCRIPT = /^(?:(?:dev|develop|watch|start-dev)$|(?:dev|start|serve):.*dev)/;
const ON = /^(?:1|true|yes|on)$/i;
const DEBUGGER = /(?:^|\s)--inspect(?:-brk|-wait)?(?:=|\s|$)|-agentlib:jdwp|-Xrunjdwp|-Xdebug\b|\bdebugpy\b/;

/** Variables with their values for development, and the value to use instead. */
const VARIABLES: Readonly<Record<string, { readonly means: RegExp; readonly instead: string }>> = {
  NODE_ENV: { means: DEVELOPMENT, instead: "production" },
  RAILS_ENV: { means: DEVELOPMENT, instead: "production" },
  RACK_ENV: { means: DEVELOPMENT, instead: "production" },
  MIX_ENV: { means: DEVELOPMENT, instead: "prod" },
  FLASK_ENV: { means: DEVELOPMENT, instead: "production" },
  GIN_MODE: { means: /^debug$/i, instead: "release" },
  DEBUG: { means: ON, instead: "0" },
  APP_DEBUG: { means: ON, instead: "0" },
  DJANGO_DEBUG: { means: ON, instead: "0" },
  FLASK_DEBUG: { means: ON, instead: "0" },
  NODE_OPTIONS: { means: DEBUGGER, instead: "" },
  JAVA_OPTS: { means: DEBUGGER, instead: "" },
  JAVA_TOOL_OPTIONS: { means: DEBUGGER, instead: "" },
  JDK_JAVA_OPTIONS: { means: DEBUGGER, instead: "" },
  CATALINA_OPTS: { means: DEBUGGER, instead: "" },
};

export const developmentMode = defineStartRule({
  id: ID,
  rows: ["twelve-factor"],
  title: {
    fr: "L'image démarre l'application en mode production",
    en: "The image starts the application in production mode",
  },
  why: {
    fr: "Serveurs de développement, rechargement automatique et débogueurs exposent le code et les erreurs, écrivent sur le disque et ne tiennent pas la charge.",
    en: "Development servers, automatic reload and debuggers expose code and errors, write to the disk and do not bear load.",
  },
  remedy: {
    fr: "Démarrer le programme construit, sans outil de développement, avec les variables de production.",
    en: "Start the built program without development tools, with production variables.",
  },
  files: STARTED_FILES,
  check(evidence) {
    const image = startedImage(evidence);
    const commands = startedCommands(image).filter(runsAlways);
    const variables = [...environment(image, commands).values()];
    return unlessUnknown(
      image,
      outcomeOf(
        {
          findings: [
            ...commands.flatMap((command) => ofCommand(image, command)),
            ...variables.flatMap(ofVariable),
          ],
          notes: [...variables.flatMap((one) => profileNote(ID, one) ?? []), ...unknownVariables(image)],
        },
        {
          fr: "ni outil de développement, ni débogueur, ni variable de mode développement au démarrage",
          en: "no development tool, debugger or development-mode variable at start",
        },
      ),
    );
  },
});

function ofCommand(image: StartedImage, { words, at }: StartedCommand): readonly Finding[] {
  const tool = developmentTool(words) ?? developmentScript(image, words);
  if (tool === undefined) return [];
  const shown = excerpt(tool);
  return [
    {
      message: {
        fr: `la commande de démarrage est celle du développement : ${shown}`,
        en: `the start command is one for development: ${shown}`,
      },
      remedy: {
        fr: `Retirer « ${shown} » de la commande de démarrage et lancer le programme construit.`,
        en: `Remove \`${shown}\` from the start command and run the built program.`,
      },
      fingerprint: fingerprint(ID, placeKey(at), tool),
      at,
    },
  ];
}

/** Finding for `npm run dev` whose package.json is not in the image; a known script is judged by its text. */
function developmentScript(image: StartedImage, words: readonly string[]): string | undefined {
  const script = packageScript(image, words);
  if (script === undefined || script.script !== undefined) return undefined;
  return DEVELOPMENT_SCRIPT.test(script.name) ? `${script.manager} ${script.name}` : undefined;
}

/** Note for variables from Secrets or ConfigMaps, whose values no manifest shows. */
function unknownVariables({ manifest }: StartedImage): readonly Finding[] {
  if (manifest?.envFrom !== true) return [];
  const at = containerField(manifest, "envFrom");
  return [
    {
      message: {
        fr: "les variables que donne envFrom ne sont pas toutes connues ici : elles l'emportent sur celles de l'image",
        en: "not all the variables that envFrom gives are known here: they win over the image's",
      },
      fingerprint: fingerprint(ID, placeKey(at), "envFrom"),
      at,
    },
  ];
}

function ofVariable({ name, value, at }: Variable): readonly Finding[] {
  const known = Object.hasOwn(VARIABLES, name) ? VARIABLES[name] : undefined;
  if (known === undefined || !known.means.test(value)) return [];
  const [shown, { instead }] = [excerpt(`${name}=${value}`), known];
  return [
    {
      message: { fr: `${shown} : mode développement ou débogage`, en: `${shown}: development or debug mode` },
      remedy:
        instead === ""
          ? { fr: `Retirer le débogueur de ${name}.`, en: `Remove the debugger from ${name}.` }
          : remedyFor(`${name}=${instead}`, at),
      fingerprint: fingerprint(ID, ...manifestKey(at), name, value),
      at,
    },
  ];
}

function remedyFor(assignment: string, { file }: Variable["at"]): Text {
  if (file === undefined) {
    const line = `ENV ${assignment}`;
    return { fr: `Écrire « ${line} » dans le Dockerfile.`, en: `Write \`${line}\` in the Dockerfile.` };
  }
  return {
    fr: `Écrire ${assignment} dans env du manifeste.`,
    en: `Write ${assignment} in env of the manifest.`,
  };
}
