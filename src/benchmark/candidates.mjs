// The candidates: how each is built, and which command line and environment it has.

import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';

const HERE = import.meta.dirname;
const PACKAGES = ['package.json', 'package-lock.json', '.npmrc'];

/** What Lambda's runtime for Node.js gives V8 of a function's memory. */
const V8_OLD = 0.9;
const V8_YOUNG = 0.05;

function run(command, args, options) {
  const stdio = ['ignore', 'pipe', 'inherit'];
  return execFileSync(command, args, { encoding: 'utf8', stdio, ...options });
}

const python = ['python3.11', 'python3'].find((it) => {
  try {
    return run(it, ['-c', 'import boto3']) === '';
  } catch {
    return false;
  }
});

/** What every candidate finds in its environment on Lambda, as far as it matters here. */
function common(setup) {
  const { urls, work } = setup;
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    HOME: work,
    AWS_REGION: 'eu-central-1',
    AWS_DEFAULT_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'benchmark',
    AWS_SECRET_ACCESS_KEY: 'benchmark',
    AWS_SESSION_TOKEN: 'benchmark'.repeat(40),
    AWS_ENDPOINT_URL_SECRETS_MANAGER: urls.secretsmanager,
    AWS_ENDPOINT_URL_S3: urls.s3,
    AWS_ENDPOINT_URL_DYNAMODB: urls.dynamodb,
    AWS_ENDPOINT_URL_SNS: urls.sns,
    FERRY_TOPIC_ARN: 'arn:aws:sns:eu-central-1:123456789012:number-ferry-results',
    FERRY_LEDGER_TABLE: 'number-ferry-ledger',
  };
}

/**
 * The shipped binary.
 *
 * @param label what it is called in the tables
 * @param zip a function.zip
 */
export function ours(label, zip, work) {
  if (!existsSync(zip)) {
    throw new Error(`${zip} is not there: build it with ./mvnw verify -Dnative`);
  }
  const folder = join(work, 'ours', label.replace(/[^A-Za-z0-9._-]/g, '_'));
  run('python3', ['-m', 'zipfile', '-e', resolve(zip), folder]);
  const binary = join(folder, 'bootstrap');
  chmodSync(binary, 0o755);
  return {
    label,
    zipBytes: statSync(zip).size,
    start: (setup) => ({
      command: [
        binary,
        ...(setup.tls ? [`-Djavax.net.ssl.trustStore=${setup.certificates.java}`] : []),
      ],
      cwd: folder,
      environment: {
        ...common(setup),
        QUARKUS_FUNQY_EXPORT: 'migrate',
        QUARKUS_REST_CLIENT_WHATSAPP_URL: setup.urls.graph,
        FERRY_BACKUP_BUCKET: 'number-ferry-backups',
      },
    }),
  };
}

/** The Node.js peer, bundled into one minified file. */
export function nodePeer(work) {
  const folder = join(work, 'node');
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, 'package-lock.json');
  const isInstalled =
    existsSync(join(folder, 'node_modules')) &&
    readFileSync(lock).equals(readFileSync(join(HERE, 'package-lock.json')));
  if (!isInstalled) {
    PACKAGES.forEach((it) => cpSync(join(HERE, it), join(folder, it)));
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder });
  }
  const sources = join(folder, 'src');
  cpSync(join(HERE, 'peers', 'node'), sources, { recursive: true });
  const bundle = join(folder, 'index.cjs');
  run(
    join(folder, 'node_modules', '.bin', 'esbuild'),
    [
      ...[join(sources, 'index.mjs'), `--outfile=${bundle}`, '--log-level=warning'],
      ...['--bundle', '--minify', '--platform=node', '--target=node20', '--format=cjs'],
      // Of the SDK's two forms the one whose unused parts can be left out: it loads a fifth faster.
      '--main-fields=module,main',
    ],
  );
  const zip = join(folder, 'index.zip');
  run('python3', ['-m', 'zipfile', '-c', zip, bundle]);
  return {
    label: 'Node.js',
    zipBytes: statSync(zip).size,
    start: (setup) => ({
      command: [
        process.execPath,
        `--max-old-space-size=${Math.floor(setup.memoryMb * V8_OLD)}`,
        `--max-semi-space-size=${Math.floor(setup.memoryMb * V8_YOUNG)}`,
        bundle,
      ],
      cwd: folder,
      environment: {
        ...common(setup),
        GRAPH_URL: setup.urls.graph,
        ...(setup.tls && { NODE_EXTRA_CA_CERTS: setup.certificates.root }),
      },
    }),
  };
}

/** The Python peer; boto3 comes with Lambda, so there is next to nothing to deploy. */
export function pythonPeer(work) {
  if (!python) {
    throw new Error('There is no Python with boto3 here');
  }
  const folder = join(work, 'python');
  cpSync(join(HERE, 'peers', 'python'), folder, { recursive: true });
  // The roots that it always reads, and the one of this benchmark.
  const cacert = 'import botocore, os; print(os.path.dirname(botocore.__file__) + "/cacert.pem")';
  const roots = readFileSync(run(python, ['-c', cacert]).trim(), 'utf8');
  const trust = join(folder, 'trust.pem');
  const executable = run(python, ['-c', 'import sys; print(sys.executable)']).trim();
  return {
    label: 'Python',
    zipBytes: null,
    start(setup) {
      writeFileSync(trust, roots + readFileSync(setup.certificates.root, 'utf8'));
      return {
        command: [executable, 'handler.py'],
        cwd: folder,
        environment: {
          ...common(setup),
          GRAPH_URL: setup.urls.graph,
          ...(setup.tls && { AWS_CA_BUNDLE: trust, SSL_CERT_FILE: trust }),
        },
      };
    },
  };
}

/** The versions of what the peers run on. */
export function versions() {
  const ask =
    'import boto3, platform; print(platform.python_version() + ", boto3 " + boto3.__version__)';
  const { dependencies } = JSON.parse(readFileSync(join(HERE, 'package.json'), 'utf8'));
  const sdk = dependencies['@aws-sdk/client-s3'];
  return [
    `Node.js ${process.versions.node}, AWS SDK ${sdk}`,
    ...(python ? [`Python ${run(python, ['-c', ask]).trim()}`] : []),
  ];
}
