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
type Fields = RuleTable["types"][string]["fields"];
type RuleField = Fields[string];

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
  function checkValue(value: unknown, field: RuleField, path: string): void {
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
      var inner = field.fields as Fields;
      for (var key in value) if (!own(inner, key)) refuse("schema", path + "." + key + ": unknown field");
      checkFields(value, inner, path + ".");
      fine = true;
    }
    if (!fine) refuse("schema", path + ": not a " + field.kind);
  }
  function checkFields(holder: Doc, fields: Fields, prefix: string): void {
    for (var key in fields) {
      if (!own(fields, key)) continue;
      var field = fields[key] as RuleField;
      if (own(holder, key)) checkValue(holder[key], field, prefix + key);
      else if (field.required) refuse("schema", prefix + key + ": missing");
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
  /** Ids of the entries of a history, as members of an object: looking each up in a list would take minutes. */
  function idsOf(history: unknown): Doc {
    var ids: Doc = {};
    var list = isArray(history) ? history : [];
    for (var i = 0; i < list.length; i++) if (isObject(list[i])) ids[String((list[i] as Doc)["id"])] = true;
    return ids;
  }
  function isUnit(field: RuleField): boolean {
    return field.kind !== "group" || field.unit === true;
  }
  /** The field that changes as one under this path (domain/record/unit.ts). */
  function unitAt(path: string): RuleField | null {
    var fields = shape.fields;
    var steps = path.split(".");
    for (var i = 0; i < steps.length; i++) {
      if (!own(fields, steps[i] as string)) return null;
      var field = fields[steps[i] as string] as RuleField;
      if (isUnit(field)) return i === steps.length - 1 ? field : null;
      fields = field.fields as Fields;
    }
    return null;
  }
  function eachUnit(fields: Fields, prefix: string, visit: (path: string, field: RuleField) => void): void {
    for (var name in fields) {
      if (!own(fields, name)) continue;
      var field = fields[name] as RuleField;
      if (isUnit(field)) visit(prefix + name, field);
      else eachUnit(field.fields as Fields, prefix + name + ".", visit);
    }
  }
  function isInside(leaf: string, unit: string): boolean {
    return leaf === unit || leaf.slice(0, unit.length + 1) === unit + ".";
  }
  /** What one side of an entry says must be what the question takes. */
  function checkSide(entry: Doc, side: string, reasons: string, field: RuleField): void {
    var unit = entry["field"] as string;
    if (own(entry, side)) checkValue(entry[side], field, "history");
    for (var leaf in own(entry, reasons) ? (entry[reasons] as Doc) : {}) {
      var said = leaf === unit ? entry[side] : valueAt(entry[side], leaf.slice(unit.length + 1));
      if (!isInside(leaf, unit) || !has(shape.leaves, leaf) || said !== undefined)
        refuse("schema", "history: does not fit its question");
    }
  }
  /** @param held ids of the entries that lie there: they may be of questions that have gone since */
  function checkHistory(history: unknown, held: Doc): void {
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
      if (own(held, entry["id"])) continue;
      var question = unitAt(entry["field"] as string);
      if (question === null) refuse("schema", "history: of no question");
      if (question.required && !own(entry, "to")) refuse("schema", "history: does not fit its question");
      checkSide(entry, "from", "fromUnanswered", question);
      checkSide(entry, "to", "toUnanswered", question);
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

  function fieldOf(name: string): RuleField {
    return spec.fields[name] as RuleField;
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
    var entries = entriesOf(before, name);
    var followed = followedBy(entries);
    var last: Doc | null = null;
    for (var i = 0; i < entries.length; i++) {
      var entry = entries[i] as Doc;
      if (own(followed, entry["id"] as string)) continue;
      if (last !== null) return false;
      last = entry;
    }
    if (last === null || last["by"] !== userCtx.name || !equal(last["from"], newDoc[name])) return false;
    var raisedAt = Date.parse(String(last["at"]));
    return (
      Date.parse(String(newDoc["updatedAt"])) - raisedAt <= table.slipMs &&
      clock - raisedAt <= table.maxSlipDelayMs
    );
  }
  /** Entries of one question. */
  function entriesOf(doc: Doc, path: string): Doc[] {
    var found: Doc[] = [];
    var list = isArray(doc["history"]) ? doc["history"] : [];
    for (var i = 0; i < list.length; i++) {
      if (isObject(list[i]) && (list[i] as Doc)["field"] === path) found.push(list[i] as Doc);
    }
    return found;
  }
  /** Ids that these entries stand on. */
  function followedBy(entries: Doc[]): Doc {
    var followed: Doc = {};
    for (var i = 0; i < entries.length; i++) {
      var ids = (entries[i] as Doc)["after"];
      if (!isArray(ids)) continue;
      for (var j = 0; j < ids.length; j++) followed[String(ids[j])] = true;
    }
    return followed;
  }
  function reasonsAt(holder: unknown, unit: string): Doc {
    var found: Doc = {};
    if (isObject(holder))
      for (var leaf in holder) if (own(holder, leaf) && isInside(leaf, unit)) found[leaf] = holder[leaf];
    return found;
  }
  function saysSame(doc: Doc, entry: Doc, unit: string): boolean {
    return (
      equal(valueAt(doc, unit), entry["to"]) &&
      equal(reasonsAt(doc["unanswered"], unit), own(entry, "toUnanswered") ? entry["toUnanswered"] : {})
    );
  }
  /** What was said when the record was made: told as an entry where two were made under one id. */
  function isFirstWord(entry: Doc, before: Doc): boolean {
    var unit = entry["field"] as string;
    return (
      entry["by"] === before["createdBy"] &&
      entry["at"] === before["createdAt"] &&
      (entry["after"] as unknown[]).length === 0 &&
      !own(entry, "from") &&
      entriesOf(before, unit).length === 0 &&
      saysSame(before, entry, unit)
    );
  }
  /** A set of codes may be made of both sides: each code that came or went must stand in an entry. */
  function isSetExplained(before: unknown[], after: unknown[], entries: Doc[]): boolean {
    function stands(item: unknown, came: boolean): boolean {
      for (var i = 0; i < entries.length; i++) {
        var to = (entries[i] as Doc)["to"];
        var from = (entries[i] as Doc)["from"];
        var isIn = isArray(to) && has(to, item);
        if (came ? isIn : !isIn && isArray(from) && has(from, item)) return true;
      }
      return false;
    }
    for (var a = 0; a < after.length; a++)
      if (!has(before, after[a]) && !stands(after[a], true)) return false;
    for (var b = 0; b < before.length; b++)
      if (!has(after, before[b]) && !stands(before[b], false)) return false;
    return true;
  }
  /** Of a grade, which some may only raise: an entry says truly from where. */
  function isTruthful(entry: Doc, before: Doc | null, byId: Doc): boolean {
    var unit = entry["field"] as string;
    var after = entry["after"] as string[];
    for (var i = 0; i < after.length; i++)
      if (equal((byId[after[i] as string] as Doc)["to"], entry["from"])) return true;
    if (after.length > 0) return false;
    if (before === null) return true;
    var others = entriesOf(before, unit);
    for (var j = 0; j < others.length; j++) {
      var other = others[j] as Doc;
      if (isArray(other["after"]) && other["after"].length === 0 && equal(other["from"], entry["from"]))
        return true;
    }
    return others.length === 0 && equal(before[unit], entry["from"]);
  }
  /** What is new must be the writer's own, in order, and tell every change (ADR 12). */
  function checkEntries(before: Doc | null): void {
    var held = before === null ? {} : idsOf(before["history"]);
    var list = isArray(newDoc["history"]) ? (newDoc["history"] as Doc[]) : [];
    var byId: Doc = {};
    var fresh: Doc[] = [];
    for (var i = 0; i < list.length; i++) {
      var entry = list[i] as Doc;
      byId[entry["id"] as string] = entry;
      if (!own(held, entry["id"] as string)) fresh.push(entry);
    }
    if (fresh.length > table.maxNewEntries) refuse("change", "history: too many entries at once");
    for (var f = 0; f < fresh.length; f++) {
      var added = fresh[f] as Doc;
      if (added["by"] !== userCtx.name && (before === null || !isFirstWord(added, before)))
        refuse("author", "history: an entry is another's");
      if (Date.parse(added["at"] as string) > latest) refuse("time", "lies in the future");
    }
    // Each on top of what is there or came before it: in a ring, none would count as the last.
    var rest = fresh;
    var placed = -1;
    while (placed !== 0) {
      var waiting: Doc[] = [];
      for (var r = 0; r < rest.length; r++) {
        var next = rest[r] as Doc;
        var stands = true;
        var ids = next["after"] as string[];
        for (var k = 0; k < ids.length; k++) {
          var ground = own(byId, ids[k] as string) ? (byId[ids[k] as string] as Doc) : null;
          if (ground === null || ground["field"] !== next["field"] || !own(held, ids[k] as string))
            stands = false;
        }
        if (stands) held[next["id"] as string] = true;
        else waiting.push(next);
      }
      placed = rest.length - waiting.length;
      rest = waiting;
    }
    if (rest.length > 0) refuse("change", "history: an entry stands on nothing");
    var followed = followedBy(fresh);
    var ends: Record<string, Doc[]> = {};
    for (var e = 0; e < fresh.length; e++) {
      var last = fresh[e] as Doc;
      var unit = last["field"] as string;
      if (own(followed, last["id"] as string)) continue;
      if (!own(ends, unit)) ends[unit] = [];
      (ends[unit] as Doc[]).push(last);
    }
    for (var path in ends) {
      var mine = 0;
      var unfollowed = ends[path] as Doc[];
      for (var m = 0; m < unfollowed.length; m++) if ((unfollowed[m] as Doc)["by"] === userCtx.name) mine++;
      if (mine > 1) refuse("change", "history: entries beside each other");
    }
    for (var t = 0; t < fresh.length; t++) {
      var told = fresh[t] as Doc;
      var graded = unitAt(told["field"] as string);
      if (graded !== null && graded.loweredBy !== undefined && !isTruthful(told, before, byId))
        refuse("change", "history: an entry says wrongly from where");
    }
    // A version lifts whole records: what its reading changes has no entries.
    if (before === null || before["version"] !== newDoc["version"]) return;
    eachUnit(shape.fields, "", function (changed, field) {
      var was = valueAt(before, changed);
      var is = valueAt(newDoc, changed);
      var sameReasons = equal(
        reasonsAt(before["unanswered"], changed),
        reasonsAt(newDoc["unanswered"], changed),
      );
      if (equal(was, is) && sameReasons) return;
      var candidates = own(ends, changed) ? (ends[changed] as Doc[]) : [];
      for (var c = 0; c < candidates.length; c++) if (saysSame(newDoc, candidates[c] as Doc, changed)) return;
      if (field.kind === "codes" && isArray(was) && isArray(is) && sameReasons) {
        var all: Doc[] = [];
        for (var n = 0; n < fresh.length; n++)
          if ((fresh[n] as Doc)["field"] === changed) all.push(fresh[n] as Doc);
        if (isSetExplained(was, is, all)) return;
      }
      refuse("change", changed + ": changed without an entry");
    });
  }

  var clock = typeof now === "number" ? now : new Date().getTime();
  var latest = clock + table.maxDriftMs;

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

  var shape: RuleTable["types"][string]["before"] & object = spec;
  if (newDoc["version"] !== spec.version) {
    if (newDoc["version"] !== spec.version - 1 || !spec.before) refuse("schema", "version: not accepted");
    shape = spec.before;
  }
  if (newDoc["id"] !== id) refuse("schema", "id: differs from _id");
  if (!new RegExp(spec.id).test(String(id))) refuse("schema", "id: not an id");
  if (!isInstant(newDoc["createdAt"])) refuse("schema", "createdAt: not an instant");
  if (!isInstant(newDoc["deviceTime"])) refuse("schema", "deviceTime: not an instant");
  if (!isName(newDoc["createdBy"])) refuse("schema", "createdBy: not a name");
  if (!isName(newDoc["device"])) refuse("schema", "device: not a name");
  if (own(newDoc, "relayedBy") && !isName(newDoc["relayedBy"])) refuse("schema", "relayedBy: not a name");
  if (spec.ofCase && !isId(newDoc["case"])) refuse("schema", "case: not a link");
  if (spec.mutability === "mutable") {
    if (!isInstant(newDoc["updatedAt"])) refuse("schema", "updatedAt: not an instant");
    if (!isName(newDoc["updatedBy"])) refuse("schema", "updatedBy: not a name");
    if (own(newDoc, "history"))
      checkHistory(newDoc["history"], oldDoc === null ? {} : idsOf(oldDoc["history"]));
  } else if (own(newDoc, "corrects") && !isId(newDoc["corrects"])) refuse("schema", "corrects: not a link");
  if (own(newDoc, "unanswered")) {
    var unanswered = newDoc["unanswered"];
    if (!isObject(unanswered)) refuse("schema", "unanswered: not a list of reasons");
    for (var path in unanswered) {
      if (!has(shape.leaves, path)) refuse("schema", "unanswered." + path + ": no such question");
      if (!has(table.nonAnswers, unanswered[path])) refuse("schema", "unanswered." + path + ": not a reason");
      if (valueAt(newDoc, path) !== undefined)
        refuse("schema", "unanswered." + path + ": has a value and a reason");
    }
  }
  for (var name in newDoc) {
    // Of CouchDB's own members these; no `_attachments`: a file would pass by every limit and every screen.
    if (has(["_id", "_rev", "_revisions", "_deleted"], name)) continue;
    if (has(shape.known, name)) continue;
    // A field of another version survives an edit, but nobody brings a new one (D16).
    if (oldDoc === null || !own(oldDoc, name) || !equal(oldDoc[name], newDoc[name])) {
      refuse("schema", name + ": unknown field");
    }
  }
  checkFields(newDoc, shape.fields, "");

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
    if (newDoc["version"] < (oldDoc["version"] as number)) refuse("change", "version: goes back");
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
  // A hub keeps its password of the centre in the clear. With it nobody may say who works where, or exchange the key to
  // which devices wrap theirs: those the hub's own account takes along, at the hub alone.
  if (trusted && !isAdmin && userCtx.db === "directory" && !has(userCtx.roles, "directory_copy"))
    refuse("role", "may not write a " + type + " here");
  if (trusted) return;

  var author = spec.mutability === "mutable" ? "updatedBy" : "createdBy";
  if (oldDoc === null && newDoc["createdBy"] !== userCtx.name)
    refuse("author", "createdBy: is not who is signed in");
  if (newDoc[author] !== userCtx.name) refuse("author", author + ": is not who is signed in");
  if (own(newDoc, "relayedBy") && (oldDoc === null || oldDoc["relayedBy"] !== newDoc["relayedBy"]))
    refuse("author", "relayedBy: is for the front door to say");
  if (!mayAct(spec.writers)) refuse("role", "may not write a " + type + " here");
  if (spec.writtenAt !== undefined && "s-" + String(newDoc[spec.writtenAt]) !== userCtx.db)
    refuse("place", spec.writtenAt + ": is another site");
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
  if (spec.mutability === "mutable") checkEntries(oldDoc);

  var times = [newDoc["createdAt"], newDoc["updatedAt"]];
  for (var t = 0; t < times.length; t++) {
    var time = times[t];
    if (typeof time === "string" && Date.parse(time) > latest) refuse("time", "lies in the future");
  }
}
