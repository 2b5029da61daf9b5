//! Files of the provider: streamed through, with a limit, never held whole.

use bytes::Bytes;
use futures::{Stream, StreamExt};
use vpsbg_api::{File, Operation};

use crate::{Access, Account, Error};

/// Longest file that is passed on, in bytes.
const LIMIT: u64 = 64 * 1024 * 1024;

/// A file on its way to the browser.
pub struct FileStream {
    /// Media type as the provider sent it: not to be trusted.
    pub content_type: Option<String>,
    /// Length in bytes, if told beforehand.
    pub length: Option<u64>,
    /// The bytes; an error in the middle must break the connection, so that a cut file looks cut.
    pub bytes: std::pin::Pin<Box<dyn Stream<Item = Result<Bytes, Error>> + Send>>,
}

impl Account {
    /// Fetches a file.
    ///
    /// # Errors
    /// [`Error`]; [`Error::ReadOnly`] where the provider wants a POST and the token can only read.
    pub async fn download<O: Operation<Answer = File>>(&self, operation: &O) -> Result<FileStream, Error> {
        self.permit(O::INFO.permission)?;
        self.at_work()?;
        if let Some(pause) = self.state.budget.pause() {
            return Err(Error::RateLimited(pause));
        }
        let client = self.gateway.reading_client(&self.token);
        let download = match client.download(operation, LIMIT).await {
            Ok(download) => download,
            Err(failure) => {
                self.learn::<O>(Err(&failure)).await;
                tracing::warn!(operation = O::INFO.id, cause = %failure, "download failed");
                return Err(match Error::of(&failure) {
                    Error::Forbidden if self.access() == Access::ProbablyReadOnly => Error::ReadOnly,
                    error => error,
                });
            }
        };
        Ok(FileStream {
            content_type: download.content_type.clone(),
            length: download.length,
            bytes: download
                .into_stream()
                .map(|chunk| {
                    chunk.map_err(|failure| {
                        tracing::warn!(cause = %failure, "download broke off");
                        Error::of(&failure)
                    })
                })
                .boxed(),
        })
    }
}
