// Runs the rule's text as a query server does: in an engine of its own, fed with JSON.
import { getQuickJS, type QuickJSContext } from "quickjs-emscripten";
import type { RuleCall } from "./verdict.ts";

export interface QuickJsRule {
  /** One verdict per call, as `verdict` says it. */
  readonly verdicts: (calls: readonly RuleCall[]) => readonly string[];
  readonly dispose: () => void;
}

function evaluate(context: QuickJSContext, code: string): string {
  const handle = context.unwrapResult(context.evalCode(code));
  const value: unknown = context.dump(handle);
  handle.dispose();
  return String(value);
}

/** @param source text of an ES5 function expression `function (newDoc, oldDoc, userCtx, secObj) {…}` */
export async function quickJsRule(source: string): Promise<QuickJsRule> {
  const context = (await getQuickJS()).newContext();
  evaluate(
    context,
    `var validate = (${source});
     function verdict(call) {
       try {
         validate(call.newDoc, call.oldDoc, call.userCtx, call.secObj);
         return "accepted";
       } catch (thrown) {
         return thrown && thrown.forbidden !== undefined ? thrown.forbidden : "thrown " + thrown;
       }
     }
     "ready"`,
  );
  return {
    verdicts(calls) {
      const text = JSON.stringify(JSON.stringify(calls));
      return JSON.parse(evaluate(context, `JSON.stringify(JSON.parse(${text}).map(verdict))`)) as string[];
    },
    dispose: () => context.dispose(),
  };
}
