//! A form with one file at its end, read as it arrives (RFC 7578): its small fields at once, the file as a stream whose
//! length follows from that of the whole.
//!
//! The last piece of the file is handed on only when the end of the form has come and is as it should be: what is cut
//! off, or goes on, never looks complete. Whatever nobody wants any more is read on and thrown away, because who still
//! sends cannot read our answer; up to the size of an image, which is as much as anybody may send anyway.

use std::{io, time::Duration};

use axum::body::{Body, Bytes};
use futures::{Stream, StreamExt, stream};
use tokio::{sync::mpsc, task::JoinHandle};
use vpsbg_api::{FileStream, LARGEST_BOOT_IMAGE};

/// Most bytes before the file.
const LARGEST_HEAD: usize = 64 * 1024;
/// How long a piece may take.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// How long a piece may take that is thrown away.
const LONGEST_PAUSE_IN_VAIN: Duration = Duration::from_secs(5);
/// Most bytes that are thrown away: no more than an image may have.
const MOST_IN_VAIN: u64 = LARGEST_BOOT_IMAGE.0;
/// Pieces that wait to be sent on.
const WAITING: usize = 4;

/// Why a form cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// It is no form with a file.
    NoForm,
    /// The sender went away, or made too long a pause.
    Cut,
}

/// A form whose file is still to come.
pub struct Incoming {
    /// The fields before the file.
    pub fields: Vec<(String, String)>,
    /// The file's own name, without a way to it. Empty: no file was chosen.
    pub name: String,
    /// Its length in bytes.
    pub length: u64,
    pieces: mpsc::Receiver<io::Result<Bytes>>,
    reading: JoinHandle<Result<(), Unreadable>>,
}

impl Incoming {
    /// Reads a form up to its file. `length` is that of the whole, as the request says.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub async fn begin(boundary: &str, length: u64, body: Body) -> Result<Self, Unreadable> {
        let mut chunks = body.into_data_stream();
        let mut seen = Vec::new();
        let head = loop {
            match head(&seen, boundary) {
                Step::Done(head) => break head,
                Step::Bad => return Err(Unreadable::NoForm),
                Step::More if seen.len() > LARGEST_HEAD => return Err(Unreadable::NoForm),
                Step::More => {}
            }
            match tokio::time::timeout(LONGEST_PAUSE, chunks.next()).await {
                Ok(Some(Ok(chunk))) => seen.extend_from_slice(&chunk),
                _ => return Err(Unreadable::Cut),
            }
        };
        let end = format!("\r\n--{boundary}--\r\n").into_bytes();
        let around = (head.at + end.len()) as u64;
        let length = length.checked_sub(around).ok_or(Unreadable::NoForm)?;
        let first = Bytes::copy_from_slice(&seen[head.at..]);
        let chunks = stream::once(async { Ok(first) }).chain(chunks);
        let (sender, pieces) = mpsc::channel(WAITING);
        let reading = tokio::spawn(pass_on(chunks, length, end, sender));
        Ok(Self { fields: head.fields, name: head.name, length, pieces, reading })
    }

    /// The file as a stream, and what tells whether all of it came.
    pub fn into_file(self) -> (FileStream, Rest) {
        let pieces = stream::unfold(self.pieces, |mut pieces| async move {
            pieces.recv().await.map(|piece| (piece, pieces))
        });
        (FileStream::new(self.length, pieces), Rest(self.reading))
    }

    /// The file is not wanted: what still comes of it is thrown away.
    pub async fn throw_away(self) {
        drop(self.pieces);
        let _ = self.reading.await;
    }
}

/// The reading of a form, which goes on until its end.
pub struct Rest(JoinHandle<Result<(), Unreadable>>);

impl Rest {
    /// Waits until all has come, or nothing comes any more.
    ///
    /// # Errors
    /// [`Unreadable::Cut`] when it did not come whole.
    pub async fn end(self) -> Result<(), Unreadable> {
        self.0.await.unwrap_or(Err(Unreadable::Cut))
    }
}

