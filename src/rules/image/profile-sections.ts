/** Settings of one environment within a file for all environments. */
export interface ProfileSection {
  readonly environment: string;
  /** The section's lines, at the same line numbers as in the file. */
  readonly content: string;
}

const SHARED = /\/(?:application|bootstrap|microprofile-config)\.(?:properties|ya?ml)$/;
/** Prefix of Quarkus' profiles: `%prod.quarkus.datasource.jdbc.url=…`; several are `%{prod,recette}.…`. */
const PREFIXED = /^([ \t]{0,20}["']?)%\{?([\w,-]{1,60})\}?\./;
/** Key of a Quarkus profile in YAML, whose value is a mapping. */
const MAPPED = /^["']?%([\w-]{1,60})["']?:[ \t\r]{0,20}$/;
/** Line between documents in files of Spring: `---` in YAML, `#---` in properties. */
const DOCUMENT_END = /^#?---[ \t\r]{0,20}$/;
const ON_PROFILE =
  /(?:on-profile|^[ \t]{0,20}spring\.profiles|^[ \t]{0,20}profiles)["']?[ \t]{0,5}[:=][ \t]{0,5}["']?([\w-]{1,60})["']?[ \t\r]{0,20}$/;

/** Whether frameworks keep the settings of all environments in this file. */
export function isShared(path: string): boolean {
  return SHARED.test(path);
}

/** Sections of a file that name a profile, in order. Sections without a profile apply to all profiles. */
export function profileSections(content: string): readonly ProfileSection[] {
  const lines = content.split("\n");
  return [...ofLines(lines), ...ofDocuments(lines)];
}

function ofLines(lines: readonly string[]): readonly ProfileSection[] {
  const sections = new Map<string, string[]>();
  const put = (environment: string, line: string, index: number) => {
    const kept = sections.get(environment) ?? lines.map(() => "");
    kept[index] = line;
    sections.set(environment, kept);
  };
  let mapped: string | undefined;
  for (const [index, line] of lines.entries()) {
    const [prefix = "", before = "", names = ""] = PREFIXED.exec(line) ?? [];
    if (prefix !== "")
      for (const name of names.split(",")) put(name, `${before}${line.slice(prefix.length)}`, index);
    if (/^\S/.test(line)) mapped = MAPPED.exec(line)?.[1];
    else if (mapped !== undefined) put(mapped, line, index);
  }
  return [...sections].map(([environment, kept]) => ({ environment, content: kept.join("\n") }));
}

function ofDocuments(lines: readonly string[]): readonly ProfileSection[] {
  const sections: ProfileSection[] = [];
  let begin = 0;
  for (let index = 0; index <= lines.length; index++) {
    const line = lines[index];
    if (line !== undefined && !DOCUMENT_END.test(line)) continue;
    const own = lines.slice(begin, index);
    const environment = own.map((one) => ON_PROFILE.exec(one)?.[1]).find((name) => name !== undefined);
    if (environment !== undefined)
      sections.push({ environment, content: "\n".repeat(begin) + own.join("\n") });
    begin = index + 1;
  }
  return sections;
}
