//! Addresses as numbers, and which of them are public: the ground on which "the whole internet" is decided.

use std::sync::LazyLock;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use serde::Serialize;

/// Address family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Family {
    /// IPv4.
    Ipv4,
    /// IPv6.
    Ipv6,
}

impl Family {
    /// The family of a CIDR block.
    pub(super) fn of(net: &IpNet) -> Self {
        match net {
            IpNet::V4(_) => Self::Ipv4,
            IpNet::V6(_) => Self::Ipv6,
        }
    }

    /// The public addresses of the family, as ascending spans that do not touch.
    ///
    /// IPv4: everything but the blocks that the IANA IPv4 Special-Purpose Address Registry
    /// (RFC 6890) does not call globally reachable, and but multicast (RFC 5771). IPv6: the
    /// global unicast block `2000::/3` (RFC 4291, section 2.4; the only one IANA allocates from),
    /// less the blocks that the IPv6 registry does not call globally reachable.
    pub(super) fn public(self) -> &'static [Span] {
        match self {
            Self::Ipv4 => &PUBLIC_IPV4,
            Self::Ipv6 => &PUBLIC_IPV6,
        }
    }

    /// How many addresses a block may have before it counts as wide: those of an IPv4 /24 (the
    /// smallest block that is routed on the internet) and of an IPv6 /32 (what a registry gives
    /// to a provider; also where S3 draws the line in "The meaning of public").
    pub(super) fn narrow(self) -> u128 {
        match self {
            Self::Ipv4 => 1 << (32 - 24),
            Self::Ipv6 => 1 << (128 - 32),
        }
    }

    /// How many millionths of the family's public addresses `addresses` are.
    pub(super) fn share_ppm(self, addresses: u128) -> u64 {
        let millionth = public_size(self.public()) / 1_000_000;
        u64::try_from(addresses / millionth)
            .unwrap_or(u64::MAX)
            .min(1_000_000)
    }
}

/// Addresses `first` to `last`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    pub(super) first: u128,
    pub(super) last: u128,
}

impl Span {
    /// The addresses of a CIDR block; host bits are ignored, as EC2 does.
    pub(super) fn of(net: &IpNet) -> Self {
        match net {
            IpNet::V4(net) => Self {
                first: u32::from(net.network()).into(),
                last: u32::from(net.broadcast()).into(),
            },
            IpNet::V6(net) => Self {
                first: net.network().into(),
                last: net.broadcast().into(),
            },
        }
    }

    /// What two spans have in common.
    pub(super) fn overlap(self, other: Self) -> Option<Self> {
        let (first, last) = (self.first.max(other.first), self.last.min(other.last));
        (first <= last).then_some(Self { first, last })
    }
}

/// How many addresses of a block are public.
pub(super) fn public_addresses(net: &IpNet) -> u128 {
    let span = Span::of(net);
    let common = Family::of(net)
        .public()
        .iter()
        .filter_map(|public| span.overlap(*public));
    public_size(&common.collect::<Vec<_>>())
}

/// Whether the spans together cover every public address of the family.
pub(super) fn is_world(family: Family, mut spans: Vec<Span>) -> bool {
    spans.sort_unstable();
    let mut spans = spans.into_iter().peekable();
    // The first address that is not known to be covered; what lies between public spans may be skipped.
    let mut next = 0;
    family.public().iter().all(|public| {
        next = next.max(public.first);
        while let Some(span) = spans.next_if(|span| span.first <= next) {
            next = next.max(span.last.saturating_add(1));
        }
        next > public.last
    })
}

fn public_size(spans: &[Span]) -> u128 {
    spans.iter().map(|span| span.last - span.first + 1).sum()
}

/// Blocks whose row in the registry says "Globally Reachable: False", and 192.88.99.0/24 (6to4
/// relays, withdrawn by RFC 7526). 192.0.0.0/24 has two reachable anycast addresses; a list that
/// leaves out the block still counts as the whole internet.
const SPECIAL_IPV4: [&str; 15] = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
];

/// Blocks inside `2000::/3`: protocol assignments, documentation, 6to4, documentation (RFC 9637).
const SPECIAL_IPV6: [&str; 4] = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

static PUBLIC_IPV4: LazyLock<Vec<Span>> = LazyLock::new(|| {
    let all = IpNet::V4(Ipv4Net::default());
    without(Span::of(&all), &SPECIAL_IPV4)
});

static PUBLIC_IPV6: LazyLock<Vec<Span>> = LazyLock::new(|| {
    let unicast = IpNet::V6(Ipv6Net::new_assert(
        std::net::Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0),
        3,
    ));
    without(Span::of(&unicast), &SPECIAL_IPV6)
});

