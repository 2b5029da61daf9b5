//! Files: those that are sent along, whole or as they come, and the mark of those that come back.
//!
//! A file may be larger than the memory (measured-boot images go up to 1 GB), so it can be given as a stream of
//! known length. A stream can be read once. Operations stay values all the same: clones share the one stream,
//! and whoever reads first has it. It counts as read only when its first byte is asked for, so that a
//! connection that was never made costs nothing.

use std::{
    fmt, io,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
};

use bytes::Bytes;
use futures::{Stream, stream::BoxStream};

use crate::decode::{Decode, Misfit, Notes};

/// A file to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilePart {
    /// The field, for example `attachments[]`.
    pub field: &'static str,
    /// Name of the file as the person had it.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// What is in it.
    pub content: Content,
}

/// The bytes of a file to send.
#[derive(Clone, PartialEq, Eq)]
pub enum Content {
    /// Held in memory: can be sent any number of times.
    Whole(Bytes),
    /// Read as it is sent, never held whole: can be sent once.
    Streamed(FileStream),
}

impl Content {
    /// Length in bytes.
    pub fn length(&self) -> u64 {
        match self {
            Self::Whole(bytes) => bytes.len() as u64,
            Self::Streamed(stream) => stream.length,
        }
    }

    /// True while it can be sent: always for bytes, until the first was read for streams.
    pub fn can_be_sent(&self) -> bool {
        match self {
            Self::Whole(_) => true,
            Self::Streamed(stream) => !stream.is_used_up(),
        }
    }
}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Whole(bytes.into())
    }
}

/// Only the length: files are nobody's business but the sender's.
impl fmt::Debug for Content {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(bytes) => write!(formatter, "{} bytes", bytes.len()),
            Self::Streamed(stream) => stream.fmt(formatter),
        }
    }
}

/// A file that is read as it is sent. Clones share it; equal is what shares.
#[derive(Clone)]
pub struct FileStream {
    length: u64,
    // A lock for `Sync` alone: the one reader holds the stream itself once it has begun.
    source: Arc<Mutex<Option<BoxStream<'static, io::Result<Bytes>>>>>,
}

impl FileStream {
    /// A file of exactly `length` bytes. When `stream` ends early, goes on for longer or fails, the call fails
    /// without a complete file having been sent.
    pub fn new(length: u64, stream: impl Stream<Item = io::Result<Bytes>> + Send + 'static) -> Self {
        Self { length, source: Arc::new(Mutex::new(Some(Box::pin(stream)))) }
    }

    /// Length in bytes.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// True when somebody has begun to read it.
    pub fn is_used_up(&self) -> bool {
        self.source.lock().unwrap_or_else(PoisonError::into_inner).is_none()
    }

    /// The bytes. The first reader that asks for one takes the stream from all clones; any other gets an error.
    pub fn read(&self) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
        Reader { file: self.clone(), begun: None, seen: 0, over: false }
    }
}

impl PartialEq for FileStream {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.source, &other.source)
    }
}

impl Eq for FileStream {}

impl fmt::Debug for FileStream {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a stream of {} bytes", self.length)
    }
}

/// One reading. Nothing is taken before the first poll.
struct Reader {
    file: FileStream,
    begun: Option<BoxStream<'static, io::Result<Bytes>>>,
    seen: u64,
    over: bool,
}

impl Stream for Reader {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.over {
            return Poll::Ready(None);
        }
        if self.begun.is_none() {
            let taken = self.file.source.lock().unwrap_or_else(PoisonError::into_inner).take();
            self.begun = taken;
        }
        let polled = match &mut self.begun {
            Some(stream) => stream.as_mut().poll_next(context),
            None => Poll::Ready(Some(Err(io::Error::other("the file was read already")))),
        };
        let item = match polled {
            Poll::Pending => return Poll::Pending,
            Poll::Ready(Some(Ok(piece))) => {
                self.seen += piece.len() as u64;
                if self.seen > self.file.length {
                    Some(Err(io::Error::other("the file is longer than was said")))
                } else {
                    Some(Ok(piece))
                }
            }
            Poll::Ready(None) if self.seen < self.file.length => {
                Some(Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the file is shorter than was said")))
            }
            Poll::Ready(end_or_error) => end_or_error,
        };
        self.over = !matches!(item, Some(Ok(_)));
        if self.over {
            self.begun = None;
        }
        Poll::Ready(item)
    }
}

/// Marks operations that answer with a file instead of JSON: they are streamed, never decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct File;

impl Decode for File {
    fn decode(value: &serde_json::Value, _: &mut Notes) -> Result<Self, Misfit> {
        Err(Misfit::new("a file", value))
    }
}
