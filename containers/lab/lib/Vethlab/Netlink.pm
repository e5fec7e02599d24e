# The common lines of `ip -batch` without starting ip(8): rtnetlink(7) messages for the namespace this process is in.
# A line it does not know, or that the kernel refuses, is left to ip, whose words people know. Knows no node and no plan.
package Vethlab::Netlink;
use strict;
use Vethlab::Kernel;

# linux/netlink.h, linux/rtnetlink.h, linux/if_link.h, linux/if_addr.h, linux/veth.h
sub AF_INET () { 2 }
sub AF_NETLINK () { 16 }
sub SOCK_RAW () { 3 }
sub NETLINK_ROUTE () { 0 }
sub NLMSG_ERROR () { 2 }
sub REQUEST_AND_ACK () { 1 | 4 }
sub CREATE_NEW () { 0x400 | 0x200 }
sub RTM_NEWLINK () { 16 }
sub RTM_NEWADDR () { 20 }
sub RTM_NEWROUTE () { 24 }
sub IFF_UP () { 1 }
sub IFLA_ADDRESS () { 1 }
sub IFLA_IFNAME () { 3 }
sub IFLA_MTU () { 4 }
sub IFLA_MASTER () { 10 }
sub IFLA_LINKINFO () { 18 }
sub IFLA_NET_NS_PID () { 19 }
sub IFLA_INFO_KIND () { 1 }
sub IFLA_INFO_DATA () { 2 }
sub VETH_INFO_PEER () { 1 }
sub IFLA_BR_FORWARD_DELAY () { 1 }
sub IFLA_BR_STP_STATE () { 5 }
sub IFLA_BR_MCAST_SNOOPING () { 23 }
sub IFA_ADDRESS () { 1 }
sub IFA_LOCAL () { 2 }
sub IFA_BROADCAST () { 4 }
sub RTA_DST () { 1 }
sub RTA_GATEWAY () { 5 }
sub RT_TABLE_MAIN () { 254 }
sub RTPROT_BOOT () { 3 }
sub RTN_UNICAST () { 1 }
sub SIOCGIFINDEX () { 0x8933 }

my $ipv4 = qr/\d{1,3}(?:\.\d{1,3}){3}/;
my $end = qr/name (\S+) index (\d+) address ([0-9a-f:]{17})(?: mtu (\d+))? netns (\d+)/;

