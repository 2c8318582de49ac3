// A chain as public hosts have one: root, intermediate, and leaves for localhost, made with
// openssl. AWS's leaf has an RSA key, and WhatsApp's one on an elliptic curve, as the real ones
// have.

import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const RSA = ['-newkey', 'rsa:2048'];
const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
const AUTHORITY = ['-addext', 'basicConstraints=critical,CA:TRUE'];
const HOST = ['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];

/**
 * Makes a new chain in a folder.
 *
 * @returns the servers' keys, and the root in the forms in which candidates take it
 */
export function makeCertificates(folder) {
  mkdirSync(folder, { recursive: true });
  const file = (name) => join(folder, name);
  writeFileSync(file('openssl.cnf'), '[req]\ndistinguished_name = dn\n[dn]\n');
  const make = (name, signer, key, extensions) =>
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-config', file('openssl.cnf'), '-noenc', '-days', '30'],
        ...['-subj', `/CN=Benchmark ${name}`, ...key, ...extensions],
        ...['-keyout', file(`${name}.key`), '-out', file(`${name}.pem`)],
        ...(signer ? ['-CA', file(`${signer}.pem`), '-CAkey', file(`${signer}.key`)] : []),
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
  make('root', null, RSA, AUTHORITY);
  make('intermediate', 'root', RSA, AUTHORITY);
  make('aws', 'intermediate', RSA, HOST);
  make('graph', 'intermediate', EC, HOST);
  const text = (name) => readFileSync(file(name), 'utf8');
  const server = (name) => ({
    key: text(`${name}.key`),
    cert: text(`${name}.pem`) + text('intermediate.pem'),
  });
  writeFileSync(file('trust.jks'), javaTrustStore(readFileSync(file('root.pem'))));
  return {
    aws: server('aws'),
    graph: server('graph'),
    root: file('root.pem'),
    java: file('trust.jks'),
  };
}

/** The JDK's own format of a trust store, without a password, and made without a JDK. */
function javaTrustStore(pem) {
  const text = (value) => Buffer.concat([number(value.length, 2), Buffer.from(value)]);
  const der = new X509Certificate(pem).raw;
  return Buffer.concat([
    ...[number(0xfeedfeed, 4), number(2, 4), number(1, 4), number(2, 4)],
    ...[text('root'), number(0, 4), number(0, 4), text('X.509'), number(der.length, 4), der],
    Buffer.alloc(20), // a digest that is compared only where a password is given
  ]);
}

function number(value, bytes) {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
}
