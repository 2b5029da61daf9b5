//! What the system says of this process. Linux tells it in files; elsewhere the numbers stay 0.

use std::{fs, time::SystemTime};

/// What was seen.
#[derive(Debug, Clone, Copy, Default)]
pub struct Process {
    /// Resident memory in bytes.
    pub memory: i64,
    /// Open files and connections.
    pub files: i64,
    /// Threads.
    pub threads: i64,
}

/// Looks.
pub fn look() -> Process {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let files = fs::read_dir("/proc/self/fd").map(Iterator::count).unwrap_or_default();
    Process {
        memory: number(&status, "VmRSS:").saturating_mul(1024),
        files: i64::try_from(files).unwrap_or(i64::MAX),
        threads: number(&status, "Threads:"),
    }
}

/// Unix seconds.
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

/// The number of a line such as `VmRSS:     12345 kB`.
fn number(status: &str, name: &str) -> i64 {
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found_by_their_name() {
        let status = "Name:\tvitosha\nVmRSS:\t   12345 kB\nThreads:\t9\n";
        assert_eq!((number(status, "VmRSS:"), number(status, "Threads:")), (12345, 9));
        assert_eq!(number(status, "VmSwap:"), 0);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_process_has_memory_files_and_threads() {
        let own = look();
        assert!(own.memory > 100_000 && own.files > 2 && own.threads > 0, "{own:?}");
    }
}
