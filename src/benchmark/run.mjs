#!/usr/bin/env node
// Compares the shipped binary with a Node.js and a Python function that do the same job:
//
//     ./mvnw verify -Dnative        # once: leaves target/function.zip
//     node src/benchmark/run.mjs
//
// It prints Markdown tables, and writes target/benchmark/results.json. It needs Linux with two
// cores that nothing else uses, Node.js 20, npm, Python 3.11 with boto3, and openssl; the columns
// with held CPU need root and control groups of version 1.
//
// Every candidate answers the same Lambda Runtime API and talks to the same stand-ins of AWS and
// WhatsApp, which run on another core than the candidate. A run counts only if every candidate has
// made the same calls, `register` among them exactly once, and has answered MIGRATED; else the
// benchmark fails. Candidates take turns: ours, Node.js, Python, ours, …
//
// Options:
//   --zip PATH            the function.zip of ours; target/function.zip if not given
//   --ours LABEL=PATH     the same with a name; repeat it to compare several binaries
//   --candidates LIST     of ours,node,python; all if not given
//   --columns LIST        of plain,tls,256,512,1024,5mb; all if not given
//   --cold N              cold starts of each candidate in each column; 7
//   --warm N              warm events after a first one; 100
//   --warm-processes N    how many of the cold starts go on with warm events; 3
//   --delay MS            how long the stand-ins wait before each answer in the columns; 0
//   --p99 N               cold starts with TLS and a delay, for the slowest of them; 0
//   --p99-delay MS        that delay; 100
//   --p99-candidates LIST of ours,node,python; ours
//
// A number as a column holds the candidate, from its first request for an event on, to the share of
// one core that so many MB of memory bring on Lambda (1769 MB: one core). Its init is not held,
// because Lambda gives init more CPU: an assumption. The heap of Node.js is as large as for that much
// memory on Lambda, and in the other columns as for the 256 MB of the template; ours has its bounds
// built in.
//
// Init lasts from the start of the process to its first request for an event, the first event from
// there to the answer. CPU time counts all threads, user and system, until the next request for an
// event; of a warm event it is the mean of all of a process. Memory is VmHWM.

import { execFileSync, fork } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Process } from './candidate.mjs';
import { nodePeer, ours, pythonPeer, versions } from './candidates.mjs';
import { makeCertificates } from './certificates.mjs';
import * as held from './held.mjs';
import { handshakeTable, tables, tailTable, zipTable } from './report.mjs';
import { SECRETS, SERVICES } from './services.mjs';

const CANDIDATE_CORE = 0;
const OWN_CORE = 1;
const TEMPLATE_MB = 256;
const BACKUP_BYTES = 4_000;
const LARGEST_BACKUP_BYTES = 5_000_000;

const COLUMNS = {
  plain: { title: 'plain HTTP' },
  tls: { title: 'TLS', tls: true },
  256: { title: 'TLS, 256 MB', tls: true, heldMb: 256 },
  512: { title: 'TLS, 512 MB', tls: true, heldMb: 512 },
  1024: { title: 'TLS, 1024 MB', tls: true, heldMb: 1024 },
  '5mb': { title: 'TLS, 5 MB backup', tls: true, backupBytes: LARGEST_BACKUP_BYTES },
};
const ORDER = ['plain', 'tls', '256', '512', '1024', '5mb'];

