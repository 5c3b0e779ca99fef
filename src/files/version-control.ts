/**
 * Whether a name means a folder of version control, which holds hooks, commands and credentials: `.git` on any
 * file system (without case, with trailing dots or blanks, with a stream, or as a short name), `.hg`, `.jj`,
 * `.svn`.
 */
export function isVersionControl(name: string): boolean {
  return /^(?:\.(?:git|hg|jj|svn)|git~\d+)[. ]*(?::.*)?$/i.test(name.normalize("NFKC"));
}
