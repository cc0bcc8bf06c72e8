// Builds the app: one shell that a service worker keeps for days without a network.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import product from "./package.json" with { type: "json" };

/** Where `npm run dev` finds the service (`npm start` in another terminal). */
const service = process.env["SERVICE"] ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [
    react(),
    VitePWA({
      strategies: "generateSW",
      registerType: "prompt",
      // The app registers it itself, by an address its Trusted Types policy knows.
      injectRegister: false,
      filename: "sw.js",
      // The manifests are files of their own, one per language (public/manifest.*.webmanifest).
      manifest: false,
      workbox: {
        globPatterns: ["**/*.{js,css,html,svg,png,webmanifest,wasm}"],
        navigateFallback: "/index.html",
        // An answer of the endpoint is never kept, nor served the shell in its place.
        navigateFallbackDenylist: [/^\/db(?:\/|$)/, /^\/api(?:\/|$)/],
        cleanupOutdatedCaches: true,
        clientsClaim: true,
        skipWaiting: false,
        sourcemap: false,
        inlineWorkboxRuntime: true,
      },
    }),
  ],
  define: { "import.meta.env.APP_VERSION": JSON.stringify(product.version) },
  worker: { format: "es" },
  build: {
    outDir: "dist/app",
    target: ["chrome116", "firefox128", "safari17.4"],
    modulePreload: { polyfill: false },
    // Small pictures as files too: the policy allows no data: addresses.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What seldom changes in a file of its own: an update of the app then costs a phone less.
        codeSplitting: {
          groups: [
            { name: "react", test: /node_modules[\\/](?:react|react-dom|react-router|scheduler)[\\/]/ },
          ],
        },
      },
    },
  },
  server: { host: "127.0.0.1", port: 5173, strictPort: true, proxy: { "/db": service, "/api": service } },
});
