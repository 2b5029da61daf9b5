//! Numbers that look random and are always the same for the same question.
//! Nothing here may depend on time or on the machine: a reset world must look as it did before.

/// A well mixed number for a pair of questions (splitmix64).
pub(crate) fn mix(a: u64, b: u64) -> u64 {
    let mut z = a.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(b).wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The same as a fraction, 0 to 1.
pub(crate) fn fraction(a: u64, b: u64) -> f64 {
    (mix(a, b) >> 11) as f64 / (1_u64 << 53) as f64
}

/// A whole number below a small bound.
pub(crate) fn below(bound: u32, a: u64, b: u64) -> i64 {
    (mix(a, b) % u64::from(bound.max(1))).cast_signed()
}

/// A number for a text (FNV-1a), for sizes that follow from a name.
pub(crate) fn of_text(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
