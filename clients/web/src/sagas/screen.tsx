import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { LivePanel } from '../controls/live-panel.tsx';
import { NoMatch } from '../controls/no-match.tsx';
import { Empty, Lines } from '../controls/quiet.tsx';
import { pageSize } from '../feed/live-list.ts';
import type { RowFeed } from '../feed/row-feed.ts';
import { useRowFeed } from '../feed/use-row-feed.ts';
import { useAddress } from '../frame/use-address.ts';
import { SagaActivityDocument, SagaPageDocument, SagaStatisticsDocument } from '../generated/operations.ts';
import { ask } from '../graph/ask.ts';
import { coalesce } from '../graph/coalesce.ts';
import { listen } from '../graph/listen.ts';
import { type Asked, useAsked } from '../graph/use-asked.ts';
import { AddIcon, SagasIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import { useMay } from '../session/session.tsx';
import { DefinitionPanel } from './definition-panel.tsx';
import { SagaList } from './saga-list.tsx';
import { sagasCsv } from './sagas-csv.ts';
import classes from './screen.module.css';
import { StateFilter } from './state-filter.tsx';
import { type SagaRow, sagaFilters, statesOf } from './states.ts';
import { type Statistics, StatisticsPanel } from './statistics-panel.tsx';

const countEveryMs = 1_000;
const nothing = {};

/** Every saga as it advances, with what can be said of all of them. */
export function SagasScreen() {
  const { words } = useLanguage();
  const [filter, setFilter] = useAddress('etat', sagaFilters);
  const states = statesOf[filter];
  const feed = useRowFeed<SagaRow>(filter, (client) => ({
    page: async (after) => {
      const { sagas } = await ask(client, SagaPageDocument, { states: states === null ? null : [...states], first: pageSize, after });
      return { nodes: sagas.nodes, hasNextPage: sagas.pageInfo.hasNextPage, endCursor: sagas.pageInfo.endCursor ?? null };
    },
    changes: (take) => listen(client, SagaActivityDocument, {}, { data: ({ sagaActivity }) => take(sagaActivity) }),
    belongs: ({ state }) => states === null || states.includes(state),
  }));
  const statistics = useStatistics(feed);
  const mayOrder = useMay(['ADMIN', 'MANAGER', 'CLERK', 'INTEGRATION']);

  return (
    <div className={classes.screen}>
      <div className={classes.filter}>
        <StateFilter states={statistics.data?.states ?? null} value={filter} onChange={setFilter} />
        {mayOrder && (
          <Button component={Link} to="/app/commandes/nouvelle" leftSection={<AddIcon />} className={classes.new ?? ''}>
            {words.newOrder.title}
          </Button>
        )}
      </div>
      <div className={classes.list}>{feed === null ? <Lines count={10} /> : <Sagas feed={feed} filtered={states !== null} />}</div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className={classes.side} tabIndex={0}>
        <StatisticsPanel statistics={statistics.data} failed={statistics.failed} onRetry={statistics.reload} />
        <DefinitionPanel saga={null} states={statistics.data?.states ?? []} />
      </div>
    </div>
  );
}

function Sagas({ feed, filtered }: { feed: RowFeed<SagaRow>; filtered: boolean }) {
  const { words } = useLanguage();
  return (
    <LivePanel
      feed={feed}
      name="sagas"
      className={classes.panel}
      words={words.sagas}
      csv={sagasCsv}
      empty={
        filtered ? (
          <NoMatch icon={<SagasIcon />} title={words.sagas.emptyFiltered} />
        ) : (
          <Empty icon={<SagasIcon />} title={words.sagas.empty} hint={words.sagas.emptyHint} />
        )
      }
    >
      {(view) => <SagaList feed={feed} view={view} />}
    </LivePanel>
  );
}

/** How all sagas do: asked for anew, now and then, while sagas change. */
function useStatistics(feed: RowFeed<SagaRow> | null): Asked<unknown> & { data: Statistics | null } {
  const { data, failed, reload } = useAsked(SagaStatisticsDocument, nothing);
  useEffect(() => {
    if (feed === null) return;
    const again = coalesce(countEveryMs, reload);
    const forget = feed.onChange(() => again.push(undefined));
    return () => {
      forget();
      again.stop();
    };
  }, [feed, reload]);
  return { data: data?.sagaStatistics ?? null, failed, reload };
}
