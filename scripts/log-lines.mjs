// SPDX-License-Identifier: Apache-2.0
// Reads the server's JSON log and prints it for people: time, level, message, and the ids of the job it belongs to.
import { createInterface } from "node:readline";

const LEVELS = { AUDIT: "INFO", SystemOut: "INFO", SystemErr: "ERROR" };

process.stdout.on("error", () => process.exit(0));
for await (const line of createInterface({ input: process.stdin })) {
  console.log(readable(line));
}

function readable(line) {
  let entry;
  try {
    entry = JSON.parse(line);
  } catch {
    return line;
  }
  const level = LEVELS[entry.loglevel] ?? entry.loglevel ?? entry.type;
  const ids = Object.entries(entry)
    .filter(([name]) => name.startsWith("ext_"))
    .map(([name, value]) => ` ${name.slice(4)}=${value}`)
    .join("");
  return `${entry.ibm_datetime ?? ""} ${level} ${entry.message ?? line}${ids}`;
}
