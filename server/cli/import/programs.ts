/** Which programs a shell script calls, and which of these the lab image has. Pure. */

/** Shell words, and programs of the packages in containers/lab/packages. */
const KNOWN = new Set(
  `. : [ [[ alias bg break builtin case cd command continue declare dirs disown do done echo elif else enable esac eval exec exit export
  false fg fi for function getopts hash help history if in jobs kill let local logout mapfile popd printf pushd pwd read readonly return
  select set shift shopt source suspend test then time times trap true type typeset ulimit umask unalias unset until wait while { } ! (
  arping arp-scan awk base32 base64 basename bash bridge cat chgrp chmod chown chroot cksum clear cmp comm conntrack cp csplit curl cut date
  dd delv df diff dig dir dirname dmesg dpkg du egrep env ethtool expand expr factor fgrep file find fmt fold free getent getopt grep
  groups gunzip gzip head host hostname id install ip iperf3 iptables-nft join killall last less link ln logger logname ls lsof lnstat
  md5sum mkdir mkfifo mknod mktemp more mount mv nc netcat nft nice nl nohup nproc nslookup nstat numfmt od paste patch perl pgrep
  ping ping6 pkill pmap ps pstree python3 readlink realpath reset rev rm rmdir rtacct rtmon sed seq setsid sh sha1sum sha256sum shuf
  sleep socat sort split ss stat stdbuf strace stty sum sync sysctl tac tail tar tc tcpdump tee timeout tmux top touch tput tr tracepath
  traceroute truncate tshark tsort tty uname unexpand uniq unlink unshare uptime users vi view vim vmstat w watch wc whoami which xargs
  yes zcat zgrep umount nsenter flock dig mountpoint findmnt`.split(/\s+/),
);

const WORDS_BEFORE_A_COMMAND = new Set([
  'then',
  'do',
  'else',
  'elif',
  'if',
  'while',
  'until',
  '!',
  '{',
  'time',
  'exec',
  'sudo',
  'nohup',
]);

/** Programs of a script that the lab image lacks, each once. A careful guess: no shell is asked. */
export function missingPrograms(script: string): string[] {
  const missing = new Set<string>();
  const functions = new Set(
    [...script.matchAll(/^\s*(?:function\s+)?([\w-]+)\s*\(\)/gm)].map(([, name]) => name ?? ''),
  );
  for (const words of commandsIn(script)) {
    const rest = [...words];
    while (rest[0] !== undefined && (WORDS_BEFORE_A_COMMAND.has(rest[0]) || /^[A-Za-z_]\w*\+?=/.test(rest[0]))) {
      if (rest[0] === 'sudo') missing.delete('sudo');
      rest.shift();
    }
    const program = rest[0] ?? '';
    if (program === '' || /^["'$\\(<>&\d`-]/.test(program) || /\(\)?$/.test(program)) continue;
    const name = program.startsWith('/etc/init.d/') ? program : program.replace(/^.*\//, '');
    // A script of the lab's own, called by its path.
    const isOwnScript = program.includes('/') && !/^\/(?:usr|s?bin|etc\/init\.d)\//.test(program);
    if (KNOWN.has(name) || functions.has(name) || isOwnScript || /^[\w-]+\)$/.test(name) || name === '*)') continue;
    missing.add(name);
  }
  return [...missing];
}

function commandsIn(script: string): string[][] {
  const withoutDocuments = script.replace(/<<-?\s*(["']?)(\w+)\1[^\n]*\n[\s\S]*?\n\s*\2(?=\n|$)/g, '\n');
  const withoutQuotes = withoutDocuments
    .replace(/\\\n/g, ' ')
    .replace(/'[^']*'/g, "''")
    .replace(/"(?:\\[\s\S]|[^"\\])*"/g, '""')
    .replace(/\$\(\([^)]*\)\)/g, '0');
  return withoutQuotes
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, ''))
    .flatMap((line) => line.split(/;;|;|&&|\|\||\||(?<![<>&])&(?![>&])|\$\(|`/))
    .map((command) =>
      command
        .trim()
        .split(/\s+/)
        .filter((word) => word !== ''),
    )
    .filter((words) => words.length > 0 && !['for', 'case', 'select', 'function'].includes(words[0] ?? ''));
}

/** True when each line of it is a command by itself. */
export function isPlainScript(script: string): boolean {
  return !/(^|[;\s])(?:if|for|while|until|case|function)\s|<<|\\\n|^\s*[\w-]+\s*\(\)|^\s*[{(]/m.test(script);
}
