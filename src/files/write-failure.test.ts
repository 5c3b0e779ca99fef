import { describe, expect, test } from "vitest";
import { UnavailableError } from "../contract/error.ts";
import { asWriteFailure, machineFailure, WriteFailure, writing } from "./write-failure.ts";

function systemError(code: string, syscall = "open", path?: string): Error {
  const named = path === undefined ? {} : { path };
  return Object.assign(new Error(`${code}: words of Node`), { code, syscall, ...named });
}

describe("a file that cannot be written", () => {
  test.each([
    ["ENOSPC", "no space is left (ENOSPC). Free space", "plus de place (ENOSPC). Libérer"],
    ["EDQUOT", "quota is used up (EDQUOT). Free", "quota de ce compte est épuisé (EDQUOT). Libérer"],
    ["EROFS", "read-only (EROFS). Choose", "lecture seule (EROFS). Choisir"],
    ["EACCES", "denied (EACCES). Check", "refusé (EACCES). Vérifier"],
    ["EPERM", "denied (EPERM). Check", "refusé (EPERM). Vérifier"],
    ["EMFILE", "open files (EMFILE). Raise the limit (ulimit -n)", "ouverts (EMFILE). Relever"],
    ["ENFILE", "open files (ENFILE). End", "ouverts (ENFILE). Terminer"],
    ["EIO", "input/output error (EIO). Check", "erreur (EIO). Vérifier"],
    ["EFBIG", "size allowed (EFBIG). Raise", "taille permise (EFBIG). Relever"],
    ["ENOTDIR", "ENOTDIR: words of Node. Check", "ENOTDIR: words of Node. Vérifier"],
  ])("of %s says path, cause and remedy in both languages", (code, en, fr) => {
    const { exit, text } = new WriteFailure("/a", systemError(code));
    expect(exit).toBe(69);
    expect(text.en).toMatch(/^"\/a" could not be written: /);
    expect(text.fr).toMatch(/^"\/a" n'a pas pu être écrit : /);
    expect(text.en).toContain(en);
    expect(text.fr).toContain(fr);
  });

  test("is told from errors of other kinds, which stay as they are", () => {
    const [bug, known] = [new TypeError("x"), new WriteFailure("/a", systemError("EIO"))];
    expect([asWriteFailure("/b", bug), asWriteFailure("/b", known)]).toEqual([bug, known]);
    expect(() => writing("/b", () => "done")).not.toThrow();
    expect(() =>
      writing("/b", () => {
        throw systemError("EIO");
      }),
    ).toThrow(WriteFailure);
    expect(new WriteFailure("/a", "odd").text.en).toContain("could not be written: odd. Check");
  });
});

describe("another operation", () => {
  test("that the machine refuses is no defect, and is named", () => {
    const failure = machineFailure(systemError("EMFILE", "scandir", "/a"));
    expect(failure).toBeInstanceOf(UnavailableError);
    expect(failure?.text.en).toBe(
      'A file operation failed ("scandir" "/a"): this process has too many open files (EMFILE). Raise the limit (ulimit -n), then try again.',
    );
    expect(machineFailure(systemError("EIO", "read"))?.text.fr).toMatch(/échoué \("read"\) : le disque/);
  });

  test.each([
    ["a file that should exist", systemError("ENOENT")],
    ["a refused connection", systemError("EACCES", "connect")],
    ["a host", systemError("EIO", "getaddrinfo")],
    ["an explained error", new WriteFailure("/a", systemError("EIO"))],
    ["another error", new Error("EIO")],
  ])("of %s is left to others", (_, error) => {
    expect(machineFailure(error)).toBeUndefined();
  });
});
