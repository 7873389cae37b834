/// <reference types="vitest/config" />
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { startFile } from "./chunks";
import { fluent } from "./fluent";

export default defineConfig(({ mode }) => ({
  plugins: [fluent(), svelte()],
  clearScreen: false,
  server: { port: 1420, strictPort: true },
  // Tests mount components, so they need Svelte's browser build.
  ...(mode === "test" ? { resolve: { conditions: ["browser"] } } : {}),
  build: {
    outDir: "dist",
    target: "es2022",
    // The window's CSP allows no inline script and no data: font.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      input: ["index.html", "display.html"],
      output: { codeSplitting: { groups: [{ name: startFile, debugName: "start" }] } },
    },
  },
  test: {
    environment: "jsdom",
    include: ["tests/**/*.test.ts"],
    setupFiles: ["tests/setup.ts"],
    // By default Vitest leaves one core unused.
    maxWorkers: "100%",
  },
}));