# Carries out the lines in order; returns those that are left to ip: the first it does not know and all after it, or those refused.
sub carry_out {
    my (@lines) = @_;
    my @messages;
    for my $line (@lines) {
        my $message = message($line) // last;
        push @messages, $message;
    }
    return @lines unless @messages;
    my @refused = exchange(@messages);
    return (@lines[@refused], @lines[scalar @messages .. $#lines]);
}

sub message {
    my ($line) = @_;
    return link_message('', 0, IFF_UP, attribute(IFLA_IFNAME, "$1\0")) if $line =~ /^link set dev (\S+) up$/;
    if ($line =~ /^link set dev (\S+) down$/) {
        return envelope(RTM_NEWLINK, 0, pack('C x S l L L', 0, 0, 0, 0, IFF_UP), attribute(IFLA_IFNAME, "$1\0"));
    }
    if ($line =~ /^link set dev (\S+) master (\S+)$/) {
        my $bridge = index_of($2) // return undef;
        return link_message('', 0, 0, attribute(IFLA_IFNAME, "$1\0"), attribute(IFLA_MASTER, pack 'L', $bridge));
    }
    if ($line =~ /^address add ($ipv4)\/(\d+) broadcast \+ dev (\S+)$/) {
        my ($text, $length) = ($1, $2);
        my $index = index_of($3) // return undef;
        my $address = address($text);
        # Loopback addresses have a scope of their own.
        return undef if !defined $address || $length > 32 || $text =~ /^127\./;
        my $broadcast = pack 'N', unpack('N', $address) | 0xffffffff >> $length;
        return envelope(RTM_NEWADDR, CREATE_NEW, pack('C4 L', AF_INET, $length, 0, 0, $index),
            attribute(IFA_LOCAL, $address), attribute(IFA_ADDRESS, $address),
            $length <= 30 ? attribute(IFA_BROADCAST, $broadcast) : '');
    }
    if ($line =~ /^route add (?:default|($ipv4)\/(\d+)) via ($ipv4)$/) {
        my ($to, $length, $via) = ($1, $2 // 0, address($3));
        my $destination = defined $to ? address($to) : undef;
        return undef if !defined $via || $length > 32 || (defined $to && !defined $destination);
        return envelope(RTM_NEWROUTE, CREATE_NEW,
            pack('C8 L', AF_INET, $length, 0, 0, RT_TABLE_MAIN, RTPROT_BOOT, 0, RTN_UNICAST, 0),
            $length ? attribute(RTA_DST, $destination) : '', attribute(RTA_GATEWAY, $via));
    }
    if ($line =~ /^link add $end type veth peer $end$/) {
        my ($index, @own) = interface($1, $2, $3, $4, $5);
        my ($peer_index, @peer) = interface($6, $7, $8, $9, $10);
        my $peer = pack('C x S l L L', 0, 0, $peer_index, 0, 0) . join '', @peer;
        return link_message(CREATE_NEW, $index, 0, @own, kind('veth', attribute(VETH_INFO_PEER, $peer)));
    }
    if ($line =~ /^link add name (\S+) index (\d+) netns (\d+) type bridge stp_state 0 forward_delay 0 mcast_snooping 0$/) {
        return link_message(CREATE_NEW, $2, 0, attribute(IFLA_IFNAME, "$1\0"), attribute(IFLA_NET_NS_PID, pack 'L', $3),
            kind('bridge', attribute(IFLA_BR_FORWARD_DELAY, pack 'L', 0), attribute(IFLA_BR_STP_STATE, pack 'L', 0),
                attribute(IFLA_BR_MCAST_SNOOPING, pack 'C', 0)));
    }
    return undef;
}

# Sends all at once; returns the numbers of those that the kernel refused.
sub exchange {
    my (@messages) = @_;
    socket my $socket, AF_NETLINK, SOCK_RAW, NETLINK_ROUTE or die "netlink: $!\n";
    my @refused;
    # Each answer to a refusal carries the request with it; few at a time cannot fill the receive buffer.
    for (my $first = 0; $first < @messages; $first += 32) {
        my $last = $first + 31 < $#messages ? $first + 31 : $#messages;
        my $sequence = $first;
        # struct nlmsghdr: the sequence number is the message's place in the list.
        send $socket, join('', map { substr($_, 0, 8) . pack('L', $sequence++) . substr $_, 12 } @messages[$first .. $last]), 0
            or die "netlink: $!\n";
        my $answers = 0;
        while ($answers < $last - $first + 1) {
            defined recv $socket, my $bytes, 65536, 0 or die "netlink: $!\n";
            while (length $bytes >= 20) {
                my ($length, $type, undef, $number, undef, $error) = unpack 'L S S L L l', $bytes;
                $answers++;
                push @refused, $number if $type == NLMSG_ERROR && $error;
                substr($bytes, 0, ($length + 3) & ~3) = '';
            }
        }
    }
    return @refused;
}

sub interface {
    my ($name, $index, $mac, $mtu, $pid) = @_;
    return ($index, attribute(IFLA_IFNAME, "$name\0"), attribute(IFLA_ADDRESS, pack 'H2' x 6, split /:/, $mac),
        defined $mtu ? attribute(IFLA_MTU, pack 'L', $mtu) : '', attribute(IFLA_NET_NS_PID, pack 'L', $pid));
}

sub kind { my ($name, @data) = @_; attribute(IFLA_LINKINFO, attribute(IFLA_INFO_KIND, $name) . attribute(IFLA_INFO_DATA, join '', @data)) }

# struct ifinfomsg; FLAGS are those to be set.
sub link_message {
    my ($how, $index, $flags, @attributes) = @_;
    return envelope(RTM_NEWLINK, $how || 0, pack('C x S l L L', 0, 0, $index, $flags, $flags), @attributes);
}

sub envelope {
    my ($type, $flags, @parts) = @_;
    my $body = join '', @parts;
    return pack('L S S L L', 16 + length $body, $type, REQUEST_AND_ACK | $flags, 0, 0) . $body;
}

sub attribute {
    my ($type, $value) = @_;
    my $padding = -length($value) & 3;
    return pack('S S', 4 + length $value, $type) . $value . "\0" x $padding;
}

# Four bytes in network order; undef when a part is above 255.
sub address {
    my @parts = split /\./, $_[0];
    return (grep { $_ > 255 } @parts) ? undef : pack 'C4', @parts;
}

sub index_of {
    my ($name) = @_;
    socket my $socket, AF_INET, 2, 0 or die "socket: $!\n";
    my $request = pack 'a16 x24', $name;
    return ioctl($socket, SIOCGIFINDEX, $request) ? unpack('x16 i', $request) : undef;
}

1;
