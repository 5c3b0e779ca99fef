/**
 * Whether a folder belongs to version control, with hooks, commands and credentials inside: `.hg`, `.jj`,
 * `.svn`, and `.git` in every spelling that a file system may treat as `.git` (capitals, trailing dots or
 * blanks, a stream, a short name).
 */
export function isVersionControl(name: string): boolean {
  return /^(?:\.(?:git|hg|jj|svn)|git~\d+)[. ]*(?::.*)?$/i.test(name.normalize("NFKC"));
}
