// One process of a candidate, pinned to a core, and the Lambda Runtime API that it talks to.

import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { canCount, groups, release, usedMs } from './held.mjs';

/** The shell enters the control groups and waits; exec makes it the candidate, under its id. */
const LAUNCH = [
  ...groups.map((it) => `echo $$ > ${it}/cgroup.procs || exit 1`),
  'echo ready >&3; read go; exec 3>&-; exec "$@" </dev/null',
].join('; ');

const PATIENCE_MS = 60_000;

export class Process {
  #child;
  #server;
  #waiting;
  #asked;
  #asking;
  #answered;
  #usedBefore = 0;

  /**
   * Starts a process.
   *
   * @param command its command line
   * @param environment all of its environment but the address of the Runtime API
   * @param core where it runs
   * @param log file for its output
   */
  static async start({ command, environment, core, log, cwd }) {
    const process = new Process();
    await process.#start(command, environment, core, log, cwd);
    return process;
  }

  async #start(command, environment, core, log, cwd) {
    this.#expectNext();
    this.#server = createServer((request, response) => this.#handle(request, response));
    this.#server.keepAliveTimeout = 600_000;
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const AWS_LAMBDA_RUNTIME_API = `127.0.0.1:${this.#server.address().port}`;
    release();
    const output = openSync(log, 'w');
    this.#child = spawn('taskset', ['-c', `${core}`, '/bin/sh', '-c', LAUNCH, 'sh', ...command], {
      cwd,
      env: { ...environment, AWS_LAMBDA_RUNTIME_API },
      stdio: ['pipe', output, output, 'pipe'],
    });
    closeSync(output);
    this.exited = once(this.#child, 'exit');
    await this.#orGivesUp(once(this.#child.stdio[3], 'data'));
    this.#usedBefore = this.#cpuMs();
    this.startedAt = performance.now();
    this.#child.stdin.end('go\n');
  }

  #expectNext() {
    this.#asked = new Promise((resolve) => {
      this.#asking = resolve;
    });
  }

  /** Waits until the process asks for an event, and answers when it did. */
  async asks() {
    return this.#orGivesUp(this.#asked);
  }

  /** Hands out an event to a process that has asked, and waits for the answer. */
  async deliver(event) {
    const answered = new Promise((resolve) => {
      this.#answered = resolve;
    });
    const id = crypto.randomUUID();
    this.#expectNext();
    const headers = {
      'Content-Type': 'application/json',
      'Lambda-Runtime-Aws-Request-Id': id,
      'Lambda-Runtime-Deadline-Ms': `${Date.now() + 85_000}`,
      'Lambda-Runtime-Invoked-Function-Arn':
        'arn:aws:lambda:eu-central-1:123456789012:function:migrate',
      'Lambda-Runtime-Trace-Id': 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0',
    };
    const body = JSON.stringify(event);
    const sentAt = performance.now();
    this.#waiting.writeHead(200, { ...headers, 'Content-Length': body.length }).end(body);
    const answer = await this.#orGivesUp(answered);
    return { ...answer, ms: answer.at - sentAt };
  }

  async #orGivesUp(promise) {
    let timer;
    const late = new Promise((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS, 'late');
    });
    const first = await Promise.race([promise, this.exited.then(() => 'exited'), late]);
    clearTimeout(timer);
    if (first === 'late' || first === 'exited') {
      throw new Error(`The candidate ${first === 'late' ? 'does not answer' : 'has ended'}`);
    }
    return first;
  }

  #handle(request, response) {
    const at = performance.now();
    if (request.url.endsWith('/invocation/next')) {
      this.#waiting = response;
      this.#asking(at);
      return;
    }
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      response.writeHead(202, { 'Content-Length': 0 }).end();
      const failed = request.url.endsWith('/error');
      this.#answered?.({ at: performance.now(), failed, body: Buffer.concat(chunks).toString() });
    });
  }

  /** User and system time of all of its threads since it was started, in ms. */
  cpuMs() {
    return this.#cpuMs() - this.#usedBefore;
  }

  #cpuMs() {
    if (canCount) {
      return usedMs();
    }
    // Ticks of 10 ms: the 12th and 13th value after the name in brackets.
    const stat = readFileSync(`/proc/${this.#child.pid}/stat`, 'utf8').replace(/.*\) /s, '');
    const values = stat.split(' ').map(Number);
    return (values[11] + values[12]) * 10;
  }

  /** The most memory that it has had resident so far, in MB of 1024 KB. */
  peakMb() {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
    return Number(/VmHWM:\s+([0-9]+) kB/.exec(status)[1]) / 1024;
  }

  async kill() {
    this.#child.kill('SIGKILL');
    await this.exited;
    this.#server.closeAllConnections();
    this.#server.close();
    release();
  }
}
