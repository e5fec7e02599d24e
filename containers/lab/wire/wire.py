#!/usr/bin/python3
"""The wire in user space: carries frames between two interfaces and lets them suffer what the lab's file says.

It runs in the network namespace of the outer context, started by Vethlab::Wires, and needs no sch_netem. One process
serves all wires of a sandbox. Names and meanings are those of tc-netem(8); every direction has its own.

Standard input takes one JSON object a line, each answered by `ok` or `error: WHY`:
  {"ports": ["w0a", "w0b"], "impair": [{"delay_ms": 20}, null], "down": false}   sets a wire up, or changes it
The first of `impair` is for frames that come in by the first port. A wire that is down takes the carrier from both ends.
A change keeps the frames that are on their way. The process ends with its standard input.
"""
import errno
import fcntl
import gc
import heapq
import json
import random
import select
import socket
import struct
import sys
import time

ETH_P_ALL = 0x0003
SOL_PACKET = 263
PACKET_VNET_HDR = 15          # linux/if_packet.h: frames carry offload state, so unfinished checksums and GSO survive
PACKET_IGNORE_OUTGOING = 23
VNET_HEADER_BYTES = 10        # struct virtio_net_hdr: flags, gso_type, …
VIRTIO_NET_HDR_GSO_NONE = 0
FRAME_BYTES = VNET_HEADER_BYTES + 65550
SOCKET_BUFFER_BYTES = 4 << 20
SO_RCVBUFFORCE, SO_SNDBUFFORCE = 33, 32
SIOCGIFFLAGS, SIOCSIFFLAGS = 0x8913, 0x8914
IFF_UP = 1
DEFAULT_LIMIT = 1000          # frames, as in tc-netem(8)
WAITING_BYTES = 24 << 20      # of all directions, whatever their limits: they count for the memory of the sandbox
WAITING_OVERHEAD_BYTES = 200  # what Python needs for a frame that waits
FRAMES_PER_TURN = 64          # so that one busy direction cannot starve the others


def open_port(name):
    port = socket.socket(socket.AF_PACKET, socket.SOCK_RAW | socket.SOCK_NONBLOCK, 0)
    port.setsockopt(SOL_PACKET, PACKET_VNET_HDR, 1)
    port.setsockopt(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1)
    for option, fallback in ((SO_RCVBUFFORCE, socket.SO_RCVBUF), (SO_SNDBUFFORCE, socket.SO_SNDBUF)):
        try:
            port.setsockopt(socket.SOL_SOCKET, option, SOCKET_BUFFER_BYTES)
        except PermissionError:
            port.setsockopt(socket.SOL_SOCKET, fallback, SOCKET_BUFFER_BYTES)
    port.bind((name, ETH_P_ALL))
    return port


def set_up(port, is_up):
    name = port.getsockname()[0].encode()
    request = struct.pack("16sh14x", name, 0)
    flags = struct.unpack("16xh14x", fcntl.ioctl(port, SIOCGIFFLAGS, request))[0]
    wanted = flags | IFF_UP if is_up else flags & ~IFF_UP
    if wanted != flags:
        fcntl.ioctl(port, SIOCSIFFLAGS, struct.pack("16sh14x", name, wanted))


class Room:
    """What is left for frames that wait."""

    def __init__(self, size):
        self.left = size


