// Builds the gallery for `make gallery`. It is a page of its own and is not shipped.
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { fluent } from "../fluent";

export default defineConfig({
  plugins: [fluent(), svelte()],
  clearScreen: false,
  build: {
    outDir: "../target/gallery-site",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { input: ["dev/gallery.html"] },
  },
});
