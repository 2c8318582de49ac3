// Control groups (version 1): how much CPU time a candidate has used, and a limit to it, as Lambda
// gives a function a share of a core by its memory.

import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';

/** With so many MB, says Lambda's documentation, a function has one core. */
const ONE_CORE_MB = 1769;
const PERIOD_US = 20_000;
const NAME = 'number-ferry-benchmark';
const CPU = '/sys/fs/cgroup/cpu';
const ACCOUNT = '/sys/fs/cgroup/cpuacct';

/** A folder of a control group of one's own, or nothing where none can be made. */
function group(parent, file, value) {
  const folder = `${parent}/${NAME}`;
  try {
    if (existsSync(`${parent}/${file}`) && !existsSync(folder)) {
      mkdirSync(folder);
    }
    writeFileSync(`${folder}/${file}`, value, { flag: 'r+' });
    return folder;
  } catch {
    return null;
  }
}

const cpu = group(CPU, 'cpu.cfs_period_us', `${PERIOD_US}`);
const account = group(ACCOUNT, 'cpuacct.usage', '0');

export const canHold = cpu !== null;
export const canCount = account !== null;

/** The groups that a candidate's process enters before it starts. */
export const groups = [cpu, account].filter((it) => it);

/** Gives the group the share of one core that this much memory brings. */
export function hold(memoryMb) {
  set(Math.round((PERIOD_US * memoryMb) / ONE_CORE_MB));
}

export function release() {
  set(-1);
}

function set(quota) {
  if (cpu) {
    writeFileSync(`${cpu}/cpu.cfs_quota_us`, `${quota}`);
  }
}

/** The CPU time of all processes that were ever in the group, in ms. */
export function usedMs() {
  return Number(readFileSync(`${account}/cpuacct.usage`, 'utf8')) / 1e6;
}

/** Removes the groups, when nothing runs in them any more. */
export function remove() {
  groups.forEach((it) => rmdirSync(it));
}
