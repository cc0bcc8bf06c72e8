// The cases as a table whose heads sort it: for whoever compares many of them on a wide screen.
import { ArrowDown, ArrowUp } from "lucide-react";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { CaseTableRow } from "./case-table-row.tsx";
import { type Column, columns, pressed, type TableOrder } from "./table-order.ts";
import "./case-table.css";

interface CaseTableProps {
  readonly files: readonly CaseFile[];
  readonly order: TableOrder | undefined;
  readonly onSort: (sort: string) => void;
  readonly now: number;
  readonly changed: ReadonlySet<string>;
  readonly namesShown: boolean;
  /** Query of the list's address, so that the way back leads to the same list. */
  readonly search: string;
}

export function CaseTable({ files, order, onSort, now, changed, namesShown, search }: CaseTableProps) {
  const { t } = useTexts();
  return (
    <table className="case-table">
      <caption className="visually-hidden">{t("nav.cases")}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <Head key={column} column={column} order={order} onSort={onSort} />
          ))}
        </tr>
      </thead>
      <tbody>
        {files.map((file) => (
          <CaseTableRow
            key={file.case.id}
            file={file}
            now={now}
            changed={changed.has(file.case.id)}
            nameShown={namesShown}
            search={search}
          />
        ))}
      </tbody>
    </table>
  );
}

interface HeadProps extends Pick<CaseTableProps, "order" | "onSort"> {
  readonly column: Column;
}

function Head({ column, order, onSort }: HeadProps) {
  const { t } = useTexts();
  const isSorted = order?.column === column;
  const Arrow = order?.turned ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      className={`case-column-${column}`}
      aria-sort={isSorted ? (order.turned ? "descending" : "ascending") : undefined}
    >
      <button
        type="button"
        data-action="sort"
        data-value={column}
        onClick={() => onSort(pressed(column, order))}
      >
        <span>{t(`cases.column.${column}`)}</span>
        {isSorted ? <Arrow aria-hidden className="icon" /> : null}
      </button>
    </th>
  );
}
