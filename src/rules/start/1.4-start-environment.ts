// The start gives the application nothing of a single environment (contract 1.4: settings that vary by environment
// are injected at start). Read are the options of the start command and the variables that its scripts set.
//
//   CMD ["app", "--db=db.prod.corp.fr"], -Dspring.datasource.url=jdbc:postgresql://db.recette.corp.fr/app   fail
//   export DB_HOST=db.prod.corp.fr in the script that ENTRYPOINT starts                                     fail
//   the same in /etc/profile, /etc/profile.d/app.sh or ~/.profile, which `bash -lc` reads, in ~/.bashrc of
//     `bash -ic`, in the file that BASH_ENV or ENV names, in zshenv                                         fail
//   case "$ENV" in prod) export DB_HOST=db.prod.corp.fr;; recette) …: chosen at start, but in the image     fail, presumed
//   export DB_HOST=pg1.corp.fr; --spring.profiles.active=recette; export APP_ENV=recette                    fail, presumed
//   ${DB_HOST:-db.prod.corp.fr}, [ -n "$DB_HOST" ] || DB_HOST=db.prod.corp.fr: a default, replaced at start  silent
//   --profile=production: a mode; ${DB_HOST}, localhost, db, example.com, public services                   silent
//   --mirror, --index-url, package managers, texts for the reader (echo)                                    silent
//   arguments and scripts of the manifest, a script under a volume of the manifest                          silent
//   a start that was not followed to its end, a start-up file above 64 KiB                                  unproven

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { excerpt } from "../../contract/shown.ts";
import { environmentOfHost } from "../../secrets/environment-host.ts";
import { flagsOf } from "../../shell/flags.ts";
import { commandName } from "../../shell/wrappers.ts";
import {
  type CommandPlace,
  imagePlace,
  imagePlaceOfWord,
  placeKey,
  runsAlways,
  type StartedCommand,
} from "../../start/command-place.ts";
import { STARTED_FILES, startedCommands } from "../../start/started-commands.ts";
import { type StartedImage, startedImage } from "../../start/started-image.ts";
import { STARTUP_FILES, startupCommands } from "../../start/startup-files.ts";
import { type EnvironmentSign, environmentSign, SHOWS } from "../image/1.4-environment-addresses.ts";
import { hostsIn, promisesAddress } from "../image/environment-address.ts";
import { isMounted } from "../image/is-mounted.ts";
import { isFromArguments } from "./manifest-arguments.ts";
import { defineStartRule } from "./start-rule.ts";
import { unfollowedStart, unreadStartup } from "./unfollowed.ts";

const ID = "1.4-start-environment";

/** Commands that set variables of the shell, besides assignments. */
const SETS = new Set(["export", "declare", "typeset", "readonly", "local"]);
/** Commands that load packages or write texts for a reader; their arguments configure no service. */
const OTHERS =
  /^(?:npm|npx|yarn|pnpm|pip3?|poetry|uv|git|apk|apt|apt-get|dnf|yum|gem|bundle|go|cargo|composer|mvn|gradle|echo|printf|logger)$/;
