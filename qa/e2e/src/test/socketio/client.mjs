// SPDX-License-Identifier: Apache-2.0
// The official client of Socket.IO, told on its standard input what to emit; says on its output what happens, a JSON a line.
// node client.mjs <address> <options>
import { createInterface } from "node:readline";
import { io } from "socket.io-client";

const [address, options] = process.argv.slice(2);
const say = (what, data) => console.log(JSON.stringify({ what, data }));
const socket = io(address, { reconnection: false, ...JSON.parse(options) });

socket.io.on("open", () => {
  say("open", socket.io.engine.transport.name);
  socket.io.engine.on("upgrade", (transport) => say("upgrade", transport.name));
});
socket.on("connect", () => say("connect"));
socket.on("connect_error", (error) => say("connect_error", error.message));
socket.on("disconnect", (reason) => say("disconnect", reason));
for (const event of ["test_progress", "test_error"]) {
  socket.on(event, (data) => say(event, data));
}

createInterface({ input: process.stdin })
  .on("line", (line) => {
    const { emit, data, ack, binary, times = 1 } = JSON.parse(line);
    for (let i = 0; i < times; i++) {
      const args = [binary ? Buffer.from("binary") : data];
      if (ack) args.push((answer) => say("ack", answer));
      socket.emit(emit, ...args);
    }
  })
  .on("close", () => process.exit(0));
