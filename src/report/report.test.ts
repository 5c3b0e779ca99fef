import { expect, test } from "vitest";
import { reportText } from "../../test/fixtures/report-text.ts";
import { ADMITTED, REFUSED, UNPROVEN } from "../../test/fixtures/verdicts.ts";
import { WORKLOADS } from "../../test/fixtures/workload-verdicts.ts";
import type { Verdict } from "../contract/verdict.ts";
import { REPORTS } from "./index.ts";

const OPTIONS = { lang: "en", version: "0.1.0", rules: [] } as const;

/** Enough verdicts for several deflated blocks of held text. */
const MANY: readonly Verdict[] = Array.from({ length: 80 }, () => [REFUSED, UNPROVEN, ADMITTED, ...WORKLOADS])
  .flat()
  .map((verdict, index) => ({ ...verdict, subject: { ...verdict.subject, name: nameOf(index) } }));

function nameOf(index: number): string {
  return `application-${String(index).padStart(4, "0")}`;
}

test.each(["json", "sarif"])("of %s the text of each verdict is ready with it", async (name) => {
  const writer = (await loaded(name))(OPTIONS);
  for (const verdict of MANY.slice(0, 5)) expect(writer.verdict(verdict)).toContain('"');
});

/** Verdicts in HTML's order, refused first. */
const REFUSED_FIRST = (["no", "unproven", "yes"] as const).flatMap((admitted) =>
  MANY.filter((verdict) => verdict.admitted === admitted),
);

test.each([
  ["html", REFUSED_FIRST],
  ["junit", MANY],
  ["json", MANY],
] as const)("%s tells of very many applications, in their order", async (name, inOrder) => {
  const text = reportText(await loaded(name), { verdicts: MANY }, OPTIONS);
  const places = inOrder.map(({ subject }) => text.lastIndexOf(subject.name));
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

test("the whole checklist of very many applications tells of each", async () => {
  const options = { ...OPTIONS, view: { verbose: true } };
  const text = reportText(await loaded("checklist"), { verdicts: MANY }, options);
  for (let index = 0; index < MANY.length; index++) expect(text.split(nameOf(index))).toHaveLength(3);
});

test("the applications that a comment has no room for are counted", async () => {
  const text = reportText(await loaded("markdown"), { verdicts: MANY }, OPTIONS);
  const told = text.match(/<details>/g)?.length ?? 0;
  expect(text).toContain(`applications without their details: ${MANY.length - told}.`);
});

async function loaded(name: string) {
  const format = REPORTS.find((one) => one.name === name);
  if (format === undefined) throw new Error(name);
  return await format.load();
}
