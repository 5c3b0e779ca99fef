import { posix } from "node:path";
import type { ContainerFacts } from "../../../contract/pod-facts.ts";
import { excerpt } from "../../../contract/shown.ts";
import type { Text } from "../../../contract/text.ts";
import type { TrialFacts } from "../../../contract/trial-facts.ts";
import { isShellScript } from "../../../shell/interpreter.ts";
import type { ShellCommand } from "../../../shell/parse-commands.ts";
import { commandName } from "../../../shell/wrappers.ts";
import { probeOverride } from "../../../start/entrypoint-and-command.ts";
import { exitStatus } from "../../../start/exit-status/exit-status.ts";
import type { Status } from "../../../start/exit-status/status.ts";
import { handlerCommands } from "../../../start/handler-commands.ts";
import { scriptWrites } from "../../../start/script-writes.ts";
import { programOf, startIn } from "../../../start/started-image.ts";
import type { HandlerEvidence } from "./handler-findings.ts";
import { livesWithContainer } from "./process-one.ts";
import { isUnchanging, isWritten } from "./watched-file.ts";

/** Meaning of an exec probe's result for the application's state. */
export type Hollowness =
  | { readonly kind: "sound" }
  /** The probe's result does not depend on the application. */
  | { readonly kind: "hollow"; readonly reason: Text }
  /** Whether the result depends on the application is unknown. */
  | { readonly kind: "doubtful"; readonly reason: Text; readonly settle: Text }
  /** The result depends on the application, but hardly shows its state. */
  | { readonly kind: "weak"; readonly reason: Text };

/**
 * Whether an exec probe's result depends on the application, considering all ways in which its command may
 * end. A file that the application keeps up to date makes a good probe, if a trial saw the application write
 * the file; a file written only by the container's hooks does not (kontinuous rewrites probes in this way).
 *
 * @throws InvalidInputError as exitStatus()
 */
export function hollowness(
  command: readonly string[],
  evidence: HandlerEvidence,
  trial: TrialFacts | undefined,
): Hollowness {
  const status = statusOf(command, evidence);
  if (!status.other) return ALWAYS;
  if (!status.zero) return NEVER;
  if (status.sources.has("application")) return { kind: "sound" };
  const { workload, placement, image } = evidence;
  const folder = placement.spec.workingDir ?? image?.config.workingDir ?? "/";
  const files = namesOf(status, "file").map((path) => posix.resolve("/", folder, path));
  const changing = files.filter((path) => !isUnchanging(path, workload, placement.spec));
  const [host] = namesOf(status, "host");
  return (
    byProcess(namesOf(status, "process"), evidence) ??
    byFile(changing, placement.spec, trial) ??
    (host === undefined ? undefined : asksElsewhere(host)) ??
    constant(files)
  );
}

function namesOf({ sources }: Status, kind: string): readonly string[] {
  return [...sources].flatMap((source) =>
    source.startsWith(`${kind} `) ? [source.slice(kind.length + 1)] : [],
  );
}

function statusOf(command: readonly string[], { placement, image }: HandlerEvidence): Status {
  const override = probeOverride(placement.spec, command);
  const program = image === undefined ? undefined : programOf(image, startIn(image, override));
  const steps = program?.steps ?? [];
  return exitStatus(override.command, {
    scriptOf(name) {
      const script = steps.find((step) => step.name === name)?.script;
      return script !== undefined && isShellScript(script) ? script : undefined;
    },
    shellOf: (name) => steps.find((step) => step.name === name)?.file,
  });
}

const ALWAYS: Hollowness = {
  kind: "hollow",
  reason: {
    fr: "sa réponse est toujours la même, quel que soit l'état de l'application : elle réussit à chaque fois",
    en: "its answer is always the same, whatever the application's state: it succeeds every time",
  },
};
const NEVER: Hollowness = {
  kind: "hollow",
  reason: {
    fr: "sa réponse est toujours la même, quel que soit l'état de l'application : elle échoue à chaque fois",
    en: "its answer is always the same, whatever the application's state: it fails every time",
  },
};

function constant([file]: readonly string[]): Hollowness {
  if (file === undefined) {
    return {
      kind: "hollow",
      reason: {
        fr: "sa réponse est toujours la même, quel que soit l'état de l'application",
        en: "its answer is always the same, whatever the application's state",
      },
    };
  }
  const shown = excerpt(file);
  return {
    kind: "hollow",
    reason: {
      fr: `elle ne regarde que ${shown}, que l'application ne peut pas modifier : sa réponse est toujours la même`,
      en: `it only looks at ${shown}, which the application cannot change: its answer is always the same`,
    },
  };
}

