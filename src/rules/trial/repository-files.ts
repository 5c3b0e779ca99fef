/** Files of a Mercurial or Subversion repository, or of a bare Git one. */
const REPOSITORY =
  /^(.*)\/(?:\.hg\/(?:requires|store\/.{1,200})|db\/(?:fs-type|current)|[^/]{1,200}\.git\/HEAD)$/;

/**
 * Whether a file belongs to a repository that others push to: empty ones are alike everywhere, so that
 * no comparison shows them. Not of a clone of another one, which its start makes again.
 *
 * @param written all paths that were written
 */
export function isRepositoryFile(path: string, written: ReadonlySet<string>): boolean {
  const root = REPOSITORY.exec(path)?.[1];
  if (root === undefined) return false;
  return !written.has(`${root}/.hg/hgrc`);
}
