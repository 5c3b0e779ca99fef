// No command between the entrypoint and the application changes the user (contract 1.1: no su, no sudo).
//
// Under Restricted a container starts as its final user, with every capability dropped and
// no_new_privs set. A tool that changes the user fails, and so does the start.
//
//   ENTRYPOINT ["gosu", "app", …]  exec su-exec app "$@"  set -- gosu app "$@"      fail
//   the same inside `if [ "$(id -u)" = 0 ]`, as postgres, redis and others have it  dead branch: silent
//   S=su; $S app, CMD="sudo -E x"; exec $CMD, eval "sudo x"                         fail: the variable is known
//   the same under another condition, or if the script handles the failure          unproven, with a note
//   the tool by another name that links to it or is a copy of it, by busybox, behind a script's #!   fail
//   setpriv --reuid=$(id -u), start-stop-daemon -c of the very user, capsh --print, chpst -e         no change
//   sh <<EOF, curl x | sh: commands that a shell reads from elsewhere               unproven
//   exec $CMD with an unknown value, eval "$(…)", a script with a computed name     unproven
//   exec $JAVA_CMD (set to java, to a path that ends in java, by `which java`)      no call
//   a Python, Node, Ruby, Perl or PHP source that the start names and that calls
//   such a tool (subprocess.run(["sudo"…]), os.setuid(…)); python -c, node -e       unproven
//   make run, honcho start: by the recipes of Makefile and Procfile; trap "sudo x" EXIT: unproven
//   supervisord with user= of another user: root                                    fail; without its configuration: unproven
//   a program that certainly starts is not in the image; the start is not fully known       unproven
//   node sudo, python su: files that a language loads                              no call
//   `echo "use sudo"`, comments, `command -v gosu`, the tool merely installed       no call