function asksElsewhere(host: string): Hollowness {
  const shown = excerpt(host);
  return {
    kind: "doubtful",
    reason: {
      fr: `elle interroge ${shown}, et non le conteneur lui-même`,
      en: `it asks ${shown}, not the container itself`,
    },
    settle: {
      fr: "Interroger le conteneur lui-même : httpGet sans host, ou localhost dans la commande.",
      en: "Ask the container itself: httpGet without a host, or localhost in the command.",
    },
  };
}

/** Verdict on a check for processes; undefined without one. */
function byProcess(names: readonly string[], evidence: HandlerEvidence): Hollowness | undefined {
  const [name] = names;
  if (name === undefined) return undefined;
  const lives = names.map((one) => livesWithContainer(one, evidence));
  const shown =
    name === "" ? { fr: "un processus", en: "a process" } : { fr: excerpt(name), en: excerpt(name) };
  if (lives.includes("no")) {
    return {
      kind: "weak",
      reason: {
        fr: `elle voit seulement que ${shown.fr} existe, non qu'il fonctionne`,
        en: `it only sees that ${shown.en} exists, not that it works`,
      },
    };
  }
  if (lives.includes("perhaps")) {
    return {
      kind: "doubtful",
      reason: {
        fr: `elle voit seulement que ${shown.fr} existe, ce qui est peut-être vrai aussi longtemps que le conteneur`,
        en: `it only sees that ${shown.en} exists, which may hold as long as the container runs`,
      },
      settle: {
        fr: "Interroger l'application : httpGet, tcpSocket, grpc, ou une commande à laquelle elle répond.",
        en: "Ask the application: httpGet, tcpSocket, grpc, or a command that it answers.",
      },
    };
  }
  return {
    kind: "hollow",
    reason: {
      fr: `elle voit seulement que ${shown.fr}, processus 1 du conteneur, existe : c'est vrai aussi longtemps que le conteneur tourne`,
      en: `it only sees that ${shown.en}, the container's process 1, exists, which holds as long as the container runs`,
    },
  };
}

/** Verdict on a check for files that may change; undefined without one. */
function byFile(
  files: readonly string[],
  { lifecycle = {} }: ContainerFacts,
  trial: TrialFacts | undefined,
): Hollowness | undefined {
  const [first] = files;
  if (first === undefined) return undefined;
  const hooks = [lifecycle.postStart, lifecycle.preStop].flatMap((hook) =>
    handlerCommands(hook?.exec?.command ?? []),
  );
  const written = new Set(hooks.flatMap(touched));
  const flag = files.find((file) => written.has(file));
  if (flag !== undefined) return ofHooks(flag);
  const unseen = files.find((file) => !isWritten(file, trial));
  if (unseen === undefined) return { kind: "sound" };
  const file = excerpt(unseen);
  return {
    kind: "doubtful",
    reason:
      trial === undefined
        ? {
            fr: `elle ne regarde que ${file} : seul un essai montre si l'application écrit ce fichier`,
            en: `it only looks at ${file}: only a trial shows whether the application writes this file`,
          }
        : {
            fr: `elle ne regarde que ${file}, que l'application n'a pas écrit pendant l'essai`,
            en: `it only looks at ${file}, which the application did not write during the trial`,
          },
    settle: {
      fr: "Essayer l'image avec ce manifeste (douane trial IMAGE -f MANIFESTE), ou interroger l'application par httpGet, tcpSocket ou grpc.",
      en: "Try the image with this manifest (douane trial IMAGE -f MANIFEST), or ask the application by httpGet, tcpSocket or grpc.",
    },
  };
}

function ofHooks(flag: string): Hollowness {
  const file = excerpt(flag);
  return {
    kind: "hollow",
    reason: {
      fr: `elle ne lit que ${file}, un fichier que seuls les hooks du conteneur écrivent ou suppriment : elle ne reflète plus l'état de l'application`,
      en: `it only reads ${file}, a file that only the container's hooks write or remove: it no longer reflects the application's state`,
    },
  };
}

/** Files that a hook's command writes or removes. */
function touched(command: ShellCommand): readonly string[] {
  const removed = commandName(command.words[0]) === "rm" ? command.words.slice(1) : [];
  return [
    ...removed.filter((word) => !word.startsWith("-")),
    ...scriptWrites(command).map(({ path }) => path),
  ];
}
