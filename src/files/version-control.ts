/**
 * Names of folders of version control, which hold hooks, commands and credentials: `.hg`, `.jj`, `.svn`, and
 * `.git` in every spelling that some file system takes for it (capitals, trailing dots or blanks, a stream, a
 * short name).
 */
export function isVersionControl(name: string): boolean {
  return /^(?:\.(?:git|hg|jj|svn)|git~\d+)[. ]*(?::.*)?$/i.test(name.normalize("NFKC"));
}
