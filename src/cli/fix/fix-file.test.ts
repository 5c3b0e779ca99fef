import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import type { Context } from "../process/context.ts";
import { writeOutput } from "../process/write-output.ts";
import { placeOf } from "./fix-file.ts";

const [BEFORE, AFTER] = ["before\n", "after\n"];

const AMBIENT: Pick<Context, "signal" | "catchSignals"> = {
  signal: new AbortController().signal,
  catchSignals: (work) => work(),
};

/** A repository with a folder of manifests, one of them by a link, beside a folder of the user's. */
function home(): { readonly cwd: string; readonly repository: string; readonly mine: string } {
  const cwd = temporaryDirectory();
  const [repository, mine] = [join(cwd, "clone"), join(cwd, "mine")];
  mkdirSync(join(repository, "deploy"), { recursive: true });
  mkdirSync(mine);
  for (const folder of [join(repository, "deploy"), mine]) writeFileSync(join(folder, "web.yaml"), BEFORE);
  symlinkSync("deploy/web.yaml", join(repository, "link.yaml"));
  return { cwd, repository, mine };
}

/** Writes a file that was found in the repository as `fix --write` does; `meanwhile`: after its place was chosen. */
async function wrote(
  cwd: string,
  file: string,
  meanwhile: () => void = () => undefined,
): Promise<string | undefined> {
  const place = placeOf({ file, before: BEFORE }, ["clone"], cwd);
  meanwhile();
  if (place === undefined) return "the user's word";
  return writeOutput(place.path, AFTER, { ...AMBIENT, cwd }, place.confinement).then(
    () => "written",
    (error: { code: string }) => error.code,
  );
}

describe("a file that was found in a folder", () => {
  test.each(["clone/deploy/web.yaml", "clone/link.yaml"])("%s is written where it is", async (file) => {
    const { cwd, repository } = home();
    expect(await wrote(cwd, file)).toBe("written");
    expect(readFileSync(join(repository, "deploy/web.yaml"), "utf8")).toBe(AFTER);
    expect(readdirSync(join(repository, "deploy"))).toEqual(["web.yaml"]);
  });

  test("keeps its mode, and other names of the same file keep the old text", async () => {
    const { cwd, repository } = home();
    const file = join(repository, "deploy/web.yaml");
    linkSync(file, join(repository, "copy.yaml"));
    const { mode } = statSync(file);
    expect(await wrote(cwd, "clone/deploy/web.yaml")).toBe("written");
    expect([statSync(file).mode, readFileSync(join(repository, "copy.yaml"), "utf8")]).toEqual([
      mode,
      BEFORE,
    ]);
  });

  test("is not written through a folder that has become a link", async () => {
    const { cwd, repository, mine } = home();
    const swap = () => {
      renameSync(join(repository, "deploy"), join(repository, "aside"));
      symlinkSync("../mine", join(repository, "deploy"));
    };
    expect(await wrote(cwd, "clone/deploy/web.yaml", swap)).toBe("file-changed");
    expect(readFileSync(join(mine, "web.yaml"), "utf8")).toBe(BEFORE);
  });

  test("is not written where it has become a link, nor where it holds another text", async () => {
    const { cwd, repository, mine } = home();
    const file = join(repository, "deploy/web.yaml");
    const link = () => {
      renameSync(file, join(repository, "aside.yaml"));
      symlinkSync("../../mine/web.yaml", file);
    };
    expect(await wrote(cwd, "clone/deploy/web.yaml", link)).toBe("file-changed");
    expect(readFileSync(join(mine, "web.yaml"), "utf8")).toBe(BEFORE);
    const other = home();
    const edit = () => writeFileSync(join(other.repository, "deploy/web.yaml"), "edited\n");
    expect(await wrote(other.cwd, "clone/deploy/web.yaml", edit)).toBe("file-changed");
    expect(readFileSync(join(other.repository, "deploy/web.yaml"), "utf8")).toBe("edited\n");
  });
});

test("a folder of a repository that is a link out of it is not written to", () => {
  const { repository } = home();
  mkdirSync(join(repository, ".git"));
  symlinkSync("../mine", join(repository, "linked"));
  symlinkSync("deploy", join(repository, "inside"));
  const place = (folder: string) =>
    placeOf({ file: `${folder}/web.yaml`, before: BEFORE }, [folder], repository);
  for (const folder of ["linked", "./linked", "linked/"])
    expect(() => place(folder)).toThrow("outside the repository that holds it");
  expect(place("inside")?.path).toBe(join(repository, "deploy/web.yaml"));
});

test("a file that the user named is the user's, links included", async () => {
  const { cwd } = home();
  expect(placeOf({ file: "clone/link.yaml", before: BEFORE }, ["clone/link.yaml"], cwd)).toBeUndefined();
});
