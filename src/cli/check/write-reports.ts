import { resolve } from "node:path";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Lang } from "../../contract/text.ts";
import type { Verdict } from "../../contract/verdict.ts";
import type { WriteRefusal } from "../../files/write-refusal.ts";
import type { ReportFooter, ReportOptions, ReportWriter } from "../../report/report.ts";
import type { Session } from "../command-line/command.ts";
import { Batches } from "../process/batches.ts";
import type { Context } from "../process/context.ts";
import { VERSION } from "../process/version.ts";
import { type OutputConfinement, OutputFile } from "../process/write-output.ts";
import { reportFailure } from "../terminal/failure.ts";
import { reportOrigin } from "./report-origin.ts";
import type { ReportTarget } from "./report-target.ts";

/** Destination of a report: an OutputFile, or stdout. */
type ReportOutput = Pick<OutputFile, "write" | "close" | "discard">;

/** Report options that the user chose. */
type ReportAsked = Pick<ReportOptions, "failOn" | "enforceFuture" | "view">;

/** Bytes per write to stdout: the capacity of a pipe. */
const STDOUT_BYTES = 64 * 1024;

/**
 * Reports of one run, written while verdicts arrive. A report that fails does not block the others: the
 * reason goes to stderr at once, its exit code is returned at the end.
 */
export class Reports {
  readonly #session: Session;
  readonly #lang: Lang;
  readonly #policy: string | undefined;
  readonly #failures: number[] = [];
  #open: readonly OpenReport[] = [];

  /** @param policy source of the platform's policy */
  constructor(session: Session, lang: Lang, policy?: string) {
    this.#session = session;
    this.#lang = lang;
    this.#policy = policy;
  }

  /** Prepares reports; nothing is written before the first verdict. */
  async open(targets: readonly ReportTarget[], asked: ReportAsked): Promise<void> {
    const words = { lang: this.#lang, ...asked };
    this.#open = await Promise.all(
      targets.map((target) => openReport(target, this.#session, words, this.#policy)),
    );
  }

  async verdict(verdict: Verdict): Promise<void> {
    await this.#each((report) => report.verdict(verdict));
  }

  /** Ends the reports; resolves to the exit codes of failed ones. */
  async end(unjudged: ReportFooter): Promise<readonly number[]> {
    await this.#each((report) => report.end(unjudged));
    return this.#failures;
  }

  /** Discards incomplete reports; has no effect after end(). */
  async discard(): Promise<void> {
    for (const { output } of this.#open) await output.discard();
    this.#open = [];
  }

  async #each(work: (report: OpenReport) => Promise<void>): Promise<void> {
    for (const report of this.#open) {
      try {
        await work(report);
      } catch (error) {
        this.#open = this.#open.filter((one) => one !== report);
        await report.output.discard();
        this.#failures.push(await reportFailure(error, this.#session.context, this.#lang));
      }
    }
  }
}

class OpenReport {
  readonly output: ReportOutput;
  readonly #writer: ReportWriter;
  /**
   * Whether a report without verdicts stays empty, since stderr already has the reason; true for the checklist, for
   * example.
   */
  readonly #silentWhenEmpty: boolean;
  #begun = false;

  constructor(writer: ReportWriter, output: ReportOutput, silentWhenEmpty: boolean) {
    this.#writer = writer;
    this.output = output;
    this.#silentWhenEmpty = silentWhenEmpty;
  }

  async verdict(verdict: Verdict): Promise<void> {
    await this.#begin();
    await this.output.write(this.#writer.verdict(verdict));
  }

  async end(unjudged: ReportFooter): Promise<void> {
    if (this.#silentWhenEmpty && !this.#begun) return;
    await this.#begin();
    for (const text of this.#writer.end(unjudged)) await this.output.write(text);
    await this.output.close();
  }

  async #begin(): Promise<void> {
    if (this.#begun) return;
    this.#begun = true;
    await this.output.write(this.#writer.head);
  }
}

async function openReport(
  { format, file, within }: ReportTarget,
  { context, color }: Session,
  words: Pick<ReportOptions, "lang"> & ReportAsked,
  policy: string | undefined,
): Promise<OpenReport> {
  const report = await format.load();
  const about = format.dated ? { about: await reportOrigin(context, policy) } : {};
  const rules = format.explainsRules ? (await import("../../rules/index.ts")).RULES : [];
  const options = { ...words, version: VERSION, rules, ...about };
  if (file !== undefined) {
    const path = resolve(context.cwd, file);
    const confinement = within === undefined ? undefined : ownReportIn(within, path, format.own);
    const output = new OutputFile(path, context, confinement);
    await output.assertAllowed();
    return new OpenReport(report(options), output, false);
  }
  const { columns } = context.stdout;
  const shown = {
    ...options,
    color: color && format.terminal,
    ...(columns === undefined ? {} : { width: columns }),
  };
  return new OpenReport(report(shown), standardOutput(context, format.name), format.terminal);
}

/** Standard output; annotations of GitHub are commands to its runner. */
function standardOutput({ stdout }: Context, format: string): ReportOutput {
  const write = (text: string): Promise<void> =>
    format === "github" && stdout.writeCommands !== undefined
      ? stdout.writeCommands(text)
      : stdout.write(text);
  const batches = new Batches(STDOUT_BYTES, (bytes) => write(Buffer.from(bytes).toString()));
  return {
    write: (text) => batches.add(text),
    close: () => batches.flush(),
    discard: async () => {},
  };
}

/** Target of a report named in douane.yaml: inside the settings' folder, and new or written by douane. */
function ownReportIn(root: string, file: string, own: ReportTarget["format"]["own"]): OutputConfinement {
  return { root, isOwn: (text) => own.test(text), refused: (refusal) => refused(file, refusal) };
}

function refused(file: string, cause: WriteRefusal): UsageError {
  const { fr, en } = cause.text;
  return new UsageError(
    "output-refused",
    {
      fr: `${quoted(file)}, que nomme douane.yaml, n'est pas écrit : ${fr}. Un fichier que nomment les réglages d'un dépôt est dans leur répertoire, et nouveau ou écrit par douane ; pour écrire ailleurs, le nommer sur la ligne de commande : --format NOM=FICHIER`,
      en: `${quoted(file)}, which douane.yaml names, is not written: ${en}. A file that a repository's settings name must be in their folder, and be new or written by douane; to write elsewhere, name it on the command line: --format NAME=FILE`,
    },
    { cause },
  );
}