/// Passes the file on, one piece behind, and checks what follows it.
async fn pass_on(
    chunks: impl Stream<Item = Result<Bytes, axum::Error>> + Send + 'static,
    length: u64,
    end: Vec<u8>,
    sender: mpsc::Sender<io::Result<Bytes>>,
) -> Result<(), Unreadable> {
    let mut chunks = std::pin::pin!(chunks);
    let (mut left, mut held, mut tail) = (length, None, Vec::new());
    let mut in_vain = 0;
    loop {
        let wanted = !sender.is_closed();
        let pause = if wanted { LONGEST_PAUSE } else { LONGEST_PAUSE_IN_VAIN };
        let next = tokio::select! {
            next = tokio::time::timeout(pause, chunks.next()) => next,
            // From now on in vain: with less patience.
            () = sender.closed(), if wanted => continue,
        };
        let mut chunk = match next {
            Ok(Some(Ok(chunk))) => chunk,
            Ok(None) => break,
            _ => return cut(&sender).await,
        };
        if !wanted {
            in_vain += chunk.len() as u64;
            if in_vain > MOST_IN_VAIN {
                return Err(Unreadable::Cut);
            }
        }
        let of_file = usize::try_from(left).map_or(chunk.len(), |left| left.min(chunk.len()));
        let piece = chunk.split_to(of_file);
        left -= piece.len() as u64;
        tail.extend_from_slice(&chunk);
        if tail.len() > end.len() {
            return cut(&sender).await;
        }
        if !piece.is_empty()
            && let Some(before) = held.replace(piece)
        {
            // Nobody may want it any more; it is read all the same.
            let _ = sender.send(Ok(before)).await;
        }
    }
    if left > 0 || tail != end {
        return cut(&sender).await;
    }
    if let Some(last) = held {
        let _ = sender.send(Ok(last)).await;
    }
    Ok(())
}

async fn cut(sender: &mpsc::Sender<io::Result<Bytes>>) -> Result<(), Unreadable> {
    let error = io::Error::new(io::ErrorKind::UnexpectedEof, "the sender of the file went away");
    let _ = sender.send(Err(error)).await;
    Err(Unreadable::Cut)
}

/// What stands before the file.
#[derive(Debug, PartialEq, Eq)]
struct Head {
    fields: Vec<(String, String)>,
    name: String,
    /// Where the file begins.
    at: usize,
}

#[derive(Debug, PartialEq, Eq)]
enum Step {
    /// Not enough has come.
    More,
    /// It is no form, or one without a file.
    Bad,
    Done(Head),
}

/// Reads the parts up to the file.
fn head(seen: &[u8], boundary: &str) -> Step {
    let begin = format!("--{boundary}\r\n").into_bytes();
    let close = format!("\r\n--{boundary}").into_bytes();
    let (mut at, mut fields) = (0, Vec::new());
    loop {
        let rest = &seen[at..];
        if rest.len() < begin.len() {
            return if begin.starts_with(rest) { Step::More } else { Step::Bad };
        }
        if !rest.starts_with(&begin) {
            return Step::Bad;
        }
        at += begin.len();
        let Some(length) = find(&seen[at..], b"\r\n\r\n") else { return Step::More };
        let headers = String::from_utf8_lossy(&seen[at..at + length]).into_owned();
        at += length + 4;
        let of_part =
            headers.lines().find(|line| line.to_ascii_lowercase().starts_with("content-disposition:"));
        let Some(of_part) = of_part else { return Step::Bad };
        if let Some(file) = parameter(of_part, "filename") {
            return Step::Done(Head { fields, name: own_name(&file), at });
        }
        let Some(length) = find(&seen[at..], &close) else { return Step::More };
        let text = String::from_utf8_lossy(&seen[at..at + length]).into_owned();
        fields.push((parameter(of_part, "name").unwrap_or_default(), text));
        at += length + 2;
    }
}

