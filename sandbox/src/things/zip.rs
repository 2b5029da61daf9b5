//! An archive of files, stored as they are (ZIP without compression: PDF gains little from it).

/// Date of all entries in the form of MS-DOS: 1980-01-01, which means none.
const NO_DATE: u32 = 0x0021_0000;
/// Names are UTF-8.
const UTF8: u16 = 1 << 11;
/// Version 2.0.
const VERSION: u16 = 20;

/// Packs files. Sizes stay far below the 4 GB of the plain format.
pub(crate) fn archive(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut directory = Vec::new();
    for (name, content) in files {
        let begin = length(bytes.len());
        let mut about = Vec::new();
        for half in [VERSION, UTF8, 0] {
            about.extend(half.to_le_bytes());
        }
        for word in [NO_DATE, checksum(content), length(content.len()), length(content.len())] {
            about.extend(word.to_le_bytes());
        }
        about.extend((name.len() as u16).to_le_bytes());
        about.extend(0_u16.to_le_bytes());

        bytes.extend(b"PK\x03\x04");
        bytes.extend(&about);
        bytes.extend(name.as_bytes());
        bytes.extend(content);

        directory.extend(b"PK\x01\x02");
        directory.extend(VERSION.to_le_bytes());
        directory.extend(&about);
        // No comment, first disk, no attributes.
        directory.extend([0; 10]);
        directory.extend(begin.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let count = (files.len() as u16).to_le_bytes();
    let begin = length(bytes.len());
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend(count);
    bytes.extend(count);
    bytes.extend(length(directory.len()).to_le_bytes());
    bytes.extend(begin.to_le_bytes());
    bytes.extend(0_u16.to_le_bytes());
    bytes
}

fn length(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

/// CRC-32 as in ISO 3309.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(
            sum ^ u32::from(*byte),
            |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 },
        )
    })
}
