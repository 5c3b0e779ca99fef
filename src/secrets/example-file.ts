/** Examples that a repository shows on purpose: `.env.example`, `database.dist.yml`. */
const EXAMPLE = /[._-](?:example|exemple|sample|template|tpl|dist|defaults?|schema|md)(?:\.[a-z]{1,10})?$/i;

/** Whether the file's name marks a template, to be copied and filled in. */
export function isExampleFile(path: string): boolean {
  return EXAMPLE.test(path);
}
