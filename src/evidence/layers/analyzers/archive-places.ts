/** Extensions of archives that an entrypoint may unpack or Python imports directly. */
const NAMES = /\.(?:zip|tar|t[gx]z|tzst|gz|xz|zst|whl|egg|pyz|pex|deb|run)$/i;
/**
 * Archives that are not opened: a distribution's documentation and own archives, pip's wheels bundled with
 * Python, sources of Java.
 */
const NOT_LOOKED_INTO =
  /^\/(?:usr\/(?!local\/)|s?bin\/|lib|etc\/|var\/(?:lib|cache)\/)|\/ensurepip\/_bundled\/|\/lib\/src\.zip$/;

/**
 * Whether a file is opened as an archive by its name: not a Java archive, and not in a distribution's folder.
 */
export function mayBeArchive(path: string): boolean {
  return NAMES.test(path) && (path.endsWith(".egg") || !NOT_LOOKED_INTO.test(path));
}

/** Whether a file has no extension and is in an application's folder, so that its content must decide. */
export function isNameless(path: string): boolean {
  return !path.includes(".", path.lastIndexOf("/") + 1) && !NOT_LOOKED_INTO.test(path);
}

/**
 * Names of archives with several files; compressed manuals, fonts and kernel modules contain one file each.
 */
const MANY = /\.(?:zip|tar|tar\.(?:gz|xz|zst|bz2)|t[gx]z|tbz2?|tzst|whl|pyz|pex|deb|run)$/i;
const UNOPENED = /^\/(?:usr\/(?!local\/)|lib(?:32|64|x32)?\/|var\/lib\/)/;
/** Archives of a distribution's own tools, which no program loads. */
const KEPT =
  /\/share\/(?:doc|man|info|locale|fonts|icons)\/|\/lib\/apk\/|\/lib\/src\.zip$|\/ensurepip\/_bundled\/|^\/var\/lib\/(?:apt|dpkg|rpm|dnf|pacman|opkg|systemd)\//;

/**
 * Whether a path is that of an archive in a distribution's folder. Archives are not opened there, so a
 * package must own it.
 */
export function isUnopenedArchive(path: string): boolean {
  return MANY.test(path) && UNOPENED.test(path) && !KEPT.test(path);
}
