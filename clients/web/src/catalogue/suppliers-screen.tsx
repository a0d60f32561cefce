import { ExportButton } from '../controls/export-button.tsx';
import { Panel } from '../controls/panel.tsx';
import { Empty, Lines, Trouble } from '../controls/quiet.tsx';
import tables from '../controls/tables.module.css';
import { SuppliersDocument } from '../generated/operations.ts';
import { useAsked } from '../graph/use-asked.ts';
import { useLanguage } from '../language/language.tsx';
import classes from './lists.module.css';
import { Parts } from './parts.tsx';
import { suppliersCsv } from './suppliers-csv.ts';

const nothing = {};

/** Who delivers the products, and how fast. */
export function SuppliersScreen() {
  const { words, format } = useLanguage();
  const { data, failed, reload } = useAsked(SuppliersDocument, nothing);
  const suppliers = data?.suppliers ?? null;
  return (
    <div className={classes.screen}>
      <Parts />
      <div className={classes.columns}>
        <Panel
          title={words.catalogue.suppliers}
          testId="suppliers"
          aside={suppliers !== null && <ExportButton rows={suppliers} file={words.catalogue.suppliersFile} csv={suppliersCsv} />}
        >
          {failed && suppliers === null && <Trouble title={words.catalogue.suppliersFailed} onRetry={reload} />}
          {suppliers === null && !failed && <Lines count={8} />}
          {suppliers?.length === 0 && <Empty title={words.catalogue.noSuppliers} />}
          {suppliers !== null && suppliers.length > 0 && (
            <table className={tables.table}>
              <thead>
                <tr>
                  <th scope="col">{words.catalogue.supplier}</th>
                  <th scope="col" className={`${tables.left} ${classes.mail}`}>
                    {words.catalogue.email}
                  </th>
                  <th scope="col">{words.catalogue.leadTime}</th>
                </tr>
              </thead>
              <tbody>
                {suppliers.map(({ id, name, email, leadTimeDays }) => (
                  <tr key={id}>
                    <th scope="row" className={classes.supplier}>
                      {name}
                      {email !== null && (
                        <a href={`mailto:${email}`} className={classes.mailBelow}>
                          {email}
                        </a>
                      )}
                    </th>
                    <td className={`${tables.left} ${classes.mail}`}>{email === null ? '—' : <a href={`mailto:${email}`}>{email}</a>}</td>
                    <td>{words.catalogue.days(leadTimeDays, format.count(leadTimeDays))}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Panel>
      </div>
    </div>
  );
}
