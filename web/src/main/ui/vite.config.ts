// SPDX-License-Identifier: Apache-2.0
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const server = "http://127.0.0.1:9080";

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    // A data: URI would need an exception in the content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 800,
    rollupOptions: { input: ["index.html", "vnc.html"] },
  },
  experimental: {
    // The console is served at all its addresses; the screen of a session may lie below the path of a reverse proxy.
    renderBuiltUrl: (file, { hostId }) => (hostId === "vnc.html" ? `./${file}` : undefined),
  },
  server: {
    proxy: {
      "/api": server,
      "/health": server,
      "/ws": { target: server, ws: true },
    },
  },
  test: {
    environment: "node",
    include: ["src/**/*.test.ts"],
    testTimeout: 30_000,
  },
});
