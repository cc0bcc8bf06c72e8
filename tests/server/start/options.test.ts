// What the start command makes of flags and the environment.
import { expect, it } from "vitest";
import { readOptions } from "#server/start/options.ts";

it.each([
  [[], {}, false],
  [["--trust-proxy"], {}, true],
  [[], { TRUST_PROXY: "1" }, true],
  [[], { TRUST_PROXY: "true" }, true],
  [[], { TRUST_PROXY: "0" }, false],
  [[], { TRUST_PROXY: "" }, false],
])("trusts a proxy only when told to: %j %j", (args, environment, trustProxy) => {
  expect(readOptions(args, environment).trustProxy).toBe(trustProxy);
});

it("does not guess what is meant", () => {
  expect(() => readOptions([], { TRUST_PROXY: "yes" })).toThrow("TRUST_PROXY=yes");
});

it("takes the oldest version of the app that may exchange", () => {
  expect(readOptions([], {}).minimumApp).toBeUndefined();
  expect(readOptions([], { MINIMUM_APP: "" }).minimumApp).toBeUndefined();
  expect(readOptions([], { MINIMUM_APP: "1.4.0" }).minimumApp).toBe("1.4.0");
  expect(readOptions(["--minimum-app", "1.5.0"], { MINIMUM_APP: "1.4.0" }).minimumApp).toBe("1.5.0");
  expect(() => readOptions(["--minimum-app", "newest"], {})).toThrow("1.4.0");
});
