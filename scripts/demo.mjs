// SPDX-License-Identifier: Apache-2.0
// Submits one job for each file of scripts/demo/, shows its events as they come, and saves what it made.
// Arguments: the server, the sample sites, the folder for the files. The token is in DROVER_TOKEN.
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

const [server, sites, folder] = process.argv.slice(2);
const authorization = { authorization: `Bearer ${process.env.DROVER_TOKEN}` };
const jobs = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "demo");

let failures = 0;
for (const file of (await readdir(jobs)).filter((name) => name.endsWith(".json")).sort()) {
  const body = (await readFile(path.join(jobs, file), "utf8")).replaceAll("{{sites}}", sites);
  await run(JSON.parse(body));
}
process.exit(failures === 0 ? 0 : 1);

async function run(request) {
  console.log(`\n    ${request.task}  ${request.params.url ?? request.params.start_url}`);
  const began = performance.now();
  const accepted = await call("/api/v1/jobs", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(request),
  });
  const { id } = await accepted.json();
  await follow(id, began);
  const job = await (await call(`/api/v1/jobs/${id}`)).json();
  await save(job);
  if (job.status !== "succeeded") {
    failures++;
    console.log(`      ${job.status}: ${job.error?.category} ${job.error?.message ?? ""}`);
  }
}

/** Prints events until the server ends the stream after the last one. */
async function follow(id, began) {
  const stream = await call(`/api/v1/jobs/${id}/events`, { headers: { accept: "text/event-stream" } });
  let text = "";
  for await (const chunk of stream.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end; (end = text.search(/\r?\n\r?\n/)) >= 0; ) {
      const data = text.slice(0, end).split(/\r?\n/).filter((line) => line.startsWith("data:")).map((line) => line.slice(5)).join("\n");
      text = text.slice(end).replace(/^\r?\n\r?\n/, "");
      if (data.trim() !== "") {
        const event = JSON.parse(data);
        console.log(line(event, performance.now() - began));
        if (event.event_type === "job_completed") {
          return;
        }
      }
    }
  }
}

function line(event, millis) {
  const { status, stage, progress, message, name } = event.data ?? {};
  const bar = typeof progress === "number" ? ` ${"█".repeat(Math.round(progress / 5)).padEnd(20, "·")} ${progress.toFixed(0)} %` : "";
  const words = [event.event_type, status, stage, name, message].filter(Boolean).join(" · ");
  return `      ${String(Math.round(millis)).padStart(6)} ms${bar}  ${words}`;
}

async function save(job) {
  const target = path.join(folder, job.task);
  await mkdir(target, { recursive: true });
  await writeFile(path.join(target, "result.json"), `${JSON.stringify(job.result ?? job.error, null, 2)}\n`);
  console.log(`      saved ${path.join(target, "result.json")}`);
  if (typeof job.result?.content === "string") {
    await writeFile(path.join(target, `content.${{ markdown: "md", html: "html" }[job.result.format] ?? "txt"}`), job.result.content);
  }
  for (const artifact of job.artifacts ?? []) {
    const answer = await call(artifact.url.replace(/^https?:\/\/[^/]+/, ""));
    const file = path.join(target, path.basename(artifact.name));
    await writeFile(file, Buffer.from(await answer.arrayBuffer()));
    console.log(`      saved ${file} (${artifact.size} bytes)`);
  }
}

async function call(address, options = {}) {
  const answer = await fetch(server + address, { ...options, headers: { ...authorization, ...options.headers } });
  if (!answer.ok) {
    throw new Error(`${options.method ?? "GET"} ${address}: ${answer.status} ${await answer.text()}`);
  }
  return answer;
}
