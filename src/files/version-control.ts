/**
 * Whether a folder's name is one of version control, with hooks, commands and credentials inside: `.hg`,
 * `.jj`, `.svn`, and `.git` in every spelling that some file system treats alike (capitals, trailing dots or
 * blanks, a stream, a short name).
 */
export function isVersionControl(name: string): boolean {
  return /^(?:\.(?:git|hg|jj|svn)|git~\d+)[. ]*(?::.*)?$/i.test(name.normalize("NFKC"));
}
