//! All periods in one value, so that tests need no sleeping.

use std::time::Duration;

/// How long things take, are kept, and are waited for.
#[derive(Debug, Clone)]
pub struct Timings {
    /// Until a connection must be made.
    pub connect: Duration,
    /// Until an answer must have come.
    pub answer: Duration,
    /// All tries of a read together.
    pub whole_read: Duration,
    /// Upper bound of the first pause before a read is tried again; doubles.
    pub retry_pause: Duration,
    /// How long a page waits for the provider.
    pub page_wait: Duration,
    /// How long a read is good for everybody without asking again.
    pub fresh: Duration,
    /// How long a last good answer may stand in, marked with its age.
    pub kept: Duration,
    /// How long the power of a server is good that was read for itself, where all at once is not offered.
    pub one_by_one: Duration,
    /// Between two polls while something changes.
    pub poll_active: Duration,
    /// Between two polls otherwise.
    pub poll_idle: Duration,
    /// Without a new byte for this long a download is called stalled.
    pub stalled: Duration,
    /// The stretch from which a rate is computed.
    pub rate_window: Duration,
    /// How long a power action may take before the page says that it did not settle.
    pub settle: Duration,
    /// A restart whose pause nobody saw counts as done after this long, if the provider took it.
    pub unseen_restart: Duration,
    /// First pause of an open breaker; doubles.
    pub breaker_pause: Duration,
    /// Longest pause of an open breaker.
    pub breaker_pause_max: Duration,
    /// How long the provider must keep answering without a trace of a purchase whose answer was lost, until it
    /// counts as not done.
    pub purchase_look: Duration,
    /// First pause between two looks for such a purchase; doubles up to 15 s.
    pub purchase_pause: Duration,
    /// When looking for it ends in any case.
    pub purchase_give_up: Duration,
    /// After this long an object of a bulk job whose answer was lost is looked at for the last time.
    pub bulk_look: Duration,
    /// How long bulk jobs are kept after their end, and paused ones.
    pub bulk: Duration,
    /// Session without any request.
    pub session_idle: Duration,
    /// Session from sign-in to its end, whatever happens.
    pub session_absolute: Duration,
    /// Between two looks whether the session of an open stream lives on.
    pub session_look: Duration,
    /// Drafts and sent forms.
    pub draft: Duration,
    /// Audit records and the purchase journal: 400 days, so that a year can be looked back on.
    pub audit: Duration,
    /// Between two rounds of removing what expired.
    pub housekeeping: Duration,
}

impl Default for Timings {
    /// The values of design §4 and §5.
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self {
            connect: seconds(3),
            answer: seconds(20),
            whole_read: seconds(25),
            retry_pause: Duration::from_millis(300),
            page_wait: seconds(3),
            fresh: seconds(5),
            kept: seconds(15 * 60),
            one_by_one: seconds(5 * 60),
            poll_active: seconds(2),
            poll_idle: seconds(15),
            stalled: seconds(60),
            rate_window: seconds(30),
            settle: seconds(90),
            unseen_restart: seconds(60),
            breaker_pause: seconds(10),
            breaker_pause_max: seconds(180),
            purchase_look: seconds(2 * 60),
            purchase_pause: seconds(1),
            purchase_give_up: seconds(10 * 60),
            bulk_look: seconds(2 * 60),
            bulk: seconds(30 * 24 * 60 * 60),
            session_idle: seconds(8 * 60 * 60),
            session_absolute: seconds(7 * 24 * 60 * 60),
            session_look: seconds(60),
            draft: seconds(24 * 60 * 60),
            audit: seconds(400 * 24 * 60 * 60),
            housekeeping: seconds(60 * 60),
        }
    }
}
