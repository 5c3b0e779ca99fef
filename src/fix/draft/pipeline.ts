import type { Lang, Text } from "../../contract/text.ts";

export type PipelineSystem = "gitlab" | "github";

/** What a pipeline judges. */
export interface PipelineDraft {
  /** What to judge, as `douane check` takes it: `.`, `deploy/`. */
  readonly target: string;
  /** A chart to render first; absent: there is none. */
  readonly chart?: string;
  /** Version of douane. */
  readonly version: string;
}

/** The lines of a pipeline that judges what the repository holds: a whole workflow, or a job. */
export function pipelineText(system: PipelineSystem, draft: PipelineDraft, lang: Lang): string {
  return `${(system === "gitlab" ? gitlab(draft, lang) : github(draft, lang)).join("\n")}\n`;
}

function gitlab(draft: PipelineDraft, lang: Lang): readonly string[] {
  const formats = "--format checklist --format junit=douane.xml --format gitlab-codequality=douane.json";
  return [
    `# ${WHAT[lang]}`,
    `# ${INSTALLED[lang]}`,
    "douane:",
    "  stage: test",
    "  image: node:24",
    `  variables: { DOUANE: "douane@${draft.version}" }`,
    "  rules:",
    '    - if: $CI_PIPELINE_SOURCE == "merge_request_event"',
    "    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH",
    "  script:",
    ...commands(draft, formats).map((line) => `    - ${line}`),
    "  artifacts:",
    "    when: always",
    "    reports: { junit: douane.xml, codequality: douane.json }",
  ];
}

function github(draft: PipelineDraft, lang: Lang): readonly string[] {
  return [
    `# ${WHAT[lang]}`,
    `# ${INSTALLED[lang]}`,
    "name: douane",
    "on:",
    "  pull_request:",
    "  push: { branches: [main] }",
    "permissions: { contents: read }",
    "jobs:",
    "  douane:",
    "    runs-on: ubuntu-latest",
    `    env: { DOUANE: "douane@${draft.version}" }`,
    "    steps:",
    "      - uses: actions/checkout@v4",
    "      - uses: actions/setup-node@v4",
    "        with: { node-version: 24 }",
    ...commands(draft, "--format checklist --format github").map((line) => `      - run: ${line}`),
  ];
}

/** npm's words for a program of a package that is not installed. */
function commands({ target, chart }: PipelineDraft, formats: string): readonly string[] {
  const check = 'npx --yes --package "$DOUANE" -- douane check';
  if (chart === undefined) return [`${check} ${quotedWord(target)} ${formats}`];
  return [`helm template ${quotedWord(chart)} > rendered.yaml`, `${check} -f rendered.yaml ${formats}`];
}

/** For a shell, in a YAML line. */
function quotedWord(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

const WHAT: Text = {
  fr: "Dit, pour chaque demande de fusion, si la plateforme admettrait ce qui est là, et sinon pourquoi.",
  en: "Says of each merge request whether the platform would admit what is there, and if not, why.",
};
const INSTALLED: Text = {
  fr: "DOUANE : le paquet npm, par son nom, son chemin ou son URL (…/douane.tgz).",
  en: "DOUANE: the npm package, by its name, its path or its URL (…/douane.tgz).",
};
