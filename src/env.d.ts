// What the build tells the app (vite.config.ts).

interface ImportMetaEnv {
  /** Version of the product, as `package.json` says it. */
  readonly APP_VERSION: string;
}