/// What is left of `space` without the blocks, which are sorted.
fn without(space: Span, blocks: &[&str]) -> Vec<Span> {
    let mut left = Vec::new();
    let mut next = space.first;
    for block in blocks.iter().filter_map(|block| block.parse().ok()) {
        let block = Span::of(&block);
        if next < block.first {
            left.push(Span {
                first: next,
                last: block.first - 1,
            });
        }
        next = block.last + 1;
    }
    if next <= space.last {
        left.push(Span {
            first: next,
            last: space.last,
        });
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    fn world(blocks: &[&str]) -> bool {
        let nets: Vec<IpNet> = blocks.iter().map(|block| block.parse().unwrap()).collect();
        let spans = nets.iter().map(Span::of).collect();
        is_world(Family::of(&nets[0]), spans)
    }

    #[test]
    fn every_special_block_is_parsed_and_in_order() {
        for blocks in [&SPECIAL_IPV4[..], &SPECIAL_IPV6[..]] {
            let spans: Vec<Span> = blocks
                .iter()
                .map(|block| Span::of(&block.parse().unwrap()))
                .collect();
            assert!(
                spans.windows(2).all(|pair| pair[0].last < pair[1].first),
                "{blocks:?}"
            );
        }
    }

    #[test]
    fn the_public_space_has_the_size_that_the_registries_leave() {
        // 2^32 less 8 blocks of 2^24 .. one term per row of the registry, and 2^28 of multicast.
        let special: u128 = 3 * (1 << 24) // 0/8, 10/8, 127/8
            + (1 << 22) + 2 * (1 << 16) + (1 << 20) // 100.64/10, 169.254/16, 192.168/16, 172.16/12
            + 5 * (1 << 8) + (1 << 17) // the five /24, 198.18/15
            + 2 * (1 << 28); // 224/4, 240/4
        assert_eq!(public_size(Family::Ipv4.public()), (1 << 32) - special);
        let special = (1_u128 << 105) + (1 << 96) + (1 << 112) + (1 << 108);
        assert_eq!(public_size(Family::Ipv6.public()), (1 << 125) - special);
    }

    #[test]
    fn halves_quarters_and_a_hole_of_private_addresses_are_the_world() {
        assert!(world(&["0.0.0.0/0"]));
        assert!(world(&["128.0.0.0/1", "0.0.0.0/1"]));
        assert!(world(&[
            "0.0.0.0/2",
            "64.0.0.0/2",
            "128.0.0.0/2",
            "192.0.0.0/2"
        ]));
        assert!(world(&[
            "0.0.0.0/5",
            "8.0.0.0/7",
            "11.0.0.0/8",
            "12.0.0.0/6",
            "16.0.0.0/4",
            "32.0.0.0/3",
            "64.0.0.0/2",
            "128.0.0.0/1",
        ]));
        assert!(!world(&["0.0.0.0/1"]));
        assert!(
            world(&["0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/3"]),
            "224.0.0.0/3 is not public"
        );
        assert!(!world(&["0.0.0.0/1", "128.0.0.0/2", "224.0.0.0/3"]));
    }

    #[test]
    fn a_hole_of_one_public_address_is_not_the_world() {
        let net: Ipv4Net = "8.8.8.8/32".parse().unwrap();
        let mut spans = vec![
            Span {
                first: 0,
                last: u128::from(u32::from(net.addr())) - 1,
            },
            Span {
                first: u128::from(u32::from(net.addr())) + 1,
                last: u128::from(u32::MAX),
            },
        ];
        assert!(!is_world(Family::Ipv4, spans.clone()));
        spans.push(Span::of(&IpNet::V4(net)));
        assert!(is_world(Family::Ipv4, spans));
    }

    #[test]
    fn global_unicast_is_the_world_of_ipv6() {
        assert!(world(&["::/0"]));
        assert!(world(&["2000::/3"]));
        assert!(world(&["2000::/4", "3000::/4"]));
        assert!(world(&["::/1", "8000::/1"]));
        assert!(!world(&["2000::/4"]));
        assert!(!world(&["fc00::/7"]));
    }

    #[test]
    fn shares_are_of_the_public_space() {
        let net: IpNet = "0.0.0.0/0".parse().unwrap();
        assert_eq!(Family::Ipv4.share_ppm(public_addresses(&net)), 1_000_000);
        let private: IpNet = "10.0.0.0/8".parse().unwrap();
        assert_eq!(public_addresses(&private), 0);
        let mixed: IpNet = "10.0.0.0/7".parse().unwrap();
        assert_eq!(public_addresses(&mixed), 1 << 24);
    }
}
