import type { Context, Output } from "../process/context.ts";

/** Characters of the current line that are kept to recognise a command across two writes. */
const CARRIED = 64;
/**
 * Commands that a pipeline's runner executes when it reads them in a log: `::add-mask::` of GitHub at the
 * beginning of a line, even after spaces; `##[command]` of GitHub, `##vso[…]` of Azure and `##teamcity[…]`
 * anywhere. A command at the end of the text may continue in the next text.
 */
const COMMAND = /^[^\S\r\n\u2028\u2029]*:(?=:(?:[a-z]|(?![^])))|#(?=#[a-z]{0,20}(?:\[|(?![^])))/gim;
/**
 * Control characters but line feeds, tabs, the carriage return of a line's end, and colours. GitLab's sections
 * need a carriage return and an escape.
 */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /\r(?!\n)|\u001b(?!\[[\d;]{0,20}m)|(?![\r\n\t\u001b])\p{Cc}/gu;

/**
 * Text on its way to a CI log: sequences that the CI system would execute are escaped as in JSON,
 * `\u003a:error::x`.
 */
export class LogGuard {
  #carried = "";

  /** The next piece of text, harmless. */
  guard(piece: string): string {
    const text = piece.replace(CONTROL, escaped);
    const { length } = this.#carried;
    const whole = this.#carried + text;
    let guarded = "";
    let done = length;
    for (const { index, 0: start } of whole.matchAll(COMMAND)) {
      // A command that began in an earlier text is broken at the beginning of this text.
      const at = Math.max(index + start.length - 1, done);
      if (at >= whole.length) break;
      guarded += whole.slice(done, at) + escaped(whole.charAt(at));
      done = at + 1;
    }
    const line = whole.slice(whole.lastIndexOf("\n") + 1);
    this.#carried = line.length <= CARRIED ? line : (line.trim() === "" ? "" : "x") + line.slice(-CARRIED);
    return guarded + whole.slice(done);
  }
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/**
 * The context with streams in which LogGuard escapes what a CI system would execute. Terminals and regular
 * files are left as they are: no CI system reads them. `writeData` is guarded only in a CI job, so that
 * elsewhere a program can read the exact text.
 */
export function guardedStreams(context: Context): Context {
  const isJob = runsInPipeline(context.env);
  return { ...context, stdout: guarded(context.stdout, isJob), stderr: guarded(context.stderr, isJob) };
}

function guarded(output: Output, isJob: boolean): Output {
  const exact = (text: string): Promise<void> => output.write(text);
  if (output.isTTY || output.isFile === true) return output;
  const guard = new LogGuard();
  const write = (text: string): Promise<void> => output.write(guard.guard(text));
  return { ...output, write, writeData: isJob ? write : exact, writeCommands: exact };
}

const VARIABLES = ["CI", "GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD", "TEAMCITY_VERSION", "JENKINS_URL"];

/** Whether the environment is that of a pipeline's job. */
export function runsInPipeline(env: Context["env"]): boolean {
  return VARIABLES.some((name) => !["", "0", "false"].includes((env[name] ?? "").toLowerCase()));
}

/** Writes text for a program, such as a diff for `git apply`: exact outside a pipeline's log. */
export function writeData(output: Output, text: string): Promise<void> {
  return output.writeData === undefined ? output.write(text) : output.writeData(text);
}
