import { resolve } from "node:path";
import { eachDockerfile } from "../../assess/dockerfiles.ts";
import type { Inputs } from "../../assess/run/inputs.ts";
import type { Text } from "../../contract/text.ts";
import type { JudgedFinding } from "../../contract/verdict.ts";
import { Repositories } from "../../evidence/dockerfile/repositories.ts";
import { dockerfileFacts, readDockerfileText } from "../../evidence/dockerfile.ts";
import { type FixedDockerfile, fixDockerfile } from "../../fix/dockerfile/fix-dockerfile.ts";
import { maskText } from "../../secrets/scan.ts";
import type { Problems } from "../check/problems.ts";
import type { Session } from "../command-line/command.ts";
import { changeDelivery } from "./deliver.ts";
import type { FixValues } from "./flags.ts";
import { judgedDockerfile } from "./judged.ts";
import { nothingToCorrect, onlyNotes, sentence, tell } from "./say.ts";

/** Shows or writes corrections of Dockerfiles, then reports remaining findings. */
export async function fixDockerfiles(
  session: Session,
  values: FixValues,
  inputs: Pick<Inputs, "dockerfiles" | "projects">,
  problems: Problems,
): Promise<void> {
  const { context, lang, quiet } = session;
  const { cwd } = context;
  const repositories = new Repositories();
  const deliver = changeDelivery(session, values, [...inputs.dockerfiles, ...inputs.projects]);
  await eachDockerfile(inputs, cwd, problems, async (name, within) => {
    const { mark, text: before } = readDockerfileText(resolve(cwd, name), name, { cwd, within });
    const fixed = fixDockerfile(before, (text) =>
      judgedDockerfile(dockerfileFacts(text, name, { cwd, name, repositories })),
    );
    const { text, origins } = fixed;
    const change = {
      file: name,
      before: `${mark}${before}`,
      after: `${mark}${text}`,
      origins,
      mask: maskText,
    };
    if (values.as !== "helm-values") await deliver(change);
    if (quiet) return;
    const { findings } = fixed.after;
    for (const finding of findings.toSorted((a, b) => lineOf(a) - lineOf(b))) {
      const line = values.write ? finding.at?.line : originOf(fixed, finding);
      await context.stderr.write(sentence({ label: "left", file: name, ...finding, line }, lang));
    }
    if (findings.length === 0 && text === before) {
      const { notes } = fixed.after;
      await tell(notes === 0 ? nothingToCorrect(name) : onlyNotes(name, notes), session);
    }
    if (becomesProcessOne(before, text)) await tell(HANDLES_SIGTERM, session);
  });
}

function lineOf({ at }: JudgedFinding): number {
  return at?.line ?? 0;
}

/** Line of a finding in the user's file; undefined if the line is new. */
function originOf({ origins }: FixedDockerfile, finding: JudgedFinding): number | undefined {
  const line = origins[lineOf(finding) - 1];
  return line === undefined || line < 0 ? undefined : line + 1;
}

/** Whether Node becomes PID 1, having been started by a shell before. */
function becomesProcessOne(before: string, after: string): boolean {
  const direct = /(?:CMD|ENTRYPOINT) (?:\["node"|exec node )/i;
  return direct.test(after) && !direct.test(before);
}

const HANDLES_SIGTERM: Text = {
  fr: "node devient le processus 1, que SIGTERM n'arrête que s'il le traite : process.on(\"SIGTERM\", () => server.close()).",
  en: 'node becomes process 1, which SIGTERM ends only where it is handled: process.on("SIGTERM", () => server.close()).',
};
