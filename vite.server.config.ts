// Bundles the service for Node: the commands to start, to provision, to back up and to restore. Packages stay outside the bundle.
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
      input: {
        main: "server/main.ts",
        provision: "server/provision.ts",
        backup: "server/backup.ts",
        restore: "server/restore.ts",
      },
      output: { entryFileNames: "[name].js", chunkFileNames: "chunks/[name]-[hash].js" },
    },
  },
});
