// Mango selectors as the `_selector` filter uses them: read into conditions once, then held against documents.
import { badRequest } from "./errors.ts";
import { compareJson, compareRaw, erlangTerm, typeOf, type Compare } from "./collation.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";
import { keysOf, stringify } from "./key-order.ts";

type Condition =
  | { type: "and" | "or" | "nor"; parts: Condition[] }
  | { type: "not"; part: Condition }
  /** @param path of dots as in the selector; empty for the value itself */
  | { type: "field"; path: string; operator: Operator };

interface Operator {
  name: string;
  argument: Json;
  /** What `$elemMatch` and its like hold against each part. */
  inner: Condition | null;
  negated: boolean;
}

/** @throws 400 in CouchDB's words for what is no selector */
export function readSelector(selector: JsonObject): (document: JsonObject) => boolean {
  if (Object.keys(selector).length === 0) return () => true;
  const condition = withoutNegations(readCondition(selector, ""));
  if (condition.type === "field" && condition.path === "")
    throw badRequest("One or more conditions is missing a field name.");
  return (document) => holds(condition, document, compareJson);
}

function readCondition(value: Json, path: string): Condition {
  if (!isObject(value)) return leaf(path, "$eq", value);
  const [name, ...more] = keysOf(value);
  if (name === undefined) return leaf(path, "$eq", value);
  const single = (key: string) => readMember(key, value[key] ?? null, path);
  return more.length === 0 ? single(name) : { type: "and", parts: keysOf(value).map(single) };
}

function leaf(path: string, name: string, argument: Json, inner: Condition | null = null): Condition {
  return { type: "field", path, operator: { name, argument, inner, negated: false } };
}

const UNSUPPORTED = new Set(["$where", "$geoWithin", "$geoIntersects", "$near", "$nearSphere"]);
const COMBINING = { $and: "and", $or: "or", $nor: "nor" } as const;
const OF_PARTS = new Set(["$elemMatch", "$allMatch", "$keyMapMatch"]);

/** What an operator takes, where it does not take everything. Without $regex: one that backtracks would stop the process. */
const TAKES: Record<string, (argument: Json) => boolean> = {
  $eq: () => true,
  $ne: () => true,
  $lt: () => true,
  $lte: () => true,
  $gt: () => true,
  $gte: () => true,
  $in: Array.isArray,
  $nin: Array.isArray,
  $all: Array.isArray,
  $exists: (argument) => typeof argument === "boolean",
  $type: (argument) => typeof argument === "string",
  $size: (argument) => Number.isInteger(argument) && Number(argument) >= 0,
  $mod: (argument) => Array.isArray(argument) && argument.length === 2 && argument.every(Number.isInteger),
};

function readMember(name: string, argument: Json, path: string): Condition {
  if (name === "$and" || name === "$or" || name === "$nor") {
    if (!Array.isArray(argument)) throw badArgument(name, argument);
    return { type: COMBINING[name], parts: argument.map((each) => readCondition(each, path)) };
  }
  if (name === "$not") {
    if (!isObject(argument)) throw badArgument(name, argument);
    return { type: "not", part: readCondition(argument, path) };
  }
  if (OF_PARTS.has(name)) {
    if (!isObject(argument)) throw badArgument(name, argument);
    return leaf(path, name, argument, readCondition(argument, ""));
  }
  if (name === "$beginsWith" && typeof argument === "string") return leaf(path, name, argument);
  const takes = Object.hasOwn(TAKES, name) ? TAKES[name] : undefined;
  if (takes !== undefined) {
    if (!takes(argument)) throw badArgument(name, argument);
    return leaf(path, name, argument);
  }
  if (UNSUPPORTED.has(name)) throw badRequest(`Unsupported operator: ${name}`);
  if (name.startsWith("$")) throw badRequest(`Invalid operator: ${name}`);
  const deeper = path === "" ? name : `${path}.${name}`;
  readPath(deeper);
  return readCondition(argument, deeper);
}

const badArgument = (name: string, argument: Json) =>
  badRequest(`Bad argument for operator ${name}: ${erlangTerm(argument)}`);

/** @throws 400 */
function readPath(path: string): string[] {
  const names = path.split(/(?<!\\)\./);
  if (names.includes("")) throw badRequest(`Invalid field name: ${path}`);
  return names.map((name) => name.replaceAll("\\", ""));
}

/**
 * With negations moved down to the operators. It is more than a rewriting: `{$not: {a: 1}}` becomes `{a: {$ne: 1}}`,
 * which asks for an `a`.
 */
function withoutNegations(condition: Condition): Condition {
  if (condition.type === "field") return condition;
  if (condition.type === "not") return negated(condition.part);
  if (condition.type === "nor") return { type: "and", parts: condition.parts.map(negated) };
  return { type: condition.type, parts: condition.parts.map(withoutNegations) };
}

