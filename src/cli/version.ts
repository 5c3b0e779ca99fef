/** package.json's version, as a constant so that `--version` reads no file (a test holds them equal). */
export const VERSION = "0.1.0";
