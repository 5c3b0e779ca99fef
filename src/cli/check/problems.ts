import type { ProblemListener } from "../../assess/assessment.ts";
import { InvalidInputError } from "../../contract/error.ts";
import { type ProblemSubject, problemTitle, type SourceProblem } from "../../contract/source-problem.ts";
import type { Lang } from "../../contract/text.ts";
import { maskMessage } from "../../secrets/message.ts";
import type { Session } from "../command-line/command.ts";
import { reportFailure, textOf, warn } from "../terminal/failure.ts";

/** Lines on stderr about manifests that cannot be read; the report shows them all. */
const SAID = 20;

/** What could not be read: said on stderr, kept for the report and for the exit code. */
export class Problems implements ProblemListener {
  readonly errors: SourceProblem[] = [];
  readonly failures: number[] = [];
  readonly #session: Session;
  readonly #lang: Lang;

  constructor(session: Session, lang: Lang) {
    this.#session = session;
    this.#lang = lang;
  }

  /** A source that ended with an error; when the run itself was interrupted, that is thrown instead. */
  async failed(about: ProblemSubject, error: unknown): Promise<void> {
    const { context } = this.#session;
    context.signal.throwIfAborted();
    this.failures.push(await reportFailure(error, context, this.#lang));
    this.errors.push({ about, message: maskMessage(textOf(error)) });
  }

  /** Sources that are not readable as what they claim to be. */
  async unreadable(found: readonly SourceProblem[]): Promise<void> {
    const { context } = this.#session;
    for (const { about, message } of found.slice(0, SAID)) {
      const error = new InvalidInputError("manifest-invalid", {
        fr: `${problemTitle(about)} : ${message.fr}`,
        en: `${problemTitle(about)}: ${message.en}`,
      });
      this.failures.push(await reportFailure(error, context, this.#lang));
    }
    for (const { about, message } of found) this.errors.push({ about, message: maskMessage(message) });
    const more = found.length - SAID;
    if (more <= 0) return;
    const others = {
      fr: `et ${more} autres erreurs, dans le rapport.`,
      en: `and ${more} more errors, in the report.`,
    };
    await warn(others, context, this.#lang);
  }
}
