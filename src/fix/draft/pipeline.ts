import { pathWord } from "../../contract/shell-word.ts";
import type { Lang, Text } from "../../contract/text.ts";

export type PipelineSystem = "gitlab" | "github";

/** Inputs of a pipeline: manifests, or a chart to be rendered. */
export interface PipelineDraft {
  /** Folder of manifests, such as `.` or `deploy/`. */
  readonly manifests: string;
  /** Folder of a chart to render first; absent without a chart. */
  readonly chart?: string;
  /** Version of douane. */
  readonly version: string;
}

/**
 * Text of a pipeline that judges the repository's content: a GitLab component, or a GitHub action in a
 * workflow.
 */
export function pipelineText(system: PipelineSystem, draft: PipelineDraft, lang: Lang): string {
  return `${(system === "gitlab" ? gitlab(draft, lang) : github(draft, lang)).join("\n")}\n`;
}

/** Folder for the rendered chart. */
const RENDERED = "rendered/";

function gitlab({ manifests, chart, version }: PipelineDraft, lang: Lang): readonly string[] {
  return [
    `# ${WHAT[lang]}`,
    "include:",
    `  # ${PLACE[lang]}`,
    `  - component: $CI_SERVER_FQDN/platform/douane/douane@${version}`,
    "    inputs:",
    `      douane-image: $CI_REGISTRY/platform/douane:${version}-trial`,
    ...(chart === undefined ? [] : [`      # ${TO_RENDER[lang]}`, `      # ${render(chart)}`]),
    `      manifests: ${yamlText(chart === undefined ? manifests : RENDERED)}`,
    `      # ${IMAGE[lang]}`,
    "      # image: $CI_REGISTRY_IMAGE:$CI_COMMIT_SHA",
    `      lang: ${lang}`,
  ];
}

function github({ manifests, chart, version }: PipelineDraft, lang: Lang): readonly string[] {
  return [
    `# ${WHAT[lang]}`,
    "name: douane",
    "on: pull_request",
    "permissions: { contents: read, packages: read, pull-requests: write, statuses: write }",
    "jobs:",
    "  douane:",
    "    runs-on: ubuntu-latest",
    "    steps:",
    "      - uses: actions/checkout@v5",
    ...(chart === undefined ? [] : [`      - run: ${yamlLine(render(chart))}`]),
    `      # ${PLACE[lang]}`,
    `      - uses: platform/douane@${version}`,
    "        with:",
    `          manifests: ${yamlText(chart === undefined ? manifests : RENDERED)}`,
    `          lang: ${lang}`,
  ];
}

function render(chart: string): string {
  return `helm template ${pathWord(chart)} --output-dir ${RENDERED}`;
}

/**
 * A command as one line of YAML, in JSON syntax. Expressions that GitHub would replace are broken up, since a
 * folder's name may look like an expression.
 */
function yamlLine(command: string): string {
  return command.includes("'") ? JSON.stringify(command.replaceAll("${{", () => "$''{{")) : command;
}

/** The text as YAML, in JSON syntax, which YAML includes. */
function yamlText(text: string): string {
  return /^[\w.][\w./-]*$/.test(text) ? text : JSON.stringify(text);
}

const WHAT: Text = {
  fr: "Dit, dans chaque merge request, si la plateforme admettrait ce qui est là, et sinon pourquoi.",
  en: "Says in each merge request whether the platform would admit what is there, and if not, why.",
};
const PLACE: Text = {
  fr: "À FAIRE : là où la plateforme publie douane ; elle donne aussi sa politique (policy: …).",
  en: "TO DO: where the platform keeps douane; it gives its policy, too (policy: …).",
};
const TO_RENDER: Text = {
  fr: "À FAIRE : dans un job d'avant, qui garde rendered/ comme artefact :",
  en: "TO DO: in a job before, which keeps rendered/ as an artefact:",
};
const IMAGE: Text = {
  fr: "L'image, une fois poussée par un job d'avant :",
  en: "The image, once a job before has pushed it:",
};
