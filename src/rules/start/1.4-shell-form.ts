// The program receives SIGTERM directly: PID 1 is not a shell that withholds the signal (contract 1.4:
// disposability).
//
// PID 1 gets the signal. A shell that has forked its command neither dies of the signal (PID 1 has no
// default actions: pid_namespaces(7)) nor forwards the signal; the program is killed after the grace period.
//
//   CMD node server.js          → /bin/sh -c "node server.js" in dash                presumed fail
//   CMD migrate && node x.js    → the same                                           presumed fail
//   the same on Alpine, in zsh and ksh: the shell replaces itself by its last command   fine
//   CMD exec node server.js     the shell is replaced                                fine
//   one simple command in bash (also /bin/sh of UBI, Fedora): bash execs it          fine
//   a list in bash: the last command is exec'd from bash 5.1 on                      note
//   a pipeline, a loop, `; exit`: no shell replaces itself                           presumed fail
//   the program's shell is unknown, and some shells replace themselves               note
//   a shell that traps signals                                                       note
//   a batch task, an init container: it ends by itself                               note
//
// The cases in which a shell replaces itself were measured: src/shell/last-command.ts, docs/shells.md.

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { handsOverByExec, lastCommand, measuredShell } from "../../shell/last-command.ts";
import { shellCommands } from "../../shell/parse-commands.ts";
import { argvPlace, type CommandPlace, manifestKey } from "../../start/command-place.ts";
import { type ShellStart, shellStart } from "../../start/shell-start.ts";
import { type StartedImage, startedImage } from "../../start/started-image.ts";
import { isLongRunning } from "./long-running.ts";
import { defineStartRule } from "./start-rule.ts";
import { unlessUnknown } from "./unfollowed.ts";

const ID = "1.4-shell-form";

export const shellFormRule = defineStartRule({
  id: ID,
  rows: ["stateless"],
  title: {
    fr: "Aucun shell ne s'interpose entre le conteneur et le programme",
    en: "No shell stands between the container and the program",
  },
  why: {
    fr: "Le signal d'arrêt va au processus 1. Un shell ne le transmet pas : le programme est tué à la fin du délai de grâce, requêtes en cours comprises.",
    en: "The stop signal goes to process 1. A shell does not forward it: the program is killed at the end of the grace period, requests in flight included.",
  },
  remedy: {
    fr: 'Écrire la commande sous forme exec : « CMD ["programme","argument"] », ou la faire précéder de exec.',
    en: 'Write the command in exec form: `CMD ["program","argument"]`, or put exec before it.',
  },
  check(evidence) {
    const image = startedImage(evidence);
    const start = shellStart(image);
    const last = start === undefined ? undefined : lastCommand(start.script, start.shell);
    if (start !== undefined && last === "fork" && isLongRunning(evidence)) {
      return { status: "fail", presumed: true, findings: [finding(image, start)] };
    }
    const notes = start === undefined || last === undefined || last === "exec" ? [] : [finding(image, start)];
    return unlessUnknown(image, {
      status: "pass",
      proof: {
        fr: "la commande de démarrage ne laisse pas à coup sûr un shell au rang de processus 1",
        en: "the start command does not certainly leave a shell as process 1",
      },
      notes,
    });
  },
});

function finding(image: StartedImage, { script, shell }: ShellStart): Finding {
  const at = argvPlace(image, image.program.argv.indexOf(script));
  const name = measuredShell(shell);
  const named = name === undefined ? "" : ` (${name})`;
  return {
    message: {
      fr: `le processus 1 est un shell${named} qui ne transmet pas SIGTERM : ${excerpt(script)}`,
      en: `process 1 is a shell${named} that does not forward SIGTERM: ${excerpt(script)}`,
    },
    remedy: remedyFor(script, instructionOf(at)),
    fingerprint: fingerprint(ID, ...manifestKey(at), script),
    at,
  };
}

/** Field that the user edits: `CMD …`, or `command: …` in a manifest. */
function instructionOf({ file, path }: CommandPlace): string {
  if (file !== undefined) return "command:";
  return path === "config.Entrypoint" ? "ENTRYPOINT" : "CMD";
}

/** Remedy for a list of commands, where `exec` before the last command would not make the program PID 1. */
const ITSELF: Text = {
  fr: "Démarrer le programme lui-même, sous forme exec ; ce qui le précède va dans un script qui se termine par « exec programme », ce qui le suit dans un preStop ou dans le programme.",
  en: "Start the program itself, in exec form; what comes before it belongs in a script that ends with `exec program`, what comes behind it in a preStop hook or in the program.",
};

/** Remedy: the exec form if the command needs no shell, otherwise the place for exec. */
function remedyFor(script: string, instruction: string): Text {
  const commands = shellCommands(script);
  const needsShell = commands.length > 1 || /[$`*?<>|]|^\s*\w+=/.test(script);
  const lines = commands.map(({ words, written }) => excerpt(needsShell ? written : JSON.stringify(words)));
  const last = lines.slice(-1).join("");
  if (needsShell && !handsOverByExec(script)) return ITSELF;
  if (needsShell) {
    return {
      fr: `Faire précéder la dernière commande de exec : « ${instruction} … exec ${last} ».`,
      en: `Put exec before the last command: \`${instruction} … exec ${last}\`.`,
    };
  }
  return { fr: `Écrire « ${instruction} ${last} ».`, en: `Write \`${instruction} ${last}\`.` };
}
