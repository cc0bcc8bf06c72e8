// Bundles the service for Node: the start command and the provisioning command. Packages stay outside the bundle.
import { defineConfig } from "vite";

export default defineConfig({
  publicDir: false,
  ssr: { target: "node" },
  build: {
    ssr: true,
    target: "node20",
    outDir: "dist/server",
    emptyOutDir: true,
    minify: false,
    rolldownOptions: {
      input: { main: "server/main.ts", provision: "server/provision.ts" },
      output: { entryFileNames: "[name].js", chunkFileNames: "chunks/[name]-[hash].js" },
    },
  },
});