/// A parameter of a header, as browsers write it: in quotes, with `%22` for a quote (HTML, multipart form data).
fn parameter(header: &str, name: &str) -> Option<String> {
    let (_, rest) = header.split_once(&format!("; {name}=\""))?;
    let (text, _) = rest.split_once('"')?;
    Some(text.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n"))
}

/// The file's own name: what an older browser puts before it is nobody's business.
fn own_name(name: &str) -> String {
    let own = name.rsplit(['/', '\\']).next().unwrap_or_default();
    own.chars().filter(|letter| !letter.is_control() && *letter != '"').take(255).collect()
}

fn find(within: &[u8], wanted: &[u8]) -> Option<usize> {
    within.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: &str = "--xyz\r\nContent-Disposition: form-data; name=\"once\"\r\n\r\nab\r\ncd\r\n--xyz\r\n\
        Content-Disposition: form-data; name=\"file\"; filename=\"C:\\boot\\my %22kernel%22.efi\"\r\n\
        Content-Type: application/octet-stream\r\n\r\n0123456789\r\n--xyz--\r\n";

    /// The form in pieces of a size, up to `until`; a sender that goes away ends in an error.
    fn body(form: &'static str, size: usize, until: usize) -> Body {
        let pieces: Vec<io::Result<Bytes>> =
            form.as_bytes()[..until].chunks(size).map(|piece| Ok(Bytes::from_static(piece))).collect();
        let gone = (until < form.len()).then(|| Err(io::Error::other("gone")));
        Body::from_stream(stream::iter(pieces.into_iter().chain(gone)))
    }

    async fn whole(file: &FileStream) -> io::Result<Vec<u8>> {
        let pieces: Vec<io::Result<Bytes>> = file.read().collect().await;
        pieces.into_iter().try_fold(Vec::new(), |mut all, piece| {
            all.extend_from_slice(&piece?);
            Ok(all)
        })
    }

    #[tokio::test]
    async fn a_form_is_read_in_pieces_of_any_size() {
        for size in [1, 2, 7, 50, 1000] {
            let incoming = Incoming::begin("xyz", FORM.len() as u64, body(FORM, size, FORM.len())).await;
            let incoming = incoming.unwrap();
            assert_eq!(incoming.fields, [("once".to_owned(), "ab\r\ncd".to_owned())]);
            assert_eq!((incoming.name.as_str(), incoming.length), ("my kernel.efi", 10));
            let (file, rest) = incoming.into_file();
            assert_eq!(whole(&file).await.unwrap(), b"0123456789");
            assert_eq!(rest.end().await, Ok(()));
        }
    }

    #[tokio::test]
    async fn what_is_cut_off_never_looks_complete() {
        let start = FORM.find("0123456789").unwrap();
        for until in start..FORM.len() {
            let incoming = Incoming::begin("xyz", FORM.len() as u64, body(FORM, 3, until)).await.unwrap();
            let (file, rest) = incoming.into_file();
            assert!(whole(&file).await.is_err(), "cut at {until}");
            assert_eq!(rest.end().await, Err(Unreadable::Cut));
        }
        for until in 0..start {
            assert_eq!(
                Incoming::begin("xyz", FORM.len() as u64, body(FORM, 3, until)).await.err(),
                Some(Unreadable::Cut)
            );
        }
    }

    #[tokio::test]
    async fn a_form_with_something_after_its_file_is_none() {
        let more = "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n0123\r\n--xyz\r\n\
            Content-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n--xyz--\r\n";
        let incoming = Incoming::begin("xyz", more.len() as u64, body(more, 9, more.len())).await.unwrap();
        // By its length the file would go on to the end of the form: the end of the form is in it, and no file.
        let (file, _) = incoming.into_file();
        assert_ne!(whole(&file).await.unwrap_or_default(), b"0123");
    }

    #[tokio::test]
    async fn what_is_no_form_is_said() {
        for bad in ["nonsense at all", "--xyz\r\nContent-Type: x\r\n\r\n", "--xyz--\r\n"] {
            let incoming = Incoming::begin("xyz", bad.len() as u64, body(bad, 4, bad.len())).await;
            assert_eq!(incoming.err(), Some(Unreadable::NoForm), "{bad}");
        }
    }

    #[tokio::test]
    async fn what_is_not_wanted_is_read_to_its_end() {
        let incoming = Incoming::begin("xyz", FORM.len() as u64, body(FORM, 2, FORM.len())).await.unwrap();
        incoming.throw_away().await;
    }
}
