// A container runs one application and ends with the application (contract 1.4: twelve-factor).
//
//   supervisord, s6-svscan, runsvdir, monit, circusd, systemd, pm2 start    fail: a supervisor of daemons
//   a start script or `sh -c` with `nginx &`, `crond` or `php-fpm -D` before another program   presumed
//   concurrently, npm-run-all -p, foreman, honcho                           the same
//   pm2-runtime, s6-overlay's /init                                         note
//   tini, dumb-init; sleep, wait-for-it and similar tools in the background  fine

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { excerpt } from "../../contract/shown.ts";
import { commandName } from "../../shell/wrappers.ts";
import { placeKey, runsAlways, type StartedCommand } from "../../start/command-place.ts";
import { STARTED_FILES, startedCommands } from "../../start/started-commands.ts";
import { startedImage } from "../../start/started-image.ts";
import { defineStartRule } from "./start-rule.ts";
import { unlessUnknown } from "./unfollowed.ts";

const ID = "1.4-single-process";

const SUPERVISORS =
  /^(?:supervisord|s6-svscan|runsvdir|runit|runit-init|monit|circusd|systemd|god|bluepill|openrc|openrc-init|svscan)$/;
const PARALLEL = /^(?:concurrently|foreman|honcho|overmind|hivemind|goreman|run-p|npm-run-all2?)$/;
/** Entrypoint of s6-overlay, which may start a single service. */
const OVERLAY_INIT = "/init";
/** Background helpers that end on their own, or only watch the one program. */
const HELPERS =
  /^(?:sleep|wait\S*|echo|printf|kill|trap|tail|cat|tee|touch|true|false|mkfifo|read|test|\[|\[\[|while|nc|curl|wget|date|exec)$/;

/** Programs that move themselves to the background, unless an argument keeps them in the foreground. */
const DAEMONS =
  /^(?:cron(?!.* -f)|crond(?!.* -[fn])|sshd(?!.* -[Dd])|rsyslogd(?!.* -n)|nginx(?!.*daemon off|.* -[stTvVh]\b)|php-fpm(?=.* (?:-D|--daemonize)\b)\S*|service \S+ start|redis-server(?=.* --daemonize yes))(?: |$)/;

export const singleProcess = defineStartRule({
  id: ID,
  rows: ["twelve-factor"],
  title: {
    fr: "Le conteneur n'exécute qu'une application",
    en: "The container runs one application",
  },
  why: {
    fr: "Derrière un superviseur, la plateforme ne voit ni l'arrêt ni l'état d'une application : elle ne peut ni la redémarrer, ni la dimensionner seule.",
    en: "Behind a supervisor, the platform sees neither an application's end nor its state: it can neither restart it nor scale it alone.",
  },
  remedy: {
    fr: "Faire de chaque processus un conteneur : un Deployment par application, ou un conteneur annexe (sidecar) dans le même pod.",
    en: "Make each process a container: one Deployment per application, or a sidecar in the same pod.",
  },
  files: STARTED_FILES,
  check(evidence) {
    const image = startedImage(evidence);
    const all = startedCommands(image);
    const commands = all.filter(runsAlways);
    const sure = commands.flatMap((command) => supervisor(command));
    const background = inBackground(commands);
    const notes = commands.flatMap(remark);
    return unlessUnknown(
      image,
      outcomeOf(
        { findings: [...sure, ...background], presumed: sure.length === 0, notes },
        {
          fr: "ni superviseur ni second programme en arrière-plan dans la commande de démarrage et ses scripts",
          en: "neither a supervisor nor a second program in the background in the start command and its scripts",
        },
      ),
    );
  },
});

function supervisor(command: StartedCommand): readonly Finding[] {
  const { words } = command;
  const name = commandName(words[0]);
  const init = name === "init" && words[0] !== "init" && words[0] !== OVERLAY_INIT;
  const pm2 = name === "pm2" && words[1] === "start";
  if (!SUPERVISORS.test(name) && !PARALLEL.test(name) && !init && !pm2) return [];
  if (name.startsWith("npm-run-all") && !words.some((word) => /^(?:-p|--parallel)$/.test(word))) return [];
  return [
    finding(command, name, {
      fr: `le démarrage passe par ${name}, qui gère plusieurs processus dans un conteneur`,
      en: `the start goes through ${name}, which manages several processes in one container`,
    }),
  ];
}

/** Findings for programs that stay in the background while another program runs in the foreground. */
function inBackground(commands: readonly StartedCommand[]): readonly Finding[] {
  const programs = commands.filter(({ words }) => words.length > 0 && !HELPERS.test(commandName(words[0])));
  const lastOf = new Map(programs.map((command) => [command.at.path, command]));
  return programs.flatMap((command) => {
    const { operator, at, words } = command;
    const name = commandName(words[0]);
    const behind = operator === "&" || DAEMONS.test([name, ...words.slice(1)].join(" "));
    if (!behind || name.startsWith("$") || lastOf.get(at.path) === command) return [];
    return [
      finding(command, name, {
        fr: `le démarrage lance ${excerpt(name)} en arrière-plan à côté d'un autre programme`,
        en: `the start runs ${excerpt(name)} in the background beside another program`,
      }),
    ];
  });
}

function remark(command: StartedCommand): readonly Finding[] {
  const name = commandName(command.words[0]);
  if (name === "pm2-runtime" || name === "pm2-docker") {
    return [
      finding(command, name, {
        fr: `${name} supervise l'application à la place de Kubernetes : démarrer node directement suffit`,
        en: `${name} supervises the application in place of Kubernetes: starting node itself is enough`,
      }),
    ];
  }
  if (command.words[0] !== OVERLAY_INIT) return [];
  return [
    finding(command, "/init", {
      fr: "/init (s6-overlay) peut démarrer plusieurs services dans le conteneur",
      en: "/init (s6-overlay) may start several services in the container",
    }),
  ];
}

function finding({ at }: StartedCommand, name: string, message: Finding["message"]): Finding {
  return { message, fingerprint: fingerprint(ID, placeKey(at), name), at };
}
