//! The colours of charts hold for every eye and in both themes: computed from the style sheet.
#![allow(clippy::unwrap_used, missing_docs)]

use std::fs;

/// What graphics need on what they stand on (WCAG 2.2, 1.4.11).
const CONTRAST: f64 = 3.0;
/// How far apart two series are at least, in `OKLab`, where 0.02 is just seen.
const APART: f64 = 0.12;
const SERIES: usize = 6;

type Colour = [f64; 3];

/// How eyes see: everybody's, then those without one kind of cones (Machado, Oliveira and Fernandes 2009, severity 1).
const EYES: [(&str, [Colour; 3]); 4] = [
    ("all", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

/// Light and dark of a colour of the style sheet, as linear light.
fn token(name: &str) -> [Colour; 2] {
    let tokens = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../style/tokens.css")).unwrap();
    let start = format!("--{name}: light-dark(");
    let value = tokens.split(&start).nth(1).unwrap_or_else(|| panic!("there is no {name}"));
    let value = value.split(')').next().unwrap();
    let colours: Vec<Colour> = value.split(',').map(|colour| linear(colour.trim())).collect();
    colours.try_into().unwrap()
}

fn linear(colour: &str) -> Colour {
    let mut digits = colour.strip_prefix('#').unwrap().to_owned();
    if digits.len() == 3 {
        digits = digits.chars().flat_map(|digit| [digit, digit]).collect();
    }
    [0, 2, 4].map(|place| {
        let part = f64::from(u8::from_str_radix(&digits[place..place + 2], 16).unwrap()) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    })
}

fn through(eye: &[Colour; 3], colour: Colour) -> Colour {
    eye.map(|row| row.iter().zip(colour).map(|(share, part)| share * part).sum::<f64>().clamp(0.0, 1.0))
}

fn contrast(one: Colour, other: Colour) -> f64 {
    let light = |colour: Colour| 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2] + 0.05;
    let (one, other) = (light(one), light(other));
    one.max(other) / one.min(other)
}

fn oklab([red, green, blue]: Colour) -> Colour {
    let long = (0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue).cbrt();
    let medium = (0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue).cbrt();
    let short = (0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue).cbrt();
    [
        0.210_454_255_3 * long + 0.793_617_785_0 * medium - 0.004_072_046_8 * short,
        1.977_998_495_1 * long - 2.428_592_205_0 * medium + 0.450_593_709_9 * short,
        0.025_904_037_1 * long + 0.782_771_766_2 * medium - 0.808_675_766_0 * short,
    ]
}

fn distance(one: Colour, other: Colour) -> f64 {
    let (one, other) = (oklab(one), oklab(other));
    one.iter().zip(other).map(|(one, other)| (one - other).powi(2)).sum::<f64>().sqrt()
}

#[test]
fn series_stand_out_from_the_page() {
    for ground in ["page", "tint", "raised"] {
        for series in 0..SERIES {
            let (grounds, inks) = (token(ground), token(&format!("series-{series}")));
            for (theme, (ground_colour, ink)) in ["light", "dark"].iter().zip(grounds.into_iter().zip(inks)) {
                let found = contrast(ground_colour, ink);
                assert!(found >= CONTRAST, "series {series} on {ground}, {theme}: {found:.2} to 1");
            }
        }
    }
}

#[test]
fn series_stay_apart_for_every_eye() {
    for one in 0..SERIES {
        for other in one + 1..SERIES {
            let (inks, others) = (token(&format!("series-{one}")), token(&format!("series-{other}")));
            for (theme, (ink, other_ink)) in ["light", "dark"].iter().zip(inks.into_iter().zip(others)) {
                for (eye, matrix) in &EYES {
                    let found = distance(through(matrix, ink), through(matrix, other_ink));
                    assert!(found >= APART, "series {one} and {other}, {theme}, {eye}: {found:.3}");
                }
            }
        }
    }
}
