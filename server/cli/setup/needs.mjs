/**
 * What Vethlab needs of a machine, as data, and how to find out whether it is there.
 * setup/ runs before any package is installed, on whatever Node the machine has (20 or newer): plain JavaScript, no
 * dependency, no import from the rest of the program.
 */
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * @typedef {object} Tool
 * @property {string} command Looked up in PATH and the administrator's directories.
 * @property {string} package Debian package that brings it.
 * @property {string} why
 */

/** @type {Tool[]} */
const COMPILER = [
  { command: 'g++', package: 'g++', why: 'compiles node-pty, which gives the terminals their ptys' },
  { command: 'make', package: 'make', why: 'compiles node-pty' },
  { command: 'python3', package: 'python3', why: 'node-gyp, which compiles node-pty, is driven by it' },
];

/** @type {Tool[]} */
const SANDBOX = [
  { command: 'runc', package: 'runc', why: 'starts the sandboxes' },
  { command: 'mmdebstrap', package: 'mmdebstrap', why: 'makes the root file system that the labs see' },
  { command: 'ip', package: 'iproute2', why: 'builds the networks and tries what the kernel can do' },
  { command: 'nsenter', package: 'util-linux', why: 'enters the namespaces of a sandbox' },
  { command: 'perl', package: 'perl-base', why: 'hardens a process before it enters a sandbox' },
];

/** @type {Tool[]} */
const TESTS = [
  { command: 'chromium', package: 'chromium', why: 'the end-to-end tests use the pages in a real browser' },
  { command: 'tcpdump', package: 'tcpdump', why: 'the packet tests record real traffic' },
  { command: 'tshark', package: 'tshark', why: 'the packet decoder is compared with it' },
  { command: 'nft', package: 'nftables', why: 'the kernel probes and tests use it' },
  { command: 'tc', package: 'iproute2', why: 'the kernel probes and tests use it' },
  { command: 'ping', package: 'iputils-ping', why: 'the tests send real echo requests' },
  { command: 'ethtool', package: 'ethtool', why: 'the reference measurements switch offloads off with it' },
];

/** @type {Tool[]} */
const DOCKER = [
  { command: 'dockerd', package: 'docker.io', why: 'the tests of the runtime docker start a daemon of their own' },
  { command: 'docker-compose', package: 'docker-compose', why: 'the tests do what docker-compose.yml says' },
];

/**
 * Tools a purpose cannot do without.
 * @param {string} purpose One of start, test, check, bench, lab, packets.
 * @param {{ hasNodePty: boolean, runtime: string, kernel: string }} facts
 * @returns {Tool[]}
 */
export function toolsFor(purpose, facts) {
  const compiler = facts.hasNodePty ? [] : COMPILER;
  if (purpose === 'packets' || purpose === 'bundle') return [];
  if (purpose === 'check') return [...compiler, ...TESTS.filter((tool) => tool.command !== 'chromium')];
  const sandbox = facts.runtime === 'oci' ? SANDBOX : [];
  if (purpose === 'test') {
    const otherKernel = process.arch === 'x64' ? USER_MODE_LINUX : [];
    return [...compiler, ...SANDBOX, ...TESTS, ...DOCKER, ...otherKernel];
  }
  if (purpose === 'bench') return [...compiler, ...SANDBOX, ...TESTS];
  return [...compiler, ...sandbox, ...(facts.kernel === 'uml' ? USER_MODE_LINUX : [])];
}

/** @type {Tool[]} */
const USER_MODE_LINUX = [
  { command: 'linux.uml', package: 'user-mode-linux', why: 'is the kernel of --kernel uml, which has netem' },
  { command: 'modprobe', package: 'kmod', why: 'loads the modules of that kernel' },
];

/** Directories that hold system tools but are missing in the PATH of `su`, cron and the like. */
const SYSTEM_DIRECTORIES = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/**
 * @param {string} command
 * @returns {string | null} The path of the command, or null.
 */
export function findCommand(command) {
  const directories = [...(process.env.PATH ?? '').split(delimiter), ...SYSTEM_DIRECTORIES];
  for (const directory of directories) {
    if (directory === '' || directory.includes('node_modules')) continue;
    const path = join(directory, command);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this directory.
    }
  }
  return null;
}

/** @returns {{ name: string, isDebian: boolean }} */
export function distribution() {
  if (!existsSync('/etc/os-release')) return { name: process.platform, isDebian: false };
  const text = readFileSync('/etc/os-release', 'utf8');
  const name = /^PRETTY_NAME="?([^"\n]*)/m.exec(text)?.[1] ?? 'an unknown Linux';
  const like = /^(?:ID|ID_LIKE)="?([^"\n]*)/gm;
  const isDebian = [...text.matchAll(like)].some((match) => /\bdebian\b|\bubuntu\b/.test(match[1] ?? ''));
  return { name, isDebian: isDebian && findCommand('apt-get') !== null };
}
