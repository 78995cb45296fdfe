// SPDX-License-Identifier: Apache-2.0
// What Maven runs: `node build/console.mjs build|test <folder for the outcome>`.
// Each step leaves the hash of all that it read; a step whose hash is still the same has nothing to do.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ui = dirname(dirname(fileURLToPath(import.meta.url)));
const openapi = join(ui, "..", "openapi", "openapi.yaml");
const [step, target, skip] = process.argv.slice(2);
if (!["build", "test"].includes(step) || !target) {
  fail("usage: node build/console.mjs build|test <target folder> [true to skip]");
}
if (skip === "true") {
  process.exit(0);
}

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`the console needs Node 20.19 or newer to build, and this is ${process.version}: ${process.execPath}`);
}

const outcome = join(resolve(target), "ui");
const packages = hash(["package.json", "package-lock.json", ".npmrc"].map((file) => join(ui, file)));
const sources = hash([
  ...["package.json", "package-lock.json", "tsconfig.json", "vite.config.ts", "index.html", "vnc.html"].map((f) => join(ui, f)),
  ...filesUnder(join(ui, "src")).filter((file) => !file.endsWith(".gen.ts")),
  ...filesUnder(join(ui, "public")),
  openapi,
  // Their schemas are what the forms are tested with.
  ...filesUnder(join(ui, "..", "..", "..", "..", "ejb", "src", "main", "resources")).filter((f) => f.endsWith(".task.json")),
]);

once(join(ui, "node_modules", ".drover-installed"), packages, true, "installing packages (npm ci)", () =>
  npm("ci", "--no-progress"),
);
if (step === "build") {
  once(join(resolve(target), "ui.built"), sources, existsSync(join(outcome, "index.html")), "building", () => {
    rmSync(outcome, { recursive: true, force: true });
    npm("run", "--silent", "build", "--", "--outDir", outcome, "--logLevel", "warn");
  });
} else {
  once(join(resolve(target), "ui.tested"), sources, true, "testing", () => npm("run", "--silent", "check"));
}

function once(stamp, wanted, outcomeIsThere, doing, work) {
  if (outcomeIsThere && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) {
    return;
  }
  console.log(`console: ${doing}`);
  work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

function npm(...args) {
  const path = dirname(process.execPath) + delimiter + process.env.PATH;
  const run = spawnSync("npm", ["--loglevel=error", ...args], {
    cwd: ui,
    stdio: "inherit",
    env: { ...process.env, PATH: path },
    shell: process.platform === "win32",
  });
  if (run.error) {
    fail(`npm does not start: ${run.error.message}`);
  }
  if (run.status !== 0) {
    fail(`npm ${args.join(" ")} failed`);
  }
}

function filesUnder(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile())
    .sort();
}

function hash(files) {
  const sum = createHash("sha256").update(process.version);
  for (const file of files) {
    sum.update(file.slice(ui.length)).update("\0").update(readFileSync(file)).update("\0");
  }
  return sum.digest("hex");
}

function fail(message) {
  console.error(`console: ${message}`);
  process.exit(1);
}
