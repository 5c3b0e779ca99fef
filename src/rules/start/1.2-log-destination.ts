// No setting makes the program log into files (contract 1.2, 1.4: logs go to stdout and stderr only).
//
//   --log-file=/var/log/app.log  --access-logfile a.log  LOG_DIR=/app/logs  logging.file.name=…   presumed fail
//   access_log, ErrorLog, log_dest file… of nginx, Apache, php-fpm, lighttpd, Mosquitto, Redis    presumed fail
//   app >> /var/log/app.log      app | tee -a app.log    pm2 start (writes ~/.pm2/logs)           presumed fail
//   /dev/stdout  /dev/stderr  /proc/self/fd/1  /proc/1/fd/1  /dev/null  -  ""                      fine
//   a path that the image links to /dev/stdout (nginx, httpd)                                     fine
//   LOG_LEVEL, LOG_FORMAT, CHANGELOG_FILE, LOGIN_PATH, KAFKA_LOG_DIRS                             no log path
//
// Log files in /tmp are refused, too: nobody collects them.

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { commandName } from "../../shell/wrappers.ts";
import { placeKey, runsAlways, type StartedCommand } from "../../start/command-place.ts";
import { STARTED_FILES, startedCommands } from "../../start/started-commands.ts";
import { startedImage } from "../../start/started-image.ts";
import { DAEMON_FILES } from "./daemon-logs.ts";
import { LOG_LINKS, type LogPath, logPaths } from "./log-paths.ts";
import { defineStartRule } from "./start-rule.ts";
import { unlessUnknown } from "./unfollowed.ts";

const ID = "1.2-log-destination";

export const logDestination = defineStartRule({
  id: ID,
  rows: ["stdout-logs"],
  title: {
    fr: "Rien n'envoie les journaux de l'application dans un fichier",
    en: "Nothing sends the application's logs into a file",
  },
  why: {
    fr: "La plateforme ne collecte que stdout et stderr : un journal écrit dans un fichier disparaît avec le conteneur et remplit le disque du nœud.",
    en: "The platform collects stdout and stderr only: a log written to a file is lost with the container and fills the node's disk.",
  },
  remedy: {
    fr: "Journaliser sur la sortie standard, ou donner /dev/stdout comme chemin.",
    en: "Log to standard output, or give /dev/stdout as the path.",
  },
  files: [...STARTED_FILES, LOG_LINKS, ...DAEMON_FILES],
  check(evidence) {
    const image = startedImage(evidence);
    const commands = startedCommands(image);
    const found = [...logPaths(image, commands).map(finding), ...commands.filter(isPm2Daemon).map(pm2)];
    return unlessUnknown(
      image,
      outcomeOf(
        { findings: found, presumed: true },
        {
          fr: "ni la commande de démarrage, ni ses scripts, ni les variables d'environnement, ni la configuration d'un démon connu ne nomment de fichier de journal",
          en: "neither the start command, its scripts, the environment variables, nor the configuration of a known daemon name a log file",
        },
      ),
    );
  },
});

function finding({ name, path, at, instead }: LogPath): Finding {
  const [shown, value] = [excerpt(name), excerpt(path)];
  return {
    message: {
      fr: `${shown} envoie les journaux dans un fichier : ${value}`,
      en: `${shown} sends logs into a file: ${value}`,
    },
    remedy: instead === undefined ? remedyFor(shown, value) : insteadOf(excerpt(instead)),
    fingerprint: fingerprint(ID, placeKey(at), name, path),
    at,
  };
}

function insteadOf(directive: string): Text {
  return {
    fr: `Écrire « ${directive} » dans la configuration, ou lier ce fichier à /dev/stdout dans l'image.`,
    en: `Write \`${directive}\` in the configuration, or link that file to /dev/stdout in the image.`,
  };
}

function remedyFor(name: string, path: string): { readonly fr: string; readonly en: string } {
  if (/^(?:[\d&]*>|tee)/.test(name)) {
    return {
      fr: `Retirer « ${name} ${path} » : laisser le programme écrire sur sa sortie standard.`,
      en: `Remove \`${name} ${path}\`: let the program write to its standard output.`,
    };
  }
  if (isDirectory(name, path)) {
    return {
      fr: `Supprimer ${name}, et régler l'application pour qu'elle journalise sur la sortie standard (sa console) : un répertoire ne peut pas être /dev/stdout.`,
      en: `Remove ${name}, and set the application to log to standard output (its console): a directory cannot be /dev/stdout.`,
    };
  }
  return {
    fr: `Supprimer ${name}, ou écrire « ${name}=/dev/stdout ».`,
    en: `Remove ${name}, or write \`${name}=/dev/stdout\`.`,
  };
}

/**
 * Whether a log path is a folder: by the setting's name, otherwise by the path. `LOG_PATH=/app/logs` has no
 * file extension.
 */
function isDirectory(name: string, path: string): boolean {
  if (/dir(?:ectory)?$|folder$/i.test(name)) return true;
  if (/file|error|access|logto|out$/i.test(name)) return false;
  return path.endsWith("/") || !/\.\w{1,8}$/.test(path);
}

/** Whether the command is `pm2 start`, which keeps logs in ~/.pm2/logs; pm2-runtime sends them to stdout. */
function isPm2Daemon(command: StartedCommand): boolean {
  const { words } = command;
  return (
    commandName(words[0]) === "pm2" &&
    /^(?:start|reload|restart|resurrect)/.test(words[1] ?? "") &&
    runsAlways(command)
  );
}

function pm2({ at }: StartedCommand): Finding {
  return {
    message: {
      fr: "« pm2 start » garde les journaux dans ~/.pm2/logs au lieu de stdout",
      en: "`pm2 start` keeps the logs in ~/.pm2/logs instead of stdout",
    },
    remedy: {
      fr: "Démarrer l'application par node directement, ou par « pm2-runtime ».",
      en: "Start the application with node itself, or with `pm2-runtime`.",
    },
    fingerprint: fingerprint(ID, placeKey(at), "pm2"),
    at,
  };
}
