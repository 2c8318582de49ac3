// Markdown tables from what was measured.

const sorted = (values) => [...values].sort((a, b) => a - b);

export function median(values) {
  const all = sorted(values);
  const middle = Math.floor(all.length / 2);
  return all.length % 2 ? all[middle] : (all[middle - 1] + all[middle]) / 2;
}

/** The smallest value that so many in a hundred do not exceed. */
export function percentile(values, percent) {
  const all = sorted(values);
  return all[Math.max(0, Math.ceil((all.length * percent) / 100) - 1)];
}

const number = (value) => (value < 20 ? value.toFixed(1) : value.toFixed(0));

/** A median with its range. */
function spread(values) {
  const all = sorted(values);
  const range = all.length > 1 ? ` (${number(all[0])}–${number(all.at(-1))})` : '';
  return number(median(all)) + range;
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, i) => (i === 0 ? '---' : '---:'));
  return [head, rule, ...rows].map(line).join('\n');
}

const METRICS = {
  'Cold start, ms: init and first event': (it) => it.cold.map((run) => run.init + run.first),
  'Init, ms': (it) => it.cold.map((run) => run.init),
  'First event, ms': (it) => it.cold.map((run) => run.first),
  'CPU time of init and first event, ms': (it) => it.cold.map((run) => run.cpu),
  'CPU time of a warm event, ms': (it) => it.warm.map((run) => run.cpu),
  'Warm event, ms, p50': (it) => it.warm.map((run) => percentile(run.ms, 50)),
  'Warm event, ms, p99': (it) => it.warm.map((run) => percentile(run.ms, 99)),
  'Peak memory after the warm events, MB': (it) => it.warm.map((run) => run.peak),
};

/**
 * One table a metric: a row a candidate, a column a setting; then the first binary against each of
 * the others.
 *
 * @param results by column, and by the candidate's label: { cold, warm }
 * @param titles of the columns
 */
export function tables(results, labels, columns, titles) {
  return Object.entries(METRICS)
    .map(([title, metric]) => {
      const values = (label, column) => metric(results[column][label]);
      const has = columns.some((column) => values(labels[0], column).length > 0);
      if (!has) {
        return '';
      }
      const cell = (label, column) => {
        const all = values(label, column);
        return all.length > 0 ? spread(all) : '–';
      };
      const ratio = (one, other, column) => {
        const [a, b] = [one, other].map((label) => median(values(label, column)));
        return Number.isFinite(a / b) ? `**${(a / b).toFixed(2)}**` : '–';
      };
      const rows = labels.map((label) => [label, ...columns.map((it) => cell(label, it))]);
      const ratios = pairs(labels).map(([one, other]) => [
        `${one} / ${other}`,
        ...columns.map((it) => ratio(one, other, it)),
      ]);
      const head = ['', ...columns.map((it) => titles[it])];
      return `### ${title}\n\n${table(head, [...rows, ...ratios])}\n`;
    })
    .filter((it) => it)
    .join('\n');
}

/** Every binary against every peer, and the further binaries against the first. */
function pairs(labels) {
  const peers = labels.filter((it) => it === 'Node.js' || it === 'Python');
  const binaries = labels.filter((it) => !peers.includes(it));
  return [
    ...binaries.flatMap((one) => peers.map((peer) => [one, peer])),
    ...binaries.slice(1).map((other) => [other, binaries[0]]),
  ];
}

export function zipTable(candidates) {
  const size = (it) => (it.zipBytes === null ? '–' : number(it.zipBytes / 1e6));
  const rows = candidates.map((it) => [it.label, size(it)]);
  return `### Zip, MB\n\n${table(['', 'zip'], rows)}\n`;
}

export function tailTable(tails, count, delay) {
  const rows = Object.entries(tails).map(([label, cold]) => {
    const all = cold.map((run) => run.init + run.first);
    return [label, ...[50, 90, 99, 100].map((it) => number(percentile(all, it)))];
  });
  return (
    `### ${count} cold starts with TLS and ${delay} ms a call, ms\n\n` +
    `${table(['', 'p50', 'p90', 'p99', 'most'], rows)}\n`
  );
}

/**
 * What the last events with TLS opened, and how much of that resumed an earlier session.
 *
 * @param perLabel by the candidate's label, and by the kind of event
 */
export function handshakeTable(perLabel, services) {
  const rows = Object.entries(perLabel).flatMap(([label, kinds]) =>
    Object.entries(kinds).map(([kind, connections]) => [
      `${label}, ${kind} event`,
      ...services.map((it) => opened(connections.filter(({ service }) => service === it))),
      opened(connections),
    ]),
  );
  const title = '### TLS handshakes, and how many of them resumed a session';
  return `${title}\n\n${table(['', ...services, 'all'], rows)}\n`;
}

function opened(connections) {
  const resumed = connections.filter((it) => it.resumed).length;
  return `${connections.length}${resumed ? ` (${resumed})` : ''}`;
}
