//! Which streams a session description has: a reader of the `msid` attribute, and of what it takes to tell a track
//! without a stream.
//!
//! Not a parser of SDP, on purpose. Of those that are published the thorough ones (`webrtc-sdp`, `sdp-types`) bring procedural
//! macros into a tree that has none; the light one without (`msf-sdp`, two crates) rejects the whole text for one line it
//! doesn't understand, knows no `msid`, and takes 2.7 ms for 10,000 lines. A call that WebRTC can set up mustn't stay
//! silent because a second parser is stricter, and the streams are on lines of one kind.

use std::collections::HashSet;
use std::fmt;

use super::StreamId;

/// The streams of a session description, in its order, and the tracks that belong to none.
///
/// A stream is named by the attribute `msid` of a media section ([RFC 8830](https://www.rfc-editor.org/rfc/rfc8830)),
/// which stands there as `a=msid:<stream> <track>`, or for one source of several as
/// `a=ssrc:<number> msid:<stream> <track>`. Any text is read, with lines that end in CRLF or LF; whatever else it holds is passed over, an `msid` before
/// the first media section included, where the attribute isn't defined.
///
/// Neither the direction of a section nor its port decides on its streams: a change of direction ends no track (RFC 8830,
/// section 3), and a section that carries nothing has no `msid`.
///
/// ```
/// use matrix_events::voip::SessionStreams;
///
/// let session = SessionStreams::read("v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=msid:8140927536 ca0e72b3\r\n\
///     m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=msid:8140927536 9728239f\r\n\
///     m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=msid:- c9c1b2f7\r\n");
/// assert_eq!(session.streams(), ["8140927536"]);
/// assert_eq!(session.streamless_tracks()[0].to_string(), r#"the video track "c9c1b2f7" of media section 2 belongs to no stream"#);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SessionStreams {
    streams: Vec<StreamId>,
    streamless: Vec<StreamlessTrack>,
}

/// A track that belongs to no stream, and so isn't presented.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StreamlessTrack {
    /// The media section that describes it, counted from 0: `mlineIndex` in WebRTC.
    pub section: usize,
    /// What it carries, usually `audio` or `video`.
    pub media: Box<str>,
    /// Its id, where the session description has one.
    pub track: Option<Box<str>>,
}

impl fmt::Display for StreamlessTrack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the {} track ", self.media.escape_debug())?;
        if let Some(track) = &self.track {
            write!(f, "{track:?} ")?;
        }
        write!(f, "of media section {} belongs to no stream", self.section)
    }
}

impl SessionStreams {
    /// Reads the text of a session description. There is none that can't be read.
    #[must_use]
    pub fn read(sdp: &str) -> Self {
        let mut reader = Reader { sends: true, ..Reader::default() };
        for line in sdp.split('\n') {
            if let Some(attribute) = line.strip_prefix("a=") {
                reader.attribute(attribute.trim_ascii_end());
            } else if let Some(media) = line.strip_prefix("m=") {
                reader.open(media);
            }
        }
        reader.close();
        reader.found
    }

    /// The streams, each once, in the order in which they appear.
    #[must_use]
    pub fn streams(&self) -> &[StreamId] {
        &self.streams
    }

    /// The tracks without a stream, in the order of their sections.
    #[must_use]
    pub fn streamless_tracks(&self) -> &[StreamlessTrack] {
        &self.streamless
    }
}

#[derive(Default)]
struct Reader<'s> {
    found: SessionStreams,
    seen: HashSet<&'s str>,
    /// The stream of the line before: mostly the next is of the same.
    last: &'s str,
    section: Option<Section<'s>>,
    sections: usize,
    /// Whether sections send that don't say.
    sends: bool,
}

struct Section<'s> {
    index: usize,
    media: &'s str,
    /// Whether it sends: a section that doesn't has no track.
    sends: bool,
    /// Whether its port is 0, by which it is rejected, unless it only waits for the bundle to be accepted.
    rejected: bool,
    has_msid: bool,
    streamless: HashSet<&'s str>,
}

impl<'s> Reader<'s> {
    fn open(&mut self, media: &'s str) {
        self.close();
        let mut words = media.split_ascii_whitespace();
        self.section = Some(Section {
            index: self.sections,
            media: words.next().unwrap_or_default(),
            sends: self.sends,
            rejected: words.next() == Some("0"),
            has_msid: false,
            streamless: HashSet::new(),
        });
        self.sections += 1;
    }

    fn attribute(&mut self, attribute: &'s str) {
        if let Some(value) = attribute.strip_prefix("msid:") {
            return self.msid(value);
        }
        if let Some(source) = attribute.strip_prefix("ssrc:") {
            let value =
                source.split_once(' ').and_then(|(_, of_source)| of_source.trim_ascii_start().strip_prefix("msid:"));
            return value.into_iter().for_each(|value| self.msid(value));
        }
        let sends = match (&mut self.section, attribute) {
            (Some(section), "bundle-only") => return section.rejected = false,
            (Some(section), _) => &mut section.sends,
            (None, _) => &mut self.sends,
        };
        match attribute {
            "sendrecv" | "sendonly" => *sends = true,
            "recvonly" | "inactive" => *sends = false,
            _ => {}
        }
    }

    fn msid(&mut self, value: &'s str) {
        let Some(section) = &mut self.section else { return };
        let mut words = value.split_ascii_whitespace();
        let Some(stream) = words.next() else { return };
        section.has_msid = true;
        if stream == self.last {
            return;
        }
        if stream == "-" {
            let track = words.next().unwrap_or_default();
            if section.streamless.insert(track) {
                self.found.streamless.push(section.track(track));
            }
            return;
        }
        self.last = stream;
        if self.seen.insert(stream) {
            self.found.streams.extend(StreamId::new(stream));
        }
    }

    fn close(&mut self) {
        let Some(section) = self.section.take() else { return };
        let carries_media = matches!(section.media, "audio" | "video") && section.sends && !section.rejected;
        if carries_media && !section.has_msid {
            self.found.streamless.push(section.track(""));
        }
    }
}

impl Section<'_> {
    fn track(&self, id: &str) -> StreamlessTrack {
        let track = (!id.is_empty()).then(|| id.into());
        StreamlessTrack { section: self.index, media: self.media.into(), track }
    }
}