const ASSIGNMENT = /^([A-Za-z_]\w{0,100})=(.{1,4000})$/s;
/** Variable whose value a test asks for: `$DB_HOST`, `${DB_HOST+x}`. */
const TESTED = /\$\{?[#!]?([A-Za-z_]\w{0,100})/g;

export const startEnvironment = defineStartRule({
  id: ID,
  rows: ["no-baked-state", "env-config"],
  title: {
    fr: "La commande de démarrage et ses scripts ne donnent l'adresse d'aucun environnement",
    en: "The start command and its scripts give no address of one environment",
  },
  why: {
    fr: "Une adresse écrite dans la commande de l'image ou dans un script qu'elle lance est celle d'un environnement : un autre demande de reconstruire l'image, même si le script choisit parmi plusieurs.",
    en: "An address written into the image's command or a script that it starts is that of one environment: another one takes a new image, even where the script chooses among several.",
  },
  remedy: {
    fr: 'Retirer la valeur de la commande ou du script et lire une variable que le manifeste donne ("$DB_HOST").',
    en: 'Take the value out of the command or script, and read a variable that the manifest gives ("$DB_HOST").',
  },
  files: [...STARTED_FILES, ...STARTUP_FILES],
  check(evidence) {
    const image = startedImage(evidence);
    const startup = startupCommands(image);
    const baked = [...startup.commands, ...startedCommands(image)]
      .flatMap((command) => settingsOf(image, command))
      .filter(
        (setting) => !isMounted(evidence.placement, setting.at.path) && !isFromArguments(image, setting),
      );
    const found = new Map(baked.map((setting) => [JSON.stringify([setting.at, setting.shown]), setting]));
    const doubt = unfollowedStart(image) ?? unreadStartup(startup, evidence.placement);
    // What was not read may hold a value of one environment, whatever the image's other files hold.
    const isDoubtful = image.manifest?.unknown === undefined;
    if (doubt !== undefined && found.size === 0)
      return { ...doubt, ...(isDoubtful ? { doubtful: true } : {}) };
    return outcomeOf(
      {
        findings: [...found.values()].map(findingOf),
        presumed: baked.every(({ certainty }) => certainty === "presumed"),
      },
      {
        fr: "aucune adresse propre à un environnement dans la commande de démarrage de l'image ni dans ses scripts",
        en: "no address of one environment in the image's start command or its scripts",
      },
    );
  },
});

/** Setting of one environment, with its place. */
interface StartSetting extends EnvironmentSign {
  /** Setting as written: `--db=db.prod.corp.fr`. */
  readonly shown: string;
  /** Hosts in the setting; empty for the name of an environment. */
  readonly parts: readonly string[];
  readonly at: CommandPlace;
}

function settingsOf(image: StartedImage, command: StartedCommand): readonly StartSetting[] {
  const { words, assignments } = command;
  const at = imagePlace(command);
  const set = [...assignments, ...(SETS.has(words[0] ?? "") ? words.slice(1) : [])];
  const variables = set.flatMap((entry) => {
    const [, name = "", value = ""] = ASSIGNMENT.exec(entry) ?? [];
    const sign = at === undefined || isTested(command, name) ? undefined : signOf(command, name, value);
    return at === undefined || sign === undefined
      ? []
      : [{ ...sign, shown: entry, parts: hostsIn(value), at }];
  });
  if (OTHERS.test(commandName(words[0]))) return variables;
  const flags = flagsOf(words).flatMap(({ name, value, index }) => {
    const place = imagePlaceOfWord(image, command, index);
    const sign = place === undefined ? undefined : signOf(command, variableOf(name), value);
    return place === undefined || sign === undefined
      ? []
      : [{ ...sign, shown: `${name}=${value}`, parts: hostsIn(value), at: place }];
  });
  const operands = words.flatMap((word, index) => {
    const isOperand =
      index > 0 && !word.startsWith("-") && word.includes("://") && !words[index - 1]?.startsWith("-");
    const place = isOperand ? imagePlaceOfWord(image, command, index) : undefined;
    const sign = place === undefined ? undefined : signOf(command, "", word);
    return place === undefined || sign === undefined
      ? []
      : [{ ...sign, shown: word, parts: hostsIn(word), at: place }];
  });
  return [...variables, ...flags, ...operands];
}

/**
 * Sign of one environment in a setting. A bare host counts under a name that promises an address, since names of
 * classes and modules look like hosts; under a condition, only a host that names its environment counts.
 */
function signOf(command: StartedCommand, name: string, value: string): EnvironmentSign | undefined {
  const sign =
    value.includes("://") || promisesAddress(name) || !value.includes(".")
      ? environmentSign(name, value)
      : undefined;
  if (sign === undefined || runsAlways(command)) return sign;
  const isNamed =
    sign.what === "address" && hostsIn(value).some((host) => environmentOfHost(host) !== undefined);
  return isNamed ? { ...sign, certainty: "presumed" } : undefined;
}

/** Test for a command that depends on the variable's own value: its setting is only a default. */
function isTested({ conditions }: StartedCommand, name: string): boolean {
  return conditions.some(({ words }) =>
    words.some((word) => word === name || [...word.matchAll(TESTED)].some(([, tested]) => tested === name)),
  );
}

/** Name of a variable for an option: `--db-host`, `-Dspring.datasource.url` → `DB_HOST`, `SPRING_DATASOURCE_URL`. */
function variableOf(option: string): string {
  return option
    .replace(/^-D(?=[a-z])|^-{1,2}/, "")
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .replace(/[.-]/g, "_")
    .toUpperCase();
}

function findingOf({ shown, what, at }: StartSetting): Finding {
  const setting = excerpt(shown);
  return {
    message: { fr: `${setting} : ${SHOWS[what].fr}`, en: `${setting}: ${SHOWS[what].en}` },
    fingerprint: fingerprint(ID, placeKey(at), shown),
    at,
  };
}