const { values: options } = parseArgs({
  options: {
    zip: { type: 'string', default: 'target/function.zip' },
    ours: { type: 'string', multiple: true, default: [] },
    candidates: { type: 'string', default: 'ours,node,python' },
    columns: { type: 'string', default: ORDER.join() },
    cold: { type: 'string', default: '7' },
    warm: { type: 'string', default: '100' },
    'warm-processes': { type: 'string', default: '3' },
    delay: { type: 'string', default: '0' },
    p99: { type: 'string', default: '0' },
    'p99-delay': { type: 'string', default: '100' },
    'p99-candidates': { type: 'string', default: 'ours' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  // The comment at the top.
  const [head] = readFileSync(import.meta.filename, 'utf8').split(/\n\n(?!\/\/)/);
  process.stdout.write(`${head.replace(/^(#!.*|\/\/ ?)/gm, '').trim()}\n`);
  process.exit();
}

function count(name) {
  const value = Number(options[name]);
  if (!Number.isInteger(value) || value < 0) {
    throw new Error(`--${name} must be a number`);
  }
  return value;
}

function list(name, known) {
  const chosen = options[name].split(',').filter((it) => it);
  const wrong = chosen.find((it) => !known.includes(it));
  if (wrong) {
    throw new Error(`--${name} takes ${known.join()}, and not ${wrong}`);
  }
  return chosen;
}

const work = resolve('target', 'benchmark');
mkdirSync(join(work, 'logs'), { recursive: true });
const log = (text) => process.stderr.write(`${text}\n`);

/** The stand-ins' process, and how to talk to it. */
class StandIns {
  #process = fork(join(import.meta.dirname, 'standins.mjs'));

  tell(command, argument) {
    return new Promise((answered) => {
      this.#process.once('message', ({ answer }) => answered(answer));
      this.#process.send({ command, argument });
    });
  }

  stop() {
    this.#process.kill();
  }
}

const kinds = {
  ours: () =>
    options.ours.length === 0
      ? [ours('ours', options.zip, work)]
      : options.ours.map((it) => ours(...it.split(/=(.*)/s).slice(0, 2), work)),
  node: () => [nodePeer(work)],
  python: () => [pythonPeer(work)],
};

let phoneNumberId = 10_000_000_000_000 + Math.floor(Math.random() * 1e12) * 10;

/** What the candidates call; the first run of each kind decides, and no other may differ. */
const expected = {};
const handshakes = {};

/**
 * One event of a new number, delivered and checked.
 *
 * @returns how long the answer took, in ms
 */
async function deliver(candidate, running, standIns, kind) {
  phoneNumberId += 1;
  const id = `${phoneNumberId}`;
  const answer = await running.deliver({
    phoneNumberId: id,
    backup: { bucket: 'number-ferry-backups', key: `${id}/backup.json` },
  });
  await running.asks();
  const { calls, connections } = await standIns.tell('take');
  check(candidate, kind, answer, calls.map((it) => it.name));
  if (connections.some((it) => it.tls)) {
    (handshakes[candidate.label] ??= {})[kind] = connections;
  }
  return answer.ms;
}

function check(candidate, kind, answer, names) {
  const made = [...names].sort().join('\n');
  expected[kind] ??= { by: candidate.label, made, order: names };
  const fail = (what) => {
    throw new Error(`${candidate.label}, ${kind} event: ${what}`);
  };
  if (answer.failed || JSON.parse(answer.body).status !== 'MIGRATED') {
    fail(`answered ${answer.body}`);
  }
  if (names.filter((it) => it === 'Graph.POST register').length !== 1) {
    fail(`register was not called once, but these calls were made:\n${names.join('\n')}`);
  }
  if (made !== expected[kind].made) {
    fail(`calls\n${made}\nwhere ${expected[kind].by} calls\n${expected[kind].made}`);
  }
}

/**
 * A cold start with its first event, and warm events after it.
 *
 * @param outside the stand-ins, their URLs, and their certificates
 */
async function measure(candidate, outside, column, delay, warmEvents) {
  const { standIns, urls, certificates } = outside;
  const tls = column.tls ?? false;
  const memoryMb = column.heldMb ?? TEMPLATE_MB;
  await standIns.tell('set', { delay, backupBytes: column.backupBytes ?? BACKUP_BYTES });
  const setup = { work, certificates, tls, memoryMb, urls: tls ? urls.tls : urls.plain };
  const file = join(work, 'logs', `${candidate.label}.log`);
  const running = await Process.start({
    ...candidate.start(setup),
    core: CANDIDATE_CORE,
    log: file,
  });
  try {
    const init = (await running.asks()) - running.startedAt;
    if (column.heldMb) {
      held.hold(column.heldMb);
    }
    const first = await deliver(candidate, running, standIns, 'first');
    const cold = { init, first, cpu: running.cpuMs() };
    return { cold, warm: warmEvents ? await warm(candidate, running, standIns, warmEvents) : null };
  } catch (error) {
    const end = readFileSync(file, 'utf8').slice(-4000);
    throw new Error(`${error.message}\n${end}`, { cause: error });
  } finally {
    await running.kill();
    keepsItsSecrets(candidate, file);
  }
}

async function warm(candidate, running, standIns, events) {
  const before = running.cpuMs();
  const ms = [];
  for (let i = 0; i < events; i++) {
    ms.push(await deliver(candidate, running, standIns, 'warm'));
  }
  return { ms, cpu: (running.cpuMs() - before) / events, peak: running.peakMb() };
}

function keepsItsSecrets(candidate, file) {
  const written = readFileSync(file, 'utf8');
  for (const [name, value] of Object.entries(SECRETS)) {
    if (written.includes(value) || written.includes(JSON.stringify(value).slice(1, -1))) {
      throw new Error(`${candidate.label} has written its ${name}: see ${file}`);
    }
  }
}

async function main() {
  if (!process.versions.node.startsWith('20.')) {
    log(`This is Node.js ${process.versions.node}, and the peer is meant to run on 20.`);
  }
  const columns = ORDER.filter((it) => list('columns', ORDER).includes(it)).filter((it) => {
    const left = COLUMNS[it].heldMb && !held.canHold;
    if (left) {
      log(`Left out: ${COLUMNS[it].title}. No control group can be made here (root, version 1).`);
    }
    return !left;
  });
  const candidates = list('candidates', Object.keys(kinds)).flatMap((it) => kinds[it]());
  const certificates = makeCertificates(join(work, 'certificates'));
  execFileSync('taskset', ['-a', '-p', '-c', `${OWN_CORE}`, `${process.pid}`], { stdio: 'ignore' });
  const standIns = new StandIns();
  const urls = await standIns.tell('start', certificates);
  const outside = { standIns, urls, certificates };
  const one = (candidate, column, delay, warmEvents = 0) =>
    measure(candidate, outside, column, delay, warmEvents);
  try {
    for (const candidate of candidates) {
      log(`Warming the page cache and the stand-ins: ${candidate.label}`);
      for (const column of [COLUMNS.plain, COLUMNS.tls, COLUMNS.tls]) {
        await one(candidate, column, 0);
      }
    }
    const results = await usual(candidates, columns, one);
    const tails = await slowest(candidates, one);
    report(candidates, columns, results, tails);
  } finally {
    standIns.stop();
    held.remove();
  }
}

/** Every column, the candidates by turns. */
async function usual(candidates, columns, one) {
  const results = {};
  for (const name of columns) {
    results[name] = Object.fromEntries(candidates.map((it) => [it.label, { cold: [], warm: [] }]));
    for (let i = 0; i < count('cold'); i++) {
      log(`${COLUMNS[name].title}: ${i + 1} of ${count('cold')}`);
      for (const candidate of candidates) {
        const warmEvents = i < count('warm-processes') ? count('warm') : 0;
        const { cold, warm } = await one(candidate, COLUMNS[name], count('delay'), warmEvents);
        results[name][candidate.label].cold.push(cold);
        results[name][candidate.label].warm.push(...(warm ? [warm] : []));
      }
    }
  }
  return results;
}

/** Many cold starts against slow stand-ins. */
async function slowest(candidates, one) {
  const tails = {};
  const kindOf = (it) => ({ 'Node.js': 'node', Python: 'python' })[it.label] ?? 'ours';
  const wanted = list('p99-candidates', Object.keys(kinds));
  const chosen = candidates.filter((it) => wanted.includes(kindOf(it)));
  for (let i = 0; i < count('p99'); i++) {
    log(`TLS, ${count('p99-delay')} ms a call: ${i + 1} of ${count('p99')}`);
    for (const candidate of chosen) {
      const { cold } = await one(candidate, COLUMNS.tls, count('p99-delay'));
      (tails[candidate.label] ??= []).push(cold);
    }
  }
  return tails;
}

function report(candidates, columns, results, tails) {
  const labels = candidates.map((it) => it.label);
  const titles = Object.fromEntries(columns.map((it) => [it, COLUMNS[it].title]));
  const cores = `${cpus()[0].model.trim()}, ${cpus().length} cores`;
  const machine = [cores, ...versions()].join('; ');
  writeFileSync(
    join(work, 'results.json'),
    `${JSON.stringify({ machine, options, expected, handshakes, results, tails }, null, 2)}\n`,
  );
  const parts = [
    `${machine}. Medians of ${options.cold} cold starts, and of` +
      ` ${Math.min(count('cold'), count('warm-processes'))} processes with ${options.warm} warm` +
      ' events each; least and most in brackets.\n',
    tables(results, labels, columns, titles),
    zipTable(candidates),
    ...(Object.keys(tails).length ? [tailTable(tails, count('p99'), count('p99-delay'))] : []),
    ...(Object.keys(handshakes).length ? [handshakeTable(handshakes, SERVICES)] : []),
    `### Calls of a first event\n\n${tally(expected.first.order)}\n`,
    ...(expected.warm ? [`### Calls of a warm event\n\n${tally(expected.warm.order)}\n`] : []),
  ];
  process.stdout.write(`${parts.join('\n')}`);
}

function tally(names) {
  const counts = new Map();
  names.forEach((it) => counts.set(it, (counts.get(it) ?? 0) + 1));
  return [...counts].map(([name, times]) => `- ${name}${times > 1 ? `: ${times}` : ''}`).join('\n');
}

await main();
