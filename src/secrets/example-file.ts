/** Examples that a repository shows on purpose: `.env.example`, `database.dist.yml`. */
const EXAMPLE = /[._-](?:example|exemple|sample|template|tpl|dist|defaults?|schema|md)(?:\.[a-z]{1,10})?$/i;

/** Whether a file's name says that it is there to be copied and filled in. */
export function isExampleFile(path: string): boolean {
  return EXAMPLE.test(path);
}
