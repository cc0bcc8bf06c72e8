// The record rule: one self-contained function that the embedded server calls and whose text becomes CouchDB's
// `validate_doc_update` (https://docs.couchdb.org/en/stable/ddocs/ddocs.html#validate-document-update-functions).
import type { RuleTable } from "./rule-table.ts";

export interface UserContext {
  readonly db: string | null;
  readonly name: string | null;
  readonly roles: readonly string[];
}
export interface SecurityObject {
  readonly members?: { readonly names?: readonly string[]; readonly roles?: readonly string[] };
  readonly admins?: { readonly names?: readonly string[]; readonly roles?: readonly string[] };
}
type Doc = Record<string, unknown>;

/**
 * Throws `{ forbidden: "<kind>: <what>" }` for a document that may not be written; kinds: `delete`, `schema`, `place`,
 * `author`, `role`, `change`, `time`. `now` is given in tests only.
 */
export function recordRule(
  newDoc: Doc,
  oldDoc: Doc | null,
  userCtx: UserContext,
  secObj: SecurityObject,
  table: RuleTable,
  now?: number,
): void {
  function refuse(kind: string, what: string): never {
    // oxlint-disable-next-line typescript/only-throw-error -- the form CouchDB asks for
    throw { forbidden: kind + ": " + what };
  }
  function own(object: unknown, key: string): boolean {
    return Object.prototype.hasOwnProperty.call(object, key);
  }
  function has(list: readonly unknown[] | undefined, item: unknown): boolean {
    return list !== undefined && list.indexOf(item) !== -1;
  }
  function isObject(value: unknown): value is Doc {
    return (
      typeof value === "object" &&
      value !== null &&
      Object.prototype.toString.call(value) === "[object Object]"
    );
  }
  function isArray(value: unknown): value is unknown[] {
    return Object.prototype.toString.call(value) === "[object Array]";
  }
  function equal(a: unknown, b: unknown): boolean {
    if (a === b) return true;
    if (isArray(a) && isArray(b)) {
      if (a.length !== b.length) return false;
      for (var i = 0; i < a.length; i++) if (!equal(a[i], b[i])) return false;
      return true;
    }
    if (!isObject(a) || !isObject(b)) return false;
    var keys = Object.keys(a);
    if (keys.length !== Object.keys(b).length) return false;
    for (var j = 0; j < keys.length; j++) {
      var key = keys[j] as string;
      if (!own(b, key) || !equal(a[key], b[key])) return false;
    }
    return true;
  }
  /** Counts code points; -1 when a character has no place in text. */
  function textLength(text: string, lines: string): number {
    var count = 0;
    for (var i = 0; i < text.length; i++) {
      var unit = text.charCodeAt(i);
      if (unit === 0x7f || (unit < 0x20 && !(lines === "many" && (unit === 0x0a || unit === 0x09))))
        return -1;
      if (unit >= 0xd800 && unit <= 0xdbff) {
        var next = i + 1 < text.length ? text.charCodeAt(i + 1) : 0;
        if (next < 0xdc00 || next > 0xdfff) return -1;
        i++;
      } else if (unit >= 0xdc00 && unit <= 0xdfff) return -1;
      count++;
    }
    return count;
  }
  function isText(value: unknown, max: number, lines: string): boolean {
    if (typeof value !== "string") return false;
    var length = textLength(value, lines);
    return length >= 1 && length <= max;
  }
  function isDate(value: unknown, coarsest: string): boolean {
    if (typeof value !== "string") return false;
    var parts = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(value);
    if (!parts) return false;
    var year = Number(parts[1]);
    if (year < 1900 || year > 2199) return false;
    if (!parts[2]) return coarsest === "year";
    var month = Number(parts[2]);
    if (month < 1 || month > 12) return false;
    if (!parts[3]) return coarsest !== "day";
    var leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
    var days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] as number;
    var day = Number(parts[3]);
    return day >= 1 && day <= days;
  }
  function isInstant(value: unknown): value is string {
    return (
      typeof value === "string" &&
      /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/.test(value) &&
      isDate(value.slice(0, 10), "day")
    );
  }
  var recordId = new RegExp(table.recordId);
  function isId(value: unknown): value is string {
    return typeof value === "string" && recordId.test(value);
  }
  function isName(value: unknown): boolean {
    return isText(value, 64, "one");
  }
  function isCodes(value: unknown, list: readonly string[], max: number): boolean {
    if (!isArray(value) || value.length > max) return false;
    for (var i = 0; i < value.length; i++) {
      if (!has(list, value[i]) || value.indexOf(value[i]) !== i) return false;
    }
    return true;
  }
  function isTexts(value: unknown, maxItems: number, max: number): boolean {
    if (!isArray(value) || value.length > maxItems) return false;
    for (var i = 0; i < value.length; i++) if (!isText(value[i], max, "one")) return false;
    return true;
  }
  function checkValue(
    value: unknown,
    field: RuleTable["types"][string]["fields"][string],
    path: string,
  ): void {
    var fine = false;
    if (field.kind === "text") fine = isText(value, field.max as number, "one");
    else if (field.kind === "note") fine = isText(value, field.max as number, "many");
    else if (field.kind === "code") fine = has(field.codes, value);
    else if (field.kind === "codes") fine = isCodes(value, field.codes as string[], field.maxItems as number);
    else if (field.kind === "number") {
      fine =
        typeof value === "number" &&
        isFinite(value) &&
        Math.floor(value) === value &&
        value >= (field.min as number) &&
        value <= (field.max as number);
    } else if (field.kind === "yesNo") fine = value === true || value === false;
    else if (field.kind === "date") fine = isDate(value, field.coarsest as string);
    else if (field.kind === "instant") fine = isInstant(value);
    else if (field.kind === "link") fine = isId(value);
    else if (field.kind === "texts") fine = isTexts(value, field.maxItems as number, field.max as number);
    else if (field.kind === "group" && isObject(value)) {
      var inner = field.fields as RuleTable["types"][string]["fields"];
      for (var key in value)
        if (!own(inner, key) && !older) refuse("schema", path + "." + key + ": unknown field");
      checkFields(value, inner, path + ".");
      fine = true;
    }
    if (!fine) refuse("schema", path + ": not a " + field.kind);
  }
  function checkFields(holder: Doc, fields: RuleTable["types"][string]["fields"], prefix: string): void {
    for (var key in fields) {
      if (!own(fields, key)) continue;
      var field = fields[key] as RuleTable["types"][string]["fields"][string];
      if (own(holder, key)) checkValue(holder[key], field, prefix + key);
      else if (field.required && !older) refuse("schema", prefix + key + ": missing");
    }
  }
  function valueAt(holder: unknown, path: string): unknown {
    var steps = path.split(".");
    for (var i = 0; i < steps.length; i++) {
      if (!isObject(holder) || !own(holder, steps[i] as string)) return undefined;
      holder = holder[steps[i] as string];
    }
    return holder;
  }
  function isIds(value: unknown, max: number): boolean {
    if (!isArray(value) || value.length > max) return false;
    for (var i = 0; i < value.length; i++) if (!isId(value[i])) return false;
    return true;
  }
  /** Paths of questions with why they have no answer. */
  function isReasons(holder: Doc, name: string): boolean {
    if (!own(holder, name)) return true;
    var reasons = holder[name];
    if (!isObject(reasons)) return false;
    for (var path in reasons)
      if (!isText(path, 100, "one") || !has(table.nonAnswers, reasons[path])) return false;
    return true;
  }
  function checkHistory(history: unknown): void {
    if (!isArray(history) || history.length > table.maxHistory) refuse("schema", "history: not a history");
    var seen: Doc = {};
    for (var i = 0; i < history.length; i++) {
      var entry = history[i];
      if (!isObject(entry)) refuse("schema", "history: not an entry");
      for (var key in entry) {
        if (!has(table.entryFields, key)) refuse("schema", "history: unknown field");
      }
      if (!isIds(entry["after"], table.maxAfter)) refuse("schema", "history: not an entry");
      if (own(entry, "reason") && !isText(entry["reason"], table.maxReason, "many"))
        refuse("schema", "history: not an entry");
      if (!isReasons(entry, "fromUnanswered") || !isReasons(entry, "toUnanswered"))
        refuse("schema", "history: not an entry");
      if (!isId(entry["id"]) || !isInstant(entry["at"]) || !isName(entry["by"]) || !isName(entry["device"])) {
        refuse("schema", "history: not an entry");
      }
      if (!isText(entry["field"], 100, "one")) refuse("schema", "history: not an entry");
      if (own(seen, entry["id"])) refuse("schema", "history: an entry twice");
      seen[entry["id"]] = true;
    }
  }
  function mayAct(roles: readonly string[]): boolean {
    var members = secObj.members && secObj.members.roles;
    for (var i = 0; i < userCtx.roles.length; i++) {
      var placed = userCtx.roles[i] as string;
      var at = placed.indexOf("@");
      if (at > 0 && has(roles, placed.slice(0, at)) && has(members, placed)) return true;
    }
    return false;
  }

  function fieldOf(name: string): RuleTable["types"][string]["fields"][string] {
    return spec.fields[name] as RuleTable["types"][string]["fields"][string];
  }
  /** In a list that runs from the strictest code down; no answer is the lowest (domain/record/grade.ts). */
  function placeOf(name: string, code: unknown): number {
    var codes = fieldOf(name).codes as readonly unknown[];
    var place = codes.indexOf(code);
    return place === -1 ? codes.length : place;
  }
  function isLowered(name: string, before: Doc): boolean {
    return fieldOf(name).loweredBy !== undefined && placeOf(name, newDoc[name]) > placeOf(name, before[name]);
  }
  /** Whoever raised it last takes that back, soon after and to what stood there before. */
  function isTakenBack(name: string, before: Doc): boolean {
    var entries = isArray(before["history"]) ? before["history"] : [];
    var last: Doc | null = null;
    for (var i = 0; i < entries.length; i++) {
      var entry = entries[i] as Doc;
      if (entry["field"] === name && (last === null || String(entry["at"]) >= String(last["at"])))
        last = entry;
    }
    if (last === null || last["by"] !== userCtx.name || !equal(last["from"], newDoc[name])) return false;
    return Date.parse(String(newDoc["updatedAt"])) - Date.parse(String(last["at"])) <= table.slipMs;
  }

  var isAdmin = has(userCtx.roles, "_admin");
  var trusted = isAdmin || has(userCtx.roles, "replicator");
  var id = newDoc["_id"];
  if (typeof id === "string" && id.slice(0, 8) === "_design/") {
    if (!isAdmin) refuse("role", "design documents are the administrator's");
    return;
  }
  // Nobody deletes (D10); an operator's purge by law is the exception.
  if (newDoc["_deleted"] === true) {
    if (!isAdmin) refuse("delete", "records are voided, never deleted");
    return;
  }
  if (oldDoc !== null && oldDoc["_deleted"] === true) oldDoc = null;

  var type = newDoc["type"];
  if (typeof type !== "string" || !own(table.types, type)) refuse("schema", "type: unknown");
  var spec = table.types[type] as RuleTable["types"][string];
  if (!new RegExp(spec.database).test(userCtx.db || "")) refuse("place", "type: belongs in another database");

  var older = newDoc["version"] === spec.version - 1 && spec.version > 1;
  if (newDoc["version"] !== spec.version && !older) refuse("schema", "version: not accepted");
  if (newDoc["id"] !== id) refuse("schema", "id: differs from _id");
  if (!new RegExp(spec.id).test(String(id))) refuse("schema", "id: not an id");
  if (!isInstant(newDoc["createdAt"])) refuse("schema", "createdAt: not an instant");
  if (!isInstant(newDoc["deviceTime"])) refuse("schema", "deviceTime: not an instant");
  if (!isName(newDoc["createdBy"])) refuse("schema", "createdBy: not a name");
  if (!isName(newDoc["device"])) refuse("schema", "device: not a name");
  if (spec.ofCase && !isId(newDoc["case"])) refuse("schema", "case: not a link");
  if (spec.mutability === "mutable") {
    if (!isInstant(newDoc["updatedAt"])) refuse("schema", "updatedAt: not an instant");
    if (!isName(newDoc["updatedBy"])) refuse("schema", "updatedBy: not a name");
    if (own(newDoc, "history")) checkHistory(newDoc["history"]);
  } else if (own(newDoc, "corrects") && !isId(newDoc["corrects"])) refuse("schema", "corrects: not a link");
  if (own(newDoc, "unanswered")) {
    var unanswered = newDoc["unanswered"];
    if (!isObject(unanswered)) refuse("schema", "unanswered: not a list of reasons");
    for (var path in unanswered) {
      if (!has(spec.leaves, path)) refuse("schema", "unanswered." + path + ": no such question");
      if (!has(table.nonAnswers, unanswered[path])) refuse("schema", "unanswered." + path + ": not a reason");
      if (valueAt(newDoc, path) !== undefined)
        refuse("schema", "unanswered." + path + ": has a value and a reason");
    }
  }
  for (var name in newDoc) {
    // Of CouchDB's own members these; no `_attachments`: a file would pass by every limit and every screen.
    if (has(["_id", "_rev", "_revisions", "_deleted"], name)) continue;
    if (has(spec.known, name) || (older && name.charAt(0) !== "_")) continue;
    // A field of another version survives an edit, but nobody brings a new one (D16).
    if (oldDoc === null || !own(oldDoc, name) || !equal(oldDoc[name], newDoc[name])) {
      refuse("schema", name + ": unknown field");
    }
  }
  checkFields(newDoc, spec.fields, "");

  var steps = spec.transitions;
  var allowed: readonly string[] = [];
  if (steps) {
    var from = own(newDoc, "from") ? newDoc["from"] : "none";
    var known = false;
    for (var s = 0; s < steps.length; s++) {
      var step = steps[s] as { from: readonly string[]; to: string; roles: readonly string[] };
      if (step.to === newDoc["to"] && has(step.from, from)) {
        known = true;
        allowed = allowed.concat(step.roles);
      }
    }
    if (!known) refuse("schema", "to: no such step");
  }

  if (oldDoc !== null && !isAdmin) {
    if (spec.mutability === "append") refuse("change", "a " + type + " never changes");
    for (var k = 0; k < table.immutable.length; k++) {
      var fixed = table.immutable[k] as string;
      if (!equal(oldDoc[fixed], newDoc[fixed])) refuse("change", fixed + ": never changes");
    }
    if ((newDoc["version"] as number) < (oldDoc["version"] as number)) refuse("change", "version: goes back");
    // Found by id: comparing each with each would take minutes where a history is long.
    var after: Doc = {};
    var next = isArray(newDoc["history"]) ? (newDoc["history"] as Doc[]) : [];
    for (var g = 0; g < next.length; g++) after[(next[g] as Doc)["id"] as string] = next[g];
    var before = isArray(oldDoc["history"]) ? oldDoc["history"] : [];
    for (var h = 0; h < before.length; h++) {
      var entryId = isObject(before[h]) ? String((before[h] as Doc)["id"]) : "";
      if (!own(after, entryId) || !equal(before[h], after[entryId])) {
        refuse("change", "history: an entry is missing");
      }
    }
  }
  if (trusted) return;

  var author = spec.mutability === "mutable" ? "updatedBy" : "createdBy";
  if (oldDoc === null && newDoc["createdBy"] !== userCtx.name)
    refuse("author", "createdBy: is not who is signed in");
  if (newDoc[author] !== userCtx.name) refuse("author", author + ": is not who is signed in");
  if (!mayAct(spec.writers)) refuse("role", "may not write a " + type + " here");
  if (steps && !mayAct(allowed)) refuse("role", "may not record this step here");
  if (oldDoc !== null) {
    for (var graded in spec.fields) {
      if (
        isLowered(graded, oldDoc) &&
        !mayAct(fieldOf(graded).loweredBy || []) &&
        !isTakenBack(graded, oldDoc)
      )
        refuse("role", graded + ": may not be lowered here");
    }
  }

  var latest = (typeof now === "number" ? now : new Date().getTime()) + table.maxDriftMs;
  var times = [newDoc["createdAt"], newDoc["updatedAt"]];
  for (var t = 0; t < times.length; t++) {
    var time = times[t];
    if (typeof time === "string" && Date.parse(time) > latest) refuse("time", "lies in the future");
  }
}
