// Collects what a check found and prints it in plain lines: right, wrong with what to do, or worth a look.

/**
 * @typedef {{ grade: "ok" | "WRONG" | "look", what: string, todo?: string }} Finding
 * @typedef {{ findings: readonly Finding[], section: (title: string) => void,
 *   ok: (what: string) => void, wrong: (what: string, todo: string) => void, look: (what: string, todo: string) => void,
 *   judge: (right: boolean, what: string, todo: string) => void }} Report
 */

/** @param {(line: string) => void} print @returns {Report} */
export function openReport(print) {
  /** @type {Finding[]} */
  const findings = [];
  /** @param {Finding} finding */
  const add = (finding) => {
    findings.push(finding);
    print(`${finding.grade.padEnd(6)} ${finding.what}`);
    if (finding.todo !== undefined) print(`       -> ${finding.todo}`);
  };
  /** @type {Report["wrong"]} */
  const wrong = (what, todo) => add({ grade: "WRONG", what, todo });
  return {
    findings,
    section: (title) => print(`\n${title}`),
    ok: (what) => add({ grade: "ok", what }),
    wrong,
    look: (what, todo) => add({ grade: "look", what, todo }),
    judge: (right, what, todo) => (right ? add({ grade: "ok", what }) : wrong(`not so: ${what}`, todo)),
  };
}

/** @param {readonly Finding[]} findings @returns {string} */
export function summary(findings) {
  /** @param {Finding["grade"]} grade */
  const count = (grade) => findings.filter((finding) => finding.grade === grade).length;
  return `${count("ok")} right, ${count("WRONG")} wrong, ${count("look")} to look at`;
}
