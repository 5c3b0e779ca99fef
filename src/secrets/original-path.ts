/** Endings that editors, package managers and people give to a copy: `.orig`, `.bak`, `.dpkg-old`, `.2024-11-02`. */
const ENDINGS =
  /(?:~|\.(?:orig|original|bak\d?|bck|bkp|backup|back|old|save|saved|prev|previous|copy|copie|sav|tmp|rej|dpkg-(?:old|dist|new|bak)|rpm(?:save|new|orig)|ucf-(?:old|dist|new)|pacnew|\d|(?:19|20)\d\d-?[01]\d-?[0-3]\d))$/i;
/** Marks of a copy before the extension: `config (copy).yml`, `config - Copie.yml`, `config-backup.yml`. */
const WITHIN = /(?: \((?:copy|copie|\d)\)| - cop(?:y|ie)|[-_.](?:copy|copie|backup|bak|old))(?=\.\w{1,10}$)/i;
/** Maximum number of endings of one name: `config.yml.bak.1` has two. */
const MOST = 3;

/**
 * Path of the file that a backup was made of: `/app/.env~`, `/app/#.env#`, `/app/config.yml.bak`. The path
 * itself if it is not a backup.
 */
export function originalPath(path: string): string {
  const slash = path.lastIndexOf("/") + 1;
  let name = path.slice(slash);
  // Emacs' name for a file with unsaved changes.
  if (name.length > 2 && name.startsWith("#") && name.endsWith("#")) name = name.slice(1, -1);
  for (let count = 0; count < MOST && ENDINGS.test(name); count++) name = name.replace(ENDINGS, "");
  name = name.replace(WITHIN, "");
  return name === "" ? path : path.slice(0, slash) + name;
}
