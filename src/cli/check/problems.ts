import { InvalidInputError } from "../../contract/error.ts";
import { type ProblemSubject, problemTitle, type SourceProblem } from "../../contract/source-problem.ts";
import type { Lang } from "../../contract/text.ts";
import { maskMessage } from "../../secrets/message.ts";
import type { Session } from "../command-line/command.ts";
import { reportFailure, textOf, warn } from "../terminal/failure.ts";

/** Lines on stderr about manifests that cannot be read; the report shows them all. */
const SAID = 20;

/** What could not be read: said on stderr, kept for the report and for the exit code. */
export class Problems {
  readonly errors: SourceProblem[] = [];
  readonly failures: number[] = [];
  /** Said already: a folder is walked once for manifests and once for Dockerfiles. */
  readonly #known = new Set<string>();
  readonly #session: Session;
  readonly #lang: Lang;

  constructor(session: Session, lang: Lang) {
    this.#session = session;
    this.#lang = lang;
  }

  /** A source that ended with an error; when the run itself was interrupted, that is thrown instead. */
  async add(about: ProblemSubject, error: unknown): Promise<void> {
    const { context } = this.#session;
    context.signal.throwIfAborted();
    this.failures.push(await reportFailure(error, context, this.#lang));
    this.errors.push({ about, message: maskMessage(textOf(error)) });
  }

  /** Sources that are not readable as what they claim to be. */
  async addInvalid(found: readonly SourceProblem[]): Promise<void> {
    const { context } = this.#session;
    const problems = found.filter((problem) => this.#isNew(problem));
    for (const { about, message } of problems.slice(0, SAID)) {
      const error = new InvalidInputError("manifest-invalid", {
        fr: `${problemTitle(about)} : ${message.fr}`,
        en: `${problemTitle(about)}: ${message.en}`,
      });
      this.failures.push(await reportFailure(error, context, this.#lang));
    }
    this.errors.push(...problems.map(({ about, message }) => ({ about, message: maskMessage(message) })));
    const more = problems.length - SAID;
    if (more <= 0) return;
    const others = {
      fr: `et ${more} autres erreurs, dans le rapport.`,
      en: `and ${more} more errors, in the report.`,
    };
    await warn(others, context, this.#lang);
  }

  #isNew({ about, message }: SourceProblem): boolean {
    const text = `${problemTitle(about)}: ${message.en}`;
    if (this.#known.has(text)) return false;
    this.#known.add(text);
    return true;
  }
}
