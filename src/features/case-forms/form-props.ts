// What every form about a case is given.
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import type { Role } from "#src/domain/roles.ts";

export interface FormProps {
  readonly file: CaseFile;
  /** Roles held at the case's site. */
  readonly held: ReadonlySet<Role>;
  /** Id of the record the form is about, from `?about=`. */
  readonly about: string | undefined;
  readonly restart: () => void;
}
