// No process between PID 1 and the program may withhold signals (contract 1.4): notes.
//
//   npm, yarn, pnpm start as process 1            they forward signals, but the shell of the script may not
//   a start script, the last command without exec  its shell stays the program's parent
//   exec, wait, a function main called at its end  silent: no shell remains, or the script handles signals

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { excerpt } from "../../contract/shown.ts";
import { handsOverByExec } from "../../shell/last-command.ts";
import { shellCommands } from "../../shell/parse-commands.ts";
import { commandName, unwrap } from "../../shell/wrappers.ts";
import { argvPlace, manifestKey } from "../../start/command-place.ts";
import { packageScript } from "../../start/package-scripts.ts";
import { shellStep } from "../../start/shell-steps.ts";
import { STARTED_FILES } from "../../start/started-commands.ts";
import { type StartedImage, startedImage } from "../../start/started-image.ts";
import { defineStartRule } from "./start-rule.ts";
import { unlessUnknown } from "./unfollowed.ts";

const ID = "1.4-signal-forwarding";

export const signalForwarding = defineStartRule({
  id: ID,
  rows: ["stateless"],
  title: {
    fr: "Ni gestionnaire de paquets ni script ne retient les signaux",
    en: "Neither a package manager nor a script keeps signals back",
  },
  why: {
    fr: "Chaque processus placé devant le programme doit lui transmettre SIGTERM ; npm passe par un shell, et un script sans exec reste devant lui.",
    en: "Each process before the program has to hand SIGTERM on to it; npm goes through a shell, and a script without exec stays before it.",
  },
  remedy: {
    fr: "Démarrer le programme lui-même, sous forme exec, et terminer les scripts par exec.",
    en: "Start the program itself, in exec form, and end scripts with exec.",
  },
  files: STARTED_FILES,
  check(evidence) {
    const image = startedImage(evidence);
    const notes = [...manager(image), ...startScript(image)];
    return unlessUnknown(image, {
      status: "pass",
      proof: {
        fr: `intermédiaires relevés entre le processus 1 et le programme : ${notes.length}`,
        en: `intermediaries noted between process 1 and the program: ${notes.length}`,
      },
      notes,
    });
  },
});

/**
 * Note about a package manager: npm forwards signals since version 7, but runs its script in a shell that may
 * not forward them.
 */
function manager(image: StartedImage): readonly Finding[] {
  const script = packageScript(image, image.program.argv);
  if (script === undefined) return [];
  const name = excerpt(`${script.manager} ${script.name}`);
  const at = argvPlace(image, 0);
  return [
    {
      message: {
        fr: `« ${name} » garde ${script.manager} et un shell devant le programme : SIGTERM peut ne pas lui parvenir`,
        en: `\`${name}\` keeps ${script.manager} and a shell before the program: SIGTERM may not reach it`,
      },
      remedy: {
        fr: `Démarrer le programme lui-même${script.script === undefined ? "" : ` : « ${excerpt(script.script)} »`}, sous forme exec, et y traiter SIGTERM (process.on("SIGTERM", …)) : le processus 1 ne s'arrête pas sans cela.`,
        en: `Start the program itself${script.script === undefined ? "" : `: \`${excerpt(script.script)}\``}, in exec form, and handle SIGTERM in it (process.on("SIGTERM", …)): without a handler, process 1 ignores SIGTERM.`,
      },
      fingerprint: fingerprint(ID, ...manifestKey(at), script.manager, script.name),
      at,
    },
  ];
}

/** Note about a start script that ends in a program without exec. */
function startScript(image: StartedImage): readonly Finding[] {
  let words = image.program.argv;
  for (let next = unwrap(words).inner; next.length > 0; next = unwrap(words).inner) words = next;
  const step = shellStep(image, words[0]);
  if (step === undefined) return [];
  const file = excerpt(step.file);
  const last = shellCommands(step.script).findLast(
    ({ words: own, within }) => own.length > 0 && within === undefined,
  );
  if (
    last === undefined ||
    /^(?:exec|exit|wait|return|\.|source|[\w-]*main)$/.test(commandName(last.words[0]))
  )
    return [];
  return [
    {
      message: {
        fr: `la dernière commande de ${file} ne commence pas par exec : le shell reste devant elle et ne transmet pas SIGTERM`,
        en: `the last command of ${file} does not begin with exec: the shell stays before it and does not forward SIGTERM`,
      },
      remedy: handsOverByExec(step.script)
        ? {
            fr: `Écrire « exec ${excerpt(last.written)} ».`,
            en: `Write \`exec ${excerpt(last.written)}\`.`,
          }
        : {
            fr: "Terminer le script par « exec programme » : rien ne peut suivre le programme.",
            en: "End the script with `exec program`: nothing can come behind the program.",
          },
      fingerprint: fingerprint(ID, step.file),
      at: { path: step.file, line: last.line },
    },
  ];
}
