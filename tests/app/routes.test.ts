// Every route names the states it is looked at in, and each of them can be brought about; a new route has to as well.
import { describe, expect, it } from "vitest";
import { type RouteSpec, routes, type ScreenState } from "#src/app/routes.tsx";
import { paths } from "#src/ui/addresses.ts";
import { screensOf } from "#tests/e2e/harness/screens.ts";

const [first] = routes;
if (!first) throw new Error("there are no routes");
/** A route as somebody might add it. */
const added = (path: string, states: readonly string[]): RouteSpec =>
  // What the compiler would refuse is what a careless cast brings here.
  ({ ...first, path, states }) as unknown as RouteSpec;

describe("the list of routes", () => {
  it.each(routes.map((route) => [route.path, route] as const))("%s is seen in all its states", (_, route) => {
    const names = screensOf(route).map(({ name }) => name);
    const wanted: readonly ScreenState[] = route.states;
    expect(wanted.filter((state) => !names.some((name) => name.startsWith(`${state},`)))).toEqual([]);
  });

  it("shows every screen of the product that has nothing on it yet, and those that can refuse what is typed", () => {
    const lacking = routes.filter(({ states }) => !states.includes("empty") || !states.includes("filled"));
    expect(lacking.map(({ path }) => path)).toEqual([]);
    const forms = routes.filter(({ bare }) => bare === true);
    expect(forms.filter(({ states }) => !states.includes("error")).map(({ path }) => path)).toEqual([]);
  });

  it("holds every address but the way in and the gallery", () => {
    const { unlock: _, gallery: __, ...rest } = paths;
    expect(routes.map(({ path }) => path).toSorted()).toEqual(Object.values(rest).toSorted());
  });

  it("refuses a route without states", () => {
    expect(() => screensOf(added("/reports", []))).toThrow("/reports names no states");
  });

  it("refuses a state that nobody can bring about", () => {
    expect(() => screensOf(added("/reports", ["error"]))).toThrow(`how /reports looks when "error"`);
    expect(() => screensOf(added("/receptions/:id", ["filled"]))).toThrow("/receptions/:id");
    expect(() => screensOf(added("/reports", ["upside down"]))).toThrow("upside down");
  });
});
