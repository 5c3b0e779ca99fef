import type { ProblemListener } from "../../assess/run/assessment.ts";
import { DouaneError, InvalidInputError } from "../../contract/error.ts";
import { type ProblemSubject, problemTitle, type SourceProblem } from "../../contract/source-problem.ts";
import type { Lang } from "../../contract/text.ts";
import { maskMessage } from "../../secrets/message.ts";
import type { Session } from "../command-line/command.ts";
import { reportFailure, textOf, warn } from "../terminal/failure.ts";

/** Maximum number of lines on stderr about unreadable manifests; the report shows all. */
const SAID = 20;
/** Maximum number of messages about images; usually they share one cause, such as an unreachable registry. */
const SAID_IMAGES = 5;

/** Sources that could not be read: reported on stderr, and kept for the report and the exit code. */
export class Problems implements ProblemListener {
  readonly errors: SourceProblem[] = [];
  readonly failures: number[] = [];
  readonly #session: Session;
  readonly #lang: Lang;
  #images = 0;

  constructor(session: Session, lang: Lang) {
    this.#session = session;
    this.#lang = lang;
  }

  /**
   * Reports a source that ended with an error; if the run was interrupted, throws the interruption's reason
   * instead.
   */
  async failed(about: ProblemSubject, error: unknown): Promise<void> {
    const { context } = this.#session;
    context.signal.throwIfAborted();
    this.errors.push({ about, message: maskMessage(textOf(error)) });
    if (about.kind === "image" && !this.#session.quiet && error instanceof DouaneError) {
      this.#images += 1;
      if (this.#images > SAID_IMAGES) return void this.failures.push(error.exit);
    }
    this.failures.push(await reportFailure(error, context, this.#lang));
  }

  /** Called after reading; reports the number of messages that were not shown. */
  async end(): Promise<void> {
    const more = this.#images - SAID_IMAGES;
    if (more <= 0) return;
    const others = {
      fr:
        more === 1
          ? "et 1 autre image qui n'a pas pu être lue, dans le rapport."
          : `et ${more} autres images qui n'ont pas pu être lues, dans le rapport.`,
      en:
        more === 1
          ? "and 1 more image that could not be read, in the report."
          : `and ${more} more images that could not be read, in the report.`,
    };
    await warn(others, this.#session.context, this.#lang);
  }

  /** Records sources with invalid content. */
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