import { type Finding, isInImage } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { type JudgedOne, outcomeOf, sortFindings } from "../../contract/outcome-of.ts";
import type { Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { interpreterOf } from "../../shell/interpreter.ts";
import { unwrap } from "../../shell/wrappers.ts";
import { findAccount, imageAccounts, PASSWD_FILE } from "../../start/accounts.ts";
import { placeKey, runsAlways, type StartedCommand } from "../../start/command-place.ts";
import { shellSteps } from "../../start/shell-steps.ts";
import { STARTED_FILES, startedCommands } from "../../start/started-commands.ts";
import { type StartedImage, startedImage } from "../../start/started-image.ts";
import { unlessUnread } from "../image/unread-layers.ts";
import { linkedTool, privilegeTool } from "./privilege-tool.ts";
import { SERVICE_FILES, type ServiceUser, serviceUsers } from "./service-users.ts";
import { defineStartRule } from "./start-rule.ts";
import { notFound, unfollowedStart, unlessUnknown } from "./unfollowed.ts";
import { pipedShells, toolsInPrograms, unreadNames, unreadTasks } from "./unparsed-scripts.ts";

const ID = "1.1-privilege-tools";

const IN_MANIFEST: Text = {
  fr: "Retirer cet appel de command et args dans le manifeste : runAsUser y fixe l'utilisateur.",
  en: "Remove the call from command and args in the manifest: runAsUser sets the user there.",
};

export const privilegeTools = defineStartRule({
  id: ID,
  rows: ["non-root"],
  title: {
    fr: "Le démarrage ne change pas d'utilisateur (su, sudo, gosu…)",
    en: "The start command does not switch users (su, sudo, gosu…)",
  },
  why: {
    fr: "Un point d'entrée qui appelle su, sudo ou gosu suppose un démarrage en root. Sous le profil Restricted, il n'en a ni le droit ni les capacités (no_new_privs, drop ALL) : le conteneur ne démarre pas.",
    en: "An entrypoint that calls su, sudo or gosu expects to start as root. Under the Restricted profile it has neither the right nor the capabilities (no_new_privs, drop ALL): the container does not start.",
  },
  remedy: {
    fr: "Supprimer cet appel, préparer fichiers et droits à la construction (COPY --chown, RUN chown) et terminer le Dockerfile par « USER 1000 ».",
    en: "Remove the call, prepare files and permissions during the build (COPY --chown, RUN chown) and end the Dockerfile with `USER 1000`.",
  },
  files: [...STARTED_FILES, ...SERVICE_FILES, PASSWD_FILE],
  check(evidence) {
    const image = startedImage(evidence);
    if (image.program.argv.length === 0) {
      return unlessUnknown(image, {
        status: "n/a",
        reason: {
          fr: "l'image ne définit ni ENTRYPOINT ni CMD",
          en: "the image sets neither ENTRYPOINT nor CMD",
        },
      });
    }
    const started = startedCommands(image);
    const own = ownNames(image);
    const calls = started.flatMap((command) => {
      const tool = command.loaded === true ? undefined : calledTool(image, command.words, own);
      if (tool === undefined) return [];
      return [{ refutes: isCertain(command), finding: finding(tool, command) }];
    });
    const services = serviceUsers(image, started);
    const changes =
      services === "unread" ? [] : services.map((one) => ({ refutes: true, finding: ofService(one) }));
    const scripts = shellSteps(image).length;
    const proof: Text = {
      fr: `aucun appel certain à sudo, su, gosu ou équivalent dans la commande de démarrage ni dans ses scripts lus (${scripts})`,
      en: `no certain call of sudo, su, gosu or the like in the start command or in its scripts read (${scripts})`,
    };
    return unlessUnread(
      image,
      outcomeOf(
        sortFindings([...calls, ...changes]),
        unknownStart(image, started) ??
          unreadStart(image, started, services === "unread") ??
          perhapsCalled(calls) ??
          proof,
      ),
    );
  },
});

/** Tool that a command calls: by its own name, through a link or a copy, or as a script's interpreter. */
function calledTool(
  image: StartedImage,
  words: readonly string[],
  own: readonly string[],
): string | undefined {
  const [name = "", ...rest] = words;
  const { file, script, is } = image.program.steps.find((step) => step.name === name) ?? {};
  const linked = file === undefined ? undefined : linkedTool(file, rest, own);
  const copied = is === undefined ? undefined : privilegeTool([is, ...rest], own);
  return (
    privilegeTool(words, own) ??
    linked ??
    copied ??
    (script === undefined ? undefined : interpretedBy(script))
  );
}

/** Numbers and names of the starting user and group, to which a change has no effect. */
function ownNames(image: StartedImage): readonly string[] {
  const given = image.config.user.split(":");
  const { accounts } = imageAccounts(image);
  const ofUser = given.slice(0, 1).flatMap((user) => {
    const account = findAccount(accounts, /^\d+$/.test(user) ? Number(user) : user);
    return account === undefined ? [] : [account.name, `${account.uid}`, `${account.gid}`];
  });
  // A group in USER replaces the account's.
  return [...given, ...(given.length > 1 ? ofUser.slice(0, 2) : ofUser)];
}

/** Tool in a script's interpreter line: `#!/usr/bin/sudo /bin/sh`, `#!/usr/bin/env -S gosu app sh`. */
function interpretedBy(script: string): string | undefined {
  let words = interpreterOf(script);
  for (let { inner } = unwrap(words); inner.length > 0; { inner } = unwrap(words)) {
    const tool = privilegeTool(words);
    if (tool !== undefined) return tool;
    words = inner;
  }
  return privilegeTool(words);
}

/** Outcome if a program is not in the image, since the program may be a script. */
function unknownStart(image: StartedImage, started: readonly StartedCommand[]): Outcome | undefined {
  const certain = new Set(started.filter(isCertain).map(({ words: [name] }) => name));
  const missing = image.program.steps.flatMap(({ name, file }) =>
    file === undefined && certain.has(name) && !/[$`]/.test(name) ? [name] : [],
  );
  const doubt = unfollowedStart(image);
  if (doubt !== undefined) return doubt;
  if (missing.length === 0) return undefined;
  return {
    status: "unproven",
    reason: notFound(missing),
    settle: {
      fr: "Nommer dans ENTRYPOINT ou CMD, ou dans command et args du manifeste, un programme que l'image contient.",
      en: "Name a program in ENTRYPOINT or CMD, or in command and args of the manifest, that the image holds.",
    },
  };
}

/** Outcome if a program certainly starts and its effect is unknown. */
function unreadStart(
  image: StartedImage,
  started: readonly StartedCommand[],
  isSupervisorUnread: boolean,
): Outcome | undefined {
  const [fed] = pipedShells(started);
  const names = [...unreadNames(started), ...unreadTasks(image, started)];
  const [program] = toolsInPrograms(image, started);
  if (names.length > 0) {
    const list = names.map(excerpt).join(", ");
    return unread({
      fr: `ce que le démarrage lance par ${list} ne peut pas être lu : seul le shell, ou le programme nommé, le sait`,
      en: `what the start runs by ${list} cannot be read: only the shell or the program named there knows it`,
    });
  }
  if (fed !== undefined) {
    const name = excerpt(fed);
    return unread({
      fr: `${name} lit ses commandes d'un tube ou d'un fichier : elles ne peuvent pas être lues`,
      en: `${name} reads its commands from a pipe or a file: they cannot be read`,
    });
  }
  if (program !== undefined) {
    const path = excerpt(program.path);
    return unread({
      fr: `${path} semble appeler ${program.tool} ; les conditions ne peuvent pas être lues`,
      en: `${path} seems to call ${program.tool}; the conditions cannot be read`,
    });
  }
  if (!isSupervisorUnread) return undefined;
  return unread({
    fr: "la configuration du superviseur ne se trouve pas à sa place habituelle : les utilisateurs qu'elle donne aux services ne peuvent pas être lus",
    en: "the supervisor's configuration is not at its usual place: which users it gives to the services cannot be read",
  });
}

/** Outcome for a call that may not be reached. */
function perhapsCalled([call]: readonly JudgedOne[]): Outcome | undefined {
  if (call === undefined) return undefined;
  const { fr, en } = call.finding.message;
  return unread({
    fr: `sous une condition que douane ne peut pas décider, ${fr}`,
    en: `under a condition that douane cannot decide, ${en}`,
  });
}

function unread(reason: Text): Outcome {
  return { status: "unproven", reason, settle: NAME_THE_PROGRAM };
}

const NAME_THE_PROGRAM: Text = {
  fr: "Nommer en toutes lettres le programme que lance le script de démarrage, et ne changer d'utilisateur nulle part.",
  en: "Write out the name of the program that the start script runs, and change the user nowhere.",
};

function ofService({ by, path, line }: ServiceUser): Finding {
  return {
    message: {
      fr: `le démarrage change d'utilisateur par ${excerpt(by)} (${excerpt(path)}:${line}) : cela échoue sous le profil Restricted`,
      en: `the start changes the user by ${excerpt(by)} (${excerpt(path)}:${line}): this fails under the Restricted profile`,
    },
    fingerprint: fingerprint(ID, path, by),
    at: { path, line },
  };
}

function isCertain(command: StartedCommand): boolean {
  return runsAlways(command) && !command.tested;
}

function finding(tool: string, { at }: StartedCommand): Finding {
  const place = excerpt(at.line === undefined ? at.path : `${at.path}:${at.line}`);
  return {
    message: {
      fr: `le démarrage appelle ${tool} (${place}) : cet appel échoue sous le profil Restricted`,
      en: `the start calls ${tool} (${place}): this call fails under the Restricted profile`,
    },
    ...(isInImage(at) ? {} : { remedy: IN_MANIFEST }),
    fingerprint: fingerprint(ID, placeKey(at), tool),
    at,
  };
}
