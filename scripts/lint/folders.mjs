// Lint rules for the direction of imports between folders and for a domain that reads no clock.
import { dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/**
 * What each folder may import besides itself. A folder that is not listed may import nothing of ours.
 * @type {Record<string, readonly string[]>}
 */
const directions = {
  main: ["app", "features", "data", "ui", "i18n", "storage", "sync", "domain"],
  app: ["features", "data", "ui", "i18n", "domain"],
  features: ["data", "ui", "i18n", "domain"],
  data: ["domain"],
  ui: ["i18n", "domain"],
  i18n: ["domain", "locales"],
  sync: ["storage", "domain"],
  storage: ["domain"],
  domain: [],
  server: ["domain"],
};

/** Packages that only these folders may import. @type {Record<string, readonly string[]>} */
const homes = { rxdb: ["storage", "sync"], dexie: ["storage", "sync"] };

/** The only packages that the domain may import: everything in it also runs at the endpoint and in tests. */
const domainPackages = new Set(["zod"]);

/**
 * The folder a file belongs to: a feature counts as a folder of its own, a file right under src/ as "main".
 * @param {string} path relative to the project, with "/"
 */
function folderOf(path) {
  const [top = "", second = "", third] = path.split("/");
  if (top !== "src") return top;
  if (third === undefined) return "main";
  return second === "features" ? `features/${third}` : second;
}

/** @param {string} folder */
const kindOf = (folder) => (folder.startsWith("features/") ? "features" : folder);

/**
 * Why this import is refused, or undefined where it may stand.
 * @param {string} file path of the importing file, relative to the project
 * @param {string} specifier
 */
function refusal(file, specifier) {
  if (specifier.split("/").includes("..")) return `"${specifier}" climbs: write "#src/..." instead.`;
  const from = folderOf(file);
  if (!(kindOf(from) in directions))
    return file.startsWith("src/") ? `src/${from} has no place in the directions.` : undefined;

  const target = specifier.startsWith("./")
    ? relative(root, resolve(root, dirname(file), specifier))
    : specifier.startsWith("#")
      ? specifier.slice(1)
      : undefined;
  if (target === undefined) return refusedPackage(from, specifier);
  const to = folderOf(target);
  const allowed = to === from || directions[kindOf(from)]?.includes(kindOf(to)) === true;
  return allowed ? undefined : `${from} may not import ${to} ("${specifier}").`;
}

/**
 * @param {string} from folder
 * @param {string} specifier
 */
function refusedPackage(from, specifier) {
  const name = specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
  const home = homes[name];
  if (home !== undefined && !home.includes(from))
    return `"${name}" belongs to ${home.join(" and ")}, not to ${from}.`;
  if (from === "domain" && !domainPackages.has(name)) return `domain may not import "${name}".`;
  return undefined;
}

const directionsRule = {
  /** @param {any} context */
  create(context) {
    const file = relative(root, context.filename);
    /** @param {any} node the string literal that names the module @param {any} at */
    const check = (node, at) => {
      const message = typeof node?.value === "string" ? refusal(file, node.value) : undefined;
      if (message !== undefined) context.report({ node: at, message });
    };
    return {
      /** @param {any} node */
      ImportDeclaration: (node) => check(node.source, node),
      /** @param {any} node */
      ExportNamedDeclaration: (node) => check(node.source, node),
      /** @param {any} node */
      ExportAllDeclaration: (node) => check(node.source, node),
      /** @param {any} node */
      ImportExpression: (node) => check(node.source, node),
      /** @param {any} node */
      TSImportType: (node) => check(node.source ?? node.argument, node),
    };
  },
};

const noClockRule = {
  /** @param {any} context */
  create(context) {
    /** @param {any} node */
    const check = (node) => {
      if (
        node.callee.type === "Identifier" &&
        node.callee.name === "Date" &&
        (node.arguments.length === 0 || node.type === "CallExpression")
      )
        context.report({ node, message: "The domain reads no clock: take the time as an argument." });
    };
    return { NewExpression: check, CallExpression: check };
  },
};

export default {
  meta: { name: "folders" },
  rules: { directions: directionsRule, "no-clock": noClockRule },
};
