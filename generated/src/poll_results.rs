//! The results of polls ([MSC3381](https://github.com/matrix-org/matrix-spec-proposals/pull/3381)).
//!
//! Requires the feature `unstable-msc3381`.
//!
//! ```
//! use matrix_events::poll::unstable_response::UnstablePollResponseEventContent;
//! use matrix_events::poll::unstable_start::UnstablePollStartContentBlock;
//! use matrix_events::SyncRoomEvent;
//!
//! let poll: UnstablePollStartContentBlock = serde_json::from_str(
//!     r#"{"question": {"org.matrix.msc1767.text": "What to sow?"}, "answers": [
//!         {"id": "1", "org.matrix.msc1767.text": "Beans"}, {"id": "2", "org.matrix.msc1767.text": "Peas"}]}"#,
//! )?;
//! let response = |sender: &str, answer: &str| {
//!     let json = format!(
//!         r#"{{"type": "org.matrix.msc3381.poll.response", "event_id": "$2", "sender": "{sender}", "origin_server_ts": 5, "content": {{
//!             "org.matrix.msc3381.poll.response": {{"answers": ["{answer}"]}},
//!             "m.relates_to": {{"rel_type": "m.reference", "event_id": "$1"}}}}}}"#
//!     );
//!     matrix_events::from_str::<SyncRoomEvent<UnstablePollResponseEventContent>>(&json)
//! };
//! let responses = [response("@mira:example.org", "2")?, response("@lev:example.org", "2")?, response("@ada:example.org", "1")?];
//!
//! let results = poll.results(responses.iter().filter_map(|response| response.data()), None);
//! assert_eq!(results.winners().map(|answer| answer.id).collect::<Vec<_>>(), ["2"]);
//! assert_eq!(results.counts()["1"], 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::poll::response::PollResponseEventContent;
use crate::poll::start::PollContentBlock;
use crate::poll::unstable_response::UnstablePollResponseEventContent;
use crate::poll::unstable_start::UnstablePollStartContentBlock;
use crate::{Extra, RoomEvent, SyncRoomEvent, UserId};

/// The number of answers of a poll. Answers after it are left out.
const MAX_ANSWERS: usize = 20;

/// A response to a poll, which the result of a poll is calculated from.
///
/// The method `data` of a response event returns it.
///
/// ```
/// use matrix_events::poll_results::PollResponseData;
/// use matrix_events::UserId;
///
/// let (sender, selections) = (UserId::new("@mira:example.org"), ["1".to_owned()]);
/// let response = PollResponseData::new(&sender, 1_741_860_298_455, &selections);
/// assert_eq!(response.selections, ["1"]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PollResponseData<'p> {
    /// The sender of the response.
    pub sender: &'p UserId,
    /// The time of the response, in milliseconds since the Unix epoch.
    pub origin_server_ts: i64,
    /// The IDs of the chosen answers. An empty list withdraws the vote.
    pub selections: &'p [String],
}

impl<'p> PollResponseData<'p> {
    /// Creates a new `PollResponseData` with the sender, the time in milliseconds since the Unix epoch, and the IDs of the answers.
    ///
    /// A response with invalid content withdraws the vote. Use an empty list for such an event.
    #[must_use]
    pub fn new(sender: &'p UserId, origin_server_ts: i64, selections: &'p [String]) -> Self {
        Self { sender, origin_server_ts, selections }
    }
}

/// An answer of a poll, with the users who chose it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AnswerVotes<'p> {
    /// The ID of the answer.
    pub id: &'p str,
    /// The users who chose the answer.
    pub voters: BTreeSet<&'p UserId>,
}

/// The results of a poll, which `results` of the poll returns.
///
/// The methods return only the first 20 answers of the poll.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PollResults<'p> {
    answers: Vec<AnswerVotes<'p>>,
}

impl<'p> PollResults<'p> {
    fn new(ids: impl Iterator<Item = &'p str>) -> Self {
        let mut known = BTreeSet::new();
        let ids = ids.take(MAX_ANSWERS).filter(|id| known.insert(*id));
        Self { answers: ids.map(|id| AnswerVotes { id, voters: BTreeSet::new() }).collect() }
    }

    /// Returns the votes for each answer, in the order of the poll.
    #[must_use]
    pub fn answers(&self) -> &[AnswerVotes<'p>] {
        &self.answers
    }

    /// Returns the votes for each answer, the most chosen answer first.
    ///
    /// Answers with the same number of votes are in the order of the poll.
    #[must_use]
    pub fn sorted(&self) -> Vec<&AnswerVotes<'p>> {
        let mut answers: Vec<_> = self.answers.iter().collect();
        answers.sort_by_key(|answer| Reverse(answer.voters.len()));
        answers
    }

    /// Returns the users who chose an answer. Returns `None` if the poll does not have the answer.
    #[must_use]
    pub fn voters(&self, answer_id: &str) -> Option<&BTreeSet<&'p UserId>> {
        self.answers.iter().find(|answer| answer.id == answer_id).map(|answer| &answer.voters)
    }

    /// Iterates over the answers with the most votes, in the order of the poll. There are none if there are no votes.
    pub fn winners(&self) -> impl Iterator<Item = &AnswerVotes<'p>> {
        let most = self.answers.iter().map(|answer| answer.voters.len()).max().unwrap_or_default();
        self.answers.iter().filter(move |answer| most > 0 && answer.voters.len() == most)
    }

    /// Returns the number of votes for each answer, as in `m.poll.results` of
    /// [`PollEndEventContent`](crate::poll::end::PollEndEventContent).
    #[must_use]
    pub fn counts(&self) -> BTreeMap<String, i64> {
        let count = |voters: &BTreeSet<_>| i64::try_from(voters.len()).unwrap_or(i64::MAX);
        self.answers.iter().map(|answer| (answer.id.to_owned(), count(&answer.voters))).collect()
    }

    fn answer_mut(&mut self, id: &str) -> Option<&mut AnswerVotes<'p>> {
        self.answers.iter_mut().find(|answer| answer.id == id)
    }

    /// Adds the votes of a response that is the last one of its sender.
    fn add(&mut self, response: PollResponseData<'p>, max_selections: usize) {
        // One unknown answer spoils the response.
        if response.selections.iter().any(|id| self.voters(id).is_none()) {
            return;
        }
        for id in response.selections.iter().take(max_selections) {
            if let Some(answer) = self.answer_mut(id) {
                answer.voters.insert(response.sender);
            }
        }
    }
}

