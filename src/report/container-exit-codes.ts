import type { Lang, Text } from "../contract/text.ts";
import type { TrialFacts } from "../contract/trial-facts.ts";

/**
 * Meaning of exit codes by convention of shells, runtimes and the kernel; above 128, the signal that ended
 * the process.
 */
const CODES: ReadonlyMap<number, Text> = new Map([
  [0, { fr: "fin normale", en: "a normal end" }],
  [1, { fr: "erreur de l'application", en: "an error of the application" }],
  [
    2,
    {
      fr: "mauvais usage d'une commande, ou erreur de l'application",
      en: "a command used wrongly, or an error of the application",
    },
  ],
  [126, { fr: "le programme n'est pas exécutable", en: "the program is not executable" }],
  [127, { fr: "le programme est introuvable", en: "the program was not found" }],
]);

const SIGNALS: ReadonlyMap<string, readonly [number: number, says: Text]> = new Map([
  ["SIGHUP", [1, { fr: "fin du terminal", en: "hang-up" }]],
  ["SIGINT", [2, { fr: "interruption", en: "interrupted" }]],
  ["SIGQUIT", [3, { fr: "arrêt demandé", en: "asked to quit" }]],
  [
    "SIGILL",
    [4, { fr: "instruction que ce processeur n'a pas", en: "an instruction that this processor lacks" }],
  ],
  [
    "SIGABRT",
    [
      6,
      {
        fr: "arrêt par l'application elle-même, après une erreur",
        en: "aborted by the application itself, after an error",
      },
    ],
  ],
  ["SIGFPE", [8, { fr: "erreur de calcul", en: "an arithmetic error" }]],
  [
    "SIGKILL",
    [
      9,
      {
        fr: "tué, sans pouvoir finir : délai dépassé, mémoire épuisée ou « kill -9 » de l'essai",
        en: "killed, unable to finish: time over, out of memory, or the trial's `kill -9`",
      },
    ],
  ],
  ["SIGSEGV", [11, { fr: "accès à une mémoire interdite", en: "access to memory that is not its own" }]],
  ["SIGPIPE", [13, { fr: "écriture vers un lecteur disparu", en: "writing to a reader that is gone" }]],
  [
    "SIGTERM",
    [
      15,
      {
        fr: "arrêté par la demande d'arrêt, sans la traiter",
        en: "ended by the request to stop, without handling it",
      },
    ],
  ],
  [
    "SIGSYS",
    [
      31,
      {
        fr: "appel système que le profil seccomp interdit",
        en: "a system call that the seccomp profile forbids",
      },
    ],
  ],
]);

/** An exit code or signal with its meaning. */
export interface ExitWords {
  /** Code as in the phases: `137`, `SIGKILL`. */
  readonly code: string;
  readonly says: string;
}

/** Exit codes of a container during the trial, each once, with their meaning. */
export function exitWords(
  { observations }: Pick<TrialFacts, "observations">,
  lang: Lang,
): readonly ExitWords[] {
  const ends = observations.flatMap((one) => (one.kind === "exit" ? [one] : []));
  const words = new Map<string, string>();
  for (const { code, signal } of ends) {
    const name = signal ?? (code === undefined ? undefined : String(code));
    if (name === undefined) continue;
    const says = signal === undefined ? ofCode(code) : SIGNALS.get(signal)?.[1];
    if (says !== undefined) words.set(name, says[lang]);
  }
  return [...words].map(([code, says]) => ({ code, says }));
}

function ofCode(code = 0): Text | undefined {
  const known = CODES.get(code);
  if (known !== undefined) return known;
  for (const [name, [number, says]] of SIGNALS) {
    if (code === 128 + number) return { fr: `${name} : ${says.fr}`, en: `${name}: ${says.en}` };
  }
  return undefined;
}
