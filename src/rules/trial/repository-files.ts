/** Files of a Mercurial or Subversion repository, or of a bare Git one. */
const REPOSITORY =
  /^(.*)\/(?:\.hg\/(?:requires|store\/.{1,200})|db\/(?:fs-type|current)|[^/]{1,200}\.git\/HEAD)$/;

/**
 * Whether a file belongs to a repository that users push to. Comparisons with a replica cannot show this,
 * since empty repositories are alike everywhere. Files of a clone are excluded, since its start creates them
 * again.
 *
 * @param written all paths that were written
 */
export function isRepositoryFile(path: string, written: ReadonlySet<string>): boolean {
  const root = REPOSITORY.exec(path)?.[1];
  if (root === undefined) return false;
  return !written.has(`${root}/.hg/hgrc`);
}