function negated(condition: Condition): Condition {
  if (condition.type === "field") return { ...condition, operator: negatedOperator(condition.operator) };
  if (condition.type === "not") return withoutNegations(condition.part);
  if (condition.type === "nor") return { type: "or", parts: condition.parts.map(withoutNegations) };
  return { type: condition.type === "and" ? "or" : "and", parts: condition.parts.map(negated) };
}

const OPPOSITE: Record<string, string> = {
  $lt: "$gte",
  $gte: "$lt",
  $lte: "$gt",
  $gt: "$lte",
  $eq: "$ne",
  $ne: "$eq",
  $in: "$nin",
  $nin: "$in",
};

function negatedOperator(operator: Operator): Operator {
  const { name, argument } = operator;
  if (name === "$exists") return { ...operator, argument: argument !== true };
  const opposite = OPPOSITE[name];
  return opposite === undefined
    ? { ...operator, negated: !operator.negated }
    : { ...operator, name: opposite };
}

function holds(condition: Condition, value: Json, compare: Compare): boolean {
  if (condition.type === "field") return fieldHolds(condition.path, condition.operator, value, compare);
  if (condition.type === "not") return !holds(condition.part, value, compare);
  const { type, parts } = condition;
  const each = (part: Condition) => holds(part, value, compare);
  if (type === "and") return parts.every(each);
  // None to choose from counts as fulfilled.
  if (type === "or") return parts.length === 0 || parts.some(each);
  return !parts.some(each);
}

function fieldHolds(path: string, operator: Operator, value: Json, compare: Compare): boolean {
  if (path === "") return operatorHolds(operator, value, compare);
  const found = fieldOf(value, readPath(path));
  if (found === "no path") return false;
  if (found === undefined) return operator.name === "$exists" && operator.argument === false;
  return operatorHolds(operator, found.value, path === "_id" ? compareRaw : compare);
}

/** Undefined where a member is missing; "no path" where there is nothing that could have one. */
function fieldOf(value: Json, path: string[]): { value: Json } | undefined | "no path" {
  let inner = value;
  for (const name of path) {
    if (Array.isArray(inner)) {
      const item = /^\d{1,15}$/.test(name) ? inner[Number(name)] : undefined;
      if (item === undefined) return "no path";
      inner = item;
    } else if (isObject(inner)) {
      const member = Object.hasOwn(inner, name) ? inner[name] : undefined;
      if (member === undefined) return undefined;
      inner = member;
    } else return "no path";
  }
  return { value: inner };
}

const operatorHolds = (operator: Operator, value: Json, compare: Compare): boolean =>
  plainHolds(operator, value, compare) !== operator.negated;

function plainHolds({ name, argument, inner }: Operator, value: Json, compare: Compare): boolean {
  if (inner !== null) return partsHold(name, inner, value, compare);
  if (name === "$eq") return compare(value, argument) === 0;
  if (name === "$ne") return compare(value, argument) !== 0;
  if (name === "$lt") return compare(value, argument) < 0;
  if (name === "$lte") return compare(value, argument) <= 0;
  if (name === "$gt") return compare(value, argument) > 0;
  if (name === "$gte") return compare(value, argument) >= 0;
  if (name === "$in") return isAmong(value, argument, compare);
  if (name === "$nin") return !isAmong(value, argument, compare);
  if (name === "$exists") return argument === true;
  if (name === "$type") return typeOf(value) === argument;
  if (name === "$size") return Array.isArray(value) && value.length === argument;
  if (name === "$all") return hasAll(value, argument);
  if (name === "$beginsWith") return beginsWith(value, argument);
  return name === "$mod" && hasRemainder(value, argument);
}

/** Of a list one of its items must be among the wanted. */
function isAmong(value: Json, wanted: Json, compare: Compare): boolean {
  const items = Array.isArray(value) ? value : [value];
  return Array.isArray(wanted) && wanted.some((each) => items.some((item) => compare(item, each) === 0));
}

function hasAll(value: Json, wanted: Json): boolean {
  if (!Array.isArray(wanted) || !Array.isArray(value) || wanted.length === 0) return false;
  const items = new Set(value.map(stringify));
  const [only] = wanted;
  const isWhole = wanted.length === 1 && Array.isArray(only) && stringify(only) === stringify(value);
  return isWhole || wanted.every((each) => items.has(stringify(each)));
}

const beginsWith = (value: Json, start: Json) =>
  typeof value === "string" && typeof start === "string" && value.startsWith(start);

function hasRemainder(value: Json, argument: Json): boolean {
  const [divisor, remainder] = Array.isArray(argument) ? argument : [];
  return Number.isInteger(value) && Number(value) % Number(divisor) === remainder;
}

function partsHold(name: string, inner: Condition, value: Json, compare: Compare): boolean {
  const each = (part: Json) => holds(inner, part, compare);
  if (name === "$keyMapMatch") return isObject(value) && keysOf(value).some(each);
  if (!Array.isArray(value) || value.length === 0) return false;
  return name === "$elemMatch" ? value.some(each) : value.every(each);
}