/// Calculates the votes from the last response of each sender.
fn compile<'p>(
    mut results: PollResults<'p>,
    max_selections: Option<i64>,
    responses: Vec<PollResponseData<'p>>,
    end: Option<i64>,
) -> PollResults<'p> {
    let mut last: BTreeMap<&UserId, PollResponseData<'p>> = BTreeMap::new();
    for response in responses.into_iter().filter(|response| end.is_none_or(|end| response.origin_server_ts <= end)) {
        let current = last.entry(response.sender).or_insert(response);
        if current.origin_server_ts < response.origin_server_ts {
            *current = response;
        }
    }
    let max_selections = max_selections.and_then(|max| usize::try_from(max).ok()).unwrap_or(1).max(1);
    last.into_values().for_each(|response| results.add(response, max_selections));
    results
}

/// Returns the time when a poll was closed, in milliseconds since the Unix epoch, or `None` if the poll is open.
///
/// The first valid event that ends the poll decides. Its sender is the user who started the poll, or can redact the events of other
/// users.
///
/// - `started_by`: The sender of the event that started the poll.
/// - `ends`: The sender and the `origin_server_ts` of each event that ends the poll.
/// - `can_redact`: A function that returns `true` if the current power levels of the room allow a user to redact the events of others.
///
/// ```
/// use matrix_events::poll_results::closed_at;
/// use matrix_events::UserId;
///
/// let [mira, lev, ada] = ["@mira:example.org", "@lev:example.org", "@ada:example.org"].map(UserId::new);
/// let ends = [(&mira, 30), (&lev, 20), (&ada, 10)];
/// assert_eq!(closed_at(&mira, ends, |user| user == "@lev:example.org"), Some(20));
/// ```
#[inline]
pub fn closed_at<'e>(
    started_by: &UserId,
    ends: impl IntoIterator<Item = (&'e UserId, i64)>,
    mut can_redact: impl FnMut(&str) -> bool,
) -> Option<i64> {
    let valid = ends.into_iter().filter(|(sender, _)| *sender == started_by || can_redact(sender.as_str()));
    valid.map(|(_, origin_server_ts)| origin_server_ts).min()
}

macro_rules! polls {
    ($($poll:ident)*) => {$(
        impl $poll {
            /// Calculates the results of the poll from all responses to the poll, in any order.
            ///
            /// - `end` is the time when the poll was [closed](crate::poll_results::closed_at), in milliseconds since the Unix epoch. Later
            ///   responses are left out. With `None`, all responses count.
            /// - The last response of each user counts, even if it is spoiled. Of two responses with the same time, the first one counts.
            /// - A response with an answer that the poll does not have is spoiled, and has no votes.
            /// - Of a response, the first `max_selections` answers count. If `max_selections` is invalid, one answer counts.
            ///
            /// The module [`poll_results`](crate::poll_results) has an example.
            #[inline]
            pub fn results<'p>(
                &'p self,
                responses: impl IntoIterator<Item = PollResponseData<'p>>,
                end: Option<i64>,
            ) -> PollResults<'p> {
                let results = PollResults::new(self.answers.iter().map(|answer| answer.id.as_str()));
                compile(results, self.effective_max_selections(), responses.into_iter().collect(), end)
            }
        }
    )*};
}

polls!(PollContentBlock UnstablePollStartContentBlock);

impl PollResponseEventContent {
    /// Returns the chosen answers, or an empty list if one of them is not a string, because the response is spoiled then.
    fn valid_selections(&self) -> &[String] {
        valid(&self.selections, &self.extra, "m.selections")
    }
}

impl UnstablePollResponseEventContent {
    /// Returns the chosen answers, or an empty list if one of them is not a string, because the response is spoiled then.
    fn valid_selections(&self) -> &[String] {
        valid(&self.poll_response.answers, &self.poll_response.extra, "answers")
    }
}

fn valid<'p>(selections: &'p [String], extra: &Extra, name: &str) -> &'p [String] {
    match extra.unparsed(name) {
        Some(_) => &[],
        None => selections,
    }
}

macro_rules! responses {
    ($($event:ident<$content:ident>)*) => {$(
        impl $event<$content> {
            /// Returns the data for the results of the poll. Returns `None` if the sender or the time is absent.
            ///
            /// If an answer is not a string, the selections are empty, because the response is spoiled.
            #[inline]
            pub fn data(&self) -> Option<PollResponseData<'_>> {
                let sender = self.sender.as_ref()?;
                Some(PollResponseData::new(sender, self.origin_server_ts?, self.content.valid_selections()))
            }
        }
    )*};
}

responses! {
    RoomEvent<PollResponseEventContent> SyncRoomEvent<PollResponseEventContent>
    RoomEvent<UnstablePollResponseEventContent> SyncRoomEvent<UnstablePollResponseEventContent>
}
