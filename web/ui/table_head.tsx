/** The name of a column; `spoken`: its cells say enough to whoever sees them. */
export interface Column {
  name: string;
  spoken?: boolean;
  className?: string | undefined;
  colSpan?: number;
}

/** The head of a table: what its columns are called. */
export function TableHead({ columns }: { columns: readonly (string | Column)[] }) {
  return (
    <thead>
      <tr>
        {columns.map((column) => {
          const { name, spoken, ...cell } = typeof column === "string" ? { name: column } : column;
          return (
            <th key={name} scope="col" {...cell}>
              {spoken ? <span className="spoken">{name}</span> : name}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