class Direction:
    """Frames from one port to the other, and what they suffer on the way."""

    def __init__(self, source, target, room):
        self.source, self.target, self.room = source, target, room
        self.waiting = []         # heap of (when due, sequence, frame)
        self.sequence = 0
        self.busy_until = 0.0     # when the last queued frame will have been sent at `rate`
        self.configure({})

    def configure(self, impair):
        percent = lambda key: impair.get(key, 0) / 100
        self.delay = impair.get("delay_ms", 0) / 1000
        self.jitter = impair.get("jitter_ms", 0) / 1000
        self.loss = percent("loss_percent")
        self.duplicate = percent("duplicate_percent")
        self.corrupt = percent("corrupt_percent")
        self.reorder = percent("reorder_percent")
        self.rate = impair.get("rate_bits_per_second", 0)
        self.limit = impair.get("limit", DEFAULT_LIMIT)
        self.is_perfect = not any((self.delay, self.jitter, self.loss, self.duplicate, self.corrupt, self.rate))

    def receive(self):
        """Takes what has arrived; a direction without impairment passes it on at once."""
        for _ in range(FRAMES_PER_TURN):
            try:
                frame = self.source.recv(FRAME_BYTES)
            except BlockingIOError:
                return
            except OSError as error:
                if error.errno == errno.ENETDOWN:
                    continue
                return
            if self.is_perfect and not self.waiting:
                self.send(frame)
            else:
                self.enqueue(frame)

    def enqueue(self, frame):
        copies = 1
        if self.duplicate and random.random() < self.duplicate:
            copies += 1
        if self.loss and random.random() < self.loss:
            copies -= 1
        for _ in range(copies):
            if len(self.waiting) >= self.limit or self.room.left < len(frame) + WAITING_OVERHEAD_BYTES:
                return
            self.schedule(self.corrupted(frame) if self.corrupt and random.random() < self.corrupt else frame)

    def corrupted(self, frame):
        """One bit of the frame is flipped, at a random place."""
        damaged = bytearray(frame)
        at = random.randrange(VNET_HEADER_BYTES * 8, len(damaged) * 8)
        damaged[at >> 3] ^= 1 << (at & 7)
        # A frame whose checksum is left to the hardware would never be checked: it goes on as finished, with a wrong one.
        if damaged[1] == VIRTIO_NET_HDR_GSO_NONE:
            damaged[:VNET_HEADER_BYTES] = bytes(VNET_HEADER_BYTES)
        return bytes(damaged)

    def schedule(self, frame):
        now = time.monotonic()
        due = now
        if self.rate:
            due = self.busy_until = max(self.busy_until, now) + (len(frame) - VNET_HEADER_BYTES) * 8 / self.rate
        if not (self.reorder and random.random() < self.reorder):
            due += self.delay
            if self.jitter:
                due += random.uniform(-self.jitter, self.jitter)
        self.sequence += 1
        self.room.left -= len(frame) + WAITING_OVERHEAD_BYTES
        heapq.heappush(self.waiting, (max(due, now), self.sequence, frame))

    def deliver(self, now):
        """Sends the frames that are due; returns when the next one will be, or None."""
        waiting = self.waiting
        while waiting:
            due = waiting[0][0]
            if due > now:
                return due
            frame = heapq.heappop(waiting)[2]
            self.room.left += len(frame) + WAITING_OVERHEAD_BYTES
            self.send(frame)
        return None

    def send(self, frame):
        try:
            self.target.send(frame)
        except OSError:
            pass                  # the port is down or full: the frame is lost, as on a wire


class Wires:
    def __init__(self):
        self.by_ports = {}        # names of the ports -> their sockets
        self.room = Room(WAITING_BYTES)
        self.directions = {}      # socket -> Direction of what comes in by it

    def configure(self, request):
        names = tuple(request["ports"])
        if names not in self.by_ports:
            a, b = (open_port(name) for name in names)
            self.directions[a], self.directions[b] = Direction(a, b, self.room), Direction(b, a, self.room)
            self.by_ports[names] = (a, b)
        for port, impair in zip(self.by_ports[names], request["impair"]):
            self.directions[port].configure(impair or {})
            set_up(port, not request["down"])

    def run(self):
        """Waits with select: its timeout is exact to some 50 µs, that of epoll in whole milliseconds."""
        commands = sys.stdin.buffer.raw
        pending = b""
        while True:
            now = time.monotonic()
            dues = [due for due in (direction.deliver(now) for direction in self.directions.values()) if due is not None]
            timeout = max(0.0, min(dues) - time.monotonic()) if dues else None
            readable, _, _ = select.select([commands, *self.directions], [], [], timeout)
            for ready in readable:
                if ready is not commands:
                    self.directions[ready].receive()
                    continue
                chunk = commands.read(65536)
                if not chunk:
                    return
                *lines, pending = (pending + chunk).split(b"\n")
                for line in lines:
                    self.answer(line)

    def answer(self, line):
        try:
            self.configure(json.loads(line))
            print("ok", flush=True)
        except (OSError, KeyError, TypeError, ValueError) as error:
            print(f"error: {type(error).__name__}: {error}", flush=True)


if __name__ == "__main__":
    # Timers may be late by this many nanoseconds; the default of 50 000 would be the wire's own jitter.
    try:
        import ctypes
        ctypes.CDLL(None).prctl(29, 1, 0, 0, 0)
    except OSError:
        pass
    # Frames make no cycles; a collection in their midst would only delay them.
    gc.disable()
    Wires().run()
