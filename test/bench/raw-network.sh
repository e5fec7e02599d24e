#!/bin/bash
# raw-network.sh KIND COUNT: the same network without any sandbox: one `unshare` per node, one `ip -batch` for the links, one per
# node for its addresses, and a first ping. Prints the milliseconds it took. KIND is line or star.
set -euo pipefail
kind=$1 count=$2
pids=()
cleanup() { kill "${pids[@]}" 2>/dev/null || true; }
trap cleanup EXIT
work=$(mktemp -d)
trap 'cleanup; rm -rf "$work"' EXIT
# The plans are text made beforehand, as ours is made before the clock starts for a lab that was read from disk.
if [ "$kind" = line ]; then
  target=10.0.$((count - 1)).2
  for ((i = 0; i < count - 1; i++)); do
    echo "link add name e1 index $((2 * i + 2)) netns @$i type veth peer name e0 index $((2 * i + 3)) netns @$((i + 1))" >>"$work/links"
    { echo "address add 10.0.$((i + 1)).1/24 dev e1"; echo "link set e1 up"; } >>"$work/$i"
    { echo "address add 10.0.$((i + 1)).2/24 dev e0"; echo "link set e0 up"; } >>"$work/$((i + 1))"
  done
  for ((i = 0; i < count; i++)); do
    for ((l = 1; l < count; l++)); do
      if ((l < i)); then echo "route add 10.0.$l.0/24 via 10.0.$i.1" >>"$work/$i"; fi
      if ((l > i + 1)); then echo "route add 10.0.$l.0/24 via 10.0.$((i + 1)).2" >>"$work/$i"; fi
    done
  done
else
  target=10.0.0.9
  echo "link add name br0 index 1000 netns @0 type bridge" >>"$work/links"
  for ((i = 1; i < count; i++)); do
    echo "link add name e0 index $((2 * i + 2)) netns @$i type veth peer name e$i index $((2 * i + 3)) netns @0" >>"$work/links"
    { echo "address add 10.0.0.$i/24 dev e0"; echo "link set e0 up"; } >>"$work/$i"
    { echo "link set e$i master br0"; echo "link set e$i up"; } >>"$work/0"
  done
  echo "link set br0 up" >>"$work/0"
fi
start=${EPOCHREALTIME/./}
own=$(readlink /proc/self/ns/net)
for ((i = 0; i < count; i++)); do
  unshare --net bash -c 'echo 1 >/proc/sys/net/ipv4/ip_forward; exec sleep 60' &
  pids+=($!)
done
script=$(<"$work/links")
for ((i = count - 1; i >= 0; i--)); do
  while [ "$(readlink "/proc/${pids[i]}/ns/net")" = "$own" ]; do :; done
  script=${script//@$i /${pids[i]} }
  script=${script//@$i$'\n'/${pids[i]}$'\n'}
  if [[ $script == *"@$i" ]]; then script=${script%@$i}${pids[i]}; fi
done
ip -batch - <<<"$script"
jobs=()
for ((i = 0; i < count; i++)); do
  nsenter --net="/proc/${pids[i]}/ns/net" ip -batch "$work/$i" &
  jobs+=($!)
done
wait "${jobs[@]}"
[ "$kind" = line ] && from=0 || from=1
until nsenter --net="/proc/${pids[from]}/ns/net" ping -c1 -W1 "$target" >/dev/null; do :; done
end=${EPOCHREALTIME/./}
echo "$(((end - start) / 1000)).$(((end - start) % 1000))"
