//! One-time codes as an authenticator makes them, written here a second time from RFC 6238.

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

/// The six digits of a secret at a Unix second.
pub fn code(secret: &str, second: i64) -> String {
    let bits: String = secret
        .bytes()
        .map(|letter| if letter.is_ascii_uppercase() { letter - b'A' } else { letter - b'2' + 26 })
        .map(|value| format!("{value:05b}"))
        .collect();
    let key: Vec<u8> = bits
        .as_bytes()
        .chunks_exact(8)
        .map(|byte| u8::from_str_radix(std::str::from_utf8(byte).unwrap(), 2).unwrap())
        .collect();
    let mut mac = Hmac::<Sha1>::new_from_slice(&key).unwrap();
    mac.update(&u64::try_from(second / 30).unwrap().to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let at = usize::from(digest[19] & 15);
    let number = u32::from_be_bytes(digest[at..at + 4].try_into().unwrap()) & 0x7FFF_FFFF;
    format!("{:06}", number % 1_000_000)
}

#[test]
fn codes_of_the_rfc() {
    // RFC 6238, appendix B, the last six digits.
    let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    for (second, expected) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
        assert_eq!(code(secret, second), expected);
    }
}
