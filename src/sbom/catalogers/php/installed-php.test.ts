import { expect, test } from "vitest";
import { COMPOSER_PHP } from "./installed-php.ts";

const PATH = "/app/vendor/composer/installed.php";
/** File written by Composer 2.8.8. */
const INSTALLED = `<?php return array(
    'root' => array(
        'name' => 'acme/portal',
        'pretty_version' => '9.9.9',
        'version' => '9.9.9.0',
        'aliases' => array(),
        'dev' => true,
    ),
    'versions' => array(
        'acme/a' => array(
            'pretty_version' => 'v1.2.0',
            'version' => '1.2.0.0',
            'install_path' => __DIR__ . '/../acme/a',
            'aliases' => array(),
            'dev_requirement' => false,
        ),
        'acme/b' => array(
            'pretty_version' => '2.0.0-beta1',
            'version' => '2.0.0.0-beta1',
        ),
        'acme/portal' => array(
            'pretty_version' => '9.9.9',
            'version' => '9.9.9.0',
        ),
        'psr/log-implementation' => array(
            'dev_requirement' => false,
            'provided' => array(
                0 => '1.0',
            ),
        ),
    ),
);
`;

function stated(text: string) {
  return COMPOSER_PHP.packages({ path: PATH, bytes: Buffer.from(text) });
}

test.each([
  ["a comment behind it", "'1.2.0', // now", 0],
  ["something before it", "'x' . '1.2.0',", 0],
  ["an escape in it", "'1\\\\2.0',", 0],
  ["nothing in it", "'',", 1],
])("a version with %s is of another form", (_, value, count) => {
  const text = `<?php return array(\n    'versions' => array(\n        'a/b' => array(\n            'pretty_version' => ${value}\n        ),\n    ),\n);\n`;
  expect(stated(text)).toHaveLength(count);
});

test("what is installed: neither the application itself, nor what others provide", () => {
  expect(stated(INSTALLED)).toEqual([
    { type: "composer", namespace: "acme", name: "a", version: "1.2.0" },
    { type: "composer", namespace: "acme", name: "b", version: "2.0.0-beta1" },
  ]);
  expect(stated(INSTALLED.replaceAll("\n", "\r\n"))).toHaveLength(2);
});

test.each([
  ["another file of PHP", "<?php return [];\n"],
  ["cut", INSTALLED.slice(0, -40)],
  ["with code behind its end", `${INSTALLED.trimEnd()} evil();\n`],
  ["with code before its end", INSTALLED.replace(/\);\s*$/, "x);\n")],
  ["empty", ""],
])("%s is damaged", (_, text) => {
  expect(() => stated(text)).toThrow(PATH);
});

test("a file of that name of something else is not read", () => {
  expect(COMPOSER_PHP.reads("/app/src/installed.php")).toBe(false);
});
